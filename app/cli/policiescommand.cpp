#include "app/cli/policiescommand.h"

#include "app/cli/options.h"
#include "app/cli/policychoice.h"
#include "app/cli/policyprogramoutput.h"
#include "app/cli/policytexts.h"
#include "app/cli/style.h"
#include "models/json/jsonwriter.h"

#include <cmath>

namespace errata {

namespace {

std::optional<double> finite(double value)
{
    return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

std::optional<double> millis(const std::optional<Millis> &value)
{
    return value ? std::optional(value->count()) : std::nullopt;
}

void writePolicy(JsonWriter &json, const RetryPolicy &policy)
{
    json.beginObject().member(u"id", policy.id).member(u"name", policy.name).member(u"version", policy.version);
    json.key(u"source").beginObject().member(u"title", policy.source).member(u"url", policy.sourceUrl).endObject();
    json.member(u"method", QString::fromLatin1(policy.method));
    json.member(u"max_attempts", finite(policy.maxAttempts));
    json.member(u"deadline_ms", millis(policy.deadline));
    json.member(u"attempt_timeout_ms", millis(policy.attemptTimeout));
    json.key(u"description").beginObject();
    for (const auto &[label, text] : policyText(policy))
        json.member(label, text);
    json.endObject();
    json.key(u"quirks").beginArray();
    for (const QString &quirk : policy.quirks)
        json.string(quirk);
    json.endArray().endObject();
}

void printPolicy(CliContext &context, const RetryPolicy &policy)
{
    const Style style(context.colour);
    constexpr int labelWidth = 13;
    printLine(context.out, style.bold(policy.id) + QStringLiteral("  ") + policy.name);
    for (const auto &[label, text] : policyText(policy))
        printLine(context.out, QStringLiteral("  ") + style.dim(label.leftJustified(labelWidth)) +
                                   wrapped(text, context.columns, labelWidth + 2));
    if (policy.quirks.isEmpty())
        return;
    printLine(context.out, QStringLiteral("\nWhat surprises:"));
    for (const QString &quirk : policy.quirks)
        printLine(context.out, QStringLiteral("  • ") + wrapped(quirk, context.columns, 4));
}

void runPolicies(const QStringList &arguments, CliContext &context, QObject * /*lifetime*/, const Finish &finish)
{
    const QString name = QStringLiteral("policies");
    Options options(name, QStringLiteral("[NAME|FILE] [--json] [--as LANGUAGE]"),
                    QStringLiteral("The retry policies that simulate and send --retry know; with NAME, one in full.\n"
                                   "Your own are the *.json files in the data folder's policies/."));
    addProgramFlag(options);
    if (!options.parse(arguments, context, finish))
        return;
    const QStringList names = options.positional();
    if (names.size() > 1)
        return usageError(context, name, QStringLiteral("takes one NAME, not %1").arg(names.size()), finish);
    std::vector<RetryPolicy> policies;
    if (names.isEmpty()) {
        policies = policiesOf(context);
    } else {
        Result<RetryPolicy> policy = choosePolicy(context, names.first());
        if (!policy)
            return usageError(context, name, policy.error().text(), finish);
        policies.push_back(std::move(policy).value());
    }
    if (options.isSet(QStringLiteral("as")))
        return writeProgram(options, names, policies.front(), context, finish);
    if (options.isSet(QStringLiteral("json"))) {
        JsonWriter json;
        json.beginObject().key(u"policies").beginArray();
        for (const RetryPolicy &policy : policies)
            writePolicy(json, policy);
        json.endArray().endObject();
        context.out->write(json.result());
    } else if (!names.isEmpty()) {
        printPolicy(context, policies.front());
    } else {
        const Style style(context.colour);
        for (const RetryPolicy &policy : policies)
            printLine(context.out, style.bold(policy.id.leftJustified(24)) + QStringLiteral("  ") + policy.name);
    }
    finish(Exit::Done);
}

} // namespace

Command policiesCommand()
{
    return {QStringLiteral("policies"), QStringLiteral("list the retry policies, or one in full"), runPolicies};
}

} // namespace errata
