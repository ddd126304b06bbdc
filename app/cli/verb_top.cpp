// weir-cli top: lists the top values of an element.
#include "app/cli/cli_registry.h"
#include "app/cli/group_run.h"

#include <CLI/CLI.hpp>

namespace weir::cli {
namespace {

struct TopOptions {
    GroupOptions group;
    std::string statistic;
    std::uint64_t limit = 10;
};

/// All elements: "srcip, dstip, …".
std::string elementList() {
    std::string text;
    for (const tally::Element& e : tally::elements()) text.append(text.empty() ? "" : ", ").append(e.id);
    return text;
}

int run(const TopOptions& o, Console& console) {
    const auto spec = tally::parseTop(o.statistic);
    if (!spec) return console.fail(spec.error());
    session::TopRequest request;
    request.alternatives = tally::keysOf(*spec);
    request.order = spec->order;
    request.most = o.limit;
    return runGroups(o.group, std::move(request), {true, std::string(spec->element->id)}, console);
}

}  // namespace

VerbRun defineTop(CLI::App& app) {
    auto o = std::make_shared<TopOptions>();
    o->group.addTo(app);
    app.add_option(
           "-s,--statistic", o->statistic,
           "what to count; `:p` counts by protocol as well; ORDER is flows (the default), packets, bytes, pps, bps or "
           "bpp. Elements: " +
               elementList())
        ->type_name("ELEMENT[:p][/ORDER]")
        ->required();
    app.add_option("-n", o->limit, "list at most N values; 0 = all")->type_name("N")->capture_default_str();
    return [o](Console& console) { return run(*o, console); };
}

}  // namespace weir::cli
