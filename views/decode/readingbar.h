// How far the reading of large text has come, and the button that ends it.
#pragma once

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace errata {

class ReadingBar : public QWidget
{
    Q_OBJECT

public:
    explicit ReadingBar(QWidget *parent = nullptr);

    /// \a total bytes are to be read; 0 where that is not known yet.
    void start(const QString &text, qint64 total);
    void setRead(qint64 bytes);
    /// Cancelled, and the job has yet to notice.
    void setStopping();

Q_SIGNALS:
    void cancelClicked();

private:
    QLabel *m_text;
    QPushButton *m_cancel;
    QProgressBar *m_bar;
    qint64 m_total = 0;
};

} // namespace errata
