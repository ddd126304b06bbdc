// The registry of verbs, one line each.
#include "app/cli/cli_registry.h"

#include <array>

namespace weir::cli {
namespace {

// clang-format off
constexpr auto kVerbs = std::to_array<Verb>({
    {"import",       "data",   "read captures into a project",                                     defineImport},
    {"info",         "data",   "show the captures, flows and local networks of a project",         defineInfo},
    {"doctor",       "data",   "check a project file for damage and stale results",                defineDoctor},
    {"clean",        "data",   "show or set which records are excluded from flow building",        defineClean},
    {"flows",        "data",   "list the records or flows that match a filter",                    defineFlows},
    {"top",          "data",   "list the top values of an element: ports, addresses, classes, …",  defineTop},
    {"aggregate",    "data",   "sum flows by several keys",                                        defineAggregate},
    {"score",        "data",   "score records: codes and points of a score profile",               defineScore},
    {"profiles",     "data",   "list, show, save or diff score profiles",                          defineProfiles},
    {"lists",        "data",   "show, add, remove or compare lists of addresses and ports",        defineLists},
    {"inspect",      "data",   "show the traffic of a host or port, and its codes and classes",    defineInspect},
    {"geo",          "data",   "list, add or remove databases of countries and AS numbers",        defineGeo},
    {"tags",         "data",   "list, add or remove tags of records",                              defineTags},
    {"silence",      "data",   "list, add or remove known-good records, which do not get a code",  defineSilence},
    {"classify",     "rules",  "classify the one-way flows with a rule set",                       defineClassify},
    {"signs",        "rules",  "list the observed sign combinations with their flows and classes", defineSigns},
    {"conflicts",    "rules",  "list the flows that several classes claim",                        defineConflicts},
    {"check",        "rules",  "analyse a rule set; needs no data",                                defineCheck},
    {"rules",        "rules",  "list, show, save, diff or blame saved iterations of the rule set", defineRules},
    {"compare",      "rules",  "compare two rule sets, two score profiles, or two sets of flows",  defineCompare},
    {"suggest",      "rules",  "suggest rule edits for conflicting and unclassified flows",        defineSuggest},
    {"sweep",        "rules",  "count the flows that change class when a setting changes",         defineSweep},
    {"explain",      "rules",  "explain the signs, class and codes of a flow",                     defineExplain},
    {"outages",      "rules",  "list the outages of local services",                               defineOutages},
    {"report",       "rules",  "write a report as HTML, Markdown, CSV or JSON",                    defineReport},
    {"help-man",     "",       "print the manual page",                                            defineHelpMan, true},
    {"completions",  "",       "print the bash completions",                                       defineCompletions, true},
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
