// The entry, and the comment after it in the file.
#include "core/session/verbs/list_entry.h"

#include "core/base/text.h"
#include "core/flow/lexer.h"
#include "core/session/project/ndpi_list.h"

namespace weir::session {

std::string entryText(const Snapshot& snapshot, std::string_view name, const flow::IpAddr& address, std::int64_t at) {
    const ListCatalog& lists = snapshot.lists ? *snapshot.lists : shippedCatalog();
    const ListInfo* list = lists.infoOf(name);
    if (!list) return flow::equalsIgnoringCase(name, kNdpiList) ? ndpiText(snapshot, address) : std::string();
    const std::size_t vintage = ListCatalog::vintageAt(*list, at);
    const auto loaded = lists.load(*list, vintage);
    const lists::PrefixEntry* entry = loaded ? lists::findEntry(**loaded, address) : nullptr;
    if (!entry) return {};
    std::string text = "is in line " + grouped(entry->line);
    if (entry->prefix.length != 128) text += " (" + toText(entry->prefix) + ")";
    text += " of @" + list->name;
    if (const std::string& date = list->vintages[vintage].date; !date.empty()) text += " of " + date;
    if (const auto comment = lists.commentAt(*list, vintage, entry->line); comment && !comment->empty())
        text += " \"" + *comment + "\"";
    return text;
}

}  // namespace weir::session
