// Saved iterations of a rule set with their numbers, and what changed between two texts.
#pragma once

#include "core/base/result.h"
#include "core/flow/table.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace weir::refine {

/// A saved iteration: its text and its numbers.
struct Iteration {
    std::int64_t id = 0;      ///< from 1, in order of saving
    std::int64_t parent = 0;  ///< the iteration it was edited from; 0 = none. Several may have the same parent
    std::string name, tag;    ///< rule-set name; "", "alpha", "beta", "final"
    std::string time;         ///< RFC 3339
    std::string text;         ///< the rules, byte for byte
    std::string edit;         ///< one line: what changed against the parent ("10: +!PotOk")
    std::uint64_t oneWay = 0, conflicting = 0, unclassified = 0, observed = 0;
};

flow::Table toTable(const std::vector<Iteration>& iterations);  ///< table "iteration"
/// Reads a table written by toTable(). Errors: a missing or unsuitable column.
Result<std::vector<Iteration>> fromTable(const flow::Table& table);

/// Line diff by longest common subsequence.
enum class DiffKind : std::uint8_t { same, removed, added };
/// A line of a diff.
struct DiffLine {
    DiffKind kind = DiffKind::same;
    std::string text;
};
std::vector<DiffLine> diffLines(std::string_view before, std::string_view after);
/// "10: +!PotOk; 18: new; 4: removed": the changes between two rule texts in one line. Empty when they differ only in
/// comments and blanks.
std::string describeEdit(std::string_view before, std::string_view after);

}  // namespace weir::refine
