// Renders every page in meaningful states, light and dark, large and small, as PNG files.
#pragma once

#include "app/window/samplehistory.h"
#include "models/items/collectionmodel.h"
#include "models/items/historymodel.h"
#include "views/bodyview/bodyview.h"

#include <QByteArray>
#include <QObject>
#include <QPointer>
#include <QSize>
#include <QString>

#include <functional>
#include <vector>

namespace errata {

class ErrataStyle;
class Workbench;

class Screenshots : public QObject
{
    Q_OBJECT

public:
    Screenshots(Workbench *bench, ErrataStyle *style, const QString &folder);

    /// Takes them one by one and ends the application: with 0, or with 2 when a file cannot be written.
    void start();

private:
    struct Shot
    {
        QString name;
        bool dark = false;
        QSize size;
        std::function<void()> prepare;
    };

    void plan();
    void showDecode(const QByteArray &text);
    void showRecording(const QByteArray &text, bool all = false);
    void showProbe();
    void showAnswer();
    void showBody(BodyMode mode, const QString &wanted);
    void showSaved();
    void showNoAnswer();
    void showEvents();
    void showComparison();
    void showOptions();
    void showEnvironments();
    void showConnection(bool isTls);
    void showHelp();
    void next();
    void settle(int turns);
    void take(const Shot &shot);

    Workbench *m_bench;
    CollectionModel m_collections;
    ErrataStyle *m_style;
    QString m_folder;
    std::vector<Shot> m_shots;
    std::size_t m_at = 0;
    QPointer<QWidget> m_dialog; ///< taken in place of the window, and closed then
    SampleHistory m_history;
    HistoryModel m_historyModel;
};

} // namespace errata
