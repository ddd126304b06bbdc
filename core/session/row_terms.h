// What filters can ask of a snapshot: host bits, derived flows, sign words, and the names of signs, classes and rules.
#pragma once

#include "core/base/job.h"
#include "core/flow/filter_terms.h"
#include "core/session/judge.h"
#include "core/session/project.h"

#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace weir::session {

/// By derived row: 1 = the local end is its source, as FilterTerms::localFirst() says.
using LocalFirst = std::shared_ptr<const Buffer<std::uint8_t>>;
/// Reads the source columns of all records once per set of derived flows; later calls take the kept answer. Errors: cancelled, store.
Result<LocalFirst> localFirstOf(const Snapshot& snapshot, JobContext& job);

/// The sign words that rows show and filters ask: inbound when they are there, else outbound, else null.
const SignData* shownSigns(const Snapshot& snapshot);

class SnapshotTerms final : public flow::FilterTerms {
public:
    SnapshotTerms(SnapshotPtr snapshot, JudgementPtr judgement, LocalFirst localFirst = nullptr);

    flow::TermAnswer find(std::string_view keyword, std::string_view name) const override;
    std::vector<std::string> names(std::string_view keyword) const override;
    flow::ListAnswer list(std::string_view name) const override;
    flow::RowsAnswer captures(std::string_view name) const override;
    flow::ExportersAnswer exporters(std::string_view name) const override;
    flow::RowsAnswer flow(std::string_view id) const override;
    flow::TagAnswer tag(std::string_view name) const override;
    flow::CodeAnswer code(std::string_view name) const override;
    flow::CodeAnswer points(bool bad, std::uint64_t lo, std::uint64_t hi) const override;
    flow::ScoredRows scored() const override;
    std::uint16_t communitySeed() const override { return snapshot_ ? snapshot_->settings.communitySeed : std::uint16_t{0}; }
    std::span<const std::uint8_t> hostBits() const override;
    const flow::DerivedFlows* derived() const override { return snapshot_ ? snapshot_->flows.get() : nullptr; }
    std::span<const std::uint64_t> words() const override;
    std::span<const std::uint8_t> localFirst() const override;

    /// The judgement of a word; words that no flow bears are judged on the spot. Nothing without a good rule set.
    std::optional<classify::WordVerdict> verdictOf(std::uint64_t word) const;
    /// Row of the tally of words().
    std::optional<std::uint32_t> tallyRowOf(std::uint64_t word) const { return index_ ? index_->rowOf(word) : std::nullopt; }

private:
    const ListCatalog& lists() const;
    template <class Holds>
    flow::TermAnswer wordsWhere(Holds holds) const;
    flow::TermAnswer signNamed(std::string_view name) const;
    flow::TermAnswer unknown(std::string_view keyword, std::string_view name) const;
    flow::TermAnswer comparedClass(std::string_view side, std::string_view name) const;
    flow::TermAnswer comparedBadness(std::string_view side, std::string_view name) const;
    flow::TermAnswer flipped(std::string_view keyword, std::string_view value) const;

    SnapshotPtr snapshot_;
    JudgementPtr judgement_;  ///< null when its rules have errors
    bool brokenRules_ = false;
    LocalFirst localFirst_;
    std::span<const tally::WordCount> tally_;                       ///< of the words that are shown
    std::shared_ptr<const classify::TallyIndex> index_;
    std::shared_ptr<const std::vector<classify::WordVerdict>> verdicts_;  ///< by its row
};

}  // namespace weir::session
