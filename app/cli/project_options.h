// Options and steps that the verbs on a project share: open it, settings, rule text, judgement.
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

/// What a verb wants of a project.
enum class Purpose : unsigned char { reading, changing, creating };

class ProjectOptions {
public:
    /// -p, --local, --active, --idle, --set, --wait.
    void addTo(CLI::App& app);
    /// Opens the project (or makes it) and applies the settings given. They stay with the project; with one that is
    /// read-only they hold for this call, and a note says so. The console says what is damaged in it. Errors: notFound,
    /// readOnly (it is to be changed and cannot be), busy, store.
    Result<session::ProjectPtr> open(Purpose purpose, Console& console) const;
    /// Local networks in force: those given or stored, else the best suggestion, with a note that says so.
    Status ensureLocal(session::Project& project, Console& console) const;

private:
    Status applySettings(session::Project& project) const;
    std::string path_;
    std::vector<std::string> local_, set_;
    std::optional<double> active_, idle_;
    double wait_ = 30;
};

/// --rules FILE|NAME and --direction in|out.
class RuleOptions {
public:
    void addTo(CLI::App& app, bool withDirection);
    session::RunId run() const { return direction_ == "out" ? flow::Direction::out : flow::Direction::in; }
    /// The text of the rule set: a file, a shipped set, a saved iteration (by id, name or tag); the project's current
    /// one when none is named.
    Result<std::string> text(const session::Project& project) const;

private:
    std::string rules_, direction_ = "in";
};

/// A file of that path, else what ships of that kind ("rules", "score") and name; nothing when neither is there.
Result<std::optional<std::string>> fileOrShipped(std::string_view kind, const std::string& name);

/// Text of a saved iteration by id, tag or name; the latest wins. Nothing when none is called so.
std::optional<std::string> iterationText(const std::vector<refine::Iteration>& saved, const std::string& name);

/// A saved iteration or profile (by id, tag or name; the latest wins; rule sets first), a file, or what ships;
/// `current` = the rules in force.
Result<std::string> namedText(const session::Project& project, const std::string& name);

struct Judged {
    session::SnapshotPtr snapshot;
    session::JudgementPtr judgement;
};
/// Prepares signs of the direction and judges them. Diagnostics of the rules go to stderr, one line each; then the
/// error says how many.
Result<Judged> judgeProject(session::Project& project, const ProjectOptions& options, const RuleOptions& rules,
                            Console& console);

/// "NAME:3:7: error: unknown sign …"
void printDiagnostics(Console& console, const std::string& name, const Diagnostics& problems);

}  // namespace weir::cli
