// The table of verbs: one line each.
#include "app/cli/cli_registry.h"

#include <array>

namespace weir::cli {
namespace {

// clang-format off
constexpr auto kVerbs = std::to_array<Verb>({
    {"import",      "data",  "read captures into a project",                                    defineImport},
    {"info",        "data",  "what a project holds",                                            defineInfo},
    {"doctor",      "data",  "check a project file: what is damaged, what is out of date",       defineDoctor},
    {"clean",       "data",  "exclude records from flow building: duplicates, exclusions",         defineClean},
    {"flows",       "data",  "list the records or derived flows that match a filter",           defineFlows},
    {"top",         "data",  "highest values of an element: ports, addresses, classes, …",      defineTop},
    {"aggregate",   "data",  "sums of flows by several keys",                                   defineAggregate},
    {"score",       "data",  "codes and points of the records by a score profile",              defineScore},
    {"profiles",    "data",  "score profiles: list, show, save, diff",                          defineProfiles},
    {"lists",       "data",  "lists of addresses and ports: show, add, remove, overlap",        defineLists},
    {"inspect",     "data",  "what a host or a port does, with whom, and what was found",        defineInspect},
    {"geo",         "data",  "databases of countries and AS numbers: list, add, remove",        defineGeo},
    {"tags",        "data",  "what was marked, and why: list, add, remove",                     defineTags},
    {"silence",     "data",  "who is known to be good and does not get a code: list, add, remove", defineSilence},
    {"classify",    "rules", "classes of the one-way flows by a rule set",                      defineClassify},
    {"signs",       "rules", "sign combinations seen, with flows and classes",                  defineSigns},
    {"conflicts",   "rules", "flows that several classes claim, by class pair and combination", defineConflicts},
    {"check",       "rules", "static analysis of a rule set: needs no data",                    defineCheck},
    {"rules",       "rules", "saved iterations of the rule set: list, show, save, diff",        defineRules},
    {"compare",     "rules", "two rule sets or two score profiles on the same flows",            defineCompare},
    {"suggest",     "rules", "edits that would end conflicts or classify what no rule matches",  defineSuggest},
    {"sweep",       "rules", "how many flows change their class when a setting changes",         defineSweep},
    {"explain",     "rules", "why a flow has its signs and its class",                          defineExplain},
    {"outages",     "rules", "when local services could not be reached, by how many clients",   defineOutages},
    {"report",      "rules", "classes, conflicts, comparison and scores as HTML, Markdown, CSV or JSON", defineReport},
    {"help-man",    "",      "print the manual page",                                           defineHelpMan,     true},
    {"completions", "",      "print the bash completions",                                      defineCompletions, true},
});
// clang-format on
static_assert(
    [] {
        for (std::size_t i = 0; i < kVerbs.size(); ++i)
            for (std::size_t j = 0; j < i; ++j)
                if (kVerbs[i].name == kVerbs[j].name) return false;
        return true;
    }(),
    "verbs are unique");

}  // namespace

std::span<const Verb> verbs() { return kVerbs; }

}  // namespace weir::cli
