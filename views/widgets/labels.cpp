#include "views/widgets/labels.h"

#include "views/texts/texts.h"
#include "views/theme/erratastyle.h"
#include "views/widgets/wraplabel.h"

#include <QPushButton>

namespace errata {

QLabel *sectionTitle(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text.toUpper(), parent);
    QFont font = scaled(label->font(), SmallText, QFont::Bold);
    font.setLetterSpacing(QFont::PercentageSpacing, 105);
    label->setFont(font);
    label->setForegroundRole(QPalette::PlaceholderText);
    label->setAccessibleName(text);
    return label;
}

QLabel *mutedLabel(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

QLabel *mutedText(const QString &text, QWidget *parent)
{
    auto *label = new WrapLabel(text, parent);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

QLabel *bodyText(const QString &text, QWidget *parent)
{
    return new WrapLabel(text, parent);
}

QLabel *fixedText(const QString &text, QWidget *parent)
{
    auto *label = new WrapLabel(text, parent);
    label->setFont(fixedFont(label->font()));
    return label;
}

QLabel *provenanceLabel(Provenance provenance, const QString &source, QWidget *parent)
{
    QLabel *label = mutedLabel(texts::provenance(provenance), parent);
    QFont font = scaled(label->font(), SmallText);
    font.setItalic(provenance == Provenance::Inferred || provenance == Provenance::Derived);
    label->setFont(font);
    const QString meaning = texts::provenanceMeaning(provenance);
    label->setToolTip(source.isEmpty() ? meaning : meaning + QLatin1Char('\n') + source);
    label->setAccessibleDescription(label->toolTip());
    return label;
}

QPushButton *linkButton(const QString &text, QWidget *parent)
{
    auto *button = new QPushButton(text, parent);
    button->setProperty(LinkProperty, true);
    button->setCursor(Qt::PointingHandCursor);
    return button;
}

QPushButton *primaryButton(const QString &text, QWidget *parent)
{
    auto *button = new QPushButton(text, parent);
    button->setProperty(PrimaryProperty, true);
    return button;
}

} // namespace errata
