# python3 main.py PORT...: program i against port i.
import http.client
import importlib
import importlib.util
import os
import sys

if importlib.util.find_spec("tenacity") is None:
    sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "standin"))
elif len(sys.argv) > 1:
    print("the library itself", file=sys.stderr)


def outcome_of(program, port):
    connection = http.client.HTTPConnection("127.0.0.1", port)
    try:
        connection.request("GET", "/")
        response = connection.getresponse()
        response.read()
        return program.Outcome(response.status, response.headers)
    except (OSError, http.client.HTTPException):
        return program.Outcome(0, failure="closed")
    finally:
        connection.close()


for index, port in enumerate(sys.argv[1:]):
    print("case", index, file=sys.stderr)
    program = importlib.import_module(f"policy_{index}")
    try:
        outcome = program.retry(lambda attempt, timeout_ms: outcome_of(program, int(port)))
        print("returned", outcome.status, file=sys.stderr)
    except program.GaveUp:
        print("gave up", file=sys.stderr)
