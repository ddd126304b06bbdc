// Filter texts that take exactly the flows of a combination, a rule, a class pair or a choice of signs.
#pragma once

#include "core/session/evidence/judge.h"
#include "ui/models/combination_model.h"

#include <QString>

namespace weir::ui {

/// Exactly the flows whose sign word this is. Signs that cannot stand beside those that hold are not written.
QString filterOfWord(rules::Word word, const rules::RuleSet& set);
/// Flows with all of `require` and none of `forbid`; "inbound and oneway" when nothing is required.
QString filterOfSigns(rules::Word require, rules::Word forbid, const rules::RuleSet& set);
/// Flows that the rule matches, whoever gets them.
QString filterOfRule(const rules::Rule& rule, const rules::RuleSet& set);
/// Flows that rules of both classes match.
QString filterOfPair(const session::Judgement& judgement, int a, int b);

}  // namespace weir::ui
