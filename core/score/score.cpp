// Two passes: the filters of all tests and the sums of their groups, then the verdicts of the groups.
#include "core/score/score.h"

#include "core/base/parallel.h"
#include "core/score/fold.h"
#include "core/score/groups.h"
#include "core/score/word_numbers.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <memory>
#include <mutex>
#include <unordered_map>

namespace weir::score {
namespace {

using flow::Col;
using flow::Side;

constexpr auto kNotScored = Scores::kNotScored;

/// A test that is evaluated row by row in the second pass: one whose key is not a single port, or a built-in one.
struct RowTest {
    std::uint64_t bit = 0;
    const Groups* groups = nullptr;
    const BuiltIn* builtIn = nullptr;

    flow::ColSet columns() const { return groups ? groups->columns() : builtIn->columns(); }
    bool counts(const flow::RecordColumns& columns, Side side, std::size_t row) const {
        return groups ? groups->counts(columns, side, row) : builtIn->counts(columns, side, row);
    }
};

/// A test with groups, during the first pass.
struct GroupRun {
    std::size_t test = 0;
    Groups groups;
};

/// A built-in test, during the first pass.
struct BuiltInRun {
    std::size_t test = 0;
    std::unique_ptr<BuiltIn> built;
};

/// Ports partitioned into classes with equal verdicts of all tests that group by the port of one end.
struct PortClasses {
    std::vector<std::uint32_t> of = std::vector<std::uint32_t>(65536);
    std::vector<std::uint8_t> few;         ///< the same in bytes, if the classes fit: stays in the nearer caches
    std::vector<std::uint64_t> failed{0};  ///< by class: bits of the tests whose group of this port does not count

    void add(std::uint64_t bit, std::span<const std::uint8_t> counts) {
        std::vector<std::uint32_t> moved(failed.size(), 0);
        for (std::size_t port = 0; port < of.size(); ++port) {
            if (counts[port]) continue;
            std::uint32_t& to = moved[of[port]];
            if (to == 0) {
                to = std::uint32_t(failed.size());
                failed.push_back(failed[of[port]] | bit);
            }
            of[port] = to;
        }
        few.clear();
        if (failed.size() <= 256) few.assign(of.begin(), of.end());
    }
};

class Scoring {
public:
    Scoring(const flow::ChunkSource& records, const Profile& profile, const flow::FilterTerms& terms, JobContext& job,
            TimeRange range)
        : records_(records), profile_(profile), terms_(terms), job_(job), range_(range), workers_(job.threads()),
          workerOf_(records.chunks().size()) {
        for (std::size_t t = 0; t < profile.tests.size(); ++t)
            if (!profile.tests[t].keys.empty()) groups_.push_back({t, Groups(profile.tests[t])});
        builtIns_ = newBuiltIns();
    }

    Result<Scores> run() {
        std::vector<const flow::FilterNode*> filters;
        for (const Test& test : profile_.tests) filters.push_back(test.filter.get());
        const auto fold = Fold::compile(filters, profile_.apply, records_.addresses(), terms_, job_.threads());
        if (!fold) return fold.error();
        out_.forward.resize(std::size_t(records_.rows()));
        if (auto s = giveFilterBits(*fold); !s) return s.error();
        judgeGroups();
        if (auto s = giveWords(); !s) return s.error();
        return collect();
    }

private:
    /// One worker's memory.
    struct Worker {
        flow::RecordBatch batch;
        FoldRun fold;
        std::vector<GroupRun> groups;
        std::vector<BuiltInRun> builtIns;
        std::array<std::uint8_t, flow::kChunkRows> mask;
        std::vector<std::uint32_t> numbers;  ///< by pattern and port classes, kNone = not evaluated yet
        std::unordered_map<std::uint64_t, std::uint32_t> others;  ///< number of a word
        std::vector<CodeCount> counts{{}};                        ///< by number, those that this worker encountered
        Worker(const flow::ChunkSource& records, const flow::FilterTerms& terms, const Fold& f,
               const std::vector<GroupRun>& g, std::vector<BuiltInRun> b)
            : batch(records, terms), fold(f), groups(g), builtIns(std::move(b)) {}
    };
    static constexpr std::uint32_t kNone = ~std::uint32_t{0};

