// deriveFlows: the steps of pairing in order, each spread over the job's threads.
#include "core/meter/derive.h"

#include "core/base/parallel.h"
#include "core/base/text.h"
#include "core/meter/pairing_bins.h"
#include "core/meter/pairing_chunks.h"
#include "core/meter/pairing_keys.h"
#include "core/meter/pairing_measures.h"
#include "core/meter/pairing_neighbours.h"

#include <algorithm>
#include <atomic>
#include <functional>
#include <optional>

namespace weir::meter {
namespace {

constexpr std::uint64_t kSmallBin = 65536;  // rows up to which a bin is never cut

/// One run of deriveFlows: what its steps hand on.
class Pairing {
public:
    Pairing(const flow::ChunkSource& records, const PairingSettings& settings, const BinIndex& index, JobContext& job);
    Status run();
    flow::DerivedFlows take() { return std::move(flows_); }

private:
    struct BinState {
        std::vector<KeyUnit> units;
        std::uint32_t begin = 0;  ///< first flow
        std::uint32_t size = 0;   ///< flows
    };
    using Task = std::function<Status(std::size_t item, unsigned worker)>;
    Status inParallel(std::size_t items, const Task& task) const;
    /// A bin with more than a thread's share of the rows is cut by hash.
    std::uint32_t shardsOf(std::uint64_t rows, std::uint64_t allRows) const {
        const std::uint64_t share = std::max<std::uint64_t>(kSmallBin, allRows / job_.threads());
        return std::uint32_t(std::clamp<std::uint64_t>((rows + share - 1) / share, 1, kMostShards));
    }
    bool step(std::string_view stage, std::uint64_t rows);
    std::vector<std::uint32_t> uses(const std::vector<std::size_t>& binOfTask) const;

    Status numberKeys();
    Status placeShards();
    Status addAllMeasures();
    Status lookAcross();
    Status qualify();

