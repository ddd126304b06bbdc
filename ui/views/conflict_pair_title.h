// The line above a list of sign combinations: classes, number of flows and combinations.
#pragma once

#include <QString>
#include <QStringList>
#include <QWidget>

namespace weir::ui {

/// Texts that are too long for the width are elided.
class ConflictPairTitle final : public QWidget {
    Q_OBJECT
public:
    explicit ConflictPairTitle(QWidget* parent = nullptr);
    /// Sets the title. Two classes are joined by ×; `counts` is shown at the right in secondary colour.
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
