// The highest values of an element among the rows that bear one code: what the docks Top sources and Top destination
// ports ask.
#pragma once

#include "core/session/verbs/top.h"
#include "ui/jobs/job_runner.h"

#include <QObject>
#include <QString>

#include <cstdint>
#include <vector>

namespace weir::ui {

class Workbench;

struct CodeTop {
    struct Row {
        QString value;
        std::uint64_t records = 0;
    };
    std::vector<Row> rows;                       ///< the highest first
    std::uint64_t others = 0, otherRecords = 0;  ///< values that are not listed
    std::uint64_t total = 0;                     ///< records with the code

    double share(std::uint64_t records) const { return total ? double(records) / double(total) : 0; }
};

/// One lane: asks for the present filter and code; a newer question replaces the one before.
class CodeTopQuery final : public QObject {
    Q_OBJECT
public:
    /// `element` as in `top -s`: "srcip", "dstport".
    CodeTopQuery(Workbench& workbench, const char* element, std::uint64_t most, QObject* parent);
    /// Index of a test of the profile in force; -1 = none: an empty answer, as without scores by record.
    void ask(int test);
    const CodeTop& answer() const { return answer_; }
    /// Empty = fine.
    const QString& problem() const { return problem_; }
    bool busy() const { return lane_.busy(); }

signals:
    void answered();

private:
    Workbench& workbench_;
    std::string element_;
    std::uint64_t most_;
    JobRunner lane_;
    CodeTop answer_;
    QString problem_;
    bool asked_ = false;  ///< an answer is waited for
};

}  // namespace weir::ui
