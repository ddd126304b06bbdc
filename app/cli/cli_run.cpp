// Parsing the command line and running the verb.
#include "app/cli/cli_app.h"
#include "app/cli/cli_registry.h"
#include "core/session/project/resources.h"

namespace weir::cli {

Program::Program()
    : app("Weir on the command line: imports captures, scores records, classifies one-way flows, finds conflicts of "
          "rules.",
          "weir-cli") {
    app.require_subcommand(0, 1);
    app.get_formatter()->label("SUBCOMMAND", "VERB");
    app.set_version_flag("--version", std::string("weir-cli ") + std::string(session::programVersion()));
    app.footer(
        "`weir-cli VERB --help` lists the options of a verb. Exit codes: 0 done, 1 a check failed, 2 wrong arguments "
        "or no\n"
        "usable input, 3 done but damaged input was skipped, 130 cancelled.");
    for (const Verb& verb : verbs()) {
        CLI::App* sub = app.add_subcommand(std::string(verb.name), std::string(verb.help));
        sub->group(verb.hidden ? "" : std::string(verb.group));
        sub->add_flag("--json", json, "print one JSON document");
        sub->add_option("--threads", threads, "number of threads; 0 = one per processor")->check(CLI::Range(0u, 1024u));
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
