// weir-cli aggregate: sums flows by several keys.
#include "app/cli/cli_registry.h"
#include "app/cli/group_run.h"

#include <CLI/CLI.hpp>

namespace weir::cli {
namespace {

struct AggregateOptions {
    GroupOptions group;
    std::string keys, order = "flows";
    std::uint64_t limit = 0;
};

int run(const AggregateOptions& o, Console& console) {
    const auto keys = tally::parseKeys(o.keys);
    if (!keys) return console.fail(keys.error());
    session::TopRequest request;
    request.alternatives = {*keys};
    request.order = tally::findOrder(o.order)->order;
    request.most = o.limit;
    return runGroups(o.group, std::move(request), {false, {}}, console);
}

std::vector<std::string> orderNames() {
    std::vector<std::string> names;
    for (const auto& order : tally::orders()) names.emplace_back(order.id);
    return names;
}

}  // namespace

VerbRun defineAggregate(CLI::App& app) {
    auto o = std::make_shared<AggregateOptions>();
    o->group.addTo(app);
    std::string keys;
    for (const auto& key : tally::keyTable()) keys.append(keys.empty() ? "" : ", ").append(key.name);
    app.add_option("-A,--keys", o->keys,
                   "keys to group by, comma-separated; also srcip4/24, srcip6/64, dstip4/24, dstip6/64. Keys: " + keys)
        ->type_name("KEYS")
        ->required();
    app.add_option("-s,--order", o->order, "list the highest values of this first")
        ->check(CLI::IsMember(orderNames()))
        ->capture_default_str();
    app.add_option("-n", o->limit, "list at most N rows; 0 = all")->type_name("N")->capture_default_str();
    return [o](Console& console) { return run(*o, console); };
}

}  // namespace weir::cli
