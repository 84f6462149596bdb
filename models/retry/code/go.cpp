#include "models/retry/code/languages.h"
#include "models/retry/code/policycode.h"

#include <array>

namespace errata::code {

namespace {

constexpr const char *headerOf = R"(
func headerOf(outcome Outcome, name string) (string, bool) {
	values := outcome.Header.Values(name)
	return strings.TrimSpace(strings.Join(values, ", ")), len(values) > 0
}

func readAs(pattern, text string) (float64, bool) {
	if !regexp.MustCompile("^(?:" + pattern + ")$").MatchString(text) {
		return 0, false
	}
	value, _ := strconv.ParseFloat(text, 64)
	return value, true
}
)";

constexpr const char *readDate = R"(func waitUntil(date time.Time, outcome Outcome) float64 {
	served := time.Now()
	if text, ok := headerOf(outcome, "Date"); ok {
		if parsed, err := http.ParseTime(text); err == nil {
			served = parsed
		}
	}
	wait := float64(date.Sub(served)) / float64(time.Millisecond)
	if wait > 0 {
		return wait
	}
	return {past}
}
)";

constexpr const char *chooseFunction = R"(
func choose(condition bool, then, otherwise float64) float64 {
	if condition {
		return then
	}
	return otherwise
}
)";

Dialect goDialect()
{
    Dialect dialect;
    dialect.indent = "\t";
    dialect.end = "";
    dialect.bracesConditions = false;
    dialect.infinity = "math.Inf(1)";
    dialect.chance = "rand.Float64()";
    dialect.elapsed = "float64(time.Since(begin)) / float64(time.Millisecond)";
    dialect.min = "math.Min";
    dialect.max = "math.Max";
    dialect.pow = "math.Pow";
    dialect.floor = "math.Floor";
    dialect.tanh = "math.Tanh";
    dialect.sqrt = "math.Sqrt";
    dialect.table = "[]float64{{values}}[int({index})-1]";
    dialect.choose = "choose({condition}, {then}, {otherwise})";
    dialect.isRead = "isRead";
    dialect.present = "len(outcome.Header.Values(\"{name}\")) > 0";
    dialect.failed = "outcome.Failure == \"{name}\"";
    dialect.equal = " == ";
    dialect.declareNumber = "var {name} float64 = {value}";
    dialect.declareTruth = "{name} := {value}";
    dialect.readWait = "read, isRead := readWait(outcome)";
    dialect.readFlag = "flag := flagOf(outcome)";
    dialect.giveUp = "return outcome, errors.New(\"{reason}\")";
    dialect.returns = "return outcome, nil";
    dialect.sleep = "fmt.Fprintf(os.Stderr, \"waiting %.0f ms before giving up\\n\", wait)\n"
                    "time.Sleep(time.Duration(wait * float64(time.Millisecond)))";
    dialect.wait = "fmt.Fprintf(os.Stderr, \"retry %d in %.0f ms\\n\", attempt, wait)\n"
                   "time.Sleep(time.Duration(wait * float64(time.Millisecond)))";
    return dialect;
}

