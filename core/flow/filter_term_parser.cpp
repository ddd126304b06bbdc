// Terms: address, port, measure, flags, time, direction, and what FilterTerms knows.
#include "core/flow/filter_term_parser.h"

#include "core/base/text.h"
#include "core/flow/protocols.h"

#include <algorithm>

namespace weir::flow {
namespace {

using Node = std::optional<FilterNode>;

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

class TermParser {
public:
    TermParser(FilterCursor& cursor, const FilterTerms& terms, bool odd) : c_(cursor), terms_(terms), odd_(odd) {}

    Node parse() {
        const FilterWord* w = c_.word();
        if (!w) return unknownWord();
        switch (w->role) {
            case WordRole::any: return c_.advance(), FilterNode{};
            case WordRole::family4: return c_.advance(), leafOf(FamilyTerm{false});
            case WordRole::family6: return c_.advance(), leafOf(FamilyTerm{true});
            case WordRole::protocol: return protocol();
            case WordRole::source:
            case WordRole::destination: return withEnd();
            case WordRole::address:
            case WordRole::network:
            case WordRole::port: return ofEnd(End::either, w->role);
            case WordRole::flags: return flags();
            case WordRole::measure: return measure(Measure(w->detail));
            case WordRole::firstSeen: return seen(false);
            case WordRole::lastSeen: return seen(true);
            case WordRole::heading: return c_.advance(), leafOf(HeadingTerm{Heading(w->detail)});
            case WordRole::ways: return c_.advance(), leafOf(WaysTerm{w->detail != 0});
            case WordRole::wordTerm:
            case WordRole::namedWordTerm: return wordTerm(*w);
            case WordRole::later:
            case WordRole::in: return notYet();
            case WordRole::conjunction:
            case WordRole::disjunction:
            case WordRole::negation: break;
        }
        c_.expected("a term");
        return {};
    }

private:
    Node unknownWord() {
        if (c_.now().kind != TokenKind::word) {
            c_.expected("a term");
            return {};
        }
        std::vector<std::string_view> known;
        for (const FilterWord& w : filterWords()) known.push_back(w.text);
        if (const auto near = nearestName(lowered(c_.now().text), known); !near.empty())
            c_.problem(c_.now(), std::string("unknown term ").append(describe(c_.now())).append("; did you mean ").append(quoted(near)).append("?"), std::string(near));
        else
            c_.problem(c_.now(), std::string("unknown term ").append(describe(c_.now())));
        return {};
    }

    Node notYet() {
        c_.problem(c_.now(), describe(c_.now()).append(" is not available yet"));
        return {};
    }

    Node protocol() {
        c_.advance();
        if (!c_.atValue()) return c_.expected("a protocol name or number"), Node{};
        const Token& t = c_.now();
        const std::string name = valueOf(t);
        if (const auto number = protocolNumber(name)) {
            c_.advance();
            return leafOf(MeasureTerm{Measure::protocol, {*number, *number}});
        }
        if (parseCount(name)) return c_.problem(t, "a protocol number is 0 to 255"), Node{};
        std::vector<std::string> names;
        for (const ProtocolName& p : protocolNames()) names.push_back(lowered(p.name));
        const std::string near(nearestName(lowered(name), names));
        std::string message = std::string("unknown protocol ").append(describe(t));
        if (!near.empty()) message.append("; did you mean ").append(quoted(near)).append("?");
        c_.problem(t, std::move(message), near);
        return {};
    }

    /// src …, dst …, src and dst …, src or dst …
    Node withEnd() {
        const bool source = c_.isRole(WordRole::source);
        End end = source ? End::source : End::destination;
        c_.advance();
        if (c_.atConnector()) {
            const bool both = c_.isSign("&&") || c_.isRole(WordRole::conjunction);
            c_.advance();
            if (!c_.takeRole(source ? WordRole::destination : WordRole::source))
                return c_.expected(source ? "`dst`" : "`src`"), Node{};
            end = both ? End::both : End::either;
        }
        if (c_.isRole(WordRole::later)) return notYet();
        for (const WordRole role : {WordRole::address, WordRole::network, WordRole::port})
            if (c_.isRole(role)) return ofEnd(end, role);
        c_.expected("`ip`, `host`, `net` or `port`");
        return {};
    }

