// bogon: the source address cannot be a real one.
#pragma once

#include "core/signs/one_way/one_way_flow.h"

namespace weir::signs::one_way {

struct bogon {
    static constexpr unsigned bit = 5;
    static constexpr SignDef def{
        .id = "bogon",
        .help = "The source is in the bogon list: special-purpose or unallocated address space.",
        .mark = "S",
        .set = {1, "spoof an unallocated source address"},
        .clear = {2, "send from its own addresses"},
        .explain = [](const Finding& f) {
            const SignContext& context = f.context();
            std::string listed = "the bogon list";
            if (context.bogons && !context.bogons->date.empty()) listed += " of " + context.bogons->date;
            if (!f.holds(bit)) return toText(f.source()) + " is not in " + listed;
            const lists::PrefixEntry* entry = context.bogons ? lists::findEntry(*context.bogons, f.source()) : nullptr;
            if (!entry) return toText(f.source()) + " is in " + listed;
            const std::string comment = lists::commentAt(context.bogonText, entry->line);
            return toText(f.source()) + " is in " + toText(entry->prefix) +
                   (comment.empty() ? "" : " (" + comment + ")") + " of " + listed;
        }};
    static constexpr bool holds(const OneWayFlow& f) { return f.sourceBogon; }
};
template <>
struct SignAt<bogon::bit> : bogon {};

}  // namespace weir::signs::one_way
