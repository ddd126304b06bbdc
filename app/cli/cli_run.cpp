// Parsing the command line and running the verb.
#include "app/cli/cli_app.h"
#include "app/cli/cli_registry.h"
#include "core/session/project/resources.h"

namespace weir::cli {

Program::Program()
    : app("Weir on the command line: import captures, classify one-way flows, find conflicts of rule sets.",
          "weir-cli") {
    app.require_subcommand(0, 1);
    app.set_version_flag("--version", std::string("weir-cli ") + std::string(session::programVersion()));
    app.footer(
        "`weir-cli VERB --help` lists the options of a verb. Exit codes: 0 done, 1 a check said no, 2 usage or no "
        "input usable,\n"
        "3 something was read but damaged records or files were skipped, 130 cancelled.");
    for (const Verb& verb : verbs()) {
        CLI::App* sub = app.add_subcommand(std::string(verb.name), std::string(verb.help));
        sub->group(verb.hidden ? "" : std::string(verb.group));
        sub->add_flag("--json", json, "one JSON document");
        sub->add_option("--threads", threads, "threads to use; 0 = all")->check(CLI::Range(0u, 1024u));
        runs.push_back({sub, verb.define(*sub)});
    }
}

int runCli(int argc, const char* const* argv, Console& console) {
    Program program;
    try {
        program.app.parse(argc, argv);
    } catch (const CLI::Success& e) {
        return program.app.exit(e, console.out(), console.out());
    } catch (const CLI::ParseError& e) {
        return console.usage(std::string(e.what()) + " (see weir-cli --help)");
    }
    console.json = program.json;
    console.threads = program.threads;
    for (const auto& [sub, run] : program.runs)
        if (sub->parsed()) return console.runVerb(run);
    console.out() << program.app.help();
    return kUsage;
}

}  // namespace weir::cli
