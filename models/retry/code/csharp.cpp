#include "models/retry/code/languages.h"
#include "models/retry/code/policycode.h"

namespace errata::code {

namespace {

constexpr const char *headerOf = R"(
    private static string? HeaderOf(Outcome outcome, string name) => outcome.Header?.Invoke(name)?.Trim();

    private static double? ReadAs(string pattern, string text) =>
        Regex.IsMatch(text, "^(?:" + pattern + @")\z") && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;
)";

constexpr const char *readDate = R"(    /// Seconds since 1970.
    private static double? ReadDate(string text) =>
        DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? date.ToUnixTimeSeconds()
            : null;

    private static double WaitUntil(double date, Outcome outcome)
    {
        var served = ReadDate(HeaderOf(outcome, "Date") ?? "");
        var wait = date * 1000 - (served * 1000 ?? DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        return wait > 0 ? wait : {past};
    }
)";

Dialect cSharpDialect()
{
    Dialect dialect;
    dialect.indent = "    ";
    dialect.bracesOnOwnLine = true;
    dialect.infinity = "double.PositiveInfinity";
    dialect.chance = "Random.Shared.NextDouble()";
    dialect.elapsed = "_begin.Elapsed.TotalMilliseconds";
    dialect.min = "Math.Min";
    dialect.max = "Math.Max";
    dialect.pow = "Math.Pow";
    dialect.floor = "Math.Floor";
    dialect.tanh = "Math.Tanh";
    dialect.sqrt = "Math.Sqrt";
    dialect.table = "new[] { {values} }[(int)({index}) - 1]";
    dialect.statePrefix = "_";
    dialect.isRead = "read.HasValue";
    dialect.read = "read.Value";
    dialect.present = "HeaderOf(outcome, \"{name}\") != null";
    dialect.failed = "outcome.Failure == \"{name}\"";
    dialect.equal = " == ";
    dialect.declareNumber = "double {name} = {value}";
    dialect.declareTruth = "bool {name} = {value}";
    dialect.readWait = "double? read = ReadWait(outcome)";
    dialect.readFlag = "int flag = FlagOf(outcome)";
    dialect.giveUp = "throw new GaveUp(\"{reason}\", outcome);";
    dialect.returns = "return false;";
    dialect.sleep = "Console.Error.WriteLine($\"waiting {wait:F0} ms before giving up\");\n"
                    "Thread.Sleep(TimeSpan.FromMilliseconds(wait));";
    dialect.wait = "Console.Error.WriteLine($\"retry {_attempt} in {wait:F0} ms\");\n"
                   "_delay = TimeSpan.FromMilliseconds(wait);\nreturn true;";
    return dialect;
}

Language cSharpLanguage()
{
    Language language;
    language.dialect = cSharpDialect();
    language.headers = {
        "    private static double? ReadWait(Outcome outcome)\n    {\n        string? text;\n        double? value;\n",
        "        text = HeaderOf(outcome, \"{header}\");\n        if (text != null)\n        {\n",
        "            value = {function}(text);\n            if (value.HasValue) return value * {unit};\n",
        "            value = {function}(text);\n            return (value ?? double.NaN) * {unit};\n",
        "            value = {function}(text);\n"
        "            if (value >= {epoch}) return WaitUntil(value.Value, outcome);\n",
        "            value = ReadDate(text);\n            if (value.HasValue) return WaitUntil(value.Value, "
        "outcome);\n",
        "            return null;\n",
        "        }\n",
        "        return null;\n    }\n",
        "    private static int FlagOf(Outcome outcome)\n    {\n        string? text;\n",
        "        text = HeaderOf(outcome, \"{header}\")?.ToLowerInvariant();\n"
        "        if (text != null) return text == \"true\" ? 1 : text == \"false\" ? -1 : 0;\n",
        "        return 0;\n    }\n",
    };
    language.numbers.digits = {"ReadDigits",
                               "    private static double? ReadDigits(string text) => ReadAs(\"[0-9]+\", text);\n"};
    language.numbers.integer = {
        "ReadInteger", "    private static double? ReadInteger(string text) => ReadAs(\"[+-]?[0-9]+\", text);\n"};
    language.numbers.decimal = {
        "ReadDecimal", "    private static double? ReadDecimal(string text)\n    {\n"
                       "        var value = ReadAs(@\"[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?\", text);\n"
                       "        return value.HasValue && double.IsFinite(value.Value) ? value : null;\n    }\n"};
    language.numbers.jsNumber = {"ReadNumber",
                                 "    private static double? ReadNumber(string text) => text.Length == 0\n        ? 0\n"
                                 "        : ReadAs(@\"[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?\", text);\n"};
    language.numbers.leadingDigits = {"ReadLeadingDigits",
                                      "    private static double? ReadLeadingDigits(string text) =>\n"
                                      "        ReadAs(\"[0-9]+\", Regex.Match(text, \"^[0-9]*\").Value);\n"};
    language.dates = DateReach::ImfFixdate;
    language.readDate = readDate;
    language.headerOf = headerOf;
    return language;
}

constexpr const char *frame = R"(#nullable enable
using System;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using Polly;
using Polly.Retry;

/// One for each call: it remembers how far the backoff has come.
public sealed class {class}
{
    /// Status is 0 when no answer came; then Failure says why: "timeout", "dns", "refused", "closed" ...
    public sealed record Outcome(int Status, string? Failure = null, Func<string, string?>? Header = null);

