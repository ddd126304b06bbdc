// Row by row where a filter matches; a chunk without matches is copied.
#include "core/score/silence.h"

#include "core/base/parallel.h"
#include "core/flow/filter.h"
#include "core/score/word_numbers.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace weir::score {
namespace {

constexpr std::uint32_t kNoPattern = ~std::uint32_t{0};

class Silencing {
public:
    Silencing(const Scores& scores, std::span<const Silence> silences, const flow::ChunkSource& records,
              const flow::FilterTerms& terms, JobContext& job)
        : scores_(scores), silences_(silences), records_(records), terms_(terms), job_(job), workers_(job.threads()) {}

    Result<Silenced> run() {
        for (const Silence& s : silences_) {
            auto filter = flow::Filter::compile(*s.filter, records_.addresses(), terms_);
            if (!filter) return filter.error();
            filters_.push_back(std::move(*filter));
        }
        // Words keep their numbers; new words are appended.
        for (std::size_t w = 1; w < scores_.words.size(); ++w) numbers_.of(scores_.words[w].word);
        out_.scores.forward.resize(scores_.forward.size());
        out_.scores.reverse.resize(scores_.reverse.size());
        const Status done =
            parallelTry(records_.chunks().size(), job_.threads(), [&](std::size_t chunk, unsigned number) -> Status {
                if (!job_.step(records_.chunks()[chunk].firstRow, records_.rows(), "applying known good"))
                    return cancelledError();
                if (!workers_[number]) workers_[number] = std::make_unique<Worker>(records_, terms_, silences_.size());
                return look(*workers_[number], chunk);
            });
        if (!done) return done.error();
        return collect();
    }

private:
    struct Worker {
        flow::RecordBatch batch;
        flow::FilterScratch scratch;
        std::array<std::uint8_t, flow::kChunkRows> mask;
        std::array<std::uint64_t, flow::kChunkRows> lost;        ///< codes that a row loses
        std::vector<std::uint64_t> flows;                        ///< by silence
        std::unordered_map<std::uint64_t, std::uint32_t> known;  ///< numbers of words
        std::vector<std::uint64_t> counts;                       ///< by number
        Worker(const flow::ChunkSource& records, const flow::FilterTerms& terms, std::size_t silences)
            : batch(records, terms), flows(silences) {}
    };

    Status look(Worker& worker, std::size_t chunk) {
        worker.batch.open(chunk);
        const std::size_t first = std::size_t(records_.chunks()[chunk].firstRow);
        if (auto s =
                lookAt(worker, flow::Side::forward, scores_.forward.data() + first, out_.scores.forward.data() + first);
            !s)
            return s;
        if (scores_.reverse.empty()) return ok();
        return lookAt(worker, flow::Side::reverse, scores_.reverse.data() + first, out_.scores.reverse.data() + first);
    }

    Status lookAt(Worker& worker, flow::Side side, const std::uint32_t* from, std::uint32_t* to) {
        const std::size_t n = worker.batch.size();
        std::fill_n(worker.lost.begin(), n, 0);
        for (std::size_t s = 0; s < silences_.size(); ++s) {
            if (auto done = filters_[s].run(worker.batch, side, worker.scratch, worker.mask.data()); !done) return done;
            for (std::size_t i = 0; i < n; ++i) {
                const std::uint64_t codes = worker.mask[i] ? silences_[s].codes & scores_.words[from[i]].word : 0;
                worker.flows[s] += codes != 0;
                worker.lost[i] |= codes;
            }
        }
        for (std::size_t i = 0; i < n; ++i) {
            to[i] = worker.lost[i] == 0 ? from[i] : numberOf(worker, scores_.words[from[i]].word & ~worker.lost[i]);
            if (worker.counts.size() <= to[i]) worker.counts.resize(to[i] + 1);
            ++worker.counts[to[i]];
        }
        return ok();
    }

    std::uint32_t numberOf(Worker& worker, std::uint64_t word) {
        const auto [at, added] = worker.known.try_emplace(word, kNoPattern);
        if (added) at->second = numbers_.of(word);
        return at->second;
    }

    Silenced collect() {
        Scores& scores = out_.scores;
        scores.scored = scores_.scored;
        scores.groups = scores_.groups;
        scores.findings = scores_.findings;
        for (const std::uint64_t word : numbers_.words()) scores.words.push_back({word, 0});
        out_.flows.resize(silences_.size());
        for (const auto& worker : workers_) {
            if (!worker) continue;
            for (std::size_t w = 0; w < worker->counts.size(); ++w) scores.words[w].flows += worker->counts[w];
            for (std::size_t s = 0; s < silences_.size(); ++s) out_.flows[s] += worker->flows[s];
        }
        scores.words[Scores::kNotScored].flows = 0;
        return std::move(out_);
    }

    const Scores& scores_;
    std::span<const Silence> silences_;
    const flow::ChunkSource& records_;
    const flow::FilterTerms& terms_;
    JobContext& job_;
    std::vector<flow::Filter> filters_;
    std::vector<std::unique_ptr<Worker>> workers_;
    WordNumbers numbers_;
    Silenced out_;
};

}  // namespace

Result<Silenced> silence(const Scores& scores, std::span<const Silence> silences, const flow::ChunkSource& records,
                         const flow::FilterTerms& terms, JobContext& job) {
    return Silencing(scores, silences, records, terms, job).run();
}

}  // namespace weir::score
