// Addresses → provisional ids while one thread reads; merged into an ordered AddressTable afterwards.
#pragma once

#include "core/base/buffer.h"
#include "core/flow/address.h"
#include "core/flow/address_table.h"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace weir::flow {

/// Private to one thread (a shared table was slower and unordered: limits.md 2). Ids count up from 0 in order of first
/// sight, IPv4 and IPv6 apart: the id of an IPv6 address has the top bit (kV6Bit) set.
class AddressDictionary {
public:
    static constexpr HostId kV6Bit = 0x80000000u;
    AddressDictionary();
    ~AddressDictionary();
    AddressDictionary(AddressDictionary&&) noexcept;
    AddressDictionary& operator=(AddressDictionary&&) noexcept;

    /// Room for about so many IPv4 addresses: a table that need not grow is not filled twice.
    void reserve(std::size_t hosts);

    HostId id(const IpAddr& a);
    HostId idV4(std::uint32_t host);
    /// Batched with prefetch: out[i] = id of host[i]. Spans of equal length.
    void idsV4(std::span<const std::uint32_t> hosts, std::span<HostId> out);

    std::span<const std::uint32_t> v4() const;  ///< addresses by id
    std::span<const IpAddr> v6() const;         ///< addresses by id & ~kV6Bit

private:
    struct Tables;
    std::unique_ptr<Tables> t_;
};

/// Old id → new id, for both families. A view into the merge.
struct IdRemap {
    std::span<const HostId> v4, v6;
    HostId operator()(HostId id) const {
        return id & AddressDictionary::kV6Bit ? v6[id & ~AddressDictionary::kV6Bit] : v4[id];
    }
};

struct MergedAddresses {
    AddressTable table;
    std::vector<IdRemap> remaps;  ///< one per dictionary given, in order
    Buffer<HostId> newV4, newV6;  ///< what they look at
};
/// Sorts, merges and renumbers. The result does not depend on how addresses were spread over the dictionaries. O(n log
/// n), threaded.
MergedAddresses mergeAddresses(std::span<const AddressDictionary> dictionaries, unsigned threads);

/// Joins the tables of several sources into one; remaps[i][old id] = new id. With one table the remap is empty =
/// identity.
struct JoinedTables {
    AddressTable table;
    std::vector<Buffer<HostId>> remaps;
};
JoinedTables joinTables(std::span<const AddressTable* const> tables);

}  // namespace weir::flow
