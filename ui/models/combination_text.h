// Words for one sign word under a judgement: its signs, the classes that claim it, the rules it fires.
#pragma once

#include "core/session/evidence/judge.h"

#include <QString>

#include <cstdint>
#include <vector>

namespace weir::ui {

/// "Backsc PotOk TCP"; "no sign" for 0.
QString signsText(rules::Word word, const rules::RuleSet& set);
/// "12"; where words are too many to count, "some" or "0".
QString wordCount(const rules::Check& check, std::uint64_t words);
/// "never" as far as it is proven, else that it is not decided.
bool isProvenNever(const rules::Check& check, std::uint64_t words);
/// Class indices that claim the word, first in `order` first; empty = Other.
std::vector<std::uint16_t> claimingClasses(const session::Judgement& judgement, rules::Word word);
/// "10 ∧ 13" when the rules are of several classes, "5, 8" when of one, "–" for none.
QString rulesText(const rules::RuleSet& set, const std::vector<std::uint16_t>& matching);
QString rulesText(const session::Judgement& judgement, rules::Word word);
/// Full names joined by " ∧ ", "Other" for none.
QString classesText(const session::Judgement& judgement, const std::vector<std::uint16_t>& classes);

}  // namespace weir::ui
