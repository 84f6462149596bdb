// A reply's body, of any size: indented, as a tree, as it came, as bytes, as a picture.
#pragma once

#include "models/base/latestjob.h"
#include "views/bodyview/bodycontent.h"
#include "views/bodyview/textpane.h"
#include "views/bodyview/textsearch.h"

#include <QWidget>

#include <array>
#include <optional>

class QAction;
class QComboBox;
class QLabel;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace errata {

class BodyTree;
class FindBar;
class ImagePane;
class NoteLine;

enum class BodyMode { Pretty, Tree, Raw, Hex, Image };

class BodyView : public QWidget
{
    Q_OBJECT

public:
    explicit BodyView(QWidget *parent = nullptr);

    /// The first screen stands when this returns; the rest of a large body follows by itself.
    void setBody(Body body);
    [[nodiscard]] const Body &body() const { return m_content->body(); }
    [[nodiscard]] BodyMode mode() const { return m_mode; }
    /// Also for the bodies to come, as far as they can be shown so.
    void setMode(BodyMode mode);
    [[nodiscard]] bool hasMode(BodyMode mode) const;
    /// Reading or searching goes on.
    [[nodiscard]] bool isWorking() const { return m_content->isWorking() || m_searchJob.isRunning(); }

    /// The JSON Pointer (RFC 6901) of the value at the cursor; nothing where there is none.
    [[nodiscard]] std::optional<QString> currentPath() const;
    /// That value: a string's text, others as they stand in the body.
    [[nodiscard]] std::optional<QString> currentValue() const;

    [[nodiscard]] TextPane *pane() const { return m_pane; }
    [[nodiscard]] BodyTree *tree() const { return m_tree; }
    [[nodiscard]] ImagePane *imagePane() const { return m_image; }
    [[nodiscard]] FindBar *findBar() const { return m_find; }

Q_SIGNALS:
    /// Text for the clipboard as it stands in the body, secrets and all: the receiver redacts it and adds to
    /// \a said what it masked.
    void copyRequested(const QString &text, const QString &said);
    /// The bytes as they came; the receiver asks where to and decides about redaction.
    /// Whoever keeps the bytes keeps \a storage beside them.
    void saveRequested(const QByteArray &bytes, const QString &suggestedName,
                       const std::shared_ptr<const void> &storage);

private:
    /// What the text pane shows.
    enum class Shown { Nothing, Raw, Pretty, Hex };

    [[nodiscard]] QWidget *buildBar();
    [[nodiscard]] QWidget *buildModes();
    [[nodiscard]] QWidget *buildFacts();
    void buildActions();
    void addEditAction(const QString &text, const QKeySequence &keys, void (BodyView::*slot)());

    void present();
    void presentText();
    void presentNote();
    void presentFacts();
    [[nodiscard]] BodyMode bestMode() const;
    [[nodiscard]] bool hasTree() const;
    [[nodiscard]] const PrettyBody *readyPretty() const;
    /// The byte of the text in UTF-8 that the cursor is at.
    [[nodiscard]] qsizetype textOffset() const;
    void goToTextOffset(qsizetype offset);
    [[nodiscard]] std::optional<std::uint32_t> currentNode() const;

    /// With \a go the view moves to the next match, else it stays where it is.
    void search(bool go);
    void takeMatches(TextMatches found, bool go);
    void setCurrentMatch(qsizetype index);
    void goToMatch(qsizetype index);
    /// The first match at or behind the cursor; their number where there is none.
    [[nodiscard]] qsizetype matchFrom(qsizetype place) const;
    void stepMatch(int by);
    void clearMatches();
    [[nodiscard]] qsizetype searchPlace() const;
    void goToLine(qsizetype line);
    void goToByte(qsizetype offset);

    void copySelection();
    void copyPath();
    void copyValue();
    void copyAll();
    void foldHere();
    void unfoldHere();
    void unfoldAll();
    void save();
    void beginFind();
    void beginGoTo();

    BodyContent *m_content;
    BodyMode m_mode = BodyMode::Raw;
    std::optional<BodyMode> m_wantedMode;
    Shown m_shown = Shown::Nothing;
    int m_shownGeneration = 0;
    std::shared_ptr<const PrettyBody> m_treeOf; ///< whose document the tree shows
    MatchList m_matches;
    bool m_moreMatches = false;
    qsizetype m_currentMatch = -1;
    LatestJob<TextMatches> m_searchJob;

    std::array<QToolButton *, 5> m_modes{};
    QStackedWidget *m_stack;
    TextPane *m_pane;
    BodyTree *m_tree;
    ImagePane *m_image;
    FindBar *m_find;
    NoteLine *m_note;
    QPushButton *m_noteButton;
    QComboBox *m_charset = nullptr;
    QLabel *m_size = nullptr;
    QPushButton *m_copy = nullptr;
    QPushButton *m_save = nullptr;
};

} // namespace errata
