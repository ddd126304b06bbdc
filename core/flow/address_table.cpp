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

}  // namespace weir::flow
