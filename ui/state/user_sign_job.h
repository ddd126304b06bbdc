// Keeps the words of the open project supplied with the user signs that rule texts in the window name.
#pragma once

#include "core/rules/rule_set.h"

#include <QObject>
#include <QTimer>

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace weir::session {
struct SignData;
}

namespace weir::ui {

class JobRunner;
class Workbench;

/// Made by the workbench, GUI thread only. A text that names a new sign is judged once the job has published its bits.
class UserSignJob final : public QObject {
    Q_OBJECT
public:
    explicit UserSignJob(Workbench& workbench);
    ~UserSignJob() override;

    /// What `who` needs from now on, in the place of what it needed before.
    void need(const std::string& who, std::vector<rules::UserSign> signs);
    /// Some sign that was asked for is not there yet.
    bool busy() const;

signals:
    void busyChanged();

private:
    void draftChanged();
    void look();
    void start();
    std::vector<rules::UserSign> wanted() const;

    Workbench& workbench_;
    std::unique_ptr<JobRunner> lane_;
    QTimer soon_;
    std::map<std::string, std::vector<rules::UserSign>> needs_;
    /// What failed last: not tried again before the text or the flows change.
    std::vector<rules::UserSign> failed_;
    std::weak_ptr<const session::SignData> failedOn_;
};

}  // namespace weir::ui