    Node ofEnd(End end, WordRole role) {
        c_.advance();
        if (role == WordRole::port) return port(end);
        if (c_.isRole(WordRole::in)) return addressList(end);
        const Comparison sign = comparison();
        if (sign != Comparison::equal && sign != Comparison::unequal) {
            c_.problem(c_.before(), "addresses have no order: use `=` or `!=`, or `net CIDR`", "=");
            return {};
        }
        AddressTerm term{end, {}};
        if (!(role == WordRole::network ? network(term) : address(term))) return {};
        return signedLeaf(std::move(term), sign);
    }

    Node signedLeaf(FilterLeaf leaf, Comparison sign) {
        return sign == Comparison::unequal ? notOf(leafOf(std::move(leaf))) : leafOf(std::move(leaf));
    }

    bool address(AddressTerm& term) {
        if (!c_.atValue()) return c_.expected("an address"), false;
        const Token& t = c_.now();
        if (listName(t)) return false;
        if (const auto a = parseAddress(t.text)) {
            term.prefixes.push_back({*a, 128});
        } else if (const auto n = parseNetwork(t.text); n) {
            term.prefixes.push_back(*n);
        } else {
            const std::string whole = completedNetwork(t.text);
            if (!whole.empty()) return c_.problem(t, describe(t).append(" is only a part of an address; use net ").append(quoted(whole)), whole), false;
            return c_.problem(t, describe(t).append(" is not an IP address (names are not resolved)")), false;
        }
        c_.advance();
        return true;
    }

    bool network(AddressTerm& term) {
        if (!c_.atValue()) return c_.expected("a network such as 10.0.0.0/8"), false;
        const Token& t = c_.now();
        if (const auto n = parseNetwork(t.text); n) {
            term.prefixes.push_back(*n);
        } else if (const auto a = parseAddress(t.text); a && c_.next().kind == TokenKind::word && parseAddress(c_.next().text)) {
            c_.advance();
            const auto n2 = prefixOfMask(t.text, c_.now().text);
            if (!n2) return c_.problem(c_.now(), describe(c_.now()).append(" is not a netmask without gaps")), false;
            term.prefixes.push_back(*n2);
        } else {
            std::string fix = a ? std::string(t.text).append(a->isV4() ? "/32" : "/128") : completedNetwork(t.text);
            return c_.problem(t, n.error().detail, std::move(fix)), false;
        }
        c_.advance();
        return true;
    }

    Node addressList(End end) {
        AddressTerm term{end, {}};
        if (!openList()) return {};
        while (!closeList()) {
            if (!address(term)) return {};
            c_.takeSign(",");
        }
        if (term.prefixes.empty()) return emptyList();
        return leafOf(std::move(term));
    }

    Node port(End end) {
        PortTerm term{end, {}};
        if (!c_.isRole(WordRole::in)) {
            const Comparison sign = comparison();
            std::uint64_t n = 0;
            if (!portNumber("a port number", n)) return {};
            term.ranges.push_back(rangeOf(sign, n));
            return signedLeaf(std::move(term), sign);
        }
        if (!openList()) return {};
        while (!closeList()) {
            std::uint64_t n = 0;
            if (!portNumber("a port number or `]`", n)) return {};
            term.ranges.push_back({n, n});
            c_.takeSign(",");
        }
        if (term.ranges.empty()) return emptyList();
        return leafOf(std::move(term));
    }

    bool listName(const Token& t) {
        if (t.text.substr(0, 1) != "@") return false;
        c_.problem(t, std::string("named lists (").append(describe(t)).append(") are not available yet"));
        return true;
    }
    bool openList() {
        c_.advance();
        if (c_.now().kind == TokenKind::word && listName(c_.now())) return false;
        if (c_.takeSign("[")) return true;
        c_.expected("`[`");
        return false;
    }
    bool closeList() { return c_.takeSign("]"); }
    Node emptyList() {
        c_.problem(c_.before(), "the list is empty");
        return {};
    }

    /// The comparison at the cursor; none written = equal.
    Comparison comparison() {
        const bool can = c_.now().kind == TokenKind::sign || c_.now().kind == TokenKind::word;
        const auto written = can ? parseComparison(c_.now().text) : std::nullopt;
        if (!written) return Comparison::equal;
        c_.advance();
        return *written;
    }

