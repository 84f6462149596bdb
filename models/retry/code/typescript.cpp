#include "models/retry/code/languages.h"
#include "models/retry/code/policycode.h"

namespace errata::code {

namespace {

constexpr const char *headerOf = R"(
function headerOf(outcome: Outcome, name: string): string | undefined {
  return outcome.headers?.get(name)?.trim();
}
)";

constexpr const char *readDate = R"(function readDate(text: string): number | undefined {
  if (/^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d [\d:]{8} \d{4}$/.test(text)) text += " GMT"; // asctime is UTC
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : date;
}

function waitUntil(date: number, outcome: Outcome): number {
  const served = readDate(headerOf(outcome, "Date") ?? "");
  const wait = date - (served ?? Date.now());
  return wait > 0 ? wait : {past};
}
)";

Language typeScriptLanguage()
{
    Language language;
    language.dialect.writesPoint = false;
    language.dialect.sleep = "console.error(`waiting ${Math.round(wait)} ms before giving up`);\nawait sleep(wait);";
    language.dialect.wait = "console.error(`retry ${attempt} in ${Math.round(wait)} ms`);\nawait sleep(wait);";
    language.headers = {
        "function readWait(outcome: Outcome): number | undefined {\n  let text: string | undefined;\n"
        "  let value: number | undefined;\n",
        "  text = headerOf(outcome, \"{header}\");\n  if (text !== undefined) {\n",
        "    value = {function}(text);\n    if (value !== undefined) return value * {unit};\n",
        "    return ({function}(text) ?? NaN) * {unit};\n",
        "    value = {function}(text);\n    if (value !== undefined && value >= {epoch}) return waitUntil(value * "
        "1000, "
        "outcome);\n",
        "    value = readDate(text);\n    if (value !== undefined) return waitUntil(value, outcome);\n",
        "    return undefined;\n",
        "  }\n",
        "  return undefined;\n}\n",
        "function flagOf(outcome: Outcome): number {\n  let text: string | undefined;\n",
        "  text = headerOf(outcome, \"{header}\")?.toLowerCase();\n"
        "  if (text !== undefined) return text === \"true\" ? 1 : text === \"false\" ? -1 : 0;\n",
        "  return 0;\n}\n",
    };
    language.numbers.digits = {"readDigits", "function readDigits(text: string): number | undefined {\n"
                                             "  return /^[0-9]+$/.test(text) ? Number(text) : undefined;\n}\n"};
    language.numbers.integer = {"readInteger", "function readInteger(text: string): number | undefined {\n"
                                               "  return /^[+-]?[0-9]+$/.test(text) ? Number(text) : undefined;\n}\n"};
    language.numbers.decimal = {
        "readDecimal", "function readDecimal(text: string): number | undefined {\n"
                       "  const isDecimal = /^[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)(e[+-]?[0-9]+)?$/i.test(text);\n"
                       "  return isDecimal && Number.isFinite(Number(text)) ? Number(text) : undefined;\n}\n"};
    language.numbers.jsNumber = {"readNumber", "function readNumber(text: string): number | undefined {\n"
                                               "  return Number.isNaN(Number(text)) ? undefined : Number(text);\n}\n"};
    language.numbers.leadingDigits = {"readLeadingDigits",
                                      "function readLeadingDigits(text: string): number | undefined {\n"
                                      "  return /^[0-9]/.test(text) ? parseInt(text, 10) : undefined;\n}\n"};
    language.dates = DateReach::Js;
    language.readDate = readDate;
    language.headerOf = headerOf;
    return language;
}

constexpr const char *frame = R"(
export interface Outcome {
  status: number; // 0 when no answer came
  failure?: string; // then why: "timeout", "dns", "refused", "closed" ...
  headers?: { get(name: string): string | null }; // such as those of fetch
}

/** One attempt, which may take timeoutMs. It throws nothing: no answer is an outcome too. */
export type Send = (attempt: number, timeoutMs: number) => Promise<Outcome>;

export class GaveUp extends Error {
  outcome: Outcome | undefined;

  constructor(reason: string, outcome: Outcome | undefined) {
    super(reason);
    this.outcome = outcome;
  }
}
{functions}
/** setTimeout takes 1 ms for what is beyond 2147483647. */
async function sleep(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 2147483647) {
    await new Promise((done) => setTimeout(done, Math.min(left, 2147483647)));
  }
}

export async function retry(send: Send): Promise<Outcome> {
{state}  for (let attempt = 1; ; attempt++) {
    const outcome = await send(attempt, {timeout});
    const status = outcome.status;
{body}  }
}
)";

constexpr const char *withoutAttempt = R"(
export async function retry(): Promise<never> {
  throw new Error("the policy allows no attempt");
}
)";

} // namespace

const Language &typeScript()
{
    static const Language language = typeScriptLanguage();
    return language;
}

QByteArray typeScriptProgram(const RetryPolicy &policy)
{
    if (!(policy.maxAttempts >= 1))
        return withoutAttempt;
    const Dialect &dialect = typeScript().dialect;
    QByteArray state = policy.deadline ? "  const begin = Date.now();\n" : "";
    state += "  let step = 0;\n";
    if (carriesPrevious(policy.backoff))
        state += "  let previous = " + printed(dialect, number(initialPrevious(policy.backoff))) + ";\n";
    return filled(frame, {{"state", state},
                          {"timeout", printed(dialect, timeoutExpression(policy))},
                          {"functions", headerFunctions(typeScript(), policy)},
                          {"body", printed(dialect, afterAttempt(policy), 2)}});
}

} // namespace errata::code
