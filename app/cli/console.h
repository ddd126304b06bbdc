// Input and output of a verb: results on stdout, one line per problem on stderr, a progress line on a terminal, cancel
// by Ctrl-C.
#pragma once

#include "app/cli/progress_line.h"
#include "core/base/job.h"
#include "core/base/result.h"
#include "core/session/project/project.h"
#include "core/store/damage.h"

#include <nlohmann/json.hpp>

#include <functional>
#include <memory>
#include <ostream>
#include <stop_token>
#include <string_view>
#include <vector>

namespace weir::cli {

/// Keys keep the order in which they were added.
using Json = nlohmann::ordered_json;

/// Exit codes of every verb (language.md 4).
enum ExitCode : int {
    kDone = 0,
    kCheckSaidNo = 1,  ///< a check failed
    kUsage = 2,        ///< wrong arguments, or no usable input
    kDamaged = 3,      ///< done, but damaged input was skipped
    kCancelled = 130
};

/// What a verb is given to print and to run jobs. One thread; jobs may report progress from several.
class Console {
public:
    /// A verb; returns its exit code.
    using Run = std::function<int(Console&)>;
    /// `stop` cancels the jobs of job(). Both streams must outlive the console.
    Console(std::ostream& out, std::ostream& err, std::stop_token stop)
        : out_(out), err_(err), stop_(std::move(stop)) {}

    bool json = false;     ///< print one JSON document instead of text
    unsigned threads = 0;  ///< threads of a job; 0 = all

    /// Stream for results. After this call the verb counts as having printed (runVerb()).
    std::ostream& out() {
        printed_ = true;
        return out_;
    }
    /// Runs the verb. Reports each damaged part of the projects it opened on stderr, and turns kDone into kDamaged. If
    /// the verb fails because damage appears while it reads, and it has not printed yet, it runs once more: projects
    /// are then checked when opened, so that damaged sources are left out from the start.
    int runVerb(const Run& run);
    /// To be called with each project that a verb opens. Errors: those of Project::checkAll() in the second run.
    Status openedProject(session::Project& project);
    /// Prints a JSON document, indented by 2. Bytes that are not UTF-8 are replaced.
    void print(const Json& document);
    /// Prints "weir-cli: LINE" on stderr, with control characters made visible, and removes the progress line.
    void note(std::string_view line);
    /// Prints the error as a note. Returns its exit code: kCancelled, kDamaged after output, else kUsage.
    int fail(const Error& error);
    int usage(std::string_view line);  ///< prints the line as a note; returns kUsage
    /// Context of one job; shows its progress if stderr is a terminal. The console must outlive it.
    std::unique_ptr<JobContext> job();

private:
    void sayDamage(int& code);
    bool runsAgain() const;

    std::ostream& out_;
    std::ostream& err_;
    std::stop_token stop_;
    ProgressLine progress_;
    bool printed_ = false;
    bool thorough_ = false;                                  ///< second run: projects are checked when they are opened
    std::vector<std::shared_ptr<store::DamageLog>> damage_;  ///< of the projects opened
};

}  // namespace weir::cli