    bool number(std::string_view what, std::uint64_t& out) {
        if (!c_.atValue()) return c_.expected(what), false;
        if (listName(c_.now())) return false;
        const auto n = parseCount(c_.now().text);
        if (!n) return c_.problem(c_.now(), n.error().detail), false;
        out = *n;
        c_.advance();
        return true;
    }

    bool portNumber(std::string_view what, std::uint64_t& out) {
        const Token& t = c_.now();
        if (!number(what, out)) return false;
        if (out > 65535) c_.problem(t, "a port number is 0 to 65535");
        return true;
    }

    Node measure(Measure m) {
        c_.advance();
        const Comparison sign = comparison();
        std::uint64_t n = 0;
        if (!number("a number", n)) return {};
        return signedLeaf(MeasureTerm{m, rangeOf(sign, n)}, sign);
    }

    Node flags() {
        c_.advance();
        const bool written = c_.now().kind == TokenKind::sign || parseComparison(c_.now().text);
        const Comparison sign = comparison();
        if (!c_.atValue()) return c_.expected("TCP flags (letters of FSRPAUEC, or a number)"), Node{};
        const Token& t = c_.now();
        FlagsTerm term;
        if (const auto mask = parseFlagLetters(t.text)) {
            c_.advance();
            term.mask = *mask;
            term.form = written ? FlagsTerm::Form::range : odd_ ? FlagsTerm::Form::anySet : FlagsTerm::Form::allSet;
            term.range = rangeOf(sign, *mask);
            return signedLeaf(term, sign);
        }
        const auto value = parseCount(t.text);
        if (!value) {
            std::string upper(t.text);
            std::transform(upper.begin(), upper.end(), upper.begin(), [](char ch) { return ch >= 'a' && ch <= 'z' ? char(ch - 'a' + 'A') : ch; });
            const bool fixable = parseFlagLetters(upper).has_value();
            return c_.problem(t, describe(t).append(" are not TCP flags (capital letters of FSRPAUEC, or a number)"), fixable ? upper : std::string()), Node{};
        }
        if (*value > 255) return c_.problem(t, "flags are a number of 0 to 255"), Node{};
        c_.advance();
        term.form = FlagsTerm::Form::range;
        term.range = rangeOf(sign, *value);
        return signedLeaf(term, sign);
    }

    Node seen(bool last) {
        c_.advance();
        if (c_.now().kind != TokenKind::word || !equalsIgnoringCase(c_.now().text, "seen")) return c_.expected("`seen`"), Node{};
        c_.advance();
        const Comparison sign = comparison();
        if (!c_.atValue()) return c_.expected("a time such as 2026-01-31T12:00:00Z"), Node{};
        const auto us = parseUtc(valueOf(c_.now()));
        if (!us) return c_.problem(c_.now(), describe(c_.now()).append(" is not a time such as 2026-01-31T12:00:00Z")), Node{};
        c_.advance();
        TimeTerm term{last, INT64_MIN, INT64_MAX};
        switch (sign) {
            case Comparison::less: term.hi = *us - 1; break;
            case Comparison::lessEqual: term.hi = *us; break;
            case Comparison::greater: term.lo = *us + 1; break;
            case Comparison::greaterEqual: term.lo = *us; break;
            case Comparison::equal:
            case Comparison::unequal: term.lo = term.hi = *us; break;
        }
        return signedLeaf(term, sign);
    }

    Node wordTerm(const FilterWord& w) {
        c_.advance();
        std::string name;
        const Token* at = &c_.before();
        if (w.role == WordRole::namedWordTerm) {
            if (!c_.atValue()) return c_.expected(std::string("the name of a ").append(w.text)), Node{};
            at = &c_.now();
            name = valueOf(*at);
            c_.advance();
        }
        TermAnswer answer = terms_.find(w.text, name);
        if (answer.test) return leafOf(WordTerm{std::move(*answer.test)});
        c_.problem(*at, std::move(answer.problem), std::move(answer.fix));
        return Node(FilterNode{});
    }

    FilterCursor& c_;
    const FilterTerms& terms_;
    bool odd_;
};

}  // namespace

std::optional<FilterNode> parseTerm(FilterCursor& cursor, const FilterTerms& terms, bool odd) { return TermParser(cursor, terms, odd).parse(); }

}  // namespace weir::flow
