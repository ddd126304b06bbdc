// Texts for one sign word under a judgement: its signs, the classes that claim it, the rules that match.
#pragma once

#include "core/session/evidence/judge.h"

#include <QString>

#include <cstdint>
#include <vector>

namespace weir::ui {

/// Names of the signs: "Backsc PotOk TCP"; "no sign" for 0.
QString signsText(rules::Word word, const rules::RuleSet& set);
/// Number of combinations as text: "12"; "some" or "0" when there are too many to count.
QString wordCount(const rules::Check& check, std::uint64_t words);
/// True when it is proven that no combination exists: `words` is 0 and the search left nothing undecided.
bool isProvenNever(const rules::Check& check, std::uint64_t words);
/// Indices of the classes that claim the word, first in `order` first; empty = Other.
std::vector<std::uint16_t> claimingClasses(const session::Judgement& judgement, rules::Word word);
/// Rule names: "10 ∧ 13" for rules of several classes, "5, 8" for one class, "–" for none.
QString rulesText(const rules::RuleSet& set, const std::vector<std::uint16_t>& matching);
QString rulesText(const session::Judgement& judgement, rules::Word word);
/// Full class names joined by " ∧ "; "Other" for none.
QString classesText(const session::Judgement& judgement, const std::vector<std::uint16_t>& classes);

}  // namespace weir::ui
