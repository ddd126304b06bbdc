// Verb: compares two rule sets on the same records.
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

/// Immutable. If either text has errors, only `champion` and `challenger` are set.
struct RuleComparison final : Question {
    JudgementPtr champion, challenger;  ///< of the same tally
    compare::Migration migration;
    compare::Proof proof;
    bool good() const { return champion->parsed.good() && challenger->parsed.good(); }
    /// Moves of the proof that no flow shows: possible, but not observed.
    std::vector<compare::Move> unseen() const;
    /// `champion CLASS`, `challenger CLASS`: flows whose word that side classifies as CLASS.
    flow::TermAnswer find(const Snapshot& snapshot, std::string_view keyword, std::string_view name) const override;
    std::vector<std::string> names(std::string_view keyword) const override;
};
using RuleComparisonPtr = std::shared_ptr<const RuleComparison>;

/// Compares texts repeatedly. Caches the admissible combinations while the exclusions of both sets stay the same, so
/// that an edit takes well under 1 ms. Not thread-safe.
class RuleComparer {
public:
    RuleComparisonPtr compare(std::string_view champion, std::string_view challenger, const SignBasis& basis);

private:
    /// One side, cached while its text does not change.
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

/// Distinct hosts by cell of the migration. Errors: notFound (signs are not computed).
Result<std::vector<std::uint64_t>> sourcesOfCells(const Snapshot& snapshot, const RuleComparison& comparison,
                                                  const RunId& run = {});
/// The same for a comparison that was made on the part.
std::vector<std::uint64_t> sourcesOfCells(const SignPart& part, const RuleComparison& comparison);

/// True when the text is a score profile, not a rule set, judging by its first word.
bool isProfile(std::string_view text);

}  // namespace weir::session