    const flow::ChunkSource& records_;
    const PairingSettings& settings_;
    std::span<const BinPieces> bins_;
    JobContext& job_;
    std::vector<std::uint8_t> hostBits_;
    std::vector<BinState> states_;
    std::atomic<std::uint64_t> done_{0};
    flow::DerivedFlows flows_;
};

Pairing::Pairing(const flow::ChunkSource& records, const PairingSettings& settings, const BinIndex& index,
                 JobContext& job)
    : records_(records), settings_(settings), bins_(index.bins()), job_(job), states_(bins_.size()) {
    if (settings.local.empty())
        hostBits_.assign(records.addresses().size(), 0);
    else
        hostBits_ = markHosts(records.addresses(), settings.local);
    flows_.intervalUs = settings.intervalUs;
    flows_.flowOfRecord.resize(std::size_t(records.rows()));
    for (std::size_t b = 0; b < bins_.size(); ++b) {
        const std::uint32_t shards = shardsOf(bins_[b].rows, records.rows());
        states_[b].units.resize(shards);
        for (std::uint32_t s = 0; s < shards; ++s) {
            states_[b].units[s].bin = b;
            states_[b].units[s].shard = s;
            states_[b].units[s].shards = shards;
        }
    }
}

/// Runs the tasks; the error of the lowest worker, or cancelled.
Status Pairing::inParallel(std::size_t items, const Task& task) const {
    std::vector<std::optional<Error>> errors(job_.threads());
    const bool good = parallelFor(items, job_.threads(), [&](std::size_t item, unsigned worker) {
        if (job_.cancelled()) return false;
        auto status = task(item, worker);
        if (!status) errors[worker] = status.error();
        return bool(status);
    });
    for (const auto& e : errors)
        if (e) return *e;
    if (!good) return cancelledError();
    return ok();
}

bool Pairing::step(std::string_view stage, std::uint64_t rows) {
    return job_.step(done_ += rows, records_.rows(), stage);
}

std::vector<std::uint32_t> Pairing::uses(const std::vector<std::size_t>& binOfTask) const {
    std::vector<std::uint32_t> counts(records_.chunks().size(), 0);
    for (const std::size_t b : binOfTask)
        for (const Piece& piece : bins_[b].pieces) ++counts[piece.chunk];
    return counts;
}

Status Pairing::numberKeys() {
    std::vector<KeyUnit*> units;
    std::vector<std::size_t> binOfTask;
    for (BinState& state : states_)
        for (KeyUnit& unit : state.units) {
            units.push_back(&unit);
            binOfTask.push_back(unit.bin);
        }
    ChunkCache chunks(records_, keyColumns(), uses(binOfTask));
    std::vector<KeyTable> tables(job_.threads());
    const HostBitsIndex hostBits(hostBits_);
    done_ = 0;
    return inParallel(units.size(), [&](std::size_t u, unsigned worker) -> Status {
        KeyUnit& unit = *units[u];
        const BinPieces& bin = bins_[unit.bin];
        if (auto filled = tables[worker].fill(unit, bin, records_, chunks, hostBits, flows_.flowOfRecord); !filled)
            return filled;
        if (!step("pairing flows", bin.rows / unit.shards)) return cancelledError();
        return ok();
    });
}

/// Where each bin's flows begin, and final numbers in bins of several shards.
Status Pairing::placeShards() {
    std::uint32_t at = 0;
    for (std::size_t b = 0; b < states_.size(); ++b) {
        BinState& state = states_[b];
        state.begin = at;
        for (const KeyUnit& unit : state.units) at += std::uint32_t(unit.keys.size());
        state.size = at - state.begin;
        flows_.bins.push_back({bins_[b].bin, state.begin, at});
    }
    resizeColumns(flows_, at);
    for (std::size_t b = 0; b < states_.size(); ++b) {
        BinState& state = states_[b];
        if (state.units.size() == 1) continue;
        if (auto s = inParallel(state.units.size(),
                                [&](std::size_t u, unsigned) {
                                    rankShards(state.units, u);
                                    return ok();
                                });
            !s)
            return s;
        if (auto s = inParallel(bins_[b].pieces.size(),
                                [&](std::size_t p, unsigned) {
                                    const Piece& piece = bins_[b].pieces[p];
                                    renumberShards(piece, records_.chunks()[piece.chunk], state.units, state.begin,
                                                   flows_.flowOfRecord);
                                    return ok();
                                });
            !s)
            return s;
    }
    return ok();
}

Status Pairing::addAllMeasures() {
    std::vector<MeasureTask> tasks;
    std::vector<std::size_t> binOfTask;
    for (std::size_t b = 0; b < states_.size(); ++b) {
        const BinState& state = states_[b];
        const std::size_t parts = state.units.size();
        for (std::size_t p = 0; p < parts; ++p) {
            const auto edge = [&](std::size_t n) {
                return std::uint32_t(state.begin + std::uint64_t{state.size} * n / parts);
            };
            tasks.push_back({b, state.begin, edge(p), edge(p + 1), parts > 1});
            binOfTask.push_back(b);
        }
    }
    ChunkCache chunks(records_, measureColumns(), uses(binOfTask));
    std::vector<std::uint64_t> ended(job_.threads(), 0);
    done_ = 0;
    if (auto s = inParallel(tasks.size(),
                            [&](std::size_t t, unsigned worker) -> Status {
                                const MeasureTask& task = tasks[t];
                                const BinPieces& bin = bins_[task.bin];
                                if (auto added = addMeasures(task, bin, records_, chunks, flows_, ended[worker]);
                                    !added)
                                    return added;
                                std::vector<KeyUnit>& units = states_[task.bin].units;
                                if (!task.sharded) {
                                    finishFlows(units.front(), bin.bin, task.base, flows_);
                                    units.clear();
                                }
                                if (!step("summing flows", bin.rows / (task.sharded ? units.size() : 1)))
                                    return cancelledError();
                                return ok();
                            });
        !s)
        return s;
    for (const std::uint64_t e : ended) flows_.recordsEndingBeforeStart += e;
    for (std::size_t b = 0; b < states_.size(); ++b) {
        BinState& state = states_[b];
        if (auto s = inParallel(state.units.size(),
                                [&](std::size_t u, unsigned) {
                                    finishFlows(state.units[u], bins_[b].bin, state.begin, flows_);
                                    return ok();
                                });
            !s)
            return s;
        if (!state.units.empty())
            for (const Piece& piece : bins_[b].pieces)
                clearNotes(piece, records_.chunks()[piece.chunk], flows_.flowOfRecord);
        state.units.clear();
    }
    return ok();
}

Status Pairing::lookAcross() {
    std::vector<std::vector<Continuation>> found(flows_.bins.size());
    if (auto s = inParallel(found.size(),
                            [&](std::size_t b, unsigned) {
                                found[b] = findContinuations(flows_, b);
                                return ok();
                            });
        !s)
        return s;
    for (const auto& continuations : found) applyContinuations(continuations, settings_.acrossIntervals, flows_);
    return ok();
}

Status Pairing::qualify() {
    struct Part {
        std::size_t bin;
        std::uint32_t shard, shards;
        std::vector<std::uint32_t> rows;
    };
    std::vector<Part> parts;
    for (std::size_t b = 0; b < flows_.bins.size(); ++b) {
        const std::uint32_t shards = shardsOf(flows_.bins[b].end - flows_.bins[b].begin, flows_.size());
        for (std::uint32_t s = 0; s < shards; ++s) parts.push_back({b, s, shards, {}});
    }
    if (auto s = inParallel(parts.size(),
                            [&](std::size_t i, unsigned) {
                                parts[i].rows = findUnibiflows(flows_, parts[i].bin, parts[i].shard, parts[i].shards);
                                return ok();
                            });
        !s)
        return s;
    for (const Part& part : parts)
        for (const std::uint32_t row : part.rows) flows_.kind[row] = std::uint8_t(flows_.kind[row] | flow::kUnibiflow);
    return ok();
}

Status Pairing::run() {
    for (const auto step : {&Pairing::numberKeys, &Pairing::placeShards, &Pairing::addAllMeasures, &Pairing::lookAcross,
                            &Pairing::qualify})
        if (auto s = (this->*step)(); !s) return s;
    return ok();
}

}  // namespace

Result<flow::DerivedFlows> deriveFlows(const flow::ChunkSource& records, const PairingSettings& settings,
                                       JobContext& job, std::span<const std::uint64_t> removed) {
    if (records.rows() > kMostRecords)
        return Error{Errc::unsupported,
                     "more than " + grouped(kMostRecords) + " records in one project; split the captures over projects",
                     0};
    const auto index = BinIndex::build(records, settings.intervalUs, removed, job);
    if (!index) return index.error();
    Pairing pairing(records, settings, *index, job);
    if (auto done = pairing.run(); !done) return done.error();
    flow::DerivedFlows flows = pairing.take();
    if (!removed.empty())
        for (std::size_t row = 0; row < flows.flowOfRecord.size(); ++row)
            if (removed[row >> 6] >> (row & 63) & 1) flows.flowOfRecord[row] = flow::kNoFlow;
    return flows;
}

}  // namespace weir::meter
