// Any text as a filter: parsed, compiled and run on a few records; completion at every place of short texts.
#include "core/flow/filter_complete.h"
#include "core/flow/filter_parser.h"
#include "core/flow/filter_scan.h"
#include "core/flow/memory_source.h"

#include <cstdlib>

namespace {

using namespace weir;

/// Three derived flows with words 1, 2 and 3; names are the digits 0 to 9.
class FuzzTerms final : public flow::FilterTerms {
public:
    FuzzTerms() {
        flows.kind = {flow::kInflow, flow::kBiflow, flow::kOutflow};
        flows.flowOfRecord = {0, 1, 1, 2};
    }
    flow::TermAnswer find(std::string_view keyword, std::string_view name) const override {
        if (keyword == "sign" && name.size() == 1 && name[0] >= '0' && name[0] <= '9')
            return {flow::WordTest{1u << (name[0] - '0'), {}}, {}, {}};
        if (keyword == "sign") return {{}, "unknown sign", "0"};
        return {flow::WordTest{0, {1, 3, ~0ull}}, {}, {}};
    }
    std::vector<std::string> names(std::string_view) const override { return {"0", "two words"}; }
    flow::ListAnswer list(std::string_view name) const override {
        if (name != "x") return FilterTerms::list(name);
        return {
            std::make_shared<const flow::NamedList>(flow::NamedList{{{}}, {{0, 80}, {6, 443}, {17, 65535}}}), {}, {}};
    }
    flow::RowsAnswer captures(std::string_view name) const override {
        return {{{name.size(), name.size() + 2}}, {}, {}};
    }
    flow::ExportersAnswer exporters(std::string_view name) const override {
        return {{{{0, 3}, std::uint16_t(name.size())}}, {}, {}};
    }
    std::span<const std::uint8_t> hostBits() const override { return bits; }
    const flow::DerivedFlows* derived() const override { return &flows; }
    std::span<const std::uint64_t> words() const override { return word; }
    std::span<const std::uint8_t> localIsInitiator() const override { return {}; }

    flow::DerivedFlows flows;

private:
    static constexpr std::uint8_t bits[3] = {1, 0, 2};
    static constexpr std::uint64_t word[3] = {1, 2, 3};
};

flow::MemorySource records() {
    flow::RecordColumns c;
    c.start = {0, 1000, 5000, -7};
    c.end = {1000, 900, 5'000'000, -7};
    c.src = {0, 1, 2, 0};
    c.dst = {1, 0, 2, 1};
    c.srcPort = {80, 1024, 0, 65535};
    c.dstPort = {1, 80, 0, 443};
    c.icmpTypeCode = {0, 0, 771, 0};
    c.protocol = {6, 6, 58, 17};
    c.tcpFlags = {2, 18, 0, 0};
    c.packets = {1, 2, 3, ~0ull};
    c.bytes = {40, 80, 0, ~0ull};
    c.reverseTcpFlags = {0, 16, 0, 0};
    c.reversePackets = {0, 5, 0, 0};
    c.reverseBytes = {0, 500, 0, 0};
    return {std::move(c), flow::AddressTable({0x0a000001, 0xc0a80001}, {*flow::parseAddress("fe80::1")})};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const FuzzTerms terms;
    static const flow::MemorySource source = records();
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto parsed = flow::parseFilter(text, terms);
    for (const Diagnostic& d : parsed.diagnostics)
        if (d.line == 0 || d.column == 0 || d.message.empty()) std::abort();
    for (std::size_t at = 0; at <= std::min<std::size_t>(size, 64); ++at)
        (void)flow::completeFilterText(text, at, terms);
    if (!parsed.good()) return 0;
    const auto filter = flow::Filter::compile(parsed.root, source.addresses(), terms);
    if (!filter) return 0;
    JobContext job({}, {}, 1);
    const auto scanned = flow::scanRecords(source, *filter, terms, {true, true}, job);
    if (!scanned || scanned->rows > source.rows() || scanned->rows != scanned->picked.size() ||
        scanned->directions < scanned->rows)
        std::abort();
    // `not (F)` takes exactly the other directions, whatever F says, unless flag letters change their meaning under it.
    if (text.find_first_of("fF") != std::string_view::npos || text.find('#') != std::string_view::npos) return 0;
    const auto opposite =
        flow::parseFilter(std::string("not (").append(text.empty() ? "any" : text).append(")"), terms);
    if (!opposite.good()) return 0;
    const auto inverse = flow::Filter::compile(opposite.root, source.addresses(), terms);
    const auto others = flow::scanRecords(source, *inverse, terms, {false, false}, job);
    constexpr std::uint64_t kDirections = 5;
    if (!others || others->directions + scanned->directions != kDirections) std::abort();
    return 0;
}
