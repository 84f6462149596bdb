#include "models/retry/code/languages.h"
#include "models/retry/code/policycode.h"

namespace errata::code {

namespace {

constexpr const char *headerOf = R"(

def header_of(outcome, name):
    text = outcome.headers.get(name) if outcome.headers is not None else None
    return None if text is None else text.strip()

)";

constexpr const char *readDate = R"(
def read_date(text):
    """Seconds since 1970; without a zone a date is UTC."""
    parts = email.utils.parsedate_tz(text)
    if parts is None:
        return None
    try:
        return calendar.timegm(parts[:6] + (0, 1, 0)) - (parts[9] or 0)
    except (OverflowError, ValueError):
        return None


def wait_until(date, outcome):
    served = read_date(header_of(outcome, "Date") or "")
    wait = (date - (time.time() if served is None else served)) * 1000
    return wait if wait > 0 else {past}

)";

Dialect pythonDialect()
{
    Dialect dialect;
    dialect.indent = "    ";
    dialect.end = "";
    dialect.logicalAnd = " and ";
    dialect.logicalOr = " or ";
    dialect.logicalNot = "not ";
    dialect.yes = "True";
    dialect.no = "False";
    dialect.writesPoint = false;
    dialect.indentsOnly = true;
    dialect.infinity = "math.inf";
    dialect.chance = "random.random()";
    dialect.elapsed = "(time.monotonic() - begin) * 1000";
    dialect.min = "min";
    dialect.max = "max";
    dialect.pow = "math.pow";
    dialect.floor = "math.floor";
    dialect.tanh = "math.tanh";
    dialect.sqrt = "math.sqrt";
    dialect.table = "({values},)[{index} - 1]";
    dialect.choose = "{then} if {condition} else {otherwise}";
    dialect.isRead = "read is not None";
    dialect.present = "header_of(outcome, \"{name}\") is not None";
    dialect.failed = "outcome.failure == \"{name}\"";
    dialect.equal = " == ";
    dialect.declareNumber = "{name} = {value}";
    dialect.declareTruth = "{name} = {value}";
    dialect.readWait = "read = read_wait(outcome)";
    dialect.readFlag = "flag = flag_of(outcome)";
    dialect.giveUp = "raise GaveUp(\"{reason}\", outcome)";
    dialect.returns = "return outcome";
    dialect.sleep = "print(f\"waiting {wait:.0f} ms before giving up\", file=sys.stderr)\ntime.sleep(wait / 1000)";
    dialect.wait = "print(f\"retry {attempt} in {wait:.0f} ms\", file=sys.stderr)\ntime.sleep(wait / 1000)";
    return dialect;
}

Language pythonLanguage()
{
    Language language;
    language.dialect = pythonDialect();
    language.headers = {
        "\ndef read_wait(outcome):\n",
        "    text = header_of(outcome, \"{header}\")\n    if text is not None:\n",
        "        value = {function}(text)\n        if value is not None:\n            return value * {unit}\n",
        "        value = {function}(text)\n        return math.nan if value is None else value * {unit}\n",
        "        value = {function}(text)\n        if value is not None and value >= {epoch}:\n"
        "            return wait_until(value, outcome)\n",
        "        value = read_date(text)\n        if value is not None:\n"
        "            return wait_until(value, outcome)\n",
        "        return None\n",
        "",
        "    return None\n\n",
        "\ndef flag_of(outcome):\n",
        "    text = header_of(outcome, \"{header}\")\n    if text is not None:\n"
        "        return {\"true\": 1, \"false\": -1}.get(text.lower(), 0)\n",
        "    return 0\n\n",
    };
    language.numbers.digits = {"read_digits", "\ndef read_digits(text):\n"
                                              "    return float(text) if re.fullmatch(\"[0-9]+\", text) else None\n\n"};
    language.numbers.integer = {"read_integer",
                                "\ndef read_integer(text):\n"
                                "    return float(text) if re.fullmatch(\"[+-]?[0-9]+\", text) else None\n\n"};
    language.numbers.decimal = {"read_decimal", "\ndef read_decimal(text):\n    try:\n        value = float(text)\n"
                                                "    except ValueError:\n        return None\n"
                                                "    return value if math.isfinite(value) else None\n\n"};
    language.numbers.jsNumber = {"read_number",
                                 "\ndef read_number(text):\n"
                                 "    pattern = r\"[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?\"\n"
                                 "    if text == \"\":\n        return 0.0\n"
                                 "    return float(text) if re.fullmatch(pattern, text) else None\n\n"};
    language.numbers.leadingDigits = {"read_leading_digits", "\ndef read_leading_digits(text):\n"
                                                             "    digits = re.match(\"[0-9]+\", text)\n"
                                                             "    return float(digits[0]) if digits else None\n\n"};
    language.dates = DateReach::Email;
    language.readDate = readDate;
    language.headerOf = headerOf;
    return language;
}

