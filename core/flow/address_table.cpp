// Look-ups in the ordered address table.
#include "core/flow/address_table.h"

#include <algorithm>

namespace weir::flow {

std::optional<HostId> AddressTable::find(const IpAddr& a) const {
    if (a.isV4()) {
        const auto at = std::lower_bound(v4_.begin(), v4_.end(), a.v4Value());
        if (at == v4_.end() || *at != a.v4Value()) return {};
        return HostId(at - v4_.begin());
    }
    const auto at = std::lower_bound(v6_.begin(), v6_.end(), a);
    if (at == v6_.end() || *at != a) return {};
    return HostId(v4_.size() + std::size_t(at - v6_.begin()));
}

std::pair<HostId, HostId> AddressTable::range(const Prefix& p) const {
    const IpAddr last = p.last();
    if (p.base.isV4() && p.length >= 96) {
        const auto from = std::lower_bound(v4_.begin(), v4_.end(), p.base.v4Value());
        const auto to = std::upper_bound(from, v4_.end(), last.v4Value());
        return {HostId(from - v4_.begin()), HostId(to - v4_.begin())};
    }
    const auto from = std::lower_bound(v6_.begin(), v6_.end(), p.base);
    const auto to = std::upper_bound(from, v6_.end(), last);
    return {HostId(v4_.size() + std::size_t(from - v6_.begin())), HostId(v4_.size() + std::size_t(to - v6_.begin()))};
}

namespace {

/// lower_bound(values, v), looking outwards from `near` first.
template <class T>
std::size_t lowerBoundNear(const Buffer<T>& values, const T& v, std::size_t near) {
    const T* const data = values.data();
    std::size_t lo = 0, hi = values.size();
    if (near < hi && data[near] < v) {
        lo = near + 1;
        for (std::size_t step = 1; near + step < hi; step *= 2) {
            if (!(data[near + step] < v)) {
                hi = near + step;
                break;
            }
            lo = near + step + 1;
        }
    } else {
        hi = near;
        if (hi > 0 && data[hi - 1] < v) return hi;
    }
    return std::size_t(std::lower_bound(data + lo, data + hi, v) - data);
}

}  // namespace

std::vector<std::pair<HostId, HostId>> AddressTable::ranges(std::span<const Prefix> prefixes) const {
    std::vector<std::pair<HostId, HostId>> out;
    out.reserve(prefixes.size());
    std::size_t v4 = 0, v6 = 0;
    for (const Prefix& p : prefixes) {
        const IpAddr last = p.last();
        if (p.base.isV4() && p.length >= 96) {
            const std::size_t from = lowerBoundNear(v4_, p.base.v4Value(), v4);
            v4 = last.v4Value() == ~std::uint32_t{0} ? v4_.size() : lowerBoundNear(v4_, last.v4Value() + 1, from);
            out.emplace_back(HostId(from), HostId(v4));
            continue;
        }
        const std::size_t from = lowerBoundNear(v6_, p.base, v6);
        v6 = std::size_t(std::upper_bound(v6_.begin() + from, v6_.end(), last) - v6_.begin());
        out.emplace_back(HostId(v4_.size() + from), HostId(v4_.size() + v6));
    }
    return out;
}

}  // namespace weir::flow