    std::vector<BuiltInRun> newBuiltIns() const {
        std::vector<BuiltInRun> out;
        for (std::size_t t = 0; t < profile_.tests.size(); ++t)
            if (const Test& test = profile_.tests[t]; test.builtIn)
                out.push_back({t, test.builtIn->make(test.parameters)});
        return out;
    }

    /// Calls look(worker, side, rows) for the directions of a chunk that have packets.
    template <class Look>
    Status eachSide(Worker& worker, std::size_t chunk, Look look) {
        worker.batch.open(chunk);
        const std::size_t first = std::size_t(records_.chunks()[chunk].firstRow);
        if (auto s = look(Side::forward, out_.forward.data() + first); !s) return s;
        const auto reversed = worker.batch.reversed();
        if (!reversed) return reversed.error();
        if (!*reversed) return ok();
        std::call_once(secondDirection_,
                       [&] { out_.reverse = Buffer<std::uint32_t>::zeros(std::size_t(records_.rows())); });
        return look(Side::reverse, out_.reverse.data() + first);
    }

    /// Turns rows into patterns of their worker's fold, and sums the groups.
    Status giveFilterBits(const Fold& fold) {
        return parallelTry(records_.chunks().size(), job_.threads(), [&](std::size_t chunk, unsigned number) -> Status {
            if (!job_.step(records_.chunks()[chunk].firstRow, records_.rows(), "scoring records"))
                return cancelledError();
            if (!workers_[number])
                workers_[number] = std::make_unique<Worker>(records_, terms_, fold, groups_, newBuiltIns());
            workerOf_[chunk] = number;
            Worker& worker = *workers_[number];
            return eachSide(worker, chunk,
                            [&](Side side, std::uint32_t* rows) { return lookAtFilters(worker, side, rows); });
        });
    }

    Status leaveOutTimes(flow::RecordBatch& batch, std::uint32_t* rows) const {
        if (range_.all()) return ok();
        if (auto s = batch.need(flow::cols(Col::start)); !s) return s;
        const auto& start = batch.columns().start;
        for (std::size_t i = 0; i < batch.size(); ++i)
            rows[i] = range_.from <= start[i] && start[i] < range_.to ? rows[i] : FoldRun::kLeftOut;
        return ok();
    }

    Status lookAtFilters(Worker& worker, Side side, std::uint32_t* rows) const {
        flow::RecordBatch& batch = worker.batch;
        if (auto s = worker.fold.run(batch, side, rows); !s) return s;
        if (auto s = leaveOutTimes(batch, rows); !s) return s;
        const std::size_t n = batch.size();
        if (side == Side::reverse) {
            const auto& packets = batch.columns().reversePackets;
            for (std::size_t i = 0; i < n; ++i) rows[i] = packets[i] == 0 ? FoldRun::kLeftOut : rows[i];
        }
        for (GroupRun& g : worker.groups) {
            if (auto s = batch.need(g.groups.columns()); !s) return s;
            g.groups.add(rowsOf(worker, g.test, side, rows));
        }
        for (BuiltInRun& b : worker.builtIns) {
            if (auto s = batch.need(b.built->columns()); !s) return s;
            b.built->add(rowsOf(worker, b.test, side, rows));
        }
        return ok();
    }

    /// The rows that match the test's filter.
    static Rows rowsOf(Worker& worker, std::size_t test, Side side, const std::uint32_t* rows) {
        const std::size_t n = worker.batch.size();
        for (std::size_t i = 0; i < n; ++i) worker.mask[i] = std::uint8_t(worker.fold.codeOf(rows[i]) >> test & 1);
        return {worker.batch.columns(), side, {worker.mask.data(), n}};
    }