constexpr const char *outcomeAndGaveUp = R"(import calendar
import email.utils
import math
import random
import re
import sys
import time
{imports}

class Outcome:
    """What one attempt brought: a status, 0 when no answer came; headers with get(name), as http.client
    and requests have them; why there is no answer: "timeout", "dns", "refused", "closed" ..."""

    def __init__(self, status, headers=None, failure=None):
        self.status = status
        self.headers = headers
        self.failure = failure


class GaveUp(Exception):
    def __init__(self, reason, outcome):
        super().__init__(reason)
        self.outcome = outcome

{functions})";

constexpr const char *frame = R"(
def retry(send):
    """send(attempt, timeout_ms) makes one attempt and raises nothing: no answer is an Outcome too."""
{state}    attempt = 0
    while True:
        attempt += 1
        outcome = send(attempt, {timeout})
        status = outcome.status
{body})";

constexpr const char *tenacityFrame = R"(
class Policy:
    """Decides once after each attempt, and remembers how long to wait."""

    def __init__(self):
        self.step = 0
        self.previous = {previous}
        self.begin = time.monotonic()
        self.delay = 0

    def timeout(self):
        return {timeout}

    def wants_another(self, retry_state):
        attempt = retry_state.attempt_number
        outcome = retry_state.outcome.result()
        status = outcome.status
{body}
    def wait(self, retry_state):
        return self.delay / 1000


def retry(send):
    """send(attempt, timeout_ms) makes one attempt and raises nothing: no answer is an Outcome too."""
    policy = Policy()
    retrying = tenacity.Retrying(
        retry=policy.wants_another, wait=policy.wait, stop=tenacity.stop_never, sleep=time.sleep
    )
    attempts = itertools.count(1)
    return retrying(lambda: send(next(attempts), policy.timeout()))
)";

constexpr const char *withoutAttempt = R"(
def retry(send):
    raise GaveUp("the policy allows no attempt", None)
)";

QByteArray head(const RetryPolicy &policy, const QByteArray &imports)
{
    return filled(outcomeAndGaveUp, {{"imports", imports}, {"functions", headerFunctions(python(), policy)}});
}

} // namespace

const Language &python()
{
    static const Language language = pythonLanguage();
    return language;
}

QByteArray pythonProgram(const RetryPolicy &policy)
{
    if (!(policy.maxAttempts >= 1))
        return head(policy, {}) + withoutAttempt;
    const Dialect &dialect = python().dialect;
    QByteArray state = policy.deadline ? "    begin = time.monotonic()\n" : "";
    state += "    step = 0\n";
    if (carriesPrevious(policy.backoff))
        state += "    previous = " + printed(dialect, number(initialPrevious(policy.backoff))) + '\n';
    return head(policy, {}) + filled(frame, {{"state", state},
                                             {"timeout", printed(dialect, timeoutExpression(policy))},
                                             {"body", printed(dialect, afterAttempt(policy), 2)}});
}

QByteArray tenacityProgram(const RetryPolicy &policy)
{
    const QByteArray imports = "import itertools\n\nimport tenacity\n";
    if (!(policy.maxAttempts >= 1))
        return head(policy, imports) + withoutAttempt;
    Dialect dialect = python().dialect;
    dialect.statePrefix = "self.";
    dialect.elapsed = "(time.monotonic() - self.begin) * 1000";
    dialect.returns = "return False";
    dialect.wait = "print(f\"retry {attempt} in {wait:.0f} ms\", file=sys.stderr)\nself.delay = wait\nreturn True";
    return head(policy, imports) +
           filled(tenacityFrame, {{"previous", printed(dialect, number(initialPrevious(policy.backoff)))},
                                  {"timeout", printed(dialect, timeoutExpression(policy))},
                                  {"body", printed(dialect, afterAttempt(policy), 2)}});
}

} // namespace errata::code
