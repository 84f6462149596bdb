#include "views/catalog/startpanel.h"

#include "views/theme/theme.h"
#include "views/widgets/labels.h"

#include <QGridLayout>
#include <QLabel>
#include <QPushButton>

#include <vector>

namespace errata {

const std::vector<QueryExample> &queryExamples()
{
    static const std::vector<QueryExample> examples{
        {"RATE_LIMIT_EXCEEDED", "that code, whatever its case or dashes"},
        {"429", "everything with that status"},
        {"rate limit", "both words, in code, title or meaning"},
        {"nullspace: volume", "a word in one API alone"},
        {"retry:after-wait", "what a wait cures; also yes, no, after-fix, unstated"},
        {"is:inferred", "where we read something into it; also stated, companion"},
        {"\"too many\"", "the words in that order"},
        {"status:4xx", "a class of statuses; status:none where none is stated"},
        {"is:note", "what is documented but is no error; is:error the rest"},
        {"is:pinned", "what you pinned; is:noted where you wrote a note"},
        {"surface:reason", "one place codes stand in; also section:, category:"},
        {"limit -captcha", "without that word"},
        {"ratelmit", "typos find near words when nothing else fits"},
    };
    return examples;
}

StartPanel::StartPanel(QWidget *parent)
    : EmptyState(QStringLiteral("Which error is it?"),
                 QStringLiteral("Type a code, a status or words: typing anywhere on this page goes to the search. "
                                "Or press Ctrl+V with a whole reply, and Decode tells what it is."),
                 parent)
{
    constexpr int shown = 6;
    auto *examples = new QWidget(this);
    auto *grid = new QGridLayout(examples);
    grid->setContentsMargins(0, 2 * Step, 0, 0);
    grid->setHorizontalSpacing(3 * Step);
    grid->setVerticalSpacing(Step);
    grid->setColumnStretch(1, 1);
    for (int i = 0; i < shown; ++i) {
        const QueryExample &example = queryExamples()[size_t(i)];
        const QString query = QString::fromLatin1(example.query);
        QPushButton *button = linkButton(query, examples);
        button->setFont(fixedFont(button->font()));
        connect(button, &QPushButton::clicked, this, [this, query] { Q_EMIT queryRequested(query); });
        grid->addWidget(button, i, 0, Qt::AlignLeft);
        grid->addWidget(mutedText(QString::fromLatin1(example.finds), examples), i, 1, Qt::AlignVCenter);
    }
    addWidget(examples);
}

} // namespace errata
