#include "app/cli/decodeoptions.h"

namespace errata {

void addDecodeOptions(Options &options)
{
    options
        .value({QStringLiteral("as")}, QStringLiteral("KIND"),
               QStringLiteral("Read it as %1.").arg(readableKinds().join(QStringLiteral(", "))))
        .value({QStringLiteral("api")}, QStringLiteral("ID"), QStringLiteral("Consider this API alone."))
        .value({QStringLiteral("status")}, QStringLiteral("N"),
               QStringLiteral("The HTTP status, when it is not in the text."));
}

Result<DecodeOptions> readDecodeOptions(const Options &options, const CliContext &context)
{
    DecodeOptions decode;
    decode.listsQuiet = false; // no command tells of what went well
    if (options.isSet(QStringLiteral("as"))) {
        decode.kind = inputKindFromId(options.value(QStringLiteral("as")));
        if (!decode.kind)
            return Error{QStringLiteral("--as takes one of %1, not '%2'")
                             .arg(readableKinds().join(QStringLiteral(", ")), options.value(QStringLiteral("as"))),
                         {}};
    }
    const auto status = options.integer(QStringLiteral("status"), 100, 599);
    if (!status)
        return status.error();
    if (status.value())
        decode.status = static_cast<int>(*status.value());
    decode.api = options.value(QStringLiteral("api"));
    decode.now = context.clock->wallTime();
    return decode;
}

} // namespace errata
