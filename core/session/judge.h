// Verb: judge a tally by a rule set: parse, static analysis, classes and conflicts. What every keystroke in the rule editor runs.
#pragma once

#include "core/classify/classify.h"
#include "core/conflict/conflict.h"
#include "core/rules/analysis.h"
#include "core/rules/rule_set.h"
#include "core/tally/tally.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace weir::session {

/// All results for one rule text on one tally. Immutable. `tally` is kept alive by `holder`.
struct Judgement {
    rules::Parsed parsed;
    rules::Check check;
    classify::Classification classes;
    conflict::Report conflicts;
    std::span<const tally::WordCount> tally;
    std::shared_ptr<const void> holder;
    double seconds = 0;  ///< from text to result

    /// Verdict of a word: from the tally row when it is there, else computed.
    classify::WordVerdict verdictOf(std::uint64_t word) const;
    std::string className(std::uint16_t classIndex) const;  ///< "Other" for kOther
};
using JudgementPtr = std::shared_ptr<const Judgement>;

/// Remembers the admissible words while the exclusions stay the same, so that an edit costs well under a millisecond. Not thread-safe.
class Judge {
public:
    /// With errors in the text: only `parsed` is set.
    JudgementPtr judge(std::string_view text, std::span<const tally::WordCount> tally, std::shared_ptr<const void> holder);
    /// Admissible words of the last text without errors.
    const rules::WordSpace& admissible() const { return admissible_; }

private:
    bool sameExclusions(const rules::RuleSet& set) const;

    std::vector<rules::Word> oneOf_;
    std::vector<rules::Exclusion> never_;
    rules::WordSpace admissible_;
    bool cached_ = false;
};

/// Names of the 18 signs in bit order.
std::span<const std::string_view> signNames();

}  // namespace weir::session
