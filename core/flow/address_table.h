// All addresses of a project in order; a host's id is its place here.
#pragma once

#include "core/base/buffer.h"
#include "core/flow/address.h"
#include "core/flow/host_id.h"

#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace weir::flow {

/// Immutable after it was built. IPv4 addresses ascending, then IPv6 ascending.
class AddressTable {
public:
    AddressTable() = default;
    /// Both sorted, without duplicates.
    AddressTable(Buffer<std::uint32_t> v4, Buffer<IpAddr> v6) : v4_(std::move(v4)), v6_(std::move(v6)) {}

    std::size_t size() const { return v4_.size() + v6_.size(); }
    IpAddr operator[](HostId id) const { return id < v4_.size() ? IpAddr::v4(v4_[id]) : v6_[id - v4_.size()]; }
    bool isV4(HostId id) const { return id < v4_.size(); }
    std::optional<HostId> find(const IpAddr& a) const;
    /// Ids [first, second) of the addresses inside the prefix. O(log n). ::/0 covers IPv6 only, 0.0.0.0/0 IPv4 only.
    std::pair<HostId, HostId> range(const Prefix& p) const;
    /// The same for many: sorted prefixes cost O(log gap) each.
    std::vector<std::pair<HostId, HostId>> ranges(std::span<const Prefix> prefixes) const;
    const Buffer<std::uint32_t>& v4() const { return v4_; }
    const Buffer<IpAddr>& v6() const { return v6_; }

private:
    Buffer<std::uint32_t> v4_;
    Buffer<IpAddr> v6_;
};

}  // namespace weir::flow
