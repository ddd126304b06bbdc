// The registry of the verbs of weir-cli.
#pragma once

#include "app/cli/console.h"

#include <functional>
#include <span>
#include <string_view>

namespace CLI {
class App;
}

namespace weir::cli {

/// Runs a verb after its options were parsed. Returns the exit code (console.h).
using VerbRun = std::function<int(Console&)>;
/// One row of the registry.
struct Verb {
    std::string_view name, group, help;  ///< help: one line
    VerbRun (*define)(CLI::App& app);    ///< adds the verb's options; the result runs the verb with them
    bool hidden = false;                 ///< not listed in help, manual page and completions
};
/// All verbs, in the order of the help text.
std::span<const Verb> verbs();

/// Parses the command line and runs the verb. Returns the exit code; errors in the arguments are one line on stderr.
int runCli(int argc, const char* const* argv, Console& console);

/// The manual page, made from the registry: installer/man/weir-cli.1.
std::string manualPage();
/// The completions for bash, made from the registry: installer/completions/weir-cli.bash.
std::string bashCompletion();

// The define functions of the registry, each in verb_<name>.cpp.
// clang-format off
VerbRun defineImport(CLI::App& app);
VerbRun defineInfo(CLI::App& app);
VerbRun defineDoctor(CLI::App& app);
VerbRun defineClean(CLI::App& app);
VerbRun defineFlows(CLI::App& app);
VerbRun defineTop(CLI::App& app);
VerbRun defineAggregate(CLI::App& app);
VerbRun defineClassify(CLI::App& app);
VerbRun defineSigns(CLI::App& app);
VerbRun defineScore(CLI::App& app);
VerbRun defineProfiles(CLI::App& app);
VerbRun defineInspect(CLI::App& app);
VerbRun defineGeo(CLI::App& app);
VerbRun defineTags(CLI::App& app);
VerbRun defineSilence(CLI::App& app);
VerbRun defineLists(CLI::App& app);
VerbRun defineConflicts(CLI::App& app);
VerbRun defineCheck(CLI::App& app);
VerbRun defineCompare(CLI::App& app);
VerbRun defineSuggest(CLI::App& app);
VerbRun defineSweep(CLI::App& app);
VerbRun defineRules(CLI::App& app);
VerbRun defineExplain(CLI::App& app);
VerbRun defineOutages(CLI::App& app);
VerbRun defineReport(CLI::App& app);
VerbRun defineHelpMan(CLI::App& app);
VerbRun defineCompletions(CLI::App& app);
// clang-format on

}  // namespace weir::cli
