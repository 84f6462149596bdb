// The request's body: text as it stands, a form, parts, or a file.
#pragma once

#include "models/http/requestdraft.h"

#include <QWidget>

class QComboBox;
class QLineEdit;
class QStackedWidget;

namespace errata {

class FieldTable;
class NoteLine;
class WellEdit;

class BodyPane : public QWidget
{
    Q_OBJECT

public:
    explicit BodyPane(QWidget *parent = nullptr);

    /// Emits nothing.
    void setBody(const BodyDraft &body);
    /// Text that was not touched is what was set, byte for byte: an editor keeps neither line ends nor odd bytes.
    [[nodiscard]] BodyDraft body() const;
    /// Says whether the text is what it claims to be; \a type is the Content-Type a header says, \a variables fill in
    /// what is checked.
    void check(const QByteArray &type, const Variables &variables);
    void setFile(const QString &path);

Q_SIGNALS:
    void edited();
    /// Somebody asks for a file to be chosen; setFile() is the answer.
    void fileWanted();

private:
    [[nodiscard]] QWidget *buildText();
    [[nodiscard]] QWidget *buildFile();
    void showKind(BodyDraft::Kind kind);
    [[nodiscard]] std::vector<FormField> formFields() const;

    BodyDraft m_given;
    QString m_givenShown;
    QComboBox *m_kind;
    QStackedWidget *m_stack;
    QComboBox *m_type = nullptr;
    WellEdit *m_text = nullptr;
    FieldTable *m_form = nullptr;
    FieldTable *m_parts = nullptr;
    QLineEdit *m_file = nullptr;
    NoteLine *m_note;
};

} // namespace errata
