// What a verb talks through: results to stdout, one line per problem to stderr, a progress line on a terminal, cancel by Ctrl-C.
#pragma once

#include "app/cli/progress_line.h"
#include "core/base/job.h"
#include "core/base/result.h"

#include <nlohmann/json.hpp>

#include <memory>
#include <ostream>
#include <stop_token>
#include <string_view>

namespace weir::cli {

using Json = nlohmann::ordered_json;

/// Exit codes of every verb (language.md 4).
enum ExitCode : int { kDone = 0, kCheckSaidNo = 1, kUsage = 2, kDamaged = 3, kCancelled = 130 };

class Console {
public:
    Console(std::ostream& out, std::ostream& err, std::stop_token stop) : out_(out), err_(err), stop_(std::move(stop)) {}

    bool json = false;
    unsigned threads = 0;  ///< 0 = all

    std::ostream& out() { return out_; }
    /// One document, indented.
    void print(const Json& document);
    /// "weir-cli: …" on stderr, after the progress line is wiped.
    void note(std::string_view line);
    /// Prints the error; returns the exit code it stands for.
    int fail(const Error& error);
    int usage(std::string_view line);
    /// A job for one call; shows progress when stderr is a terminal.
    std::unique_ptr<JobContext> job();

private:
    std::ostream& out_;
    std::ostream& err_;
    std::stop_token stop_;
    ProgressLine progress_;
};

}  // namespace weir::cli
