// The running job at the right of the menu row: name, bar, percent, rate, time left, cancel. A click opens the panel
// Jobs.
#pragma once

#include <QWidget>

class QToolButton;

namespace weir::ui {

class JobList;

/// Shows the oldest running job and how many others run.
class JobLine final : public QWidget {
    Q_OBJECT
public:
    JobLine(JobList& jobs, QWidget* parent);
    QSize sizeHint() const override;

signals:
    void clicked();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void refresh();
    JobList& jobs_;
    QToolButton* cancel_;
    QString name_, detail_;
    int permille_ = -1, others_ = 0;
    bool running_ = false;
};

}  // namespace weir::ui
