#include "models/retry/code/languages.h"
#include "models/retry/code/policycode.h"

namespace errata::code {

namespace {

constexpr const char *headerOf = R"(
inline std::optional<std::string> headerOf(const Outcome &outcome, const std::string &name)
{
    const auto same = [](char a, char b) {
        return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
    };
    for (const auto &[key, value] : outcome.headers) {
        if (!std::equal(key.begin(), key.end(), name.begin(), name.end(), same))
            continue;
        const auto begin = value.find_first_not_of(" \t");
        const auto end = value.find_last_not_of(" \t");
        return begin == std::string::npos ? std::string() : value.substr(begin, end - begin + 1);
    }
    return {};
}

/// The whole of a text that a pattern describes; strtod alone takes more.
inline std::optional<double> readAs(const char *pattern, const std::string &text)
{
    if (!std::regex_match(text, std::regex(pattern)))
        return {};
    return std::strtod(text.c_str(), nullptr);
}
)";

constexpr const char *readDate = R"(/// Seconds since 1970. "Wed, 21 Oct 2026 07:28:00 GMT"
inline std::optional<double> readDate(const std::string &text)
{
    std::tm parts{};
    std::istringstream stream(text);
    stream.imbue(std::locale::classic());
    stream >> std::get_time(&parts, "%a, %d %b %Y %H:%M:%S GMT");
    if (stream.fail())
        return {};
    const std::chrono::year_month_day date{std::chrono::year(parts.tm_year + 1900),
                                           std::chrono::month(static_cast<unsigned>(parts.tm_mon) + 1),
                                           std::chrono::day(static_cast<unsigned>(parts.tm_mday))};
    if (!date.ok())
        return {};
    const auto midnight = std::chrono::sys_days(date).time_since_epoch();
    return std::chrono::duration<double>(midnight).count() + parts.tm_hour * 3600.0 + parts.tm_min * 60.0 +
           parts.tm_sec;
}

inline double waitUntil(double date, const Outcome &outcome)
{
    const std::chrono::duration<double> now = std::chrono::system_clock::now().time_since_epoch();
    const double served = readDate(headerOf(outcome, "Date").value_or("")).value_or(now.count());
    const double wait = (date - served) * 1000;
    return wait > 0 ? wait : {past};
}
)";

Dialect cppDialect()
{
    Dialect dialect;
    dialect.indent = "    ";
    dialect.infinity = "std::numeric_limits<double>::infinity()";
    dialect.chance = "chanceOf(engine)";
    dialect.elapsed = "std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count()";
    dialect.min = "std::min";
    dialect.max = "std::max";
    dialect.pow = "std::pow";
    dialect.floor = "std::floor";
    dialect.tanh = "std::tanh";
    dialect.sqrt = "std::sqrt";
    dialect.table = "std::vector<double>{{values}}[static_cast<std::size_t>({index}) - 1]";
    dialect.isRead = "read.has_value()";
    dialect.read = "*read";
    dialect.present = "headerOf(outcome, \"{name}\").has_value()";
    dialect.failed = "outcome.failure == \"{name}\"";
    dialect.equal = " == ";
    dialect.declareNumber = "double {name} = {value}";
    dialect.declareTruth = "bool {name} = {value}";
    dialect.readWait = "const std::optional<double> read = readWait(outcome)";
    dialect.readFlag = "const int flag = flagOf(outcome)";
    dialect.giveUp = "throw GaveUp(\"{reason}\", outcome);";
    const char *const sleepLine = "std::this_thread::sleep_for(std::chrono::duration<double, std::milli>(wait));";
    static const QByteArray sleep =
        QByteArray("std::fprintf(stderr, \"waiting %.0f ms before giving up\\n\", wait);\n") + sleepLine;
    static const QByteArray wait =
        QByteArray("std::fprintf(stderr, \"retry %d in %.0f ms\\n\", attempt, wait);\n") + sleepLine;
    dialect.sleep = sleep.constData();
    dialect.wait = wait.constData();
    return dialect;
}

