#include "models/retry/code/languages.h"
#include "models/retry/code/policycode.h"

namespace errata::code {

namespace {

constexpr const char *headerOf = R"(
    private static String headerOf(Outcome outcome, String name) {
        String text = outcome.headers() == null ? null : outcome.headers().apply(name);
        return text == null ? null : text.strip();
    }

    private static Double readAs(String pattern, String text) {
        return text.matches(pattern) ? Double.valueOf(text) : null;
    }
)";

constexpr const char *readDate = R"(    /** Seconds since 1970. */
    private static Double readDate(String text) {
        try {
            DateTimeFormatter form = DateTimeFormatter.RFC_1123_DATE_TIME;
            return (double) ZonedDateTime.parse(text, form).toEpochSecond();
        } catch (DateTimeParseException none) {
            return null;
        }
    }

    private static Double waitUntil(double date, Outcome outcome) {
        String header = headerOf(outcome, "Date");
        Double served = header == null ? null : readDate(header);
        double wait = date * 1000 - (served == null ? System.currentTimeMillis() : served * 1000);
        return wait > 0 ? wait : {past};
    }
)";

Dialect javaDialect()
{
    Dialect dialect;
    dialect.indent = "    ";
    dialect.infinity = "Double.POSITIVE_INFINITY";
    dialect.chance = "ThreadLocalRandom.current().nextDouble()";
    dialect.elapsed = "(System.nanoTime() - begin) / 1e6";
    dialect.table = "new double[] {{values}}[(int) ({index}) - 1]";
    dialect.isRead = "read != null";
    dialect.present = "headerOf(outcome, \"{name}\") != null";
    dialect.failed = "\"{name}\".equals(outcome.failure())";
    dialect.equal = " == ";
    dialect.declareNumber = "double {name} = {value}";
    dialect.declareTruth = "boolean {name} = {value}";
    dialect.readWait = "Double read = readWait(outcome)";
    dialect.readFlag = "int flag = flagOf(outcome)";
    dialect.giveUp = "throw new GaveUp(\"{reason}\", outcome);";
    dialect.returns = "return false;";
    dialect.sleep = "System.err.println(\"waiting \" + Math.round(wait) + \" ms before giving up\");\n"
                    "LockSupport.parkNanos(Math.round(wait * 1e6));";
    dialect.wait = "System.err.println(\"retry \" + attempt + \" in \" + Math.round(wait) + \" ms\");\n"
                   "delay = Math.round(wait);\nreturn true;";
    return dialect;
}

Language javaLanguage()
{
    Language language;
    language.dialect = javaDialect();
    language.headers = {
        "    private static Double readWait(Outcome outcome) {\n        String text;\n        Double value;\n",
        "        text = headerOf(outcome, \"{header}\");\n        if (text != null) {\n",
        "            value = {function}(text);\n            if (value != null) return value * {unit};\n",
        "            value = {function}(text);\n            return (value == null ? Double.NaN : value) * {unit};\n",
        "            value = {function}(text);\n"
        "            if (value != null && value >= {epoch}) return waitUntil(value, outcome);\n",
        "            value = readDate(text);\n            if (value != null) return waitUntil(value, outcome);\n",
        "            return null;\n",
        "        }\n",
        "        return null;\n    }\n",
        "    private static int flagOf(Outcome outcome) {\n        String text;\n",
        "        text = headerOf(outcome, \"{header}\");\n"
        "        if (text != null) return text.equalsIgnoreCase(\"true\") ? 1 : text.equalsIgnoreCase(\"false\") ? -1 "
        ": 0;\n",
        "        return 0;\n    }\n",
    };
    language.numbers.digits = {"readDigits", "    private static Double readDigits(String text) {\n"
                                             "        return readAs(\"[0-9]+\", text);\n    }\n"};
    language.numbers.integer = {"readInteger", "    private static Double readInteger(String text) {\n"
                                               "        return readAs(\"[+-]?[0-9]+\", text);\n    }\n"};
    language.numbers.decimal = {
        "readDecimal",
        "    private static Double readDecimal(String text) {\n"
        "        Double value = readAs(\"[+-]?([0-9]+\\\\.?[0-9]*|\\\\.[0-9]+)([eE][+-]?[0-9]+)?\", text);\n"
        "        return value != null && Double.isFinite(value) ? value : null;\n    }\n"};
    language.numbers.jsNumber = {
        "readNumber",
        "    private static Double readNumber(String text) {\n        if (text.isEmpty()) return 0.0;\n"
        "        return readAs(\"[+-]?([0-9]+\\\\.?[0-9]*|\\\\.[0-9]+)([eE][+-]?[0-9]+)?\", text);\n    }\n"};
    language.numbers.leadingDigits = {"readLeadingDigits",
                                      "    private static Double readLeadingDigits(String text) {\n"
                                      "        return readAs(\"[0-9]+\", text.replaceFirst(\"[^0-9].*\", \"\"));\n"
                                      "    }\n"};
    language.dates = DateReach::ImfFixdate;
    language.readDate = readDate;
    language.headerOf = headerOf;
    return language;
}

constexpr const char *frame = R"(import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/** One for each call: it remembers how far the backoff has come. */
public final class {class} {
    /** status is 0 when no answer came; then failure says why: "timeout", "dns", "refused", "closed" ... */
    public record Outcome(int status, String failure, Function<String, String> headers) {}

    /** One attempt. It throws nothing: no answer is an outcome too. */
    public interface Send {
        Outcome send(int attempt, double timeoutMs);
    }

    public static final class GaveUp extends RuntimeException {
        public final transient Outcome outcome;

        GaveUp(String reason, Outcome outcome) {
            super(reason);
            this.outcome = outcome;
        }
    }

    private final long begin = System.nanoTime();
    private int attempt = 0;
    private double step = 0;
    private double previous = {previous};
    private long delay = 0;
{functions}
    private double timeoutMs() {
        return {timeout};
    }

    /** Asked once after each attempt. */
    private boolean wantsAnother(Outcome outcome) {
        int status = outcome.status();
{body}    }

    public static Outcome retry(Send send) throws Exception {
{none}        {class} policy = new {class}();
        RetryConfig config = RetryConfig.<Outcome>custom()
            .maxAttempts(Integer.MAX_VALUE)
            .retryOnResult(policy::wantsAnother)
            .retryOnException(problem -> false)
            .intervalBiFunction((attempt, outcome) -> policy.delay)
            .build();
        return Retry.of("{id}", config)
            .executeCallable(() -> send.send(++policy.attempt, policy.timeoutMs()));
    }
}
)";

} // namespace

const Language &java()
{
    static const Language language = javaLanguage();
    return language;
}

QByteArray javaProgram(const RetryPolicy &policy)
{
    const Dialect &dialect = java().dialect;
    const bool none = !(policy.maxAttempts >= 1);
    const QByteArray body = printed(dialect, afterAttempt(policy), 2);
    return filled(
        frame, {{"functions", headerFunctions(java(), policy)},
                {"previous", printed(dialect, number(initialPrevious(policy.backoff)))},
                {"timeout", printed(dialect, timeoutExpression(policy))},
                {"none", none ? "        if (true) throw new GaveUp(\"the policy allows no attempt\", null);\n" : ""},
                {"class", className(policy)},
                {"id", policy.id.toUtf8()},
                {"body", body}});
}

} // namespace errata::code
