// Verb: judges a tally by a rule set: parsing, static analysis, classes and conflicts. Runs on every keystroke in the
// rule editor.
#pragma once

#include "core/classify/classify.h"
#include "core/conflict/conflict.h"
#include "core/rules/analysis.h"
#include "core/rules/rule_set.h"
#include "core/session/evidence/sign_basis.h"
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
    std::shared_ptr<const classify::TallyIndex> index;  ///< of `tally`; null with errors in the text
    /// User signs of the text that the words do not have yet: they match no flow.
    std::vector<rules::UserSign> missing;
    double seconds = 0;  ///< run time from text to result

    /// Verdict of a word: that of its tally row if there is one, else computed.
    classify::WordVerdict verdictOf(std::uint64_t word) const;
    std::string className(std::uint16_t classIndex) const;  ///< "Other" for kOther
};
using JudgementPtr = std::shared_ptr<const Judgement>;

/// The same text with the counts of a part of the flows; results without counts are copied. `index` is of `tally`,
/// whose words have the same bits. Cost: that of counting, as in Judge::judge(). REQUIRES: `whole` has no errors.
JudgementPtr judgePart(const Judgement& whole, std::span<const tally::WordCount> tally,
                       std::shared_ptr<const void> holder, std::shared_ptr<const classify::TallyIndex> index);

/// All admissible combinations; if there are too many to list, the observed ones.
rules::WordSpace spaceForSuggestions(const Judgement& judgement);

/// Sign names by bit: those of the judgement, or without one the built-in signs.
std::span<const std::string> signNamesFor(const Judgement* judgement);
/// Names of the signs that hold, in bit order.
std::vector<std::string> namesOfWord(rules::Word word, const Judgement* judgement);

/// Judges texts repeatedly. Caches the admissible words while the exclusions stay the same, and the index of the tally,
/// so that an edit takes well under 1 ms. Not thread-safe.
class Judge {
public:
    /// If the text has errors, only `parsed` is set.
    JudgementPtr judge(std::string_view text, const SignBasis& basis);
    JudgementPtr judge(std::string_view text, std::span<const tally::WordCount> tally,
                       std::shared_ptr<const void> holder) {
        return judge(text, SignBasis(tally, std::move(holder)));
    }
    /// Admissible words of the last text without errors.
    const rules::WordSpace& admissible() const { return admissible_; }

private:
    bool sameExclusions(const rules::RuleSet& set) const;
    std::shared_ptr<const classify::TallyIndex> indexOf(const SignBasis& basis);

    std::vector<rules::Word> oneOf_;
    std::vector<rules::Exclusion> never_;
    rules::Word signs_ = 0;
    rules::WordSpace admissible_;
    bool cached_ = false;
    std::shared_ptr<const classify::TallyIndex> index_;
    std::span<const tally::WordCount> indexed_;  ///< the tally of index_
    std::shared_ptr<const void> indexedHolder_;  ///< keeps it alive, so that no other tally can have its address
};

}  // namespace weir::session