Language goLanguage()
{
    Language language;
    language.dialect = goDialect();
    language.headers = {
        "func readWait(outcome Outcome) (float64, bool) {\n",
        "\tif text, ok := headerOf(outcome, \"{header}\"); ok {\n",
        "\t\tif value, ok := {function}(text); ok {\n\t\t\treturn value * {unit}, true\n\t\t}\n",
        "\t\tif value, ok := {function}(text); ok {\n\t\t\treturn value * {unit}, true\n\t\t}\n"
        "\t\treturn math.NaN(), true\n",
        "\t\tif value, ok := {function}(text); ok && value >= {epoch} {\n"
        "\t\t\treturn waitUntil(time.Unix(int64(value), 0), outcome), true\n\t\t}\n",
        "\t\tif date, err := http.ParseTime(text); err == nil {\n\t\t\treturn waitUntil(date, outcome), true\n\t\t}\n",
        "\t\treturn 0, false\n",
        "\t}\n",
        "\treturn 0, false\n}\n",
        "func flagOf(outcome Outcome) int {\n",
        "\tif text, ok := headerOf(outcome, \"{header}\"); ok {\n\t\tswitch strings.ToLower(text) {\n"
        "\t\tcase \"true\":\n\t\t\treturn 1\n\t\tcase \"false\":\n\t\t\treturn -1\n\t\t}\n\t\treturn 0\n\t}\n",
        "\treturn 0\n}\n",
    };
    language.numbers.digits = {"readDigits", "func readDigits(text string) (float64, bool) {\n"
                                             "\treturn readAs(\"[0-9]+\", text)\n}\n"};
    language.numbers.integer = {"readInteger", "func readInteger(text string) (float64, bool) {\n"
                                               "\treturn readAs(\"[+-]?[0-9]+\", text)\n}\n"};
    language.numbers.decimal = {"readDecimal",
                                "func readDecimal(text string) (float64, bool) {\n"
                                "\tvalue, ok := readAs(`[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?`, text)\n"
                                "\treturn value, ok && !math.IsInf(value, 0)\n}\n"};
    language.numbers.jsNumber = {"readNumber",
                                 "func readNumber(text string) (float64, bool) {\n"
                                 "\treturn readAs(`|[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?`, text)\n}\n"};
    language.numbers.leadingDigits = {"readLeadingDigits",
                                      "func readLeadingDigits(text string) (float64, bool) {\n"
                                      "\treturn readAs(\"[0-9]+\", regexp.MustCompile(\"^[0-9]*\").FindString(text))\n"
                                      "}\n"};
    language.dates = DateReach::Rfc;
    language.readDate = readDate;
    language.headerOf = headerOf;
    return language;
}

constexpr const char *frame = R"(package retry

import (
{imports})

// Outcome is what one attempt brought.
type Outcome struct {
	Status  int    // 0 when no answer came
	Failure string // then why: "timeout", "dns", "refused", "closed" ...
	Header  http.Header
}
{functions}
// Do calls send(attempt, timeoutMs) until the policy says so; no answer is an Outcome too. With an error comes
// the last outcome.
func Do(send func(attempt int, timeoutMs float64) Outcome) (Outcome, error) {
{state}	for attempt := 1; ; attempt++ {
		outcome := send(attempt, {timeout})
		status := outcome.Status
{body}	}
}
)";

constexpr const char *withoutAttempt = R"(package retry

import "errors"

func Do() error {
	return errors.New("the policy allows no attempt")
}
)";

/// Go refuses an import that is not used.
QByteArray importsOf(const QByteArray &text)
{
    static constexpr std::array<std::pair<const char *, const char *>, 10> packages{{{"errors", "errors."},
                                                                                     {"fmt", "fmt."},
                                                                                     {"math", "math."},
                                                                                     {"math/rand", "rand."},
                                                                                     {"net/http", "http."},
                                                                                     {"os", "os."},
                                                                                     {"regexp", "regexp."},
                                                                                     {"strconv", "strconv."},
                                                                                     {"strings", "strings."},
                                                                                     {"time", "time."}}};
    QByteArray imports;
    for (const auto &[path, use] : packages) {
        if (text.contains(use))
            imports += "\t\"" + QByteArray(path) + "\"\n";
    }
    return imports;
}

} // namespace

const Language &go()
{
    static const Language language = goLanguage();
    return language;
}

QByteArray goProgram(const RetryPolicy &policy)
{
    if (!(policy.maxAttempts >= 1))
        return withoutAttempt;
    const Dialect &dialect = go().dialect;
    const QByteArray body = printed(dialect, afterAttempt(policy), 2);
    QByteArray state;
    if (policy.deadline)
        state += "\tbegin := time.Now()\n";
    state += "\tvar step float64\n";
    if (carriesPrevious(policy.backoff))
        state += "\tvar previous float64 = " + printed(dialect, number(initialPrevious(policy.backoff))) + '\n';
    const QByteArray timeout = printed(dialect, timeoutExpression(policy));
    QByteArray functions = headerFunctions(go(), policy);
    if (body.contains("choose(") || timeout.contains("choose("))
        functions += chooseFunction;
    const QByteArray text =
        filled(frame, {{"functions", functions}, {"state", state}, {"timeout", timeout}, {"body", body}});
    return filled(text, {{"imports", importsOf(text)}});
}

} // namespace errata::code
