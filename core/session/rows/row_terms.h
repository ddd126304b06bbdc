// Filter terms of a snapshot: those of records (evidence/record_terms.h), and signs, classes, rules, scores, marks, and
// results of the window.
#pragma once

#include "core/session/evidence/judge.h"
#include "core/session/evidence/record_terms.h"
#include "core/session/rows/questions.h"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace weir::session {

/// Filter terms of a snapshot, a judgement, and the results of a window.
class SnapshotTerms final : public RecordTerms {
public:
    /// `judgement` may be null or have errors: then class and rule terms are unavailable.
    SnapshotTerms(SnapshotPtr snapshot, JudgementPtr judgement, LocalIsInitiator localIsInitiator = nullptr,
                  Questions questions = {});

    flow::TermAnswer find(std::string_view keyword, std::string_view name) const override;
    std::vector<std::string> names(std::string_view keyword) const override;
    flow::TagAnswer tag(std::string_view name) const override;
    flow::CodeAnswer code(std::string_view name) const override;
    flow::CodeAnswer points(bool bad, std::uint64_t lo, std::uint64_t hi) const override;
    flow::ScoredRows scored() const override;

    /// The verdict on a word; computed on demand for words that no flow has. nullopt without a valid rule set.
    std::optional<classify::WordVerdict> verdictOf(std::uint64_t word) const;
    /// Row of the tally of words().
    std::optional<std::uint32_t> tallyRowOf(std::uint64_t word) const {
        return index_ ? index_->rowOf(word) : std::nullopt;
    }

private:
    template <class Holds>
    flow::TermAnswer wordsWhere(Holds holds) const;
    flow::TermAnswer signNamed(std::string_view name) const;
    flow::TermAnswer asked(const Question* question, std::string_view nothing, std::string_view keyword,
                           std::string_view name) const;

    JudgementPtr judgement_;  ///< null when its rules have errors
    bool brokenRules_ = false;
    Questions questions_;
    std::span<const tally::WordCount> tally_;  ///< of the active words
    std::shared_ptr<const classify::TallyIndex> index_;
    std::shared_ptr<const std::vector<classify::WordVerdict>> verdicts_;  ///< by its row
};

}  // namespace weir::session
