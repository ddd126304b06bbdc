// Computes the user signs that the rule texts of the window use, for the open project.
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

/// Created by the workbench, GUI thread only. A text that uses a new sign is judged after the job has published its
/// bits.
class UserSignJob final : public QObject {
    Q_OBJECT
public:
    explicit UserSignJob(Workbench& workbench);
    ~UserSignJob() override;

    /// Sets the signs that `who` needs; replaces the previous set.
    void need(const std::string& who, std::vector<rules::UserSign> signs);
    /// Some requested sign is not computed yet.
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
    /// The signs that failed last. They are retried only after the text or the flows have changed.
    std::vector<rules::UserSign> failed_;
    std::weak_ptr<const session::SignData> failedOn_;
};

}  // namespace weir::ui
