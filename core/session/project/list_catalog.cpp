// Finds lists by name and caches parsed vintages.
#include "core/session/project/list_catalog.h"

#include "core/base/sha256.h"
#include "core/base/text.h"
#include "core/flow/lexer.h"
#include "core/session/project/resources.h"
#include "core/session/project/shipped_lists.h"

#include <algorithm>

namespace weir::session {
namespace {

std::shared_ptr<const flow::NamedList> asNamedList(const lists::List& list) {
    auto out = std::make_shared<flow::NamedList>();
    out->prefixes.reserve(list.entries.size());
    for (const lists::PrefixEntry& e : list.entries) out->prefixes.push_back(e.prefix);
    // Sorted, so that look-ups are faster.
    std::sort(out->prefixes.begin(), out->prefixes.end());
    out->prefixes.erase(std::unique(out->prefixes.begin(), out->prefixes.end()), out->prefixes.end());
    for (const lists::PortEntry& e : list.ports) out->ports.push_back({e.protocol, e.port});
    return out;
}

/// Start of a day in µs; nullopt for an unknown date.
std::optional<std::int64_t> dayBegin(const std::string& date) {
    return date.empty() ? std::nullopt : parseUtc(date + "T00:00:00Z");
}

ListInfo shippedInfo(const lists::List& list) {
    store::StoredList vintage;
    vintage.name = list.name;
    vintage.date = list.date;
    vintage.source = list.source;
    vintage.licence = list.licence;
    vintage.sha256 = sha256Hex(resourceText("list", list.name));
    vintage.format = list.format;
    vintage.entries = list.size();
    return {list.name, true, {std::move(vintage)}};
}

}  // namespace

ListCatalog::ListCatalog(store::DbAddress texts, std::vector<store::StoredList> stored) : texts_(std::move(texts)) {
    for (const lists::List& list : shippedLists()) lists_.push_back(shippedInfo(list));
    for (store::StoredList& vintage : stored) {
        if (lists_.empty() || lists_.back().shipped || !flow::equalsIgnoringCase(lists_.back().name, vintage.name))
            lists_.push_back({vintage.name, false, {}});
        lists_.back().vintages.push_back(std::move(vintage));
    }
}

Result<std::string> ListCatalog::textOf(const ListInfo& list, const store::StoredList& vintage) const {
    if (list.shipped) return std::string(resourceText("list", list.name));
    return store::readListText(texts_, vintage.name, vintage.date);
}

Result<std::shared_ptr<const lists::List>> ListCatalog::load(const ListInfo& list, std::size_t vintage) const {
    const store::StoredList& stored = list.vintages[vintage];
    const Key key{list.name, stored.date};
    const std::lock_guard lock(mutex_);
    auto& kept = loaded_[key];
    if (kept) return kept;
    const auto text = textOf(list, stored);
    if (!text) return text.error();
    auto parsed = lists::parseList(list.name, *text);
    parsed.date = stored.date;
    parsed.source = stored.source;
    kept = std::make_shared<const lists::List>(std::move(parsed));
    return kept;
}

const ListInfo* ListCatalog::infoOf(std::string_view name) const {
    const auto list = std::find_if(lists_.begin(), lists_.end(),
                                   [&](const ListInfo& l) { return flow::equalsIgnoringCase(l.name, name); });
    return list == lists_.end() ? nullptr : &*list;
}

std::size_t ListCatalog::vintageAt(const ListInfo& list, std::int64_t us) {
    std::size_t at = 0;
    for (std::size_t v = 0; v < list.vintages.size(); ++v)
        if (const auto from = dayBegin(list.vintages[v].date); from && *from <= us) at = v;
    return at;
}

Result<std::string> ListCatalog::commentAt(const ListInfo& list, std::size_t vintage, std::uint32_t line) const {
    const auto text = textOf(list, list.vintages[vintage]);
    if (!text) return text.error();
    return lists::commentAt(*text, line);
}

flow::ListAnswer ListCatalog::find(std::string_view name) const {
    const ListInfo* list = infoOf(name);
    if (!list) {
        std::vector<std::string> names;
        for (const ListInfo& l : lists_) names.push_back("@" + l.name);
        flow::ListAnswer answer;
        answer.problem = "unknown list " + flow::quoted("@" + std::string(name));
        answer.fix = nearestName("@" + std::string(name), names);
        if (!answer.fix.empty()) answer.problem += "; did you mean " + flow::quoted(answer.fix) + "?";
        return answer;
    }
    {
        const std::lock_guard lock(mutex_);
        if (const auto known = answers_.find(list->name); known != answers_.end()) return known->second;
    }
    flow::ListAnswer answer;
    for (std::size_t v = 0; v < list->vintages.size(); ++v) {
        const auto loaded = load(*list, v);
        if (!loaded)
            return {nullptr,
                    "the list " + flow::quoted("@" + list->name) + " cannot be read: " + loaded.error().detail,
                    {}};
        auto named = asNamedList(**loaded);
        const auto from = dayBegin(list->vintages[v].date);
        if (!answer.list || !from)
            answer.list = std::move(named);
        else
            answer.later.push_back({*from, std::move(named)});
    }
    const std::lock_guard lock(mutex_);
    answers_[list->name] = answer;
    return answer;
}

const ListCatalog& shippedCatalog() {
    static const ListCatalog catalog({}, {});
    return catalog;
}

}  // namespace weir::session
