// Looking addresses up in lists.
#include "core/lists/list.h"

#include <algorithm>

namespace weir::lists {

const PrefixEntry* findEntry(const List& list, const flow::IpAddr& address) {
    const PrefixEntry* best = nullptr;
    for (const PrefixEntry& e : list.entries) {
        if (!e.prefix.contains(address)) continue;
        if (!best || e.prefix.length > best->prefix.length) best = &e;
    }
    return best;
}

std::vector<std::uint8_t> markMembers(const flow::AddressTable& addresses, const List& list) {
    std::vector<std::uint8_t> members(addresses.size());
    for (const PrefixEntry& e : list.entries) {
        const auto [from, to] = addresses.range(e.prefix);
        std::fill(members.begin() + from, members.begin() + to, std::uint8_t{1});
    }
    return members;
}

}  // namespace weir::lists
