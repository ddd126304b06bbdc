// What a verb talks through: results to stdout, one line per problem to stderr, a progress line on a terminal, cancel
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

using Json = nlohmann::ordered_json;

/// Exit codes of every verb (language.md 4).
enum ExitCode : int { kDone = 0, kCheckSaidNo = 1, kUsage = 2, kDamaged = 3, kCancelled = 130 };

class Console {
public:
    /// A verb; returns its exit code.
    using Run = std::function<int(Console&)>;
    Console(std::ostream& out, std::ostream& err, std::stop_token stop)
        : out_(out), err_(err), stop_(std::move(stop)) {}

    bool json = false;
    unsigned threads = 0;  ///< 0 = all

    std::ostream& out() {
        printed_ = true;
        return out_;
    }
    /// Runs the verb. Damaged parts of the project it opens are left out and said once each; then what was kDone is
    /// kDamaged. Damage that shows only while the verb reads makes it run again without what is damaged, unless it has
    /// printed already.
    int runVerb(const Run& run);
    /// Called with each project that a verb opens. Errors: those of looking through a damaged one.
    Status openedProject(session::Project& project);
    /// One document, indented.
    void print(const Json& document);
    /// "weir-cli: …" on stderr, without control characters, after the progress line is wiped.
    void note(std::string_view line);
    /// Prints the error; returns the exit code it stands for.
    int fail(const Error& error);
    int usage(std::string_view line);
    /// A job for one call; shows progress when stderr is a terminal.
    std::unique_ptr<JobContext> job();

private:
    void sayDamage(int& code);
    bool runsAgain() const;

    std::ostream& out_;
    std::ostream& err_;
    std::stop_token stop_;
    ProgressLine progress_;
    bool printed_ = false;
    bool thorough_ = false;  ///< the verb runs again: projects are looked through when they are opened
    std::vector<std::shared_ptr<store::DamageLog>> damage_;  ///< of the projects opened
};

}  // namespace weir::cli
