// The band of a row in the timeline: one class per way to divide rows.
#pragma once

#include "core/score/ranking.h"
#include "core/session/evidence/score.h"
#include "core/session/rows/row_terms.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace weir::session {

/// Rule-set classes in their order, Other, two-way, not classified.
class ClassBands {
public:
    ClassBands(const Snapshot& snapshot, const JudgementPtr& judgement, const SnapshotTerms& terms)
        : flows_(snapshot.flows.get()), words_(terms.words()), terms_(terms) {
        const SignData* signs = activeSigns(snapshot);
        byClass = flows_ && signs && judgement && judgement->parsed.good();
        if (!byClass) {
            names = {"inbound", "outbound", "internal", "transit", "two-way"};
            if (!flows_) names = {"records"};
            return;
        }
        const rules::RuleSet& set = judgement->parsed.set;
        std::unordered_map<std::uint16_t, std::uint8_t> place;
        for (const std::uint16_t c : set.order) {
            place.emplace(c, std::uint8_t(names.size()));
            names.push_back(set.classes[c].name);
        }
        other_ = std::uint8_t(names.size());
        names.insert(names.end(), {"Other", "two-way", "not classified"});
        for (const tally::WordCount& w : signs->tally) {
            const auto verdict = terms.verdictOf(w.word);
            const auto at = verdict ? place.find(verdict->classIndex) : place.end();
            bandOfRow_.push_back(at == place.end() ? other_ : at->second);
        }
    }

    std::size_t of(std::uint32_t, std::uint32_t derivedRow) const {
        if (!flows_) return 0;
        if (derivedRow == flow::kNoFlow) return byClass ? other_ + 2u : 3u;
        const std::uint8_t kind = flows_->kind[derivedRow];
        if (!byClass)
            return kind & flow::kInternal  ? 2u
                   : kind & flow::kTransit ? 3u
                   : kind & flow::kBiflow  ? 4u
                   : kind & flow::kInflow  ? 0u
                                           : 1u;
        if (kind & flow::kBiflow) return other_ + 1u;
        const std::uint64_t word = words_[derivedRow];
        if (word == 0) return other_ + 2u;
        const auto row = terms_.tallyRowOf(word);
        return row ? bandOfRow_[*row] : other_;
    }

    std::vector<std::string> names;
    bool byClass = false;

private:
    const flow::DerivedFlows* flows_;
    std::span<const std::uint64_t> words_;
    const SnapshotTerms& terms_;
    std::vector<std::uint8_t> bandOfRow_;  ///< by row of the tally
    std::uint8_t other_ = 0;
};

/// Badness in four ranges, and rows that the profile does not apply to. A derived flow counts as its first record.
class BadnessBands {
public:
    explicit BadnessBands(const ScoreResult& result) : scores_(*result.scores) {
        for (const score::CodeCount& c : scores_.words) {
            const int badness = score::pointsOf(result.parsed.profile, c.word).badness;
            bandOf_.push_back(std::uint8_t(badness < 10 ? 0 : badness < 30 ? 1 : badness < 50 ? 2 : 3));
        }
        bandOf_[score::Scores::kNotScored] = 4;
    }
    std::size_t of(std::uint32_t record, std::uint32_t) const { return bandOf_[scores_.numberOf(record)]; }

    std::vector<std::string> names{"0 \u2013 9", "10 \u2013 29", "30 \u2013 49", "\u2265 50", "not scored"};

private:
    const score::Scores& scores_;
    std::vector<std::uint8_t> bandOf_;
};

}  // namespace weir::session
