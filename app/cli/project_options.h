// Options and steps shared by the verbs that work on a project: opening it, settings, rule text, judgement.
#pragma once

#include "app/cli/console.h"
#include "core/session/evidence/judge.h"
#include "core/session/project/project.h"
#include "core/session/verbs/rule_sets.h"

#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace weir::cli {

/// What a verb does with a project; `creating` makes it if it does not exist.
enum class Purpose : unsigned char { reading, changing, creating };

/// The options -p, --local, --active, --idle, --set and --wait.
class ProjectOptions {
public:
    /// Adds the options to a verb; this must outlive it.
    void addTo(CLI::App& app);
    /// Opens the project and saves the settings given in it. In a read-only project they hold for this call, and a note
    /// says so. Reports damage through the console. Errors: usage (an option is wrong), notFound, readOnly (the verb
    /// would change the project), and those of opening it.
    Result<session::ProjectPtr> open(Purpose purpose, Console& console) const;
    /// Makes sure that local networks are set: those given or stored, else the best suggestion, with a note. Errors:
    /// store, cancelled.
    Status ensureLocal(session::Project& project, Console& console) const;

private:
    Status applySettings(session::Project& project) const;
    std::string path_;
    std::vector<std::string> local_, set_;
    std::optional<double> active_, idle_;
    double wait_ = 30;
};

/// The options --rules FILE|NAME and --direction in|out.
class RuleOptions {
public:
    /// Adds the options to a verb; this must outlive it.
    void addTo(CLI::App& app, bool withDirection);
    /// Which one-way flows to classify; inbound unless --direction says otherwise.
    session::RunId run() const { return direction_ == "out" ? flow::Direction::out : flow::Direction::in; }
    /// Text of the rule set: of a file, else a shipped set, else a saved iteration (by id, tag or name); the project's
    /// current rules without --rules. Errors: notFound (lists the shipped sets), io, store.
    Result<std::string> text(const session::Project& project) const;

private:
    std::string rules_, direction_ = "in";
};

/// Text of the file `name`, else of the shipped resource of that kind ("rules" or "score") and name, with or without
/// its extension; nothing if there is neither. Errors: io.
Result<std::optional<std::string>> fileOrShipped(std::string_view kind, const std::string& name);

/// Text of the saved iteration with this id, tag or name, the latest of several; nothing if there is none.
std::optional<std::string> iterationText(const std::vector<refine::Iteration>& saved, const std::string& name);

/// Text of a rule set or score profile: `current` (the project's rules), else a saved iteration (by id, tag or name), a
/// file, a shipped rule set or profile, or a saved profile (by tag or name). The latest of several. Errors: notFound,
/// io, store.
Result<std::string> namedText(const session::Project& project, const std::string& name);

/// A snapshot and the rules applied to it.
struct Judged {
    session::SnapshotPtr snapshot;
    session::JudgementPtr judgement;  ///< null if it was not needed
};
/// Computes the signs of the direction and applies the rules. Problems in the rules go to stderr, one line each.
/// Errors: badRule (the rules have errors), those of RuleOptions::text() and of the computations, cancelled.
Result<Judged> judgeProject(session::Project& project, const ProjectOptions& options, const RuleOptions& rules,
                            Console& console);

/// Prints each problem as a note: "NAME:3:7: error: unknown sign …".
void printDiagnostics(Console& console, const std::string& name, const Diagnostics& problems);

}  // namespace weir::cli
