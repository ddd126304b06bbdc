// The verbs of weir-cli.
#pragma once

#include "app/cli/console.h"

#include <functional>
#include <span>
#include <string_view>

namespace CLI {
class App;
}

namespace weir::cli {

/// Runs after the options were parsed; returns the exit code.
using VerbRun = std::function<int(Console&)>;
struct Verb {
    std::string_view name, group, help;
    VerbRun (*define)(CLI::App& app);  ///< adds the verb's options
    bool hidden = false;               ///< not listed in help, manual page and completions
};
std::span<const Verb> verbs();

int runCli(int argc, const char* const* argv, Console& console);

/// Generated from the verbs: installer/man/weir-cli.1 and installer/completions/weir-cli.bash.
std::string manualPage();
std::string bashCompletion();

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
