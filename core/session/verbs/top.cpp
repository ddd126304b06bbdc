// Filter, key tables and grouping put together.
#include "core/session/verbs/top.h"

#include "core/session/rows/query_filter.h"

#include <algorithm>
#include <map>

namespace weir::session {
namespace {

using tally::Key;
using tally::Needs;

bool asks(const TopRequest& request, auto&& which) {
    return std::any_of(request.alternatives.begin(), request.alternatives.end(), [&](const tally::Keys& keys) {
        return std::any_of(keys.begin(), keys.end(), [&](const tally::KeySpec& k) { return which(k.key); });
    });
}
bool needs(const TopRequest& request, Needs what) {
    return asks(request, [&](Key k) { return tally::infoOf(k).needs == what; });
}

Status checkKeys(const Snapshot& snapshot, const JudgementPtr& judgement, const TopRequest& request) {
    const bool classes = needs(request, Needs::classes);
    if (!classes && !needs(request, Needs::signs)) return ok();
    if (!snapshot.flows || !activeSigns(snapshot)) return Error{Errc::notFound, "signs are not computed yet", 0};
    if (classes && (!judgement || !judgement->parsed.good()))
        return Error{Errc::notFound, "no rule set is loaded, or it has errors", 0};
    return ok();
}

/// Numbers of classes and rules: those of the rule set, then Other or none, then not classified.
void fillWords(const SnapshotTerms& terms, const Snapshot& snapshot, GroupList& out, tally::KeyTables& tables) {
    const rules::RuleSet& set = out.judgement->parsed.set;
    for (const auto& c : set.classes) out.classes.push_back(c.name);
    for (const auto& r : set.rules) out.rules.push_back(r.name);
    const auto otherClass = std::uint32_t(out.classes.size()), noRule = std::uint32_t(out.rules.size());
    for (const char* name : {"Other", "not classified"}) out.classes.emplace_back(name);
    for (const char* name : {"none", "not classified"}) out.rules.emplace_back(name);
    for (const tally::WordCount& w : activeSigns(snapshot)->tally) {
        const auto verdict = terms.verdictOf(w.word);
        tables.classes.of.emplace(
            w.word, !verdict || verdict->classIndex == classify::kOther ? otherClass : verdict->classIndex);
        tables.rules.of.emplace(w.word, !verdict || verdict->rule == classify::kOther ? noRule : verdict->rule);
    }
    tables.classes.otherwise = otherClass + 1;
    tables.rules.otherwise = noRule + 1;
    tables.classes.count = std::uint32_t(out.classes.size());
    tables.rules.count = std::uint32_t(out.rules.size());
}

/// Numbers exporters across all captures; 0 = unknown.
void fillExporters(const Snapshot& snapshot, GroupList& out, tally::KeyTables& tables) {
    std::map<std::pair<std::string, std::uint32_t>, std::uint32_t> numbers;
    out.exporters.emplace_back();
    for (const store::SourceInfo& source : snapshot.sources) {
        auto& places = tables.exporters[source.number];
        places.push_back(0);
        for (const flow::Exporter& e : source.exporters) {
            const std::string address = e.address == flow::IpAddr{} ? std::string() : flow::toText(e.address);
            const auto [at, fresh] = numbers.try_emplace({address, 0}, std::uint32_t(out.exporters.size()));
            if (fresh) out.exporters.emplace_back(address, 0);
            places.push_back(at->second);
        }
    }
}

}  // namespace

double GroupList::share(std::size_t group) const {
    const tally::Sums &part = groups.sums[group], &whole = groups.total;
    const bool packets = request.order == tally::Order::packets, bytes = request.order == tally::Order::bytes;
    const std::uint64_t a = packets ? part.packets
                            : bytes ? part.bytes
                                    : part.flows,
                        b = packets ? whole.packets
                            : bytes ? whole.bytes
                                    : whole.flows;
    return b ? double(a) / double(b) : 0;
}

Result<GroupList> topGroups(const SnapshotPtr& snapshot, const JudgementPtr& judgement, const TopRequest& request,
                            JobContext& job) {
    GroupList out;
    out.snapshot = snapshot;
    out.judgement = judgement;
    out.request = request;
    if (auto s = checkKeys(*snapshot, judgement, request); !s) return s.error();
    auto compiled = compileQuery(snapshot, judgement, request.query, job);
    if (!compiled) return compiled.error();
    if (!compiled->filter) return out;
    tally::KeyTables tables;
    if (needs(request, Needs::classes)) fillWords(*compiled->terms, *snapshot, out, tables);
    if (asks(request, [](Key k) { return k == Key::exporter; })) fillExporters(*snapshot, out, tables);
    const bool derived = request.query.rows == Rows::derived;
    const tally::GroupInput input{*snapshot->records, derived ? snapshot->flows.get() : nullptr, &*compiled->filter,
                                  *compiled->terms, tables};
    auto groups = tally::groupRows(input, {request.alternatives, request.order, request.most, request.complete}, job);
    if (!groups) return groups.error();
    out.groups = std::move(*groups);
    return out;
}

}  // namespace weir::session
