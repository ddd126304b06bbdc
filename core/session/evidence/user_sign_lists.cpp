// See user_sign_lists.h.
#include "core/session/evidence/user_sign_lists.h"

#include "core/base/sha256.h"

#include <algorithm>

namespace weir::session {

bool namesList(const rules::UserSign& sign) { return sign.filter.find('@') != std::string::npos; }

std::string listsKey(const Snapshot& snapshot) {
    const ListCatalog& lists = snapshot.lists ? *snapshot.lists : shippedCatalog();
    std::string text;
    for (const ListInfo& list : lists.lists())
        for (const store::StoredList& vintage : list.vintages)
            text.append(list.name).append(" ").append(vintage.date).append(" ").append(vintage.sha256).append("\n");
    return sha256Hex(text);
}

void dropOutdated(std::vector<rules::UserSign>& known, const Snapshot& snapshot) {
    if (std::none_of(known.begin(), known.end(), namesList)) return;
    const std::string now = listsKey(snapshot);
    std::erase_if(known, [&](const rules::UserSign& sign) { return namesList(sign) && sign.lists != now; });
}

}  // namespace weir::session