    public sealed class GaveUp : Exception
    {
        public GaveUp(string reason, Outcome? last) : base(reason) => Last = last;

        public Outcome? Last { get; }
    }

    private readonly Stopwatch _begin = Stopwatch.StartNew();
    private int _attempt;
    private double _step;
    private double _previous = {previous};
    private TimeSpan _delay;
{functions}
    private double TimeoutMs() => {timeout};

    /// Asked once after each attempt.
    private bool WantsAnother(Outcome outcome)
    {
        int attempt = _attempt;
        int status = outcome.Status;
{body}    }

    /// send(attempt, timeoutMs) makes one attempt and throws nothing: no answer is an Outcome too.
    public static async Task<Outcome> RetryAsync(Func<int, double, CancellationToken, ValueTask<Outcome>> send, CancellationToken cancel = default)
    {
{none}        var policy = new {class}();
        var pipeline = new ResiliencePipelineBuilder<Outcome>()
            .AddRetry(new RetryStrategyOptions<Outcome>
            {
                MaxRetryAttempts = int.MaxValue,
                ShouldHandle = args => ValueTask.FromResult(
                    args.Outcome.Exception is null && policy.WantsAnother(args.Outcome.Result!)),
                DelayGenerator = args => ValueTask.FromResult<TimeSpan?>(policy._delay),
            })
            .Build();
        return await pipeline.ExecuteAsync(
            async token => await send(++policy._attempt, policy.TimeoutMs(), token), cancel);
    }
}
)";

} // namespace

const Language &cSharp()
{
    static const Language language = cSharpLanguage();
    return language;
}

QByteArray cSharpProgram(const RetryPolicy &policy)
{
    const Dialect &dialect = cSharp().dialect;
    const bool none = !(policy.maxAttempts >= 1);
    return filled(frame,
                  {{"functions", headerFunctions(cSharp(), policy)},
                   {"previous", printed(dialect, number(initialPrevious(policy.backoff)))},
                   {"timeout", printed(dialect, timeoutExpression(policy))},
                   {"none", none ? "        if (send != null) throw new GaveUp(\"the policy allows no attempt\", "
                                   "null);\n"
                                 : ""},
                   {"class", className(policy)},
                   {"body", printed(dialect, afterAttempt(policy), 2)}});
}

} // namespace errata::code
