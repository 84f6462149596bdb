#include "views/decode/readingbar.h"

#include "views/decode/pastetext.h"
#include "views/theme/erratastyle.h"
#include "views/widgets/labels.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>

namespace errata {

namespace {

constexpr int Permille = 1000;

/// A thin line; the text beside it says the same in words.
class SlimBar : public QProgressBar
{
public:
    explicit SlimBar(QWidget *parent) : QProgressBar(parent)
    {
        setTextVisible(false);
        setFixedHeight(Step);
        setRange(0, Permille);
    }

protected:
    void paintEvent(QPaintEvent * /*event*/) override
    {
        QPainter painter(this);
        const Theme &theme = Theme::of(palette());
        drawBox(&painter, rect(), theme.line, {}, Step / 2);
        const int done = width() * value() / Permille;
        if (done > 0)
            drawBox(&painter, QRect(0, 0, done, height()), theme.accent, {}, Step / 2);
    }
};

} // namespace

ReadingBar::ReadingBar(QWidget *parent)
    : QWidget(parent)
    , m_text(mutedLabel({}, this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
    , m_bar(new SlimBar(this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Step);
    auto *row = new QHBoxLayout;
    row->addWidget(m_text, 1);
    row->addWidget(m_cancel);
    column->addLayout(row);
    column->addWidget(m_bar);
    m_bar->setAccessibleName(tr("Bytes read"));
    m_cancel->setToolTip(tr("Esc"));
    connect(m_cancel, &QPushButton::clicked, this, &ReadingBar::cancelClicked);
    hide();
}

void ReadingBar::start(const QString &text, qint64 total)
{
    m_total = total;
    m_text->setText(text);
    m_bar->setValue(0);
    m_cancel->setEnabled(true);
    show();
}

void ReadingBar::setRead(qint64 bytes)
{
    if (m_total <= 0 || !m_cancel->isEnabled())
        return;
    m_bar->setValue(static_cast<int>(bytes * Permille / m_total));
    m_text->setText(tr("Read %1 of %2").arg(sizeText(bytes), sizeText(m_total)));
}

void ReadingBar::setStopping()
{
    m_cancel->setEnabled(false);
    m_text->setText(tr("Stopping …"));
}

} // namespace errata
