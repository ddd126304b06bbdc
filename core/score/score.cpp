// One pass sums groups, one gives codes; both look at chunks side by side.
#include "core/score/score.h"

#include "core/base/parallel.h"
#include "core/flow/filter.h"
#include "core/score/groups.h"

#include <algorithm>
#include <map>
#include <memory>
#include <unordered_map>

namespace weir::score {
namespace {

using flow::Side;

flow::FilterNode anyOf(const std::vector<flow::Heading>& headings) {
    flow::FilterNode all;
    all.op = flow::FilterNode::Op::anyOf;
    for (const flow::Heading h : headings) {
        flow::FilterNode leaf;
        leaf.op = flow::FilterNode::Op::leaf;
        leaf.leaf = flow::HeadingTerm{h};
        all.children.push_back(std::move(leaf));
    }
    return all.children.size() == 1 ? std::move(all.children.front()) : std::move(all);
}

/// The filters of a profile. Immutable once compiled.
struct Compiled {
    std::unique_ptr<flow::Filter> applies;
    std::vector<std::unique_ptr<flow::Filter>> tests;

    static Result<Compiled> from(const Profile& profile, const flow::AddressTable& addresses, const flow::FilterTerms& terms) {
        Compiled out;
        auto applies = flow::Filter::compile(anyOf(profile.apply), addresses, terms);
        if (!applies) return applies.error();
        out.applies = std::make_unique<flow::Filter>(std::move(*applies));
        for (const Test& test : profile.tests) {
            auto filter = flow::Filter::compile(test.filter, addresses, terms);
            if (!filter) return filter.error();
            out.tests.push_back(std::make_unique<flow::Filter>(std::move(*filter)));
        }
        return out;
    }
};

/// What one worker sees: a batch and the masks of one direction of it.
class Looker {
public:
    Looker(const flow::ChunkSource& records, const flow::FilterTerms& terms, const Compiled& compiled) : batch_(records, terms), compiled_(compiled) {}

    flow::RecordBatch& batch() { return batch_; }
    std::span<const std::uint8_t> applied() const { return {applied_.data(), batch_.size()}; }

    /// use(side) for each direction that the profile applies to, with applied() set.
    template <class Use>
    Status eachSide(std::size_t chunk, Use use) {
        batch_.open(chunk);
        for (const Side side : {Side::forward, Side::reverse}) {
            if (side == Side::reverse) {
                const auto reversed = batch_.reversed();
                if (!reversed) return reversed.error();
                if (!*reversed) break;
            }
            applied_.resize(flow::kChunkRows);
            if (auto s = compiled_.applies->run(batch_, side, scratch_, applied_.data()); !s) return s;
            if (side == Side::reverse)
                for (std::size_t i = 0; i < batch_.size(); ++i) applied_[i] &= std::uint8_t(batch_.columns().reversePackets[i] != 0);
            if (auto s = use(side); !s) return s;
        }
        return ok();
    }

    /// Rows of applied() that pass a test's filter; good until the next call.
    Result<std::span<std::uint8_t>> passing(std::size_t test, Side side) {
        mask_.resize(flow::kChunkRows);
        if (auto s = compiled_.tests[test]->run(batch_, side, scratch_, mask_.data()); !s) return s.error();
        for (std::size_t i = 0; i < batch_.size(); ++i) mask_[i] &= applied_[i];
        return std::span<std::uint8_t>(mask_.data(), batch_.size());
    }

    /// Of a direction.
    Status need(flow::ColSet columns, Side side) {
        return batch_.need(side == Side::forward ? columns : columns | flow::cols(flow::Col::reversePackets, flow::Col::reverseBytes));
    }

private:
    flow::RecordBatch batch_;
    const Compiled& compiled_;
    flow::FilterScratch scratch_;
    Buffer<std::uint8_t> applied_, mask_;
};

class Scoring {
public:
    Scoring(const flow::ChunkSource& records, const Profile& profile, const flow::FilterTerms& terms, const Compiled& compiled, JobContext& job)
        : records_(records), profile_(profile), terms_(terms), compiled_(compiled), job_(job) {
        for (std::size_t t = 0; t < profile.tests.size(); ++t)
            if (!profile.tests[t].keys.empty()) groups_.emplace(t, Groups(profile.tests[t].keys));
    }

    Result<Scores> run() {
        if (!groups_.empty())
            if (auto s = sumGroups(); !s) return s.error();
        return giveCodes();
    }

private:
    using Words = std::unordered_map<std::uint64_t, CodeCount>;

