// Edits of a rule text by meaning: everything else of it, comments and line ends too, stays byte for byte.
#pragma once

#include "core/rules/rule_set.h"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace weir::rules {

/// The statement of the line (from 1): without comment, and blanks at its ends.
std::string_view statementAt(std::string_view text, std::size_t line);

/// "PotOk" or "!PotOk" behind the last sign of the rule in that line (from 1), before its comment. REQUIRES: a rule
/// stands there.
std::string withSign(std::string_view text, std::size_t line, std::string_view term);
/// Without this sign, and its `!` when it has one. REQUIRES: the rule in that line names it.
std::string withoutSign(std::string_view text, std::size_t line, std::string_view sign);
/// A new line behind that one, indented as it is when it is a rule, else by two blanks. `rule`: "18: Onepkt !PotOk".
std::string withRuleBehind(std::string_view text, std::size_t line, std::string_view rule);

/// Without the line and its line end. Comments before it stay. REQUIRES: there is such a line.
std::string withoutLine(std::string_view text, std::size_t line);

/// With `assert SIGNS is "CLASS"`: in the place of the assert on the same word, else behind the last assert, else at
/// the end of the text. REQUIRES: `set` was parsed of `text`.
std::string withAssert(std::string_view text, const RuleSet& set, Word word, std::string_view className);

}  // namespace weir::rules
