#include "models/retry/code/languages.h"
#include "models/retry/code/policycode.h"

namespace errata::code {

namespace {

constexpr const char *headerOf = R"(
fn header_of(outcome: &Outcome, name: &str) -> Option<String> {
    let found = outcome.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value.trim().to_string())
}
)";

Dialect rustDialect()
{
    Dialect dialect;
    dialect.indent = "    ";
    dialect.bracesConditions = false;
    dialect.infinity = "f64::INFINITY";
    dialect.chance = "random.uniform()";
    dialect.elapsed = "begin.elapsed().as_secs_f64() * 1000.0";
    dialect.min = "f64::min";
    dialect.max = "f64::max";
    dialect.pow = "f64::powf";
    dialect.floor = "f64::floor";
    dialect.tanh = "f64::tanh";
    dialect.sqrt = "f64::sqrt";
    dialect.table = "[{values}][({index}) as usize - 1]";
    dialect.choose = "if {condition} { {then} } else { {otherwise} }";
    dialect.isRead = "read.is_some()";
    dialect.read = "read.unwrap_or(0.0)";
    dialect.present = "header_of(&outcome, \"{name}\").is_some()";
    dialect.failed = "outcome.failure == \"{name}\"";
    dialect.equal = " == ";
    dialect.declareNumber = "let mut {name}: f64 = {value}";
    dialect.declareTruth = "let mut {name}: bool = {value}";
    dialect.readWait = "let read = read_wait(&outcome)";
    dialect.readFlag = "let flag = flag_of(&outcome)";
    dialect.giveUp = "return Err(GaveUp { reason: \"{reason}\", outcome: Some(outcome) });";
    dialect.returns = "return Ok(outcome);";
    dialect.sleep = "eprintln!(\"waiting {wait:.0} ms before giving up\");\n"
                    "std::thread::sleep(std::time::Duration::from_secs_f64(wait / 1000.0));";
    dialect.wait = "eprintln!(\"retry {attempt} in {wait:.0} ms\");\n"
                   "std::thread::sleep(std::time::Duration::from_secs_f64(wait / 1000.0));";
    return dialect;
}

Language rustLanguage()
{
    Language language;
    language.dialect = rustDialect();
    language.headers = {
        "fn read_wait(outcome: &Outcome) -> Option<f64> {\n",
        "    if let Some(text) = header_of(outcome, \"{header}\") {\n",
        "        if let Some(value) = {function}(&text) {\n            return Some(value * {unit});\n        }\n",
        "        return Some({function}(&text).unwrap_or(f64::NAN) * {unit});\n",
        "",
        "",
        "        return None;\n",
        "    }\n",
        "    None\n}\n",
        "fn flag_of(outcome: &Outcome) -> i32 {\n",
        "    if let Some(text) = header_of(outcome, \"{header}\") {\n"
        "        return match text.to_ascii_lowercase().as_str() {\n            \"true\" => 1,\n"
        "            \"false\" => -1,\n            _ => 0,\n        };\n    }\n",
        "    0\n}\n",
    };
    language.numbers.digits = {"read_digits",
                               "fn read_digits(text: &str) -> Option<f64> {\n"
                               "    let digits = !text.is_empty() && text.bytes().all(|c| c.is_ascii_digit());\n"
                               "    if digits { text.parse().ok() } else { None }\n}\n"};
    language.numbers.integer = {"read_integer", "fn read_integer(text: &str) -> Option<f64> {\n"
                                                "    text.parse::<i64>().ok().map(|value| value as f64)\n}\n"};
    language.numbers.decimal = {"read_decimal", "fn read_decimal(text: &str) -> Option<f64> {\n"
                                                "    text.parse::<f64>().ok().filter(|value| value.is_finite())\n}\n"};
    language.numbers.jsNumber = {"read_number", "fn read_number(text: &str) -> Option<f64> {\n"
                                                "    if text.is_empty() {\n        return Some(0.0);\n    }\n"
                                                "    text.parse::<f64>().ok().filter(|value| value.is_finite())\n}\n"};
    language.numbers.leadingDigits = {"read_leading_digits",
                                      "fn read_leading_digits(text: &str) -> Option<f64> {\n"
                                      "    let end = text.bytes().take_while(|c| c.is_ascii_digit()).count();\n"
                                      "    text[..end].parse().ok()\n}\n"};
    language.dates = DateReach::None; // its standard library reads none
    language.headerOf = headerOf;
    return language;
}

constexpr const char *random = R"(
/// SplitMix64, begun with what the standard library's hash maps are.
struct Random(u64);

impl Random {
    fn new() -> Self {
        use std::hash::{BuildHasher, Hasher};
        Random(std::collections::hash_map::RandomState::new().build_hasher().finish())
    }

    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E3779B97F4A7C15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xBF58476D1CE4E5B9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94D049BB133111EB);
        ((word ^ (word >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }
}
)";

constexpr const char *frame = R"(pub struct Outcome {
    pub status: i32,     // 0 when no answer came
    pub failure: String, // then why: "timeout", "dns", "refused", "closed" ...
    pub headers: Vec<(String, String)>,
}

pub struct GaveUp {
    pub reason: &'static str,
    pub outcome: Option<Outcome>,
}
{functions}
/// send(attempt, timeout_ms) makes one attempt; no answer is an Outcome too.
#[allow(unused_mut, unused_assignments, unused_variables)]
pub fn retry(mut send: impl FnMut(i32, f64) -> Outcome) -> Result<Outcome, GaveUp> {
{state}    let mut attempt: i32 = 0;
    loop {
        attempt += 1;
        let outcome = send(attempt, {timeout});
        let status = outcome.status;
{body}    }
}
)";

constexpr const char *withoutAttempt = R"(pub fn retry<Send>(_send: Send) -> Result<(), &'static str> {
    Err("the policy allows no attempt")
}
)";

} // namespace

const Language &rust()
{
    static const Language language = rustLanguage();
    return language;
}

QByteArray rustProgram(const RetryPolicy &policy)
{
    if (!(policy.maxAttempts >= 1))
        return withoutAttempt;
    const Dialect &dialect = rust().dialect;
    const QByteArray body = printed(dialect, afterAttempt(policy), 2);
    const bool usesChance = body.contains(dialect.chance);
    QByteArray state;
    if (policy.deadline)
        state += "    let begin = std::time::Instant::now();\n";
    if (usesChance)
        state += "    let mut random = Random::new();\n";
    state += "    let mut step: f64 = 0.0;\n";
    if (carriesPrevious(policy.backoff))
        state += "    let mut previous: f64 = " + printed(dialect, number(initialPrevious(policy.backoff))) + ";\n";
    return filled(frame, {{"functions", headerFunctions(rust(), policy) + (usesChance ? random : "")},
                          {"state", state},
                          {"timeout", printed(dialect, timeoutExpression(policy))},
                          {"body", body}});
}

} // namespace errata::code
