// The cookies a jar keeps: where they go and how long they stay. Values are shown when asked for.
#pragma once

#include "models/http/cookiejar.h"

#include <QDialog>

class QCheckBox;
class QTableWidget;

namespace errata {

class CookieList : public QDialog
{
    Q_OBJECT

public:
    explicit CookieList(const CookieJar &jar, QWidget *parent = nullptr);

private:
    void fill(bool withValues);

    std::vector<Cookie> m_cookies;
    QTableWidget *m_table;
    QCheckBox *m_values;
};

} // namespace errata
