// Selects the table and the passes, and joins the parts.
#include "core/tally/group.h"

#include "core/flow/filter_kernels.h"
#include "core/tally/group_table.h"

#include <algorithm>

namespace weir::tally {
namespace {

constexpr std::uint64_t kFewGroups = 1000;                     ///< up to this many groups are summed in a second pass
constexpr std::size_t kMostTableBytes = std::size_t{1} << 30;  ///< limit for the arrays of all workers together

bool asksIcmp(const GroupRequest& request) {
    return std::any_of(request.alternatives[0].begin(), request.alternatives[0].end(),
                       [](const KeySpec& k) { return k.key == Key::icmp; });
}

Measure measureOf(Order order) {
    return order == Order::flows     ? Measure::flows
           : order == Order::packets ? Measure::packets
           : order == Order::bytes   ? Measure::bytes
                                     : Measure::all;
}

/// Sums over all rows of a visit.
void addTotal(const Visit& v, Measure measure, Sums& total) {
    const bool all = measure == Measure::all;
    total.flows += v.pick.n;
    const auto sum = [&](const std::uint64_t* values) {
        std::uint64_t n = 0;
        eachRow(v.pick, [&](std::size_t i) { n += values[i]; });
        return n;
    };
    if (all || measure == Measure::packets) total.packets += sum(packetsOf(v));
    if (all || measure == Measure::bytes) total.bytes += sum(bytesOf(v));
    if (!all) return;
    const std::int64_t *start = v.batch.columns().start.data(), *end = v.batch.columns().end.data();
    std::int64_t first = total.first, last = total.last;
    eachRow(v.pick, [&](std::size_t i) {
        first = start[i] < first ? start[i] : first;
        last = end[i] > last ? end[i] : last;
    });
    total.first = first;
    total.last = last;
}

class Grouping {
public:
    Grouping(const GroupInput& input, const GroupRequest& request, JobContext& job)
        : input_(input), request_(request), job_(job), keys_(input, request.alternatives),
          domain_(request.alternatives[0].size() == 1 ? domainOf(request.alternatives[0][0], input) : 0) {}

    Result<Groups> run() {
        const bool few = domain_ != 0 && request_.most != 0 && request_.most <= kFewGroups;
        const Measure measure = few || !request_.complete ? measureOf(request_.order) : Measure::all;
        Groups out;
        out.plan = keys_.plan;
        out.complete = measure == Measure::all || domain_ == 0;
        if (auto s = rank(domain_ ? measure : Measure::all, out); !s) return s.error();
        if (request_.complete && !out.complete)
            if (auto s = fill(out); !s) return s.error();
        return out;
    }

private:
    Status rank(Measure measure, Groups& out) {
        const auto tables = domain_ ? denseTables(keys_, measure) : hashedTables(keys_);
        const std::size_t bytes = domain_ * (measure == Measure::flows ? 8
                                             : measure == Measure::all ? sizeof(Sums)
                                                                       : 16);
        const auto threads =
            unsigned(std::clamp<std::size_t>(bytes ? kMostTableBytes / bytes : job_.threads(), 1, job_.threads()));
        std::vector<std::unique_ptr<GroupTable>> own(threads);
        std::vector<Sums> totals(threads);
        const Status s = scanRows(input_, asksIcmp(request_), threads, job_, [&](const Visit& v) -> Status {
            if (!own[v.worker]) own[v.worker] = tables->make();
            for (std::size_t a = 0; a < keys_.alternatives.size(); ++a)
                if (auto added = own[v.worker]->add(v, a); !added) return added;
            addTotal(v, measure, totals[v.worker]);
            return ok();
        });
        if (!s) return s;
        std::vector<Highest> highest;
        for (unsigned part = 0; part < job_.threads(); ++part)
            highest.emplace_back(keys_.plan.words(), request_.order, request_.most);
        out.count = tables->collect(own, highest);
        for (std::size_t part = 1; part < highest.size(); ++part) highest[0].take(std::move(highest[part]));
        highest[0].finish(out);
        for (const Sums& t : totals) out.total.add(t);
        return ok();
    }

