#include "views/lab/scriptedit.h"

#include "views/theme/theme.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QScrollBar>
#include <QStandardItemModel>

#include <algorithm>
#include <array>

namespace errata {

namespace {

struct Word
{
    const char *text;
    const char *meaning;
};

constexpr std::array Words{
    Word{"200", "answered"},
    Word{"200@80", "answered after 80 ms"},
    Word{"200@40~120", "answered after 40 to 120 ms"},
    Word{"200@~80", "exponential latency, 80 ms on average"},
    Word{"200@80~0.5s", "log-normal latency, median 80 ms, sigma 0.5"},
    Word{"503*0.3|200*0.7", "three in ten fail"},
    Word{"429", "too many requests"},
    Word{"429:2", "... with Retry-After: 2"},
    Word{"429:'Wed, 21 Oct 2026 07:28:00 GMT'", "... with a date"},
    Word{"429[retry-after-ms: 1500]", "... with another header"},
    Word{"500", "internal error"},
    Word{"500[x-should-retry: false]", "... that forbids a retry"},
    Word{"502", "bad gateway"},
    Word{"503", "unavailable"},
    Word{"503:1", "... with Retry-After: 1"},
    Word{"503@120", "... after 120 ms"},
    Word{"504", "gateway time-out"},
    Word{"408", "request time-out"},
    Word{"UNAVAILABLE", "gRPC code"},
    Word{"RESOURCE_EXHAUSTED", "gRPC code"},
    Word{"DEADLINE_EXCEEDED", "gRPC code"},
    Word{"timeout", "no answer in time"},
    Word{"timeout@5000", "... given up after 5 s"},
    Word{"reset", "the connection is closed"},
    Word{"refused", "nobody listens"},
    Word{"dns", "no such host"},
    Word{"tls", "no secure connection"},
    Word{"bad-body", "a 200 whose body cannot be read"},
    Word{"not-sent", "the request could not be made"},
};

constexpr int WordRole = Qt::UserRole;

QStandardItemModel *words(QObject *parent)
{
    auto *model = new QStandardItemModel(parent);
    for (const Word &word : Words) {
        const QString text = QLatin1String(word.text);
        auto *item = new QStandardItem(QStringLiteral("%1   %2").arg(text, ScriptEdit::tr(word.meaning)));
        item->setData(text, WordRole);
        model->appendRow(item);
    }
    return model;
}

/// A comma or bar in quotes or brackets belongs to the word.
qsizetype wordStart(QStringView text, qsizetype cursor)
{
    qsizetype start = 0;
    bool isQuoted = false;
    int depth = 0;
    for (qsizetype i = 0; i < cursor; ++i) {
        const QChar c = text[i];
        if (c == u'\'')
            isQuoted = !isQuoted;
        else if (!isQuoted && c == u'[')
            ++depth;
        else if (!isQuoted && c == u']')
            depth = std::max(0, depth - 1);
        else if (!isQuoted && depth == 0 && (c == u',' || c == u'|'))
            start = i + 1;
    }
    while (start < cursor && text[start].isSpace())
        ++start;
    return start;
}

} // namespace

ScriptEdit::ScriptEdit(QWidget *parent) : QLineEdit(parent), m_completer(new QCompleter(this))
{
    m_completer->setModel(words(m_completer));
    m_completer->setCompletionRole(WordRole);
    m_completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_completer->setWidget(this);
    m_completer->popup()->setAccessibleName(tr("Words of the script"));
    connect(this, &QLineEdit::textEdited, this, &ScriptEdit::offer);
    connect(m_completer, QOverload<const QModelIndex &>::of(&QCompleter::activated), this,
            [this](const QModelIndex &index) { insert(index.data(WordRole).toString()); });
}

QString ScriptEdit::typedWord() const
{
    const qsizetype start = wordStart(text(), cursorPosition());
    return text().mid(start, cursorPosition() - start);
}

void ScriptEdit::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Space && event->modifiers().testFlag(Qt::ControlModifier)) {
        m_completer->setCompletionPrefix(typedWord());
        m_completer->complete();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

void ScriptEdit::offer()
{
    const QString word = typedWord();
    m_completer->setCompletionPrefix(word);
    // A whole word that begins no longer one needs no help.
    const bool isWhole = m_completer->completionCount() == 1 &&
                         m_completer->currentIndex().data(WordRole).toString().compare(word, Qt::CaseInsensitive) == 0;
    if (word.isEmpty() || isWhole || m_completer->completionCount() == 0) {
        m_completer->popup()->hide();
        return;
    }
    QRect place = cursorRect();
    const QAbstractItemView *popup = m_completer->popup();
    place.setWidth(popup->sizeHintForColumn(0) + popup->verticalScrollBar()->sizeHint().width() + 4 * Step);
    m_completer->complete(place);
}

void ScriptEdit::insert(const QString &word)
{
    const qsizetype start = wordStart(text(), cursorPosition());
    const int cursor = cursorPosition();
    setSelection(static_cast<int>(start), cursor - static_cast<int>(start));
    QLineEdit::insert(word);
}

} // namespace errata
