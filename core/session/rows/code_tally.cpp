// One look-up per row; each worker has its own counts.
#include "core/session/rows/code_tally.h"

#include "core/base/parallel.h"
#include "core/session/evidence/score.h"

#include <algorithm>

namespace weir::session {
namespace {

constexpr std::uint64_t kBlockRows = 65536;

class WordCounter {
public:
    explicit WordCounter(const Selection& selection)
        : selection_(selection), scores_(*selection.snapshot->scores->scores) {}

    void add(std::uint64_t from, std::uint64_t to, std::vector<std::uint64_t>& counts) const {
        const bool derived = selection_.query.rows == Rows::derived;
        for (std::uint64_t i = from; i < to; ++i) {
            const std::uint32_t row = selection_.rowAt(i);
            if (derived) {
                ++counts[scores_.numberOf(selection_.snapshot->flows->firstRecord[row])];
                continue;
            }
            const std::uint8_t sides = selection_.all             ? kEverySide
                                       : selection_.sides.empty() ? kForward
                                                                  : selection_.sides[std::size_t(i)];
            if (sides & kForward) ++counts[scores_.forward[row]];
            if (sides != kForward && !scores_.reverse.empty()) ++counts[scores_.reverse[row]];
        }
    }

private:
    static constexpr std::uint8_t kForward = 1, kEverySide = 3;
    const Selection& selection_;
    const score::Scores& scores_;
};

Result<CodeTally> tallyUnsorted(const Selection& sorted, JobContext& job) {
    Query query = sorted.query;
    query.sort = Field::id;
    query.descending = false;
    query.totals = false;
    const auto selection = selectRows(sorted.snapshot, sorted.judgement, query, job);
    if (!selection) return selection.error();
    return tallyCodes(**selection, job);
}

}  // namespace

Result<CodeTally> tallyCodes(const Selection& selection, JobContext& job) {
    CodeTally out;
    if (!selection.snapshot->scores) return out;
    const score::Scores& scores = *selection.snapshot->scores->scores;
    if (selection.all && selection.query.rows == Rows::records) {
        out.words = scores.words;
        out.scored = scores.scored;
        return out;
    }
    if (scores.forward.empty()) return out;  // a stored tally has no per-record words
    out.words = scores.words;
    if (selection.query.sort != Field::id || selection.query.descending)
        return tallyUnsorted(selection, job);  // sorted rows do not record which of their directions matched
    const WordCounter counter(selection);
    std::vector<std::vector<std::uint64_t>> counts(job.threads(), std::vector<std::uint64_t>(out.words.size(), 0));
    const std::size_t blocks = std::size_t((selection.count + kBlockRows - 1) / kBlockRows);
    const Status done = parallelTry(blocks, job.threads(), [&](std::size_t block, unsigned worker) -> Status {
        const std::uint64_t from = block * kBlockRows;
        if (!job.step(from, selection.count, "counting codes")) return cancelledError();
        counter.add(from, std::min(from + kBlockRows, selection.count), counts[worker]);
        return ok();
    });
    if (!done) return done.error();
    for (std::size_t w = 0; w < out.words.size(); ++w) {
        out.words[w].flows = 0;
        for (const auto& c : counts) out.words[w].flows += w == score::Scores::kNotScored ? 0 : c[w];
        out.scored += out.words[w].flows;
    }
    return out;
}

std::string codeFilter(std::string_view code) {
    std::string text = "code \"";
    for (const char c : code) {
        if (c == '"' || c == '\\') text += '\\';
        text += c;
    }
    return text + '"';
}

std::string codesFilter(const score::Profile& profile, std::uint64_t word) {
    std::string text;
    for (const bool wanted : {true, false})
        for (std::size_t t = 0; t < profile.tests.size(); ++t) {
            if (bool(word >> t & 1u) != wanted) continue;
            text.append(text.empty() ? "" : " and ")
                .append(wanted ? "" : "not ")
                .append(codeFilter(profile.tests[t].code));
        }
    return text;
}

}  // namespace weir::session
