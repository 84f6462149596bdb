// What the server answers, attempt by attempt: a line with completion of its words.
#pragma once

#include <QLineEdit>

class QCompleter;

namespace errata {

class ScriptEdit : public QLineEdit
{
    Q_OBJECT

public:
    explicit ScriptEdit(QWidget *parent = nullptr);

    /// The part between commas or bars that the cursor is in, without blanks around it, up to the cursor.
    [[nodiscard]] QString typedWord() const;

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void offer();
    void insert(const QString &word);

    QCompleter *m_completer;
};

} // namespace errata
