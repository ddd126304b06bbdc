// Blocks of 65,536 addresses, stored as differences between neighbours.
#include "core/store/address_blobs.h"

#include "core/store/column_codec.h"
#include "core/store/schema.h"

#include <algorithm>
#include <bit>
#include <vector>

namespace weir::store {
namespace {

constexpr std::size_t kBlockAddresses = 65536;
constexpr std::size_t kMaxHosts = std::size_t{1} << 31;  ///< host ids have 32 bits

std::uint64_t halfOf(const flow::IpAddr& a, std::size_t from) {
    std::uint64_t v = 0;
    for (std::size_t i = 0; i < 8; ++i) v = v << 8 | a.b[from + i];
    return v;
}
void setHalf(flow::IpAddr& a, std::size_t from, std::uint64_t v) {
    for (std::size_t i = 0; i < 8; ++i) a.b[from + i] = std::uint8_t(v >> (56 - 8 * i));
}

/// Stores a list in blocks. `differences`: the list ascends, so each value is stored as the difference to the one
/// before; the first value of a block is stored beside its blob.
template <class T>
Status saveList(Db& db, std::uint32_t source, HostPart part, std::span<const T> list, bool differences) {
    auto insert = db.prepare("INSERT INTO host VALUES(?, ?, ?, ?)");
    if (!insert) return insert.error();
    std::vector<T> block;
    Bytes blob;
    for (std::size_t at = 0; at < list.size(); at += kBlockAddresses) {
        const auto values = list.subspan(at, std::min(kBlockAddresses, list.size() - at));
        block.assign(values.begin(), values.end());
        if (differences) {
            for (std::size_t i = block.size() - 1; i > 0; --i) block[i] -= block[i - 1];
            block[0] = 0;
        }
        blob.clear();
        encodeColumn(std::span<const T>(block), Packing::offsets, blob);
        insert->bind(1, hostKey(source, part, std::uint32_t(at / kBlockAddresses)))
            .bind(2, std::int64_t(values.size()))
            .bind(3, static_cast<std::int64_t>(values[0]))
            .bind(4, std::as_const(blob).span());
        if (const Status s = insert->run(); !s) return s;
    }
    return ok();
}

Error damaged(std::string what) { return {kDamaged, std::move(what), 0}; }

/// Allocates memory for the blocks present, not for the counts that the file states.
template <class T>
Status loadList(const Db& db, std::uint32_t source, HostPart part, bool differences, Buffer<T>& out) {
    auto select = db.prepare("SELECT id, n, first, data FROM host WHERE id BETWEEN ? AND ? ORDER BY id");
    if (!select) return select.error();
    const std::int64_t begin = hostKey(source, part, 0);
    const auto blocks = db.number("SELECT count(*) FROM host WHERE id BETWEEN " + std::to_string(begin) + " AND " +
                                  std::to_string(hostKey(source, part, (1u << 28) - 1)));
    if (!blocks) return blocks.error();
    if (*blocks > 1) out.reserve(std::size_t(*blocks) * kBlockAddresses);
    select->bind(1, begin).bind(2, hostKey(source, part, (1u << 28) - 1));
    for (std::int64_t block = 0;; ++block) {
        const auto row = select->step();
        if (!row) return row.error();
        if (!*row) return ok();
        const std::int64_t n = select->intAt(1), first = select->intAt(2);
        const auto blob = select->blobAt(3);
        if (!select->wellTyped() || n < 1 || n > std::int64_t(kBlockAddresses) || columnRows(blob) != std::size_t(n))
            return damaged("a block has an impossible size");
        if (select->intAt(0) != begin + block) return damaged("a block is missing");
        const std::size_t at = out.size();
        if (at + std::size_t(n) > kMaxHosts) return damaged("it is too long");
        out.resize(at + std::size_t(n));
        const std::span<T> values(out.data() + at, std::size_t(n));
        if (const Status s = decodeColumn(blob, values); !s) return s;
        if (!differences) continue;
        values[0] = static_cast<T>(first);
        for (std::size_t i = 1; i < values.size(); ++i) values[i] += values[i - 1];
    }
}

}  // namespace

Status saveAddresses(Db& db, std::uint32_t source, const flow::AddressTable& table) {
    if (const Status s = saveList(db, source, HostPart::v4, table.v4().span(), true); !s) return s;
    std::vector<std::uint64_t> high, low;
    for (const flow::IpAddr& a : table.v6()) {
        high.push_back(halfOf(a, 0));
        low.push_back(halfOf(a, 8));
    }
    if (const Status s = saveList(db, source, HostPart::v6High, std::span<const std::uint64_t>(high), true); !s)
        return s;
    return saveList(db, source, HostPart::v6Low, std::span<const std::uint64_t>(low), false);
}

Result<flow::AddressTable> loadAddresses(const Db& db, std::uint32_t source) {
    Buffer<std::uint32_t> v4;
    Buffer<std::uint64_t> high, low;
    if (const Status s = loadList(db, source, HostPart::v4, true, v4); !s) return s.error();
    if (const Status s = loadList(db, source, HostPart::v6High, true, high); !s) return s.error();
    if (const Status s = loadList(db, source, HostPart::v6Low, false, low); !s) return s.error();
    Buffer<flow::IpAddr> v6(high.size());
    const auto disordered = [](const auto& list) {
        return std::adjacent_find(list.begin(), list.end(), [](const auto& a, const auto& b) { return a >= b; }) !=
               list.end();
    };
    if (high.size() != low.size()) return damaged("IPv6 addresses are incomplete");
    for (std::size_t i = 0; i < v6.size(); ++i) {
        setHalf(v6[i], 0, high[i]);
        setHalf(v6[i], 8, low[i]);
        if (v6[i].isV4()) return damaged("an IPv4 address is stored as IPv6");
    }
    if (disordered(v4) || disordered(v6)) return damaged("it is not in order");
    return flow::AddressTable(std::move(v4), std::move(v6));
}

}  // namespace weir::store
