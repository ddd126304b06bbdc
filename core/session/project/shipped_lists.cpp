// Parsed on first use.
#include "core/session/project/shipped_lists.h"

#include "core/session/project/resources.h"

#include <algorithm>

namespace weir::session {

const std::vector<lists::List>& shippedLists() {
    static const std::vector<lists::List> all = [] {
        std::vector<lists::List> out;
        for (const Resource& r : resources())
            if (r.kind == "list") out.push_back(lists::parseList(std::string(r.name), r.text));
        return out;
    }();
    return all;
}

const lists::List& bogonList() {
    const auto& all = shippedLists();
    return *std::find_if(all.begin(), all.end(), [](const lists::List& list) { return list.name == "bogons"; });
}

}  // namespace weir::session
