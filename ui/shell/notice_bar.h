// Errors and notices in one row of the window, shown until the user closes it. Never a message box.
#pragma once

#include <QWidget>

class QLabel;
class QToolButton;

namespace weir::ui {

/// GUI thread only. Hidden while there is no notice.
class NoticeBar final : public QWidget {
    Q_OBJECT
public:
    explicit NoticeBar(QWidget* parent);
    /// Shows a notice: what happened and why. While one is shown, further ones are counted ("and 2 more"); the tool tip
    /// lists all.
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