    /// look(looker, chunk, worker) for all chunks.
    template <class Look>
    Status eachChunk(std::string_view stage, Look look) {
        std::vector<std::unique_ptr<Looker>> lookers(job_.threads());
        return parallelTry(records_.chunks().size(), job_.threads(), [&](std::size_t chunk, unsigned worker) -> Status {
            if (!lookers[worker]) lookers[worker] = std::make_unique<Looker>(records_, terms_, compiled_);
            if (!job_.step(records_.chunks()[chunk].firstRow, records_.rows(), stage)) return cancelledError();
            return look(*lookers[worker], chunk, worker);
        });
    }

    Status sumGroups() {
        std::vector<std::map<std::size_t, Groups>> own(job_.threads(), groups_);
        const Status s = eachChunk("groups", [&](Looker& looker, std::size_t chunk, unsigned worker) {
            return looker.eachSide(chunk, [&](Side side) -> Status {
                for (auto& [test, groups] : own[worker]) {
                    const auto passing = looker.passing(test, side);
                    if (!passing) return passing.error();
                    if (auto got = looker.need(groups.columns(), side); !got) return got;
                    groups.add({looker.batch().columns(), side, *passing});
                }
                return ok();
            });
        });
        if (!s) return s;
        for (auto& [test, groups] : groups_) {
            for (const auto& worker : own) groups.merge(worker.at(test));
            groups.judge(profile_.tests[test].having);
        }
        return ok();
    }

    Status code(Looker& looker, Side side, Buffer<std::uint64_t>& words) {
        const std::size_t n = looker.batch().size();
        words.assign(n, 0);
        for (std::size_t t = 0; t < profile_.tests.size(); ++t) {
            auto passing = looker.passing(t, side);
            if (!passing) return passing.error();
            if (const auto at = groups_.find(t); at != groups_.end()) {
                if (auto s = looker.need(at->second.columns(), side); !s) return s;
                at->second.keep({looker.batch().columns(), side, *passing}, *passing);
            }
            for (std::size_t i = 0; i < n; ++i) words[i] |= std::uint64_t{(*passing)[i]} << t;
        }
        return looker.need(flow::cols(flow::Col::packets, flow::Col::bytes), side);
    }

    static void count(Looker& looker, Side side, const Buffer<std::uint64_t>& words, Words& counts) {
        const flow::RecordColumns& c = looker.batch().columns();
        const auto applied = looker.applied();
        CodeCount* last = nullptr;
        for (std::size_t i = 0; i < applied.size(); ++i) {
            if (!applied[i]) continue;
            if (!last || last->word != words[i]) {
                last = &counts[words[i]];
                last->word = words[i];
            }
            ++last->flows;
            last->packets += side == Side::forward ? c.packets[i] : c.reversePackets[i];
            last->bytes += side == Side::forward ? c.bytes[i] : c.reverseBytes[i];
        }
    }

    Result<Scores> giveCodes() {
        std::vector<Words> own(job_.threads());
        std::vector<Buffer<std::uint64_t>> words(job_.threads());
        const Status s = eachChunk("scores", [&](Looker& looker, std::size_t chunk, unsigned worker) {
            return looker.eachSide(chunk, [&](Side side) -> Status {
                if (auto coded = code(looker, side, words[worker]); !coded) return coded;
                count(looker, side, words[worker], own[worker]);
                return ok();
            });
        });
        if (!s) return s.error();
        std::map<std::uint64_t, CodeCount> all;
        for (const Words& w : own)
            for (const auto& [word, n] : w) {
                CodeCount& sum = all[word];
                sum = {word, sum.flows + n.flows, sum.packets + n.packets, sum.bytes + n.bytes};
            }
        Scores out;
        for (const auto& [word, n] : all) {
            out.scored += n.flows;
            out.words.push_back(n);
        }
        return out;
    }

    const flow::ChunkSource& records_;
    const Profile& profile_;
    const flow::FilterTerms& terms_;
    const Compiled& compiled_;
    JobContext& job_;
    std::map<std::size_t, Groups> groups_;   ///< by test
};

}  // namespace

Result<Scores> scoreRecords(const flow::ChunkSource& records, const Profile& profile, const flow::FilterTerms& terms, JobContext& job) {
    const auto compiled = Compiled::from(profile, records.addresses(), terms);
    if (!compiled) return compiled.error();
    return Scoring(records, profile, terms, *compiled, job).run();
}

}  // namespace weir::score
