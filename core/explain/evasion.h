// What it costs a sender to get out of a rule: which of its signs he can change, and how.
#pragma once

#include "core/rules/rule_set.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace weir::explain {

/// How the sender of a flow makes a built-in sign hold or not. Our own estimate [I]: 1 = another packet or header field
/// of the same flow; 2 = other targets, another pace or more traffic; 3 = needs knowledge of the network, or help from
/// inside. 0 = out of his hands, or another attack altogether.
struct SignControl {
    std::uint8_t setCost = 0, clearCost = 0;
    std::string_view howToSet, howToClear;
};
/// By sign bit, 18.
std::span<const SignControl> signControls();

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
std::vector<Evasion> evasionsOf(const rules::RuleSet& set, std::size_t rule);
/// "cost 1: a second packet (not Onepkt), then Other"
std::string evasionText(const rules::RuleSet& set, const Evasion& evasion);

}  // namespace weir::explain
