// All verbs with their options, as one parser.
#pragma once

#include "app/cli/cli_registry.h"

#include <CLI/CLI.hpp>

#include <utility>
#include <vector>

namespace weir::cli {

struct Program {
    Program();
    CLI::App app;
    bool json = false;
    unsigned threads = 0;
    std::vector<std::pair<CLI::App*, VerbRun>> runs;  ///< in the order of verbs()
};

}  // namespace weir::cli
