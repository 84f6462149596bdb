// The lab's page as tests drive it: two policies of their own, and fields by what a screen reader calls them.
#pragma once

#include "models/retry/retrypolicy.h"

#include <QPushButton>
#include <QWidget>

#include <vector>

namespace errata::labbench {

inline RetryPolicy policy(const char *id, double base, int attempts)
{
    RetryPolicy p;
    p.id = QString::fromLatin1(id);
    p.name = p.id;
    p.version = QStringLiteral("1");
    p.source = QStringLiteral("a test");
    p.backoff.shape = BackoffShape::Exponential;
    p.backoff.base = Millis(base);
    p.backoff.cap = Millis(30000);
    p.backoff.jitter = Jitter::Additive;
    p.backoff.ratio = 0.1;
    p.maxAttempts = attempts;
    p.statuses.ranges = {{429, 429}, {500, 999}};
    p.retryAfter.emplace();
    p.retryAfter->statuses = {{{429, 429}}};
    p.retryAfter->headers.front().number = NumberForm::JsNumber;
    p.retryAfter->headers.front().date = DateForm::None;
    p.retryAfter->whenAbsent = Millis(1000);
    p.quirks = {QStringLiteral("It surprises."), QStringLiteral("Twice.")};
    return p;
}

inline std::vector<RetryPolicy> presets()
{
    std::vector<RetryPolicy> list{policy("first", 1000, 4), policy("second", 250, 2)};
    list[1].quirks.clear();
    return list;
}

/// A field by what a screen reader calls it.
template <typename W>
W *field(const QWidget &page, const char *name)
{
    for (W *widget : page.findChildren<W *>()) {
        if (widget->accessibleName() == QLatin1String(name))
            return widget;
    }
    return nullptr;
}

/// By its text, where no name for screen readers tells it from others.
inline QPushButton *button(const QWidget &page, const char *text)
{
    for (auto *b : page.findChildren<QPushButton *>()) {
        if (b->text() == QLatin1String(text) && b->accessibleName().isEmpty())
            return b;
    }
    return nullptr;
}

} // namespace errata::labbench