Language cppLanguage()
{
    Language language;
    language.dialect = cppDialect();
    language.headers = {
        "inline std::optional<double> readWait(const Outcome &outcome)\n{\n",
        "    if (const auto text = headerOf(outcome, \"{header}\")) {\n",
        "        if (const auto value = {function}(*text))\n            return *value * {unit};\n",
        "        return {function}(*text).value_or(std::nan(\"\")) * {unit};\n",
        "        if (const auto value = {function}(*text); value && *value >= {epoch})\n"
        "            return waitUntil(*value, outcome);\n",
        "        if (const auto value = readDate(*text))\n            return waitUntil(*value, outcome);\n",
        "        return {};\n",
        "    }\n",
        "    return {};\n}\n",
        "inline int flagOf(const Outcome &outcome)\n{\n",
        "    if (auto text = headerOf(outcome, \"{header}\")) {\n"
        "        for (char &c : *text)\n"
        "            c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));\n"
        "        return *text == \"true\" ? 1 : *text == \"false\" ? -1 : 0;\n    }\n",
        "    return 0;\n}\n",
    };
    language.numbers.digits = {"readDigits", "inline std::optional<double> readDigits(const std::string &text)\n{\n"
                                             "    return readAs(\"[0-9]+\", text);\n}\n"};
    language.numbers.integer = {"readInteger", "inline std::optional<double> readInteger(const std::string &text)\n{\n"
                                               "    return readAs(\"[+-]?[0-9]+\", text);\n}\n"};
    language.numbers.decimal = {
        "readDecimal",
        "inline std::optional<double> readDecimal(const std::string &text)\n{\n"
        "    const auto value = readAs(\"[+-]?([0-9]+\\\\.?[0-9]*|\\\\.[0-9]+)([eE][+-]?[0-9]+)?\", text);\n"
        "    return value && std::isfinite(*value) ? value : std::nullopt;\n}\n"};
    language.numbers.jsNumber = {
        "readNumber", "inline std::optional<double> readNumber(const std::string &text)\n{\n"
                      "    return readAs(\"|[+-]?([0-9]+\\\\.?[0-9]*|\\\\.[0-9]+)([eE][+-]?[0-9]+)?\", text);\n}\n"};
    language.numbers.leadingDigits = {"readLeadingDigits",
                                      "inline std::optional<double> readLeadingDigits(const std::string &text)\n{\n"
                                      "    return readAs(\"[0-9]+\", text.substr(0, "
                                      "text.find_first_not_of(\"0123456789\")));\n}\n"};
    language.dates = DateReach::ImfFixdate;
    language.readDate = readDate;
    language.headerOf = headerOf;
    return language;
}

constexpr const char *frame = R"(// C++20
#include <algorithm>
#include <cctype>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <iomanip>
#include <limits>
#include <locale>
#include <optional>
#include <random>
#include <regex>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

struct Outcome
{
    int status = 0;      // 0 when no answer came
    std::string failure; // then why: "timeout", "dns", "refused", "closed" ...
    std::vector<std::pair<std::string, std::string>> headers;
};

struct GaveUp : std::runtime_error
{
    GaveUp(const char *reason, Outcome last) : std::runtime_error(reason), outcome(std::move(last)) {}
    Outcome outcome;
};
{functions}
/// send(attempt, timeoutMs) makes one attempt and throws nothing: no answer is an Outcome too.
template <typename Send>
Outcome retry(Send send)
{
{state}    for (int attempt = 1;; ++attempt) {
        const Outcome outcome = send(attempt, {timeout});
        const int status = outcome.status;
{body}    }
}
)";

constexpr const char *withoutAttempt = R"(    throw GaveUp("the policy allows no attempt", {});
)";

} // namespace

const Language &cpp()
{
    static const Language language = cppLanguage();
    return language;
}

QByteArray cppProgram(const RetryPolicy &policy)
{
    const Dialect &dialect = cpp().dialect;
    QByteArray state;
    if (!(policy.maxAttempts >= 1))
        state += withoutAttempt;
    if (policy.deadline)
        state += "    const auto begin = std::chrono::steady_clock::now();\n";
    const QByteArray body = printed(dialect, afterAttempt(policy), 2);
    if (body.contains(dialect.chance))
        state += "    std::mt19937_64 engine{std::random_device{}()};\n"
                 "    std::uniform_real_distribution<double> chanceOf(0, 1);\n";
    if (body.contains("step"))
        state += "    double step = 0;\n";
    if (carriesPrevious(policy.backoff))
        state += "    double previous = " + printed(dialect, number(initialPrevious(policy.backoff))) + ";\n";
    return filled(frame, {{"functions", headerFunctions(cpp(), policy)},
                          {"state", state},
                          {"timeout", printed(dialect, timeoutExpression(policy))},
                          {"body", body}});
}

} // namespace errata::code
