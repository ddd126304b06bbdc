// Removes from the narrowing what no longer exists: codes of another profile, a time range without data, a filter with
// unknown names.
#pragma once

#include <QObject>
#include <QTimer>

namespace weir::ui {

class Workbench;

/// Created by the workbench, GUI thread only. The removal of a filter text is reported through Workbench::failed().
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
    QTimer goneFor_;  ///< delay: a name may still be being typed or computed
};

}  // namespace weir::ui
