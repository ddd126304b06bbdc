// Key → columns, by direction; packing them into words.
#include "core/tally/group_keys.h"

#include "core/flow/filter_kernels.h"
#include "core/flow/packet_record.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace weir::tally {
namespace {

using flow::Col;
using flow::FilterBatch;
using flow::Side;

/// The column of the forward direction, for keys that are one.
Col columnOf(Key key) {
    switch (key) {
        case Key::src: return Col::src;
        case Key::dst: return Col::dst;
        case Key::srcPort: return Col::srcPort;
        case Key::dstPort: return Col::dstPort;
        case Key::flags: return Col::tcpFlags;
        case Key::tos: return Col::tos;
        case Key::dstTos: return Col::dstTos;
        case Key::srcAs: return Col::srcAs;
        case Key::dstAs: return Col::dstAs;
        case Key::inIf: return Col::inIf;
        case Key::outIf: return Col::outIf;
        case Key::srcVlan: return Col::srcVlan;
        case Key::dstVlan: return Col::dstVlan;
        case Key::srcMask: return Col::srcMask;
        case Key::dstMask: return Col::dstMask;
        default: return Col::protocol;
    }
}

unsigned bitsOf(const KeySpec& key, const GroupInput& input) {
    switch (key.key) {
        case Key::src:
        case Key::dst: return std::max(1u, unsigned(std::bit_width(input.records.addresses().size())));
        case Key::srcPort:
        case Key::dstPort:
        case Key::srcVlan:
        case Key::dstVlan: return 16;
        case Key::protocol:
        case Key::flags:
        case Key::tos:
        case Key::dstTos:
        case Key::srcMask:
        case Key::dstMask: return 8;
        case Key::icmp: return 24;
        case Key::srcAs:
        case Key::dstAs:
        case Key::inIf:
        case Key::outIf:
        case Key::exporter:
        case Key::source:
        case Key::className:
        case Key::rule: return 32;
        case Key::signs: return 64;
        case Key::srcNet:
        case Key::dstNet: return 128;
    }
    return 64;
}

/// The column `col` of the batch, whatever its type; it must be one of the unsigned ones.
KeyValues valuesOf(const flow::RecordColumns& columns, Col col) {
    KeyValues out;
    flow::forEachColumn(columns, [&](Col c, const auto& values) {
        using T = typename std::decay_t<decltype(values)>::value_type;
        if constexpr (std::is_unsigned_v<T>)
            if (c == col) out = values.data();
    });
    return out;
}

template <class T>
void orInto(std::uint64_t* words, unsigned stride, const T* values, std::size_t n, unsigned shift) {
    for (std::size_t i = 0; i < n; ++i) words[i * stride] |= std::uint64_t(values[i]) << shift;
}

std::uint64_t wordOf(const std::uint8_t* bytes) {
    std::uint64_t v = 0;
    for (int i = 0; i < 8; ++i) v = v << 8 | bytes[i];
    return v;
}

/// A mask of 0 means unknown: the address stays whole.
std::uint8_t knownMask(std::uint8_t mask) { return mask ? mask : 128; }

/// The address with all bits after `length` (of its family) cleared; unchanged if the mask is longer than the family's
/// addresses.
flow::IpAddr masked(flow::IpAddr a, unsigned length) {
    const unsigned bits = std::min(128u, a.isV4() ? 96 + length : length);
    for (unsigned i = bits / 8; i < 16; ++i)
        a.b[i] = std::uint8_t(i == bits / 8 && bits % 8 ? a.b[i] & (0xff00u >> bits % 8) : 0);
    return a;
}

}  // namespace

KeyPlan planOf(const Keys& keys, const GroupInput& input) {
    std::vector<unsigned> bits;
    for (const KeySpec& key : keys) bits.push_back(bitsOf(key, input));
    return {keys, bits};
}

std::size_t domainOf(const KeySpec& key, const GroupInput& input) {
    switch (key.key) {
        case Key::src:
        case Key::dst: return input.records.addresses().size();
        case Key::className: return input.tables.classes.count;
        case Key::rule: return input.tables.rules.count;
        default: break;
    }
    const unsigned bits = bitsOf(key, input);
    return bits <= 16 ? std::size_t{1} << bits : 0;
}

Buffer<flow::HostId> cutHosts(const flow::AddressTable& addresses, const KeySpec& key) {
    Buffer<flow::HostId> out(addresses.size());
    for (std::size_t host = 0; host < addresses.size(); ++host) {
        const auto id = flow::HostId(host);
        const bool v4 = addresses.isV4(id);
        const bool whole = v4 ? key.v4 >= 32 : key.v6 >= 128;
        const bool same =
            !whole && host > 0 && addresses.isV4(id - 1) == v4 &&
            masked(addresses[id], v4 ? key.v4 : key.v6) == masked(addresses[id - 1], v4 ? key.v4 : key.v6);
        out[host] = same ? out[host - 1] : id;
    }
    return out;
}

Result<KeyValues> KeyReader::addresses(std::size_t key, FilterBatch& batch, bool source) {
    const Col col = source ? Col::src : Col::dst;
    if (auto s = batch.need(flow::cols(col)); !s) return s.error();
    const flow::HostId* ids = source ? batch.columns().src.data() : batch.columns().dst.data();
    const auto& cut = cut_[key];
    if (cut.empty()) return KeyValues(ids);
    numbers_.resize(batch.size());
    for (std::uint32_t i = 0; i < batch.size(); ++i) numbers_[i] = cut[ids[i]];
    return KeyValues(static_cast<const std::uint32_t*>(numbers_.data()));
}