    /// Tests in parallel: each has its own tables.
    void judgeGroups() {
        parallelFor(groups_.size() + builtIns_.size(), job_.threads(), [&](std::size_t t, unsigned) {
            const bool group = t < groups_.size();
            const std::size_t b = t - groups_.size();
            for (const auto& worker : workers_)
                if (worker && group)
                    groups_[t].groups.merge(worker->groups[t].groups);
                else if (worker)
                    builtIns_[b].built->merge(*worker->builtIns[b].built);
            if (group)
                groups_[t].groups.judge();
            else
                builtIns_[b].built->judge();
            return true;
        });
        for (std::size_t g = 0; g < groups_.size(); ++g) {
            const Groups& all = groups_[g].groups;
            const std::uint64_t bit = std::uint64_t{1} << groups_[g].test;
            if (!all.byPort())
                rowTests_.push_back({bit, &all});
            else
                (all.bySourcePort() ? sourcePorts_ : destinationPorts_).add(bit, all.ports());
        }
        for (const BuiltInRun& b : builtIns_) rowTests_.push_back({std::uint64_t{1} << b.test, nullptr, b.built.get()});
    }

    /// Turns patterns into word numbers, on any thread: each chunk records which worker's patterns it holds.
    Status giveWords() {
        const std::size_t classes = sourcePorts_.failed.size() * destinationPorts_.failed.size();
        for (auto& worker : workers_)
            if (worker) worker->numbers.assign(worker->fold.patterns() * classes, kNone);
        // A worker's memos are its own, so its chunks stay with it.
        std::vector<std::vector<std::size_t>> chunksOf(workers_.size());
        for (std::size_t chunk = 0; chunk < workerOf_.size(); ++chunk) chunksOf[workerOf_[chunk]].push_back(chunk);
        return parallelTry(workers_.size(), job_.threads(), [&](std::size_t number, unsigned) -> Status {
            for (const std::size_t chunk : chunksOf[number]) {
                if (job_.cancelled()) return cancelledError();
                Worker& worker = *workers_[number];
                const Status s = eachSide(
                    worker, chunk, [&](Side side, std::uint32_t* rows) { return lookAtGroups(worker, side, rows); });
                if (!s) return s;
            }
            return ok();
        });
    }

    Status lookAtGroups(Worker& worker, Side side, std::uint32_t* rows) {
        flow::RecordBatch& batch = worker.batch;
        const std::size_t n = batch.size();
        const bool ports = sourcePorts_.failed.size() * destinationPorts_.failed.size() > 1;
        flow::ColSet wanted;
        if (ports) wanted = flow::cols(Col::srcPort, Col::dstPort);
        const auto icmp = batch.zone(Col::icmpTypeCode);
        const bool mayIcmp = ports && !(icmp && icmp->hi == 0);
        if (mayIcmp) wanted = wanted.with(Col::icmpTypeCode);
        for (const RowTest& t : rowTests_) wanted = wanted | t.columns();
        if (auto s = batch.need(wanted); !s) return s;

        const flow::RecordColumns& c = batch.columns();
        const std::uint16_t* const from = (side == Side::forward ? c.srcPort : c.dstPort).data();
        const std::uint16_t* const to = (side == Side::forward ? c.dstPort : c.srcPort).data();
        const auto number = [&](std::size_t i, std::size_t place) {
            std::uint32_t known = worker.numbers[place];
            if (known == kNone) known = worker.numbers[place] = numberAt(worker, place);
            rows[i] = known;
        };
        const std::uint16_t* const typeCode = mayIcmp ? c.icmpTypeCode.data() : nullptr;
        if (!ports) {
            for (std::size_t i = 0; i < n; ++i) number(i, rows[i]);
        } else if (sourcePorts_.failed.size() == 1 && !destinationPorts_.few.empty()) {
            const std::size_t destinations = destinationPorts_.failed.size();
            for (std::size_t i = 0; i < n; ++i)
                number(i, rows[i] * destinations + destinationPorts_.few[typeCode ? to[i] | typeCode[i] : to[i]]);
        } else {
            const std::size_t sources = sourcePorts_.failed.size(), destinations = destinationPorts_.failed.size();
            for (std::size_t i = 0; i < n; ++i)
                number(i, (rows[i] * sources + sourcePorts_.of[from[i]]) * destinations +
                              destinationPorts_.of[typeCode ? to[i] | typeCode[i] : to[i]]);
        }
        if (!rowTests_.empty()) leaveOutGroups(worker, side, rows);
        for (std::size_t i = 0; i < n; ++i) ++worker.counts[rows[i]].flows;
        return ok();
    }

