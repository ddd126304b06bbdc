// The bytes that are hashed: seed, smaller end, larger end, protocol, ports.
#include "core/flow/community_id.h"

#include "core/base/base64.h"
#include "core/flow/packet_record.h"

#include <algorithm>
#include <array>
#include <utility>

namespace weir::flow {
namespace {

constexpr std::uint8_t kSctp = 132;
constexpr std::string_view kVersion = "1:";

/// ICMP messages that answer each other: the one's type stands as the other's port.
struct Answer {
    std::uint8_t request, reply;
};
constexpr std::array<Answer, 5> kIcmpAnswers{{{8, 0}, {10, 9}, {13, 14}, {15, 16}, {17, 18}}};
constexpr std::array<Answer, 6> kIcmp6Answers{{{128, 129}, {130, 131}, {133, 134}, {135, 136}, {139, 140}, {144, 145}}};

template <std::size_t N>
std::optional<std::uint16_t> counterpart(const std::array<Answer, N>& answers, std::uint16_t type) {
    for (const Answer& a : answers) {
        if (type == a.request) return a.reply;
        if (type == a.reply) return a.request;
    }
    return {};
}

/// Bytes on their way into the hash; never more than two IPv6 ends.
class Message {
public:
    void put(std::uint8_t v) { bytes_[n_++] = v; }
    void put16(std::uint16_t v) {
        put(std::uint8_t(v >> 8));
        put(std::uint8_t(v & 0xff));
    }
    void put(const IpAddr& a) {
        for (std::size_t i = a.isV4() ? 12 : 0; i < a.b.size(); ++i) put(a.b[i]);
    }
    std::span<const std::uint8_t> bytes() const { return {bytes_.data(), n_}; }

private:
    std::array<std::uint8_t, 2 + 2 * 16 + 2 + 4> bytes_;
    std::size_t n_ = 0;
};

}  // namespace

CommunityHash communityHash(const FlowTuple& tuple, std::uint16_t seed) {
    IpAddr a = tuple.src, b = tuple.dst;
    std::uint16_t aPort = tuple.srcPort, bPort = tuple.dstPort;
    const bool icmp = tuple.protocol == kIcmp, icmp6 = tuple.protocol == kIcmp6;
    bool oneWay = false;
    if (icmp || icmp6) {
        aPort = tuple.icmpTypeCode >> 8;
        const auto answer = icmp ? counterpart(kIcmpAnswers, aPort) : counterpart(kIcmp6Answers, aPort);
        oneWay = !answer;
        bPort = answer.value_or(tuple.icmpTypeCode & 0xff);
    }
    const bool withPorts = icmp || icmp6 || tuple.protocol == kTcp || tuple.protocol == kUdp || tuple.protocol == kSctp;
    if (!withPorts) aPort = bPort = 0;
    if (!oneWay && std::pair(b, bPort) < std::pair(a, aPort)) {
        std::swap(a, b);
        std::swap(aPort, bPort);
    }
    Message m;
    m.put16(seed);
    m.put(a);
    m.put(b);
    m.put(tuple.protocol);
    m.put(std::uint8_t{0});
    if (withPorts) {
        m.put16(aPort);
        m.put16(bPort);
    }
    return sha1Of(m.bytes());
}

std::string communityId(const FlowTuple& tuple, std::uint16_t seed) {
    return std::string(kVersion) + base64(communityHash(tuple, seed));
}

std::optional<CommunityHash> parseCommunityId(std::string_view text) {
    if (text.substr(0, kVersion.size()) != kVersion) return {};
    const auto bytes = fromBase64(text.substr(kVersion.size()));
    CommunityHash hash{};
    if (!bytes || bytes->size() != hash.size()) return {};
    std::copy(bytes->begin(), bytes->end(), hash.begin());
    return hash;
}

}  // namespace weir::flow
