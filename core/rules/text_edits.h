// Edits of a rule text that leave everything else unchanged byte for byte, including comments and line ends.
#pragma once

#include "core/rules/rule_set.h"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace weir::rules {

/// The statement in a line (counted from 1), without its comment and without blanks at either end.
std::string_view statementAt(std::string_view text, std::size_t line);

/// Returns the text with `term` ("PotOk" or "!PotOk") added after the last sign of the rule in that line (counted from
/// 1). REQUIRES: the line has a rule.
std::string withSign(std::string_view text, std::size_t line, std::string_view term);
/// Returns the text without this sign and its `!`, if any. REQUIRES: the rule in that line names it.
std::string withoutSign(std::string_view text, std::size_t line, std::string_view sign);
/// Returns the text with a new line after that one, with the same indent if that is a rule, else with two spaces.
/// `rule`: "18: Onepkt !PotOk".
std::string withRuleBehind(std::string_view text, std::size_t line, std::string_view rule);

/// Returns the text without the line and its line end. Comment lines before it remain. REQUIRES: the line exists.
std::string withoutLine(std::string_view text, std::size_t line);

/// Returns the text with `assert SIGNS is "CLASS"`. It replaces the assert on the same word; without one it follows the
/// last assert, or ends the text. REQUIRES: `set` was parsed from `text`.
std::string withAssert(std::string_view text, const RuleSet& set, Word word, std::string_view className);

}  // namespace weir::rules