    std::uint32_t numberOf(Worker& worker, std::uint64_t word) {
        const std::uint32_t number = numbers_.of(word);
        if (worker.counts.size() <= number) worker.counts.resize(number + 1);
        worker.counts[number].word = word;
        return number;
    }
    std::uint32_t numberAt(Worker& worker, std::size_t place) {
        const std::size_t destination = place % destinationPorts_.failed.size();
        place /= destinationPorts_.failed.size();
        const std::size_t source = place % sourcePorts_.failed.size(), pattern = place / sourcePorts_.failed.size();
        if (pattern == FoldRun::kLeftOut) return kNotScored;
        return numberOf(worker, worker.fold.codeOf(std::uint32_t(pattern)) &
                                    ~(sourcePorts_.failed[source] | destinationPorts_.failed[destination]));
    }

    void leaveOutGroups(Worker& worker, Side side, std::uint32_t* rows) {
        for (std::size_t i = 0; i < worker.batch.size(); ++i) {
            if (rows[i] == kNotScored) continue;
            const std::uint64_t word = worker.counts[rows[i]].word;
            std::uint64_t kept = word;
            for (const RowTest& t : rowTests_)
                if ((word & t.bit) && !t.counts(worker.batch.columns(), side, i)) kept &= ~t.bit;
            if (kept == word) continue;
            const auto [at, added] = worker.others.try_emplace(kept, kNone);
            if (added) at->second = numberOf(worker, kept);
            rows[i] = at->second;
        }
    }

    Scores collect() {
        for (const std::uint64_t word : numbers_.words()) out_.words.push_back({word, 0});
        for (const auto& worker : workers_)
            for (std::size_t w = 0; worker && w < worker->counts.size(); ++w)
                out_.words[w].flows += worker->counts[w].flows;
        out_.words[kNotScored].flows = 0;
        for (const CodeCount& c : out_.words) out_.scored += c.flows;
        for (GroupRun& g : groups_)
            out_.groups.push_back({g.test, std::make_shared<const Groups>(std::move(g.groups))});
        for (BuiltInRun& b : builtIns_) out_.findings.push_back({b.test, std::move(b.built)});
        return std::move(out_);
    }

    const flow::ChunkSource& records_;
    const Profile& profile_;
    const flow::FilterTerms& terms_;
    JobContext& job_;
    TimeRange range_;
    std::vector<GroupRun> groups_;
    std::vector<BuiltInRun> builtIns_;
    std::vector<std::unique_ptr<Worker>> workers_;
    std::vector<unsigned> workerOf_;  ///< by chunk
    std::once_flag secondDirection_;
    std::vector<RowTest> rowTests_;
    PortClasses sourcePorts_, destinationPorts_;
    WordNumbers numbers_;
    Scores out_;
};

}  // namespace

Result<Scores> scoreRecords(const flow::ChunkSource& records, const Profile& profile, const flow::FilterTerms& terms,
                            JobContext& job, TimeRange range) {
    return Scoring(records, profile, terms, job, range).run();
}

}  // namespace weir::score
