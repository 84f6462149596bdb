// Everything the retry lab is set to, as a value that can be kept and sent.
#pragma once

#include "models/retry/herd.h"
#include "models/retry/retrypolicy.h"

#include <QStringList>

namespace errata {

/// The load that is simulated; what else a HerdScenario holds comes from the script.
struct LoadSetup
{
    enum class Kind {
        Herd,
        Contention, ///< the AWS article's model of optimistic writes
    };

    Kind kind = Kind::Herd;
    int clients = 1000;
    HerdScenario::Arrivals arrivals = HerdScenario::Arrivals::AtOnce;
    Millis window{0};
    std::optional<double> capacity = 400;
    int queue = 0;
    Millis latency{0};
    Millis outageFrom{0};
    Millis outageLength{0};
    bool followsScript = true; ///< a server that is well answers as the script says; else with 200

    friend bool operator==(const LoadSetup &, const LoadSetup &) = default;
};

[[nodiscard]] HerdScenario herdScenario(const LoadSetup &load, const RandomOutcomes &script, const QDateTime &wallTime);

/// Which axes of time grow with the logarithm.
struct LabAxes
{
    bool isScheduleLogarithmic = false;
    bool isDistributionLogarithmic = false;
    bool isComparisonLogarithmic = false;

    friend bool operator==(const LabAxes &, const LabAxes &) = default;
};

struct LabSetup
{
    RetryPolicy policy;
    QString script;
    int seed = 1;
    QStringList compared; ///< ids of policies
    LoadSetup load;
    LabAxes axes;
};

/// Text of a .json file; readLabSetup() reads it back.
[[nodiscard]] QByteArray labSetupJson(const LabSetup &setup);
/// A file's text, or a policy file alone: then the rest is as usual.
[[nodiscard]] Result<LabSetup> readLabSetup(const QByteArray &bytes, const QString &fileName);

/// "errata:lab?..." A policy that is one of \a known goes by its id, another one whole.
[[nodiscard]] QString labLink(const LabSetup &setup, const std::vector<RetryPolicy> &known);
/// What labLink() has made, and links typed by hand: "errata:lab?policy=curl&script=503,200&seed=7&log=distribution".
/// The error says what is wrong with it.
[[nodiscard]] Result<LabSetup> readLabLink(const QString &link, const std::vector<RetryPolicy> &known);
[[nodiscard]] bool isLabLink(QStringView text);

} // namespace errata
