// The line over a list of sign combinations: which classes, how many flows and words.
#pragma once

#include <QString>
#include <QStringList>
#include <QWidget>

namespace weir::ui {

class ConflictPairTitle final : public QWidget {
    Q_OBJECT
public:
    explicit ConflictPairTitle(QWidget* parent = nullptr);
    /// Two classes are joined by ×; `counts` stands at the right in secondary colour.
    void set(const QStringList& classes, const QString& counts);
    const QString& counts() const { return counts_; }
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QStringList classes_;
    QString counts_;
};

}  // namespace weir::ui
