// Filter texts that match exactly the flows of a combination, a rule, a class pair or a choice of signs.
#pragma once

#include "core/session/evidence/judge.h"
#include "ui/models/combination_model.h"

#include <QString>

namespace weir::ui {

/// Matches exactly the flows with this sign word. Omits signs that cannot occur together with those that hold.
QString filterOfWord(rules::Word word, const rules::RuleSet& set);
/// Matches flows with all of `require` and none of `forbid`; "inbound and oneway" when nothing is required.
QString filterOfSigns(rules::Word require, rules::Word forbid, const rules::RuleSet& set);
/// Matches the flows that the rule matches, whichever rule they are assigned to.
QString filterOfRule(const rules::Rule& rule, const rules::RuleSet& set);
/// Matches the flows that rules of both classes match.
QString filterOfPair(const session::Judgement& judgement, int a, int b);

}  // namespace weir::ui
