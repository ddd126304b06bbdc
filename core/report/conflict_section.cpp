// The conflict report of methods.md 5: class pairs in conflict with their combinations, and combinations that no rule
// matches.
#include "core/report/registry.h"

#include "core/base/text.h"

namespace weir::report {
namespace {

constexpr std::size_t kMaxConflictRows = 50;  ///< combinations per table: the most frequent ones

std::string ruleNames(const rules::RuleSet& set, const std::vector<std::uint16_t>& rules) {
    std::string out;
    for (const std::uint16_t r : rules) out.append(out.empty() ? "" : ", ").append(set.rules[r].name);
    return out;
}

/// "12 rarer combinations with 345 flows not shown.", or an empty text.
std::string restOf(std::size_t rows, std::uint64_t flows) {
    return rows == 0 ? std::string()
                     : counted(rows, "rarer combination", "rarer combinations") + " with " +
                           counted(flows, "flow", "flows") + " not shown.";
}

Table pairTable(const Rules& r) {
    Table out{"pairs",
              "Conflicting classes",
              {{"a", "Class", Kind::name},
               {"b", "Class", Kind::name},
               {"flows", "Flows", Kind::count},
               {"share", "Share", Kind::share},
               {"packets", "Packets", Kind::count},
               {"bytes", "Bytes", Kind::count},
               {"combinations", "Combinations observed", Kind::count},
               {"possible", "Possible", Kind::count}},
              {}};
    for (const conflict::ClassPair& p : r.conflicts->pairs)
        out.rows.push_back({r.set->classes[p.a].name, r.set->classes[p.b].name, cell(p.flows),
                            share(p.flows, r.conflicts->oneWayFlows), cell(p.packets), cell(p.bytes),
                            cell(p.combinations.size()), r.check->counted ? cell(p.possibleWords) : Cell()});
    return out;
}

Table combinationsOf(const Rules& r, const conflict::Combinations& combinations, std::string id, std::string title,
                     bool rules, std::uint64_t whole) {
    Table out{std::move(id),
              std::move(title),
              {{"flows", "Flows", Kind::count},
               {"share", "Share", Kind::share},
               {"cumulative", "Cumulative", Kind::share},
               {"signs", "Signs"}},
              {}};
    if (rules) out.columns.push_back({"rules", "Rules"});
    std::uint64_t sum = 0, rest = 0;
    for (std::size_t i = 0; i < combinations.size(); ++i) {
        const tally::WordCount& w = r.tally[combinations[i]];
        sum += w.flows;
        if (i >= kMaxConflictRows) {
            rest += w.flows;
            continue;
        }
        out.rows.push_back(
            {cell(w.flows), share(w.flows, whole), share(sum, whole), rules::signNamesOf(w.word, r.set->signNames)});
        if (rules) out.rows.back().push_back(ruleNames(*r.set, rules::matchingRules(*r.set, w.word)));
    }
    out.note = restOf(combinations.size() > kMaxConflictRows ? combinations.size() - kMaxConflictRows : 0, rest);
    return out;
}

std::string verdict(const rules::Check& c) {
    if (c.open != 0)
        return "The search reached its limit, undecided cases: " + grouped(c.open) +
               ". More may be possible than is listed here; use fewer user signs, or more one-of and never lines.";
    const std::string all = c.counted ? " over all " + grouped(c.admissible) + " admissible combinations of signs"
                                      : std::string(" over all admissible combinations of signs");
    if (c.conflictingWords == 0) return "No flow can be claimed by two classes: proven" + all + ".";
    return c.counted ? grouped(c.conflictingWords) + " of " + grouped(c.admissible) +
                           " admissible combinations of signs are claimed by several classes."
                     : "Some admissible combinations of signs are claimed by several classes.";
}

}  // namespace

std::optional<Section> conflictSection(const Material& material) {
    if (!material.rules) return std::nullopt;
    const Rules& r = *material.rules;
    const conflict::Report& c = *r.conflicts;
    Section out;
    out.blocks.push_back(
        Paragraph{verdict(*r.check) + " " + counted(c.conflictingFlows, "flow is", "flows are") + " in conflict."});
    Table numbers{"numbers", "", {{"quantity", "Quantity"}, {"value", "Value", Kind::count}}, {}};
    for (const auto& [name, value] :
         {std::pair("possible combinations", Cell(r.check->counted ? cell(c.possible) : Cell())),
          std::pair("admissible", Cell(r.check->counted ? cell(c.admissible) : Cell())),
          std::pair("observed", cell(c.observed)),
          std::pair("observed that cover 99 % of the flows", cell(c.observedCovering99)),
          std::pair("flows in conflict", cell(c.conflictingFlows)),
          std::pair("flows unclassified", cell(c.unclassifiedFlows))})
        numbers.rows.push_back({std::string(name), value});
    out.blocks.push_back(std::move(numbers));
    if (!c.violations.empty()) {
        Table broken{"violations",
                     "Declarations that flows violate",
                     {{"line", "Line", Kind::count},
                      {"flows", "Flows", Kind::count},
                      {"combinations", "Combinations", Kind::count},
                      {"signs", "Most frequent"}},
                     {},
                     "Proofs that use these lines do not hold for these flows."};
        for (const conflict::Violation& v : c.violations)
            broken.rows.push_back({cell(v.line), cell(v.flows), cell(v.combinations.size()),
                                   rules::signNamesOf(r.tally[v.combinations.front()].word, r.set->signNames)});
        out.blocks.push_back(std::move(broken));
    }
    if (!c.pairs.empty()) out.blocks.push_back(pairTable(r));
    std::size_t number = 0;
    for (const conflict::ClassPair& p : c.pairs)
        if (!p.combinations.empty())
            out.blocks.push_back(combinationsOf(r, p.combinations, "pair_" + std::to_string(++number),
                                                r.set->classes[p.a].name + " and " + r.set->classes[p.b].name, true,
                                                p.flows));
    if (!r.check->conflicts.empty()) {
        Table pairs{"rule_pairs",
                    "Rules that can conflict",
                    {{"a", "Rule"}, {"b", "Rule"}, {"words", "Combinations", Kind::count}, {"witness", "Example"}},
                    {}};
        for (const rules::RulePair& p : r.check->conflicts)
            pairs.rows.push_back({r.set->rules[p.a].name, r.set->rules[p.b].name,
                                  r.check->counted ? cell(p.words) : Cell(),
                                  rules::signNamesOf(p.witness, r.set->signNames)});
        out.blocks.push_back(std::move(pairs));
    }
    if (!c.unclassified.empty())
        out.blocks.push_back(combinationsOf(r, c.unclassified, "unclassified", "Combinations that no rule matches",
                                            false, c.unclassifiedFlows));
    return out;
}

}  // namespace weir::report
