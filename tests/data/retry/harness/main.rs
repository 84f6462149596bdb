// main PORT...: program i against port i.
use std::io::{Read, Write};
use std::net::TcpStream;

fn answer_of(port: u16) -> (i32, Vec<(String, String)>) {
    let mut text = String::new();
    if let Ok(mut stream) = TcpStream::connect(("127.0.0.1", port)) {
        let _ = stream.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        let _ = stream.read_to_string(&mut text);
    }
    let mut lines = text.split("\r\n");
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|code| code.parse().ok());
    let headers = lines.take_while(|line| !line.is_empty()).filter_map(|line| line.split_once(": "));
    (status.unwrap_or(0), headers.map(|(name, value)| (name.to_string(), value.to_string())).collect())
}

macro_rules! run {
    ($program:ident, $index:expr, $ports:expr) => {{
        eprintln!("case {}", $index);
        let port = $ports[$index];
        let send = |_attempt: i32, _timeout_ms: f64| {
            let (status, headers) = answer_of(port);
            let failure = if status == 0 { "closed".to_string() } else { String::new() };
            $program::Outcome { status, failure, headers }
        };
        match $program::retry(send) {
            Ok(outcome) => eprintln!("returned {}", outcome.status),
            Err(_) => eprintln!("gave up"),
        }
    }};
}
