// Verb: two rule sets against each other, on the same records.
#pragma once

#include "core/compare/migration.h"
#include "core/compare/proof.h"
#include "core/session/evidence/judge.h"
#include "core/session/rows/questions.h"
#include "core/session/rows/sign_part.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace weir::session {

/// Immutable. Where either text has errors only `champion` and `challenger` are set.
struct RuleComparison final : Question {
    JudgementPtr champion, challenger;  ///< of the same tally
    compare::Migration migration;
    compare::Proof proof;
    bool good() const { return champion->parsed.good() && challenger->parsed.good(); }
    /// Moves of the proof that no flow of the data shows: they can happen, but did not.
    std::vector<compare::Move> unseen() const;
    /// `champion CLASS`, `challenger CLASS`: flows whose word that side puts into the class.
    flow::TermAnswer find(const Snapshot& snapshot, std::string_view keyword, std::string_view name) const override;
    std::vector<std::string> names(std::string_view keyword) const override;
};
using RuleComparisonPtr = std::shared_ptr<const RuleComparison>;

/// Remembers the combinations that can occur while the exclusions of both sets stay the same, so that an edit costs
/// well under a millisecond. Not thread-safe.
class RuleComparer {
public:
    RuleComparisonPtr compare(std::string_view champion, std::string_view challenger, const SignBasis& basis);

private:
    /// One side: what did not change is not judged again.
    struct Side {
        Judge judge;
        JudgementPtr last;
        std::vector<rules::UserSign> known;  ///< bits that `last` was judged with
        const JudgementPtr& of(std::string_view text, const SignBasis& basis);
    };
    Side champion_, challenger_;
    compare::ProofSpace space_;
    std::vector<rules::Word> a_, b_;  ///< what it was made of
};

/// By cell of the migration. Errors: notFound (the signs are not worked out).
Result<std::vector<std::uint64_t>> sourcesOfCells(const Snapshot& snapshot, const RuleComparison& comparison,
                                                  flow::Direction direction = flow::Direction::in);
/// Of a comparison that was made on the part.
std::vector<std::uint64_t> sourcesOfCells(const SignPart& part, const RuleComparison& comparison);

/// The text is one of a score profile, not of a rule set: by its first word.
bool isProfile(std::string_view text);

}  // namespace weir::session
