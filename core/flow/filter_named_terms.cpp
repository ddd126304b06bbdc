// sign, class, rule, source, exporter, community-id, and named lists.
#include "core/flow/filter_named_terms.h"

#include "core/flow/filter_parser.h"

#include <algorithm>
#include <map>

namespace weir::flow {
namespace {

using Node = std::optional<FilterNode>;

/// The name behind a keyword; `at` is its token. False after reporting that there is none.
bool takeName(FilterCursor& cursor, std::string_view what, Token& at, std::string& name) {
    cursor.advance();
    if (!cursor.atValue()) return cursor.expected(what), false;
    at = cursor.now();
    name = valueOf(at);
    cursor.advance();
    return true;
}

/// The ports of a list at an end; entries of one protocol hold for that protocol only.
FilterNode portsOfList(const NamedList& list, End end) {
    std::map<std::uint8_t, PortTerm> byProtocol;
    for (const NamedList::Port& p : list.ports) {
        PortTerm& term = byProtocol.try_emplace(p.protocol, PortTerm{end, {}}).first->second;
        term.ranges.push_back({p.number, p.number});
    }
    if (byProtocol.empty()) return leafOf(PortTerm{end, {}});
    FilterNode any;
    any.op = FilterNode::Op::anyOf;
    for (auto& [protocol, ports] : byProtocol) {
        FilterNode one = leafOf(std::move(ports));
        if (protocol != 0) {
            FilterNode both;
            both.op = FilterNode::Op::allOf;
            both.children.push_back(leafOf(MeasureTerm{Measure::protocol, {protocol, protocol}}));
            both.children.push_back(std::move(one));
            one = std::move(both);
        }
        any.children.push_back(std::move(one));
    }
    return any.children.size() == 1 ? std::move(any.children.front()) : any;
}

FilterNode allOf(FilterNode a, FilterNode b) {
    FilterNode both;
    both.op = FilterNode::Op::allOf;
    both.children.push_back(std::move(a));
    both.children.push_back(std::move(b));
    return both;
}

/// What a term takes from a list, and what a list of the other kind holds.
struct Listed {
    std::string_view wanted, other, otherTerm;
    std::size_t (*count)(const NamedList&);
    std::size_t (*countOther)(const NamedList&);
};

/// nodeOf(list) for each vintage, with the days it holds for.
template <class NodeOf>
FilterNode parseListed(FilterCursor& cursor, const FilterTerms& terms, const Listed& what, const NodeOf& nodeOf) {
    const Token at = cursor.now();
    cursor.advance();
    ListAnswer answer = terms.list(at.text.substr(1));
    if (!answer.list) return cursor.problem(at, std::move(answer.problem), std::move(answer.fix)), FilterNode{};
    std::size_t held = what.count(*answer.list), others = what.countOther(*answer.list);
    for (const LaterList& later : answer.later) {
        held += what.count(*later.list);
        others += what.countOther(*later.list);
    }
    if (held == 0 && others > 0) {
        const std::string name(at.text);
        cursor.problem(at, "`" + name + "` holds " + std::string(what.other) + ", no " + std::string(what.wanted) +
                               "; expected `" + std::string(what.otherTerm) + name + "`");
        return {};
    }
    if (answer.later.empty()) return nodeOf(*answer.list);
    FilterNode any;
    any.op = FilterNode::Op::anyOf;
    const NamedList* now = answer.list.get();
    std::int64_t from = INT64_MIN;
    for (std::size_t i = 0; i <= answer.later.size(); ++i) {
        const std::int64_t until = i < answer.later.size() ? answer.later[i].fromUs - 1 : INT64_MAX;
        any.children.push_back(allOf(leafOf(TimeTerm{false, from, until}), nodeOf(*now)));
        if (i == answer.later.size()) break;
        from = answer.later[i].fromUs;
        now = answer.later[i].list.get();
    }
    return any;
}

}  // namespace

FilterNode leafOf(FilterLeaf leaf) {
    FilterNode n;
    n.op = FilterNode::Op::leaf;
    n.leaf = std::move(leaf);
    return n;
}

FilterNode notOf(FilterNode inner) {
    FilterNode n;
    n.op = FilterNode::Op::inverse;
    n.children.push_back(std::move(inner));
    return n;
}

Node parseWordTerm(FilterCursor& cursor, const FilterTerms& terms, const FilterWord& word) {
    Token at = cursor.now();
    std::string name;
    if (word.role == WordRole::namedWordTerm) {
        if (!takeName(cursor, std::string("the name of a ").append(word.text), at, name)) return {};
    } else {
        cursor.advance();
    }
    TermAnswer answer = terms.find(word.text, name);
    if (answer.test) return leafOf(WordTerm{std::move(*answer.test)});
    if (answer.codes) return leafOf(CodeTerm{std::move(answer.codes->holds), answer.codes->of});
    if (answer.flows) return leafOf(FlowSetTerm{std::move(answer.flows)});
    cursor.problem(at, std::move(answer.problem), std::move(answer.fix));
    return FilterNode{};
}

Node parseCaptureTerm(FilterCursor& cursor, const FilterTerms& terms) {
    Token at;
    std::string name;
    if (!takeName(cursor, "the name of a capture", at, name)) return {};
    RowsAnswer answer = terms.captures(name);
    if (answer.problem.empty()) return leafOf(RowsTerm{std::move(answer.rows)});
    cursor.problem(at, std::move(answer.problem), std::move(answer.fix));
    return FilterNode{};
}

/// flow 1:596, flow in [1:5 1:7]
Node parseFlowTerm(FilterCursor& cursor, const FilterTerms& terms) {
    constexpr std::string_view kWanted = "a flow id SOURCE:ROW, as in 1:0";
    FlowTerm term;
    const auto take = [&] {
        if (!cursor.atValue()) return cursor.expected(kWanted), false;
        const Token at = cursor.now();
        RowsAnswer answer = terms.flow(valueOf(at));
        cursor.advance();
        if (!answer.problem.empty()) cursor.problem(at, std::move(answer.problem), std::move(answer.fix));
        for (const RowRange& r : answer.rows) term.rows.push_back(r.begin);
        return true;
    };
    cursor.advance();
    if (!cursor.takeRole(WordRole::in)) {
        if (!take()) return {};
        return leafOf(std::move(term));
    }
    if (!cursor.openList("`[`")) return {};
    while (!cursor.takeSign("]")) {
        if (!take()) return {};
        cursor.takeSign(",");
    }
    if (term.rows.empty() && !cursor.emptyList()) return {};
    std::sort(term.rows.begin(), term.rows.end());
    return leafOf(std::move(term));
}

Node parseTagTerm(FilterCursor& cursor, const FilterTerms& terms) {
    Token at;
    std::string name;
    if (!takeName(cursor, "the name of a tag", at, name)) return {};
    TagAnswer answer = terms.tag(name);
    FilterNode any;
    any.op = FilterNode::Op::anyOf;
    for (const std::string& filter : answer.filters) {
        ParsedFilter parsed = parseFilter(filter, terms);
        if (!parsed.good()) {
            answer.problem = "a mark of this tag does not hold any more: " + filter + " (" +
                             parsed.diagnostics.front().message + ")";
            break;
        }
        any.children.push_back(std::move(parsed.root));
    }
    if (!answer.problem.empty())
        return cursor.problem(at, std::move(answer.problem), std::move(answer.fix)), FilterNode{};
    return any.children.size() == 1 ? std::move(any.children.front()) : any;
}

Node parseExporterTerm(FilterCursor& cursor, const FilterTerms& terms) {
    const bool byAddress = cursor.isRole(WordRole::router);
    if (byAddress && cursor.next().kind == TokenKind::word && equalsIgnoringCase(cursor.next().text, "ip"))
        cursor.advance();
    Token at;
    std::string name;
    if (!takeName(cursor, byAddress ? "the address of an exporter" : "the number or address of an exporter", at, name))
        return {};
    if (byAddress && !parseAddress(name))
        return cursor.problem(at, describe(at).append(" is not an IP address")), FilterNode{};
    ExportersAnswer answer = terms.exporters(name);
    if (answer.problem.empty()) return leafOf(ExporterTerm{std::move(answer.exporters)});
    cursor.problem(at, std::move(answer.problem), std::move(answer.fix));
    return FilterNode{};
}

Node parseCodeTerm(FilterCursor& cursor, const FilterTerms& terms) {
    Token at;
    std::string name;
    if (!takeName(cursor, "the name of a code", at, name)) return {};
    CodeAnswer answer = terms.code(name);
    if (answer.holds) return leafOf(CodeTerm{std::move(*answer.holds)});
    cursor.problem(at, std::move(answer.problem), std::move(answer.fix));
    return FilterNode{};
}

Node parseCommunityTerm(FilterCursor& cursor, const FilterTerms& terms) {
    Token at;
    std::string text;
    if (!takeName(cursor, "a Community ID such as \"1:LQU9qZlK+B5F3KDmev6m5PMibrg=\"", at, text)) return {};
    if (cursor.isSign("=") && at.kind == TokenKind::word) {
        // Written without quotes, its padding is a sign of its own.
        text += '=';
        cursor.advance();
    }
    if (const auto hash = parseCommunityId(text)) return leafOf(CommunityTerm{*hash, terms.communitySeed()});
    cursor.problem(at, describe(at).append(" is not a Community ID of version 1 (\"1:\" and 28 characters of base64)"));
    return FilterNode{};
}

bool atListName(const FilterCursor& cursor) {
    return cursor.now().kind == TokenKind::word && cursor.now().text.substr(0, 1) == "@";
}

FilterNode parseListedAddresses(FilterCursor& cursor, const FilterTerms& terms, End end) {
    const Listed what{"addresses", "ports", "port in ", [](const NamedList& l) { return l.prefixes.size(); },
                      [](const NamedList& l) { return l.ports.size(); }};
    return parseListed(cursor, terms, what, [end](const NamedList& list) {
        return leafOf(AddressTerm{end, list.prefixes});
    });
}

FilterNode parseListedPorts(FilterCursor& cursor, const FilterTerms& terms, End end) {
    const Listed what{"ports", "addresses", "ip in ", [](const NamedList& l) { return l.ports.size(); },
                      [](const NamedList& l) { return l.prefixes.size(); }};
    return parseListed(cursor, terms, what, [end](const NamedList& list) { return portsOfList(list, end); });
}

ListAnswer FilterTerms::list(std::string_view name) const {
    return {nullptr, std::string("unknown list `@").append(name).append("`"), {}};
}
CodeAnswer FilterTerms::code(std::string_view) const { return {{}, "score profile codes are not available here", {}}; }
CodeAnswer FilterTerms::points(bool, std::uint64_t, std::uint64_t) const {
    return {{}, "score profile points are not available here", {}};
}
RowsAnswer FilterTerms::captures(std::string_view name) const {
    return {{}, std::string("unknown capture `").append(name).append("`"), {}};
}
RowsAnswer FilterTerms::flow(std::string_view id) const {
    return {{}, std::string("no record `").append(id).append("`"), {}};
}
TagAnswer FilterTerms::tag(std::string_view) const { return {{}, "tags are not available here", {}}; }
ExportersAnswer FilterTerms::exporters(std::string_view name) const {
    return {{}, std::string("unknown exporter `").append(name).append("`"), {}};
}

}  // namespace weir::flow
