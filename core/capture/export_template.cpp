// Which information element goes into which column, and the compiling of templates by that table.
#include "core/capture/export_template.h"

#include "core/capture/export_header.h"

#include <algorithm>
#include <array>

namespace weir::capture {
namespace {

using flow::Col;

constexpr std::uint32_t kCert = 6871;  ///< enterprise of YAF

struct Element {
    std::uint32_t enterprise;
    std::uint16_t id;
    std::uint8_t slot;
    Read read;
    bool alsoWhereZero = false;  ///< a further source for records in which the ones before it are zero
};
constexpr std::uint8_t at(Col c) { return std::uint8_t(c); }

// Within a slot the first element that a template has wins; times from the finest. Names as IANA has them.
// clang-format off
constexpr auto kElements = std::to_array<Element>({
    {0,   8, at(Col::src), Read::ipv4}, {0,  27, kSrc6, Read::ipv6},                     // source address
    {0,  12, at(Col::dst), Read::ipv4}, {0,  28, kDst6, Read::ipv6},                     // destination address
    {0, 156, at(Col::start), Read::ntpNs}, {0, 154, at(Col::start), Read::ntpUs},        // flowStart…
    {0, 152, at(Col::start), Read::milliseconds}, {0, 150, at(Col::start), Read::seconds},
    {0,  22, at(Col::start), Read::uptimeMs}, {0, 158, at(Col::start), Read::beforeExportUs},
    {0, 325, at(Col::start), Read::ntpNs}, {0, 324, at(Col::start), Read::ntpUs},        // observationTime…
    {0, 323, at(Col::start), Read::milliseconds}, {0, 322, at(Col::start), Read::seconds},
    {0, 157, at(Col::end), Read::ntpNs}, {0, 155, at(Col::end), Read::ntpUs},            // flowEnd…
    {0, 153, at(Col::end), Read::milliseconds}, {0, 151, at(Col::end), Read::seconds},
    {0,  21, at(Col::end), Read::uptimeMs}, {0, 159, at(Col::end), Read::beforeExportUs},
    {0, 162, kDuration, Read::durationUs}, {0, 161, kDuration, Read::durationMs},
    {0,   7, at(Col::srcPort), Read::number}, {0, 182, at(Col::srcPort), Read::number, true}, {0, 180, at(Col::srcPort), Read::number, true},
    {0,  11, at(Col::dstPort), Read::number}, {0, 183, at(Col::dstPort), Read::number, true}, {0, 181, at(Col::dstPort), Read::number, true},
    {0,  32, at(Col::icmpTypeCode), Read::number}, {0, 139, at(Col::icmpTypeCode), Read::number, true},
    {0, 176, at(Col::icmpTypeCode), Read::high8, true}, {0, 177, at(Col::icmpTypeCode), Read::or8, true},
    {0, 178, at(Col::icmpTypeCode), Read::high8, true}, {0, 179, at(Col::icmpTypeCode), Read::or8, true},
    {0,   4, at(Col::protocol), Read::number}, {0, 193, at(Col::protocol), Read::number, true},
    {0,   6, at(Col::tcpFlags), Read::number}, {kCert, 14, at(Col::tcpFlags), Read::or8, true}, {kCert, 15, at(Col::tcpFlags), Read::or8, true},
    {0,   2, at(Col::packets), Read::number}, {0,  86, at(Col::packets), Read::number}, {0, 298, at(Col::packets), Read::number},
    {0,  24, at(Col::packets), Read::number},
    {0,   1, at(Col::bytes), Read::number}, {0,  85, at(Col::bytes), Read::number}, {0, 231, at(Col::bytes), Read::number},
    {0,  23, at(Col::bytes), Read::number},
    {kReverseEnterprise, 6, at(Col::reverseTcpFlags), Read::number},
    {kCert, 0x400e, at(Col::reverseTcpFlags), Read::or8, true}, {kCert, 0x400f, at(Col::reverseTcpFlags), Read::or8, true},
    {kReverseEnterprise, 2, at(Col::reversePackets), Read::number}, {kReverseEnterprise, 86, at(Col::reversePackets), Read::number},
    {0, 299, at(Col::reversePackets), Read::number},
    {kReverseEnterprise, 1, at(Col::reverseBytes), Read::number}, {kReverseEnterprise, 85, at(Col::reverseBytes), Read::number},
    {0, 232, at(Col::reverseBytes), Read::number},
    {0,  16, at(Col::srcAs), Read::number}, {0,  17, at(Col::dstAs), Read::number},
    {0,  10, at(Col::inIf), Read::number}, {0, 252, at(Col::inIf), Read::number, true},
    {0,  14, at(Col::outIf), Read::number}, {0, 253, at(Col::outIf), Read::number, true},
    {0,   5, at(Col::tos), Read::number}, {0,  55, at(Col::dstTos), Read::number},
    {0,  58, at(Col::srcVlan), Read::number}, {0, 243, at(Col::srcVlan), Read::number, true},
    {0,  59, at(Col::dstVlan), Read::number}, {0, 254, at(Col::dstVlan), Read::number, true},
    {0,   9, at(Col::srcMask), Read::number}, {0,  29, at(Col::srcMask), Read::number, true},
    {0,  13, at(Col::dstMask), Read::number}, {0,  30, at(Col::dstMask), Read::number, true},
    {0,  34, at(Col::samplingInterval), Read::number},
    {0,  48, at(Col::samplingInterval), Read::sampler, true}, {0, 302, at(Col::samplingInterval), Read::sampler, true},
});
// clang-format on

bool lengthFits(Read read, std::uint16_t length) {
    switch (read) {
        case Read::ipv4: return length == 4;
        case Read::ipv6: return length == 16;
        case Read::ntpUs:
        case Read::ntpNs: return length == 8;
        default: return length >= 1 && length <= 8;
    }
}

/// Number of the first field that is this element and has a length that can be read; fields.size() = none.
std::size_t fieldOf(const std::vector<TemplateField>& fields, const Element& e) {
    const auto found = std::find_if(fields.begin(), fields.end(), [&](const TemplateField& f) {
        return f.id == e.id && f.enterprise == e.enterprise && lengthFits(e.read, f.length);
    });
    return std::size_t(found - fields.begin());
}

}  // namespace

bool RecordTemplate::sameAs(const std::vector<TemplateField>& other, bool otherOptions) const {
    return options == otherOptions && std::equal(fields.begin(), fields.end(), other.begin(), other.end(),
                                                 [](const TemplateField& a, const TemplateField& b) {
                                                     return a.enterprise == b.enterprise && a.id == b.id &&
                                                            a.length == b.length;
                                                 });
}

RecordTemplate compileTemplate(std::vector<TemplateField> fields, bool options) {
    RecordTemplate t;
    t.options = options;
    std::vector<std::uint16_t> offsets;
    for (const TemplateField& f : fields) {
        offsets.push_back(std::uint16_t(std::min<std::uint32_t>(t.recordBytes, 65535)));
        t.variable |= f.length == kVariableLength;
        t.recordBytes += f.length == kVariableLength ? 1 : f.length;
    }
    std::array<bool, kSlots> taken{};
    for (const Element& e : kElements) {
        const std::size_t i = fieldOf(fields, e);
        if (options || i == fields.size() || (taken[e.slot] && !e.alsoWhereZero)) continue;
        const bool combines = e.read == Read::or8 || e.read == Read::high8;
        t.ops.push_back(
            {e.slot, e.read, taken[e.slot] && !combines, t.variable ? std::uint16_t(i) : offsets[i], fields[i].length});
        if (e.slot < flow::kColCount) {
            if (!taken[e.slot] && !combines) t.whole = t.whole.with(Col(e.slot));
            t.filled = t.filled.with(Col(e.slot));
        }
        t.icmpFields |= e.slot == at(Col::icmpTypeCode) && combines;
        taken[e.slot] = true;
    }
    t.v4 = taken[at(Col::src)] || taken[at(Col::dst)];
    t.v6 = taken[kSrc6] || taken[kDst6];
    t.fields = std::move(fields);
    return t;
}

const RecordTemplate& oldTemplate(std::uint16_t version, std::uint16_t recordBytes) {
    constexpr std::uint16_t kPad = 0xffff;
    const auto make = [](std::initializer_list<TemplateField> tail) {
        std::vector<TemplateField> fields{{0, 8, 4}, {0, 12, 4}, {0, 15, 4}, {0, 10, 2}, {0, 14, 2}, {0, 2, 4},
                                          {0, 1, 4}, {0, 22, 4}, {0, 21, 4}, {0, 7, 2},  {0, 11, 2}};
        fields.insert(fields.end(), tail);
        return compileTemplate(std::move(fields), false);
    };
    static const RecordTemplate k1 = make({{0, kPad, 2}, {0, 4, 1}, {0, 5, 1}, {0, 6, 1}, {0, kPad, 7}});
    static const RecordTemplate k1Padded = make({{0, kPad, 2}, {0, 4, 1}, {0, 5, 1}, {0, 6, 1}, {0, kPad, 11}});
    static const RecordTemplate k5 = make(
        {{0, kPad, 1}, {0, 6, 1}, {0, 4, 1}, {0, 5, 1}, {0, 16, 2}, {0, 17, 2}, {0, 9, 1}, {0, 13, 1}, {0, kPad, 2}});
    static const RecordTemplate k7 = make(
        {{0, kPad, 1}, {0, 6, 1}, {0, 4, 1}, {0, 5, 1}, {0, 16, 2}, {0, 17, 2}, {0, 9, 1}, {0, 13, 1}, {0, kPad, 6}});
    if (version == kNetflow1) return recordBytes == 48 ? k1 : k1Padded;
    return version == kNetflow5 ? k5 : k7;
}

const RecordTemplate& sampleTemplate() {
    static const RecordTemplate kSamples = [] {
        RecordTemplate t;
        t.filled = flow::cols(Col::inIf, Col::outIf, Col::tos, Col::srcVlan, Col::dstVlan, Col::srcMask, Col::dstMask,
                              Col::samplingInterval);
        t.samples = t.v4 = t.v6 = t.icmpFields = true;
        return t;
    }();
    return kSamples;
}

std::size_t locateFields(const RecordTemplate& t, std::span<const std::byte> bytes,
                         std::vector<const std::byte*>& places, std::vector<std::uint16_t>& lengths) {
    std::size_t at = 0;
    places.resize(t.fields.size());
    lengths.resize(t.fields.size());
    const auto byteAt = [&](std::size_t i) { return std::to_integer<std::size_t>(bytes[i]); };
    for (std::size_t i = 0; i < t.fields.size(); ++i) {
        std::size_t length = t.fields[i].length;
        if (length == kVariableLength) {
            if (at >= bytes.size()) return 0;
            length = byteAt(at++);
            if (length == 255) {
                if (bytes.size() - at < 2) return 0;
                length = byteAt(at) << 8 | byteAt(at + 1);
                at += 2;
            }
        }
        if (length > bytes.size() - at) return 0;
        places[i] = bytes.data() + at;
        lengths[i] = std::uint16_t(length);
        at += length;
    }
    return at;
}

std::uint32_t countRecords(const RecordTemplate& t, std::span<const std::byte> content) {
    if (!t.variable) return std::uint32_t(content.size() / t.recordBytes);
    thread_local std::vector<const std::byte*> places;
    thread_local std::vector<std::uint16_t> lengths;
    std::uint32_t n = 0;
    while (content.size() >= t.recordBytes) {
        const std::size_t length = locateFields(t, content, places, lengths);
        if (length == 0) break;
        content = content.subspan(length);
        ++n;
    }
    return n;
}

}  // namespace weir::capture
