// Which flow a later IP fragment belongs to: it has no ports, the first fragment of its datagram has them.
#pragma once

#include "core/capture/packet_view.h"
#include "core/flow/packet_record.h"

#include <cstdint>
#include <vector>

namespace weir::capture {

/// Remembers first fragments by addresses, identification and (IPv4) protocol: at most kSets x kWays of them, the older
/// ones give way, and none longer than kKeepUs. What it answers depends on the packets alone. Takes memory only once
/// there is a fragment.
class FragmentTable {
public:
    static constexpr std::size_t kSets = 512, kWays = 4;
    static constexpr std::int64_t kKeepUs = 30'000'000;

    /// REQUIRES a fragment, whose datagram begins at `ip`. A first one is remembered; a later one gets the ports, the
    /// ICMP type and code, and the protocol of the first. False: a later one whose first is not known.
    bool attribute(const PacketView& ip, flow::PacketRecord& packet);

private:
    struct Entry {
        flow::IpAddr src, dst;
        std::int64_t timeUs = 0;
        std::uint32_t id = 0;
        std::uint16_t srcPort = 0, dstPort = 0, icmpTypeCode = 0;
        std::uint8_t wireProtocol = 0, protocol = 0;  ///< as the key has it, as the flow has it
        bool used = false;
    };
    std::vector<Entry> entries_;
};

}  // namespace weir::capture
