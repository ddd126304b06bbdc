// The nine tests of sweeney-2017 as methods.md 8 words them, one record after the other: slow, and none of it shared
// with the engine.
#pragma once

#include "core/flow/address.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

namespace weir::test {

/// One direction of a record.
struct SentRecord {
    flow::IpAddr src, dst;
    std::uint16_t srcPort = 0, dstPort = 0;
    std::uint8_t protocol = 0, flags = 0;
    std::uint64_t packets = 0;
};

/// What the tests ask of the world.
struct ScoreWorld {
    std::function<bool(const flow::IpAddr&)> local, group;  ///< group: multicast or broadcast
    std::function<bool(std::string_view list, const flow::IpAddr&)> listed;
    std::function<bool(std::string_view list, std::uint8_t protocol, std::uint16_t port)> portListed;
};

/// Bits of the shipped profile.
enum SweeneyCode : std::uint64_t {
    kNdpi = 1,
    kAv = 2,
    kEt = 4,
    kDark = 8,
    kInsecure = 16,
    kScan = 32,
    kUnknown = 64,
    kSyn = 128,
    kSsh = 256
};

/// By record: its word, nothing for those that are not inbound.
std::vector<std::optional<std::uint64_t>> sweeneyWords(const std::vector<SentRecord>& records, const ScoreWorld& world);

}  // namespace weir::test