    /// Sums everything for the groups of `out`, which have one key of a small domain.
    Status fill(Groups& out) {
        Buffer<std::uint8_t> member(domain_, 0);
        Buffer<std::uint16_t> placeOf(domain_);
        for (std::size_t g = 0; g < out.size(); ++g) {
            const auto value = std::size_t(out.plan.value(out.key(g), 0));
            member[value] = 1;
            placeOf[value] = std::uint16_t(g);
        }
        struct Own {
            std::vector<Sums> sums;
            std::vector<KeyReader> readers;
            Sums total;
            Buffer<std::uint8_t> mask = Buffer<std::uint8_t>(flow::kChunkRows);
            Buffer<std::uint32_t> rows = Buffer<std::uint32_t>(flow::kChunkRows);
        };
        std::vector<std::unique_ptr<Own>> own(job_.threads());
        const Status s = scanRows(input_, asksIcmp(request_), job_.threads(), job_, [&](const Visit& v) -> Status {
            if (!own[v.worker]) {
                own[v.worker] = std::make_unique<Own>();
                own[v.worker]->sums.resize(out.size());
                for (std::size_t a = 0; a < keys_.alternatives.size(); ++a)
                    own[v.worker]->readers.push_back(keys_.reader(a));
            }
            Own& mine = *own[v.worker];
            if (auto need = needCounters(v, true, true, true); !need) return need;
            addTotal(v, Measure::all, mine.total);
            for (KeyReader& reader : mine.readers) {
                const auto values = reader.values(0, v.batch, v.side);
                if (!values) return values.error();
                std::visit(
                    [&](const auto* column) {
                        addMembers(column, v, member, placeOf, mine.mask, mine.rows, mine.sums);
                    },
                    *values);
            }
            return ok();
        });
        if (!s) return s;
        out.total = {};
        std::fill(out.sums.begin(), out.sums.end(), Sums{});
        for (const auto& mine : own) {
            if (!mine) continue;
            out.total.add(mine->total);
            for (std::size_t g = 0; g < out.size(); ++g) out.sums[g].add(mine->sums[g]);
        }
        out.complete = true;
        return ok();
    }

    template <class T>
    static void addMembers(const T* values, const Visit& v, const Buffer<std::uint8_t>& member,
                           const Buffer<std::uint16_t>& placeOf, Buffer<std::uint8_t>& mask,
                           Buffer<std::uint32_t>& rows, std::vector<Sums>& sums) {
        for (std::size_t k = 0; k < v.pick.n; ++k) mask[k] = member[values[v.pick.rows ? v.pick.rows[k] : k]];
        const std::size_t n = flow::kernel::select(mask.data(), v.pick.n, 0, rows.data());
        const std::uint64_t *packets = packetsOf(v), *bytes = bytesOf(v);
        const std::int64_t *start = v.batch.columns().start.data(), *end = v.batch.columns().end.data();
        for (std::size_t k = 0; k < n; ++k) {
            const std::size_t i = v.pick.rows ? v.pick.rows[rows[k]] : rows[k];
            sums[placeOf[values[i]]].add({1, packets[i], bytes[i], start[i], end[i]});
        }
    }

    const GroupInput& input_;
    const GroupRequest& request_;
    JobContext& job_;
    KeySets keys_;
    std::size_t domain_;
};

}  // namespace

KeySets::KeySets(const GroupInput& in, std::vector<Keys> alt)
    : input(in), alternatives(std::move(alt)), plan(planOf(alternatives[0], in)) {
    for (const Keys& keys : alternatives) {
        cut.emplace_back();
        for (const KeySpec& key : keys)
            cut.back().push_back((key.key == Key::src || key.key == Key::dst) && !key.wholeAddress()
                                     ? cutHosts(in.records.addresses(), key)
                                     : Buffer<flow::HostId>());
    }
}

Result<Groups> groupRows(const GroupInput& input, const GroupRequest& request, JobContext& job) {
    return Grouping(input, request, job).run();
}

}  // namespace weir::tally
