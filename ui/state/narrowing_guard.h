// Takes out of the narrowing what is not there any more: codes of another profile, a time range without data, a filter
// that names what is gone.
#pragma once

#include <QObject>
#include <QTimer>

namespace weir::ui {

class Workbench;

class NarrowingGuard final : public QObject {
    Q_OBJECT
public:
    explicit NarrowingGuard(Workbench& workbench);

private:
    void forgetCodes();
    void forgetTimes();
    void watchFilter();
    void dropFilter();

    Workbench& workbench_;
    QTimer goneFor_;  ///< a name that is being typed, or computed, is not gone
};

}  // namespace weir::ui
