// Any bytes as a score profile: parsing stays within bounds, and a good profile scores records without losing one.
#include "core/flow/memory_source.h"
#include "core/score/score.h"
#include "tests/support/bare_terms.h"

#include <cstdint>
#include <cstdlib>

namespace {

using namespace weir;

void require(bool condition) {
    if (!condition) std::abort();
}

/// Every list is there and empty.
class Terms final : public support::BareTerms {
public:
    Terms() { bits = {0, 1, 1}; }
    flow::ListAnswer list(std::string_view) const override {
        return {std::make_shared<const flow::NamedList>(), {}, {}};
    }
};

flow::MemorySource someRecords() {
    flow::RecordColumns c;
    c.resize(60, flow::ColSet::metered());
    for (std::size_t i = 0; i < c.size(); ++i) {
        c.start[i] = c.end[i] = std::int64_t(i) * 1'000'000 - 5'000'000;
        c.src[i] = std::uint32_t(i % 3);
        c.dst[i] = std::uint32_t(i / 3 % 3);
        c.srcPort[i] = std::uint16_t(i * 999);
        c.dstPort[i] = std::uint16_t(i % 4 * 11);
        c.icmpTypeCode[i] = 0;
        c.protocol[i] = i % 2 ? 6 : 17;
        c.tcpFlags[i] = std::uint8_t(i);
        c.packets[i] = i;
        c.bytes[i] = i * 40;
        c.reverseTcpFlags[i] = 2;
        c.reversePackets[i] = i % 5;
        c.reverseBytes[i] = i % 5 * 40;
    }
    Buffer<std::uint32_t> hosts{0x01000001u, 0x0a000001u, 0x0a000002u};
    return {std::move(c), flow::AddressTable(std::move(hosts), {})};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const Terms terms;
    const auto parsed = score::parseProfile({reinterpret_cast<const char*>(data), size}, terms);
    for (const Diagnostic& d : parsed.diagnostics) require(d.line >= 1 && d.column >= 1 && !d.message.empty());
    if (!parsed.good()) return 0;
    require(parsed.profile.tests.size() <= score::kMostTests);
    static const flow::MemorySource kRecords = someRecords();
    JobContext job({}, {}, 1);
    const auto scores = score::scoreRecords(kRecords, parsed.profile, terms, job);
    if (!scores) return 0;  // a term that these records cannot answer
    std::uint64_t flows = 0;
    for (const auto& c : scores->words) flows += c.flows;
    require(flows == scores->scored);
    return 0;
}