/// `source`: the column; `receives`: it is the receiving end, where ICMP has type and code.
Result<KeyValues> KeyReader::ports(FilterBatch& batch, bool source, bool receives) {
    const Col col = source ? Col::srcPort : Col::dstPort;
    const auto icmp = receives ? batch.zone(Col::icmpTypeCode) : flow::Zone{};
    const bool merge = !icmp || icmp->hi != 0;
    if (auto s = batch.need(merge ? flow::cols(col, Col::icmpTypeCode) : flow::cols(col)); !s) return s.error();
    const std::uint16_t* ports = source ? batch.columns().srcPort.data() : batch.columns().dstPort.data();
    if (!merge) return KeyValues(ports);
    ports_.resize(flow::kChunkRows);
    flow::kernel::merged(ports, batch.columns().icmpTypeCode.data(), batch.size(), ports_.data());
    return KeyValues(static_cast<const std::uint16_t*>(ports_.data()));
}

/// The capture of row `i`.
std::uint32_t KeyReader::sourceAt(const FilterBatch& batch, std::uint32_t i) const {
    const std::uint64_t row = batch.recordRows() ? batch.recordRows()[i] : batch.firstRecordRow() + i;
    return input_.records.chunks()[flow::placeOf(input_.records, row).chunk].source;
}

/// The exporter of row `i` at `place` of its capture's list.
std::uint32_t KeyReader::exporterAt(const FilterBatch& batch, std::uint32_t i, std::uint16_t place) const {
    if (place == 0) return 0;
    const auto list = input_.tables.exporters.find(sourceAt(batch, i));
    return list != input_.tables.exporters.end() && place < list->second.size() ? list->second[place] : 0;
}

Result<KeyValues> KeyReader::values(std::size_t key, FilterBatch& batch, Side side) {
    const Key k = keys_[key].key;
    const bool reverse = side == Side::reverse;
    const std::uint32_t n = batch.size();
    const auto numbers = [&](auto&& of) {
        numbers_.resize(n);
        for (std::uint32_t i = 0; i < n; ++i) numbers_[i] = of(i);
        return KeyValues(static_cast<const std::uint32_t*>(numbers_.data()));
    };
    switch (k) {
        case Key::src:
        case Key::dst: return addresses(key, batch, (k == Key::src) != reverse);
        case Key::srcPort:
        case Key::dstPort: return ports(batch, (k == Key::srcPort) != reverse, k == Key::dstPort);
        case Key::icmp: {
            if (auto s = batch.need(flow::cols(Col::protocol, Col::icmpTypeCode)); !s) return s.error();
            const auto& c = batch.columns();
            return numbers([&](std::uint32_t i) { return std::uint32_t(c.protocol[i]) << 16 | c.icmpTypeCode[i]; });
        }
        case Key::source: return numbers([&](std::uint32_t i) { return sourceAt(batch, i); });
        case Key::exporter:
            if (auto s = batch.need(flow::cols(Col::exporter)); !s) return s.error();
            return numbers([&](std::uint32_t i) { return exporterAt(batch, i, batch.columns().exporter[i]); });
        case Key::className:
        case Key::rule: {
            const WordNumbers& table = k == Key::rule ? input_.tables.rules : input_.tables.classes;
            const std::uint64_t* words = batch.words();
            return numbers([&](std::uint32_t i) {
                const auto at = table.of.find(words[i]);
                return at == table.of.end() ? table.otherwise : at->second;
            });
        }
        case Key::signs: return KeyValues(batch.words());
        default: break;
    }
    const Col col = flow::sideOf(columnOf(k), side);
    if (auto s = batch.need(flow::cols(col)); !s) return s.error();
    return valuesOf(batch.columns(), col);
}

Status KeyReader::packNets(const KeyPlan& plan, std::size_t key, FilterBatch& batch, Side side, std::uint64_t* out) {
    const bool source = (keys_[key].key == Key::srcNet) != (side == Side::reverse);
    const Col host = source ? Col::src : Col::dst, mask = source ? Col::srcMask : Col::dstMask;
    if (auto s = batch.need(flow::cols(host, mask)); !s) return s;
    const auto& hosts = source ? batch.columns().src : batch.columns().dst;
    const auto& masks = source ? batch.columns().srcMask : batch.columns().dstMask;
    for (std::uint32_t i = 0; i < batch.size(); ++i) {
        const flow::IpAddr a = masked(input_.records.addresses()[hosts[i]], knownMask(masks[i]));
        std::uint64_t* to = out + std::size_t(i) * plan.words() + plan.place(key).word;
        to[0] = wordOf(a.b.data());
        to[1] = wordOf(a.b.data() + 8);
    }
    return ok();
}

Status KeyReader::pack(const KeyPlan& plan, FilterBatch& batch, Side side, Buffer<std::uint64_t>& out) {
    out.resize(std::size_t(batch.size()) * plan.words());
    std::fill(out.begin(), out.end(), 0);
    for (std::size_t key = 0; key < keys_.size(); ++key) {
        const KeyPlan::Place& place = plan.place(key);
        if (place.bits == 128) {
            if (auto s = packNets(plan, key, batch, side, out.data()); !s) return s;
            continue;
        }
        const auto got = values(key, batch, side);
        if (!got) return got.error();
        std::visit([&](const auto* v) { orInto(out.data() + place.word, plan.words(), v, batch.size(), place.shift); },
                   *got);
    }
    return ok();
}

}  // namespace weir::tally
