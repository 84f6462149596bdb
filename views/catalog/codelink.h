// A button that names another entry: its API's badge and its code.
#pragma once

#include "models/catalog/catalog.h"

#include <QAbstractButton>

namespace errata {

class CodeLink : public QAbstractButton
{
    Q_OBJECT

public:
    CodeLink(const Catalog &catalog, const QString &code, QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_api;
    QString m_apiName;
};

} // namespace errata
