// Terms: address, port, measure, flags, time, direction, and what FilterTerms knows.
#include "core/flow/filter_term_parser.h"

#include "core/base/text.h"
#include "core/flow/filter_named_terms.h"
#include "core/flow/protocols.h"

#include <algorithm>

namespace weir::flow {
namespace {

using Node = std::optional<FilterNode>;

/// Numbers that a term can take.
struct Bound {
    std::string_view name;
    std::uint64_t most;
};
constexpr Bound kPorts{"a port number", 65535};
/// By PairField. The lengths of prefixes are those nfdump takes.
constexpr Bound kFieldBounds[] = {{"an AS number", 0xffffffff},
                                  {"an interface index", 0xffffffff},
                                  {"a type of service", 255},
                                  {"a VLAN id", 65535},
                                  {"a prefix length", 255}};
constexpr Bound kIcmpBound{"an ICMP type or code", 255};

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
            case WordRole::namedWordTerm: return parseWordTerm(c_, terms_, *w);
            case WordRole::capture: return parseCaptureTerm(c_, terms_);
            case WordRole::exporter:
            case WordRole::router: return parseExporterTerm(c_, terms_);
            case WordRole::communityId: return parseCommunityTerm(c_, terms_);
            case WordRole::code: return parseCodeTerm(c_, terms_);
            case WordRole::flowId: return parseFlowTerm(c_, terms_);
            case WordRole::tag: return parseTagTerm(c_, terms_);
            case WordRole::points: return points(w->detail != 0);
            case WordRole::field:
                return fieldAt(*w, PairField(w->detail) == PairField::tos ? End::source : End::either);
            case WordRole::in:
            case WordRole::out: return interfaceOf(w->role == WordRole::in ? End::source : End::destination);
            case WordRole::later: return notYet();
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
            c_.problem(c_.now(),
                       std::string("unknown term ")
                           .append(describe(c_.now()))
                           .append("; did you mean ")
                           .append(quoted(near))
                           .append("?"),
                       std::string(near));
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
        if (const auto count = parseCount(name)) {
            c_.advance();
            if (*count > 255) c_.problem(t, "a protocol number is 0 to 255");
            return leafOf(MeasureTerm{Measure::protocol, {*count, *count}});
        }
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
        if (const FilterWord* w = c_.word(); w && w->role == WordRole::field) return fieldOf(*w, end);
        for (const WordRole role : {WordRole::address, WordRole::network, WordRole::port})
            if (c_.isRole(role)) return ofEnd(end, role);
        c_.expected("`ip`, `host`, `net`, `port`, `as`, `tos`, `vlan` or `mask`");
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
        if (const auto a = parseAddress(t.text)) {
            term.prefixes.push_back({*a, 128});
        } else if (const auto n = parseNetwork(t.text); n) {
            term.prefixes.push_back(*n);
        } else {
            const std::string whole = completedNetwork(t.text);
            if (!whole.empty())
                return c_.problem(t,
                                  describe(t).append(" is only a part of an address; use net ").append(quoted(whole)),
                                  whole),
                       false;
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
        } else if (const auto a = parseAddress(t.text);
                   a && c_.next().kind == TokenKind::word && parseAddress(c_.next().text)) {
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
        c_.advance();
        if (atListName(c_)) return parseListedAddresses(c_, terms_, end);
        if (!c_.openList("`[` or `@NAME`")) return {};
        while (!c_.takeSign("]")) {
            if (!address(term)) return {};
            c_.takeSign(",");
        }
        if (term.prefixes.empty() && !c_.emptyList()) return {};
        return leafOf(std::move(term));
    }

    Node port(End end) {
        PortTerm term{end, {}};
        if (!c_.isRole(WordRole::in)) {
            const Comparison sign = comparison();
            std::uint64_t n = 0;
            if (!boundedNumber(kPorts, kPorts.name, n)) return {};
            term.ranges.push_back(rangeOf(sign, n));
            return signedLeaf(std::move(term), sign);
        }
        c_.advance();
        if (atListName(c_)) return parseListedPorts(c_, terms_, end);
        if (!numberList(kPorts, term.ranges)) return {};
        return leafOf(std::move(term));
    }

    /// [N N …], behind `in`.
    bool numberList(const Bound& bound, std::vector<NumberRange>& ranges) {
        if (!c_.openList("`[` or `@NAME`")) return false;
        while (!c_.takeSign("]")) {
            std::uint64_t n = 0;
            if (!boundedNumber(bound, std::string(bound.name).append(" or `]`"), n)) return false;
            ranges.push_back({n, n});
            c_.takeSign(",");
        }
        return !ranges.empty() || c_.emptyList();
    }

