// Deterministic synthetic traffic of a campus with one /16 (and one /48), in the mix that limits of the field were
// measured on.
#pragma once

#include "tests/support/nfcapd_writer.h"

#include <cstdint>
#include <vector>

namespace weir::test {

struct TrafficShape {
    std::uint64_t flows = 10'000'000;           ///< records, one per direction
    std::uint64_t seconds = 3600;               ///< span: 3600 s = 6 ten-minute intervals
    std::uint64_t firstMs = 1'700'000'400'000;  ///< a multiple of 10 minutes
    std::uint32_t remoteHosts = 1'200'000;
    unsigned ipv6Percent = 0;
    std::uint64_t seed = 1;
};

/// About 60 % of the biflows are one-way (scans, backscatter, vanished peers, stopped services, misconfiguration), the
/// rest are answered; both records of an answered flow lie close together. Nearly ordered by time. Local network:
/// 129.132.0.0/16, its upper half and every fourth address below are dark.
class Traffic {
public:
    explicit Traffic(const TrafficShape& shape) : shape_(shape), state_(shape.seed * 0x9e3779b97f4a7c15u + 1) {}
    /// False at the end.
    bool next(NfcapdRow& row);

private:
    std::uint64_t random();
    std::uint32_t below(std::uint32_t n) { return std::uint32_t((random() >> 32) * n >> 32); }
    flow::IpAddr local(std::uint32_t host, bool v6) const;
    flow::IpAddr remote(std::uint32_t host, bool v6) const;
    std::uint32_t anyRemote();
    std::uint32_t liveLocal();
    void makeOneWay(NfcapdRow& row, bool v6);
    void makeAnswered(NfcapdRow& row, bool v6);

    TrafficShape shape_;
    std::uint64_t state_;
    std::uint64_t made_ = 0;
    std::vector<NfcapdRow> answers_;  ///< second records waiting for their turn
    std::size_t nextAnswer_ = 0;
};

}  // namespace weir::test
