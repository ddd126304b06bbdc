// The page in the middle while no project is open: what to do first, what Weir reads, what it answers.
#pragma once

#include <QScrollArea>

class QVBoxLayout;

namespace weir::ui {

class DockHost;
class Workbench;

class Welcome final : public QScrollArea {
    Q_OBJECT
public:
    explicit Welcome(Workbench& workbench, QWidget* parent);
    /// The table of perspectives; called once when they are known.
    void describe(const DockHost& docks);
    void showRecent();

signals:
    void recentChosen(const QString& path);

protected:
    void changeEvent(QEvent* event) override;

private:
    QLayout* buildLeft();
    QLayout* buildRight();

    Workbench& workbench_;
    QVBoxLayout* recent_ = nullptr;
    QVBoxLayout* lower_ = nullptr;
};

}  // namespace weir::ui
