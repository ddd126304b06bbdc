// The command line of weir-cli: all verbs with their options, as one parser.
#pragma once

#include "app/cli/cli_registry.h"

#include <CLI/CLI.hpp>

#include <utility>
#include <vector>

namespace weir::cli {

/// Parser of the command line. Not movable: the parser has pointers to its members.
struct Program {
    /// Adds every verb() with its options, --json and --threads.
    Program();
    CLI::App app;
    bool json = false;                                ///< --json
    unsigned threads = 0;                             ///< --threads; 0 = all
    std::vector<std::pair<CLI::App*, VerbRun>> runs;  ///< in the order of verbs()
};

}  // namespace weir::cli
