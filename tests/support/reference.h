// A slow, obvious implementation of pairing, profiles and signs (methods.md 1 and 2), written apart from the product as
// its oracle.
#pragma once

#include "core/flow/address.h"
#include "core/flow/chunk_source.h"
#include "core/flow/packet_record.h"
#include "core/meter/settings.h"
#include "core/profile/settings.h"
#include "core/signs/sign_settings.h"

#include <cstdint>
#include <vector>

namespace weir::support {

struct RefRecord {
    std::int64_t start = 0, end = 0;
    flow::IpAddr src, dst;
    std::uint16_t srcPort = 0, dstPort = 0, icmpTypeCode = 0;
    std::uint8_t protocol = 0, flags = 0, reverseFlags = 0;
    std::uint64_t packets = 0, bytes = 0, reversePackets = 0, reverseBytes = 0;
};

struct RefFlow {
    std::int64_t bin = 0, start = 0, end = 0;
    flow::IpAddr local, remote;
    std::uint16_t localPort = 0, remotePort = 0, icmpTypeCode = 0;
    std::uint8_t protocol = 0, kind = 0, flagsOut = 0, flagsIn = 0;
    std::uint64_t packetsOut = 0, packetsIn = 0, bytesOut = 0, bytesIn = 0;
    std::size_t firstRecord = 0;
    std::uint64_t word = 0;  ///< signs of inbound one-way flows, else 0
};

struct RefSettings {
    meter::PairingSettings pairing;
    profile::ProfileSettings profile;  ///< direction in, trwSkipTcpReplies off
    signs::SignSettings signs;
    std::vector<flow::Prefix> bogons;
};

/// Derived flows with their sign words, ordered by (bin, first record). Quadratic in places: for thousands of flows,
/// not millions.
std::vector<RefFlow> referenceFlows(const std::vector<RefRecord>& records, const RefSettings& settings);

/// All records of a source as plain rows.
std::vector<RefRecord> rowsOf(const flow::ChunkSource& source);

}  // namespace weir::support
