// The same rows with a sentence for screen readers: item models hold values, words are made here.
#pragma once

#include <QIdentityProxyModel>

#include <functional>

namespace errata {

class SpokenModel : public QIdentityProxyModel
{
    Q_OBJECT

public:
    using Sentence = std::function<QString(const QModelIndex &sourceIndex)>;

    SpokenModel(QAbstractItemModel *source, Sentence sentence, QObject *parent = nullptr);

    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

private:
    Sentence m_sentence;
};

} // namespace errata
