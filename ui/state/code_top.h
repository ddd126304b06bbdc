// The highest values of an element among the records that have one code: the data of the panels Top sources and Top
// destination ports.
#pragma once

#include "core/session/verbs/top.h"
#include "ui/jobs/job_runner.h"

#include <QObject>
#include <QString>

#include <cstdint>
#include <vector>

namespace weir::ui {

class Workbench;

/// The answer: highest values, and sums of the others.
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

/// Computes the answer for the current filter and a code as a job; a newer query replaces the one before.
class CodeTopQuery final : public QObject {
    Q_OBJECT
public:
    /// `element` as in `top -s`: "srcip", "dstport".
    CodeTopQuery(Workbench& workbench, const char* element, std::uint64_t most, QObject* parent);
    /// Starts a query for a test (index in the current profile). With -1, or without per-record scores, the answer is
    /// empty.
    void ask(int test);
    const CodeTop& answer() const { return answer_; }
    /// Why the last query failed; empty = no error.
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
    bool asked_ = false;  ///< a query is running
};

}  // namespace weir::ui
