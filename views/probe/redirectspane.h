// The hops that led to an answer: status, from where to where, credentials left out.
#pragma once

#include "models/http/transport.h"

#include <QScrollArea>

namespace errata {

class RedirectsPane : public QScrollArea
{
    Q_OBJECT

public:
    explicit RedirectsPane(QWidget *parent = nullptr);

    void setRedirects(const std::vector<Redirect> &redirects);
};

} // namespace errata
