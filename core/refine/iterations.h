// The refinement loop's memory: every saved iteration of a rule set with its numbers; what changed between two texts.
#pragma once

#include "core/base/result.h"
#include "core/flow/table.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace weir::refine {

struct Iteration {
    std::int64_t id = 0;      ///< from 1, in order of saving
    std::int64_t parent = 0;  ///< the iteration it was edited from; 0 = none (branching)
    std::string name, tag;    ///< rule-set name; "", "alpha", "beta", "final"
    std::string time;         ///< RFC 3339
    std::string text;         ///< the rules, byte for byte
    std::string edit;         ///< one line: what changed against the parent ("10: +!PotOk")
    std::uint64_t oneWay = 0, conflicting = 0, unclassified = 0, observed = 0;
};

flow::Table toTable(const std::vector<Iteration>& iterations);  ///< table "iteration"
Result<std::vector<Iteration>> fromTable(const flow::Table& table);

/// Line diff by longest common subsequence.
enum class DiffKind : std::uint8_t { same, removed, added };
struct DiffLine {
    DiffKind kind = DiffKind::same;
    std::string text;
};
std::vector<DiffLine> diffLines(std::string_view before, std::string_view after);
/// "10: +!PotOk; 18: new; 4: gone": the change in rules between two texts, short. Empty when equal but for comments and
/// blanks.
std::string describeEdit(std::string_view before, std::string_view after);

}  // namespace weir::refine
