// What it costs a sender to get out of a rule: which of its signs he can change, and how.
#pragma once

#include "core/rules/rule_set.h"
#include "core/signs/sign_family.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace weir::explain {

/// One sign whose change takes a flow out of a rule.
struct Evasion {
    unsigned sign = 0;      ///< bit
    bool set = false;       ///< it would have to hold (else: not to hold)
    std::uint8_t cost = 0;  ///< 1 to 3
    std::string_view how;
    rules::Word after = 0;  ///< the smallest combination that differs so from what the rule takes
    std::string className;  ///< which class takes it then; "Other" too
};
/// Cheapest first, then those that leave the class, then by sign. Only changes that the exclusions admit. User signs
/// are left out: nobody knows what they cost. Empty: no single sign does it. Cost: one search a sign of the rule.
std::vector<Evasion> evasionsOf(const rules::RuleSet& set, std::size_t rule,
                                const signs::SignFamily& family = signs::oneWay());
/// "cost 1: a second packet (not Onepkt), then Other"
std::string evasionText(const rules::RuleSet& set, const Evasion& evasion);

}  // namespace weir::explain
