// What went wrong or is worth knowing, in place and in one row, until it is closed. Never a box.
#pragma once

#include <QWidget>

class QLabel;
class QToolButton;

namespace weir::ui {

class NoticeBar final : public QWidget {
    Q_OBJECT
public:
    explicit NoticeBar(QWidget* parent);
    /// Shows what and why. A second notice while one is shown is counted: "and 2 more", all in the tool tip.
    void show(const QString& what, const QString& why, bool error);
    void dismiss();
    QString text() const;
    int count() const { return int(lines_.size()); }

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void restyle();
    QLabel* label_;
    QToolButton* close_;
    QStringList lines_;
    bool error_ = false;
};

}  // namespace weir::ui