    Node interfaceOf(End end) {
        c_.advance();
        const FilterWord* w = c_.word();
        if (w && w->role == WordRole::field && PairField(w->detail) == PairField::interface) return fieldAt(*w, end);
        c_.expected("`if`");
        return {};
    }
    /// Behind src or dst.
    Node fieldOf(const FilterWord& w, End end) {
        if (PairField(w.detail) != PairField::interface) return fieldAt(w, end);
        c_.problem(c_.now(), "interfaces are `in if N` and `out if N`");
        return {};
    }
    /// `if`, `as`, …: the word at the cursor.
    Node fieldAt(const FilterWord& w, End end) {
        const Bound& bound = kFieldBounds[w.detail];
        PairTerm term{PairField(w.detail), end, {}};
        c_.advance();
        if (c_.takeRole(WordRole::in)) {
            if (!numberList(bound, term.ranges)) return {};
            return leafOf(std::move(term));
        }
        const Comparison sign = comparison();
        std::uint64_t n = 0;
        if (!boundedNumber(bound, bound.name, n)) return {};
        term.ranges.push_back(rangeOf(sign, n));
        return signedLeaf(std::move(term), sign);
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
        const auto n = parseCount(c_.now().text);
        if (!n) return c_.problem(c_.now(), n.error().detail), false;
        out = *n;
        c_.advance();
        return true;
    }

    bool boundedNumber(const Bound& bound, std::string_view what, std::uint64_t& out) {
        const Token& t = c_.now();
        if (!number(what, out)) return false;
        if (out > bound.most)
            c_.problem(t, std::string(bound.name).append(" is 0 to ").append(std::to_string(bound.most)));
        return true;
    }

    Node measure(Measure m) {
        c_.advance();
        const Comparison sign = comparison();
        std::uint64_t n = 0;
        const bool icmp = m == Measure::icmpType || m == Measure::icmpCode;
        if (!(icmp ? boundedNumber(kIcmpBound, kIcmpBound.name, n) : number("a number", n))) return {};
        return signedLeaf(MeasureTerm{m, rangeOf(sign, n)}, sign);
    }

    Node points(bool bad) {
        const Token word = c_.now();
        c_.advance();
        const Comparison sign = comparison();
        std::uint64_t n = 0;
        if (!number("a number", n)) return {};
        const NumberRange range = rangeOf(sign, n);
        CodeAnswer answer = range.lo > range.hi ? CodeAnswer{std::vector<std::uint8_t>(), {}, {}}
                                                : terms_.points(bad, range.lo, range.hi);
        if (answer.holds) return signedLeaf(CodeTerm{std::move(*answer.holds)}, sign);
        c_.problem(word, std::move(answer.problem), std::move(answer.fix));
        return FilterNode{};
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
            std::transform(upper.begin(), upper.end(), upper.begin(),
                           [](char ch) { return ch >= 'a' && ch <= 'z' ? char(ch - 'a' + 'A') : ch; });
            const bool fixable = parseFlagLetters(upper).has_value();
            return c_.problem(t, describe(t).append(" are not TCP flags (capital letters of FSRPAUEC, or a number)"),
                              fixable ? upper : std::string()),
                   Node{};
        }
        if (*value > 255) return c_.problem(t, "flags are a number of 0 to 255"), Node{};
        c_.advance();
        term.form = FlagsTerm::Form::range;
        term.range = rangeOf(sign, *value);
        return signedLeaf(term, sign);
    }

    Node seen(bool last) {
        c_.advance();
        if (c_.now().kind != TokenKind::word || !equalsIgnoringCase(c_.now().text, "seen"))
            return c_.expected("`seen`"), Node{};
        c_.advance();
        const Comparison sign = comparison();
        if (!c_.atValue()) return c_.expected("a time such as 2026-01-31T12:00:00Z"), Node{};
        const auto us = parseUtc(valueOf(c_.now()));
        if (!us)
            return c_.problem(c_.now(), describe(c_.now()).append(" is not a time such as 2026-01-31T12:00:00Z")),
                   Node{};
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

    FilterCursor& c_;
    const FilterTerms& terms_;
    bool odd_;
};

}  // namespace

std::optional<FilterNode> parseTerm(FilterCursor& cursor, const FilterTerms& terms, bool odd) {
    return TermParser(cursor, terms, odd).parse();
}

}  // namespace weir::flow
