// Marks the hosts that send; each worker has its own marks.
#include "core/score/dark_hosts.h"

#include "core/base/parallel.h"
#include "core/flow/host_bits.h"

namespace weir::score {
namespace {

using flow::Col;

void markActive(const flow::RecordColumns& c, std::span<const std::uint8_t> hostBits, TimeRange range,
                std::vector<std::uint8_t>& active) {
    const auto local = [&](flow::HostId host) { return (hostBits[host] & flow::kLocalHost) != 0; };
    for (std::size_t i = 0; i < c.src.size(); ++i) {
        const bool from = local(c.src[i]), to = local(c.dst[i]);
        if (from == to || (!range.all() && (c.start[i] < range.from || c.start[i] >= range.to))) continue;
        const bool reverse = !c.reversePackets.empty() && c.reversePackets[i] != 0;
        if (from)
            active[c.src[i]] = 1;
        else if (reverse)
            active[c.dst[i]] = 1;
    }
}

}  // namespace

Result<std::vector<std::uint8_t>> darkHosts(const flow::ChunkSource& records, std::span<const std::uint8_t> hostBits,
                                            JobContext& job, TimeRange range) {
    const std::size_t hosts = hostBits.size();
    flow::ColSet wanted = flow::cols(Col::src, Col::dst, Col::reversePackets);
    if (!range.all()) wanted = wanted.with(Col::start);
    std::vector<std::vector<std::uint8_t>> active(job.threads(), std::vector<std::uint8_t>(hosts, 0));
    std::vector<flow::RecordColumns> columns(job.threads());
    const Status done =
        parallelTry(records.chunks().size(), job.threads(), [&](std::size_t chunk, unsigned worker) -> Status {
            if (!job.step(records.chunks()[chunk].firstRow, records.rows(), "finding active hosts"))
                return cancelledError();
            if (const Status s = records.read(chunk, wanted, columns[worker]); !s) return s;
            markActive(columns[worker], hostBits, range, active[worker]);
            return ok();
        });
    if (!done) return done.error();
    std::vector<std::uint8_t> dark(hosts, 0);
    for (std::size_t host = 0; host < hosts; ++host) {
        dark[host] = (hostBits[host] & flow::kLocalHost) != 0 && (hostBits[host] & flow::kGroupHost) == 0;
        for (const auto& marks : active) dark[host] = dark[host] && !marks[host];
    }
    return dark;
}

}  // namespace weir::score
