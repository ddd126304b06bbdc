// Printing groups.
#include "app/cli/group_output.h"

#include "app/cli/text_table.h"
#include "core/base/text.h"
#include "core/flow/protocols.h"
#include "core/session/rows/flow_text.h"

namespace weir::cli {
namespace {

using session::GroupList;

std::string valueText(const GroupList& list, std::size_t group) {
    std::string text;
    for (std::size_t k = 0; k < list.keyCount(); ++k) text.append(text.empty() ? "" : " ").append(list.text(group, k));
    return text;
}

Json keyJson(const GroupList& list, std::size_t group, std::size_t k) {
    if (session::isNumber(list.key(k).key)) return list.number(group, k);
    return list.text(group, k);
}

Json timeJson(std::int64_t us, const tally::Sums& sums) {
    if (sums.flows == 0) return nullptr;
    return utcText(us);
}

bool isRate(tally::Order order) {
    return order == tally::Order::pps || order == tally::Order::bps || order == tally::Order::bpp;
}
const tally::OrderInfo& infoOf(tally::Order order) { return tally::orders()[std::size_t(order)]; }

Json rowJson(const GroupList& list, std::size_t group, const GroupNames& names) {
    Json row;
    if (names.oneValue && list.keyCount() == 1)
        row["value"] = keyJson(list, group, 0);
    else if (names.oneValue)
        row["value"] = valueText(list, group);
    if (!names.oneValue || list.keyCount() > 1)
        for (std::size_t k = 0; k < list.keyCount(); ++k)
            row[std::string(tally::infoOf(list.key(k).key).name)] = keyJson(list, group, k);
    const tally::Sums& s = list.groups.sums[group];
    row["flows"] = s.flows;
    row["packets"] = s.packets;
    row["bytes"] = s.bytes;
    if (isRate(list.request.order))
        row[std::string(infoOf(list.request.order).id)] = tally::orderValue(s, list.request.order);
    row["share"] = list.share(group);
    row["first"] = timeJson(s.first, s);
    row["last"] = timeJson(s.last, s);
    return row;
}

void printJson(Console& console, const GroupList& list, const GroupNames& names) {
    Json out;
    out["order"] = infoOf(list.request.order).id;
    out["groups"] = list.groups.count;
    out["total"] = {
        {"flows", list.groups.total.flows}, {"packets", list.groups.total.packets}, {"bytes", list.groups.total.bytes}};
    out["rows"] = Json::array();
    for (std::size_t g = 0; g < list.size(); ++g) out["rows"].push_back(rowJson(list, g, names));
    console.print(out);
}

void printCsv(Console& console, const GroupList& list, const GroupNames& names) {
    std::string head;
    if (names.oneValue)
        head = "value";
    else
        for (std::size_t k = 0; k < list.keyCount(); ++k)
            head.append(head.empty() ? "" : ",").append(tally::infoOf(list.key(k).key).name);
    const bool rate = isRate(list.request.order);
    console.out() << head << ",flows,packets,bytes,"
                  << (rate ? std::string(infoOf(list.request.order).id) + "," : std::string()) << "share,first,last\n";
    for (std::size_t g = 0; g < list.size(); ++g) {
        const tally::Sums& s = list.groups.sums[g];
        if (names.oneValue)
            console.out() << session::csvCell(valueText(list, g));
        else
            for (std::size_t k = 0; k < list.keyCount(); ++k)
                console.out() << (k ? "," : "") << session::csvCell(list.text(g, k));
        console.out() << ',' << s.flows << ',' << s.packets << ',' << s.bytes << ',';
        if (rate) console.out() << tally::orderValue(s, list.request.order) << ',';
        console.out() << list.share(g) << ',' << utcText(s.first) << ',' << utcText(s.last) << '\n';
    }
}

std::string spoken(const GroupList& list, std::size_t group, std::size_t k) {
    if (list.key(k).key == tally::Key::protocol) return flow::protocolText(std::uint8_t(list.number(group, k)));
    return list.text(group, k);
}

void printTable(Console& console, const GroupList& list, const GroupNames& names) {
    std::vector<TextTable::Column> columns;
    for (std::size_t k = 0; k < list.keyCount(); ++k) {
        const bool number = session::isNumber(list.key(k).key) && list.key(k).key != tally::Key::protocol;
        columns.push_back({list.keyCount() == 1 && !names.title.empty()
                               ? names.title
                               : std::string(tally::infoOf(list.key(k).key).name),
                           number});
    }
    columns.insert(columns.end(), {{"flows", true}, {"packets", true}, {"bytes", true}});
    const bool rate = isRate(list.request.order);
    if (rate) columns.push_back({std::string(infoOf(list.request.order).id), true});
    columns.insert(columns.end(), {{"share", true}, {"first"}, {"last"}});
    TextTable table(columns);
    for (std::size_t g = 0; g < list.size(); ++g) {
        const tally::Sums& s = list.groups.sums[g];
        std::vector<std::string> cells;
        for (std::size_t k = 0; k < list.keyCount(); ++k) cells.push_back(spoken(list, g, k));
        cells.insert(cells.end(), {grouped(s.flows), grouped(s.packets), grouped(s.bytes)});
        if (rate) cells.push_back(grouped(tally::orderValue(s, list.request.order)));
        char share[32];
        std::snprintf(share, sizeof share, "%.2f %%", 100 * list.share(g));
        cells.insert(cells.end(), {share, utcText(s.first), utcText(s.last)});
        table.add(std::move(cells));
    }
    table.print(console.out());
    const tally::Sums& t = list.groups.total;
    console.out() << grouped(list.size()) << " of " << grouped(list.groups.count)
                  << " values; all: " << grouped(t.flows) << " flows, " << grouped(t.packets) << " packets, "
                  << grouped(t.bytes) << " bytes\n";
}

}  // namespace

bool printGroups(Console& console, const GroupList& list, const GroupNames& names, const std::string& form) {
    if (form == "json")
        printJson(console, list, names);
    else if (form == "csv")
        printCsv(console, list, names);
    else if (form == "table")
        printTable(console, list, names);
    else
        return false;
    return true;
}

}  // namespace weir::cli
