// Terms of the tests' filters are asked one by one; those that decide a test become its sentence.
#include "core/explain/explain_codes.h"

#include "core/base/text.h"
#include "core/flow/filter.h"
#include "core/flow/filter_values.h"
#include "core/flow/filter_words.h"
#include "core/flow/lexer.h"
#include "core/flow/protocols.h"

#include <algorithm>
#include <cstdio>

namespace weir::explain {
namespace {

using flow::Col;
using flow::FilterNode;
using flow::Side;
using flow::WordRole;
using Op = FilterNode::Op;

/// One direction of the record.
struct Seen {
    flow::IpAddr src, dst;
    std::uint16_t srcPort = 0, dstPort = 0;
    std::uint8_t protocol = 0, flags = 0;
    std::uint64_t packets = 0, bytes = 0;
    std::int64_t start = 0, end = 0;
};

Seen seenIn(const flow::RecordColumns& c, std::size_t i, Side side, const flow::AddressTable& addresses) {
    Seen s;
    const bool forward = side == Side::forward;
    const std::uint16_t from = forward ? c.srcPort[i] : c.dstPort[i], to = forward ? c.dstPort[i] : c.srcPort[i];
    s.src = addresses[forward ? c.src[i] : c.dst[i]];
    s.dst = addresses[forward ? c.dst[i] : c.src[i]];
    s.srcPort = from;
    s.dstPort = std::uint16_t(to | c.icmpTypeCode[i]);
    s.protocol = c.protocol[i];
    s.flags = forward ? c.tcpFlags[i] : c.reverseTcpFlags[i];
    s.packets = forward ? c.packets[i] : c.reversePackets[i];
    s.bytes = forward ? c.bytes[i] : c.reverseBytes[i];
    s.start = c.start[i];
    s.end = c.end[i];
    return s;
}

/// What a term asks for: keyword, end, and the list it names.
struct Term {
    std::string text;
    const flow::FilterWord* word = nullptr;
    bool source = false, destination = false;  ///< the ends it names
    std::string list;                          ///< without the @
};

Term termOf(std::string_view text) {
    Term term;
    term.text = text;
    Diagnostics ignored;
    for (const flow::Token& t : flow::tokenize(text, ignored)) {
        if (t.text.starts_with('@') && t.text.size() > 1) term.list = t.text.substr(1);
        const flow::FilterWord* w =
            t.kind == flow::TokenKind::word && !term.word ? flow::findFilterWord(t.text) : nullptr;
        if (!w || w->role == WordRole::conjunction || w->role == WordRole::disjunction) continue;
        if (w->role == WordRole::source)
            term.source = true;
        else if (w->role == WordRole::destination)
            term.destination = true;
        else
            term.word = w;
    }
    if (!term.source && !term.destination) term.source = term.destination = true;
    return term;
}

class Sentences {
public:
    Sentences(const CodeSubject& subject, flow::FilterBatch& batch, std::size_t row)
        : subject_(subject), batch_(batch), row_(row),
          seen_(seenIn(batch.columns(), row, subject.side, subject.records.addresses())) {}

    Result<CodeLine> of(std::size_t number) {
        const score::Test& test = subject_.profile.tests[number];
        filterText_ = test.builtIn ? std::string(test.builtIn->filter) : test.condition;
        auto holds = ask(*test.filter);
        if (!holds) return holds.error();
        CodeLine line{number, *holds, {}};
        if (!*holds) {
            line.evidence = sentence(*test.filter, false);
            return line;
        }
        if (test.builtIn) {
            builtIn(test, line);
            return line;
        }
        if (test.keys.empty()) {
            line.evidence = sentence(*test.filter, true);
            return line;
        }
        const score::Groups* groups = groupsOf(number);
        const score::Sums* sums = groups ? groups->sumsOf(batch_.columns(), subject_.side, row_) : nullptr;
        line.holds = sums && std::all_of(test.having.begin(), test.having.end(),
                                         [&](const score::Having& h) { return h.holds(*sums); });
        line.evidence = sums ? groupSentence(test, *sums, line.holds) : groupSentence(test);
        return line;
    }

private:
    /// Of the terms, by their place in the condition; joins are worked out from them.
    struct Answer {
        const FilterNode* node;
        bool holds;
    };

    Result<bool> ask(const FilterNode& root) {
        answers_.clear();
        if (auto s = askTerms(root); !s) return s.error();
        return holds(root);
    }
    Status askTerms(const FilterNode& node) {
        if (node.termSize == 0) {
            for (const FilterNode& child : node.children)
                if (auto s = askTerms(child); !s) return s;
            return ok();
        }
        const auto filter = flow::Filter::compile(node, subject_.records.addresses(), subject_.terms);
        if (!filter) return filter.error();
        std::vector<std::uint8_t> mask(batch_.size());
        flow::FilterScratch scratch;
        if (auto s = filter->run(batch_, subject_.side, scratch, mask.data()); !s) return s;
        answers_.push_back({&node, mask[row_] != 0});
        return ok();
    }
    bool holds(const FilterNode& node) const {
        if (node.termSize != 0) {
            const auto at =
                std::find_if(answers_.begin(), answers_.end(), [&](const Answer& a) { return a.node == &node; });
            return at != answers_.end() && at->holds;
        }
        const auto child = [this](const FilterNode& n) { return holds(n); };
        switch (node.op) {
            case Op::inverse: return !holds(node.children.front());
            case Op::allOf: return std::all_of(node.children.begin(), node.children.end(), child);
            case Op::anyOf: return std::any_of(node.children.begin(), node.children.end(), child);
            default: return true;
        }
    }

    /// Why the node is `value`: of what holds together all parts, of alternatives the first that holds, of what fails
    /// the first that fails.
    std::string sentence(const FilterNode& node, bool value) const {
        if (node.termSize != 0)
            return termSentence(termOf(std::string_view(filterText_).substr(node.termAt, node.termSize)), value);
        switch (node.op) {
            case Op::inverse: return sentence(node.children.front(), !value);
            case Op::allOf:
            case Op::anyOf: {
                const bool all = (node.op == Op::allOf) == value;
                std::string text;
                for (const FilterNode& child : node.children) {
                    if (holds(child) != value) continue;
                    const std::string part = sentence(child, value);
                    if (!all) return part;
                    if (!part.empty()) text += (text.empty() ? "" : "; ") + part;
                }
                return text;
            }
            default: return "every record";
        }
    }

    std::string termSentence(const Term& term, bool value) const {
        const auto missing = [&](const std::string& list) { return flow::equalsIgnoringCase(list, term.list); };
        if (std::any_of(subject_.missingLists.begin(), subject_.missingLists.end(), missing))
            return "unknown list @" + term.list;
        if (term.word && !term.list.empty())
            return term.word->role == WordRole::port ? portList(term, value) : addressList(term, value);
        const std::string measured = measure(term);
        if (measured.empty()) return (value ? "" : "not ") + term.text;
        return measured + (value ? " (" : ", not ") + term.text + (value ? ")" : "");
    }

    std::string measure(const Term& term) const {
        if (!term.word) return {};
        switch (term.word->role) {
            case WordRole::protocol: return "protocol " + flow::protocolText(seen_.protocol);
            case WordRole::flags:
                return seen_.protocol == 6 ? "TCP flags " + flow::tcpFlagLetters(seen_.flags) : "not TCP";
            case WordRole::port:
                return ends(term, "port", std::to_string(seen_.srcPort), std::to_string(seen_.dstPort));
            case WordRole::address:
            case WordRole::network: return ends(term, "", toText(seen_.src), toText(seen_.dst));
            case WordRole::measure: return counter(flow::Measure(term.word->detail));
            case WordRole::firstSeen: return "first seen " + utcText(seen_.start);
            case WordRole::lastSeen: return "last seen " + utcText(seen_.end);
            default: return {};
        }
    }
    static std::string ends(const Term& term, const std::string& what, const std::string& source,
                            const std::string& destination) {
        const std::string word = what.empty() ? " " : " " + what + " ";
        std::string text = term.source ? "source" + word + source : "";
        if (term.destination) text += (text.empty() ? "" : ", ") + ("destination" + word + destination);
        return text;
    }
    std::string counter(flow::Measure measure) const {
        using flow::Measure;
        switch (measure) {
            case Measure::packets: return grouped(seen_.packets) + (seen_.packets == 1 ? " packet" : " packets");
            case Measure::bytes: return grouped(seen_.bytes) + (seen_.bytes == 1 ? " byte" : " bytes");
            case Measure::duration:
                return grouped(std::uint64_t(std::max<std::int64_t>(0, seen_.end - seen_.start) / 1000)) + " ms";
            default: return {};
        }
    }

    std::string portList(const Term& term, bool value) const {
        const std::string where = ends(term, "port", std::to_string(seen_.srcPort), std::to_string(seen_.dstPort));
        const bool both = term.source && term.destination;
        return where +
               (value  ? (both ? ": one is in @" : " is in @")
                : both ? ": neither is in @"
                       : " is not in @") +
               term.list;
    }

    std::string addressList(const Term& term, bool value) const {
        if (flow::equalsIgnoringCase(term.list, "dark")) return dark(term, value);
        if (!value) {
            if (term.source && term.destination) return "neither end is in @" + term.list;
            return ends(term, "", toText(seen_.src), toText(seen_.dst)) + " is not in @" + term.list;
        }
        for (const bool source : {true, false}) {
            if (!(source ? term.source : term.destination)) continue;
            const flow::IpAddr& address = source ? seen_.src : seen_.dst;
            const std::string entry =
                subject_.listEntry ? subject_.listEntry(term.list, address, seen_.start) : std::string();
            if (!entry.empty()) return std::string(source ? "source " : "destination ") + toText(address) + " " + entry;
        }
        return ends(term, "", toText(seen_.src), toText(seen_.dst)) + ": in @" + term.list;
    }
    std::string dark(const Term& term, bool value) const {
        const std::string address = toText(term.destination ? seen_.dst : seen_.src);
        return value ? address + " sent no packet to an external host in these records"
                     : address + " is in use: it sent packets to external hosts, or is not local";
    }

    void builtIn(const score::Test& test, CodeLine& line) const {
        const auto at = std::find_if(subject_.findings.begin(), subject_.findings.end(),
                                     [&](const score::TestFindings& f) { return f.test == line.test; });
        line.holds = at != subject_.findings.end() && at->found->counts(batch_.columns(), subject_.side, row_);
        line.evidence = line.holds
                            ? at->found->evidence(batch_.columns(), subject_.side, row_, subject_.records.addresses())
                            : std::string(test.builtIn->lacks);
    }

    const score::Groups* groupsOf(std::size_t test) const {
        const auto at = std::find_if(subject_.groups.begin(), subject_.groups.end(),
                                     [test](const score::TestGroups& g) { return g.test == test; });
        return at == subject_.groups.end() ? nullptr : at->groups.get();
    }

    /// Of a group that does not count, and whose sums were not kept.
    std::string groupSentence(const score::Test& test) const {
        const std::size_t at = test.condition.find("having ");
        return groupText(test) + "not " + (at == std::string::npos ? test.condition : test.condition.substr(at + 7));
    }
    std::string groupText(const score::Test& test) const {
        std::string text = "group ";
        for (const score::GroupKey& key : test.keys) text += (&key == &test.keys.front() ? "" : ", ") + keyText(key);
        return text + ": ";
    }
    std::string groupSentence(const score::Test& test, const score::Sums& sums, bool holds) const {
        std::string text = groupText(test);
        bool first = true;
        for (const score::Having& h : test.having) {
            if (!holds && h.holds(sums)) continue;  // a group that does not count: what it lacks
            text += (first ? "" : "; ") + havingText(h, sums);
            first = false;
        }
        return text;
    }
    std::string keyText(const score::GroupKey& key) const {
        using Value = score::GroupKey::Value;
        switch (key.value) {
            case Value::src: return "src ip " + toText(seen_.src);
            case Value::dst: return "dst ip " + toText(seen_.dst);
            case Value::srcPort: return "src port " + std::to_string(seen_.srcPort);
            case Value::dstPort: return "dst port " + std::to_string(seen_.dstPort);
            case Value::protocol: return "protocol " + flow::protocolText(seen_.protocol);
            case Value::bin:
                return "from " +
                       utcText(seen_.start - ((seen_.start % key.binUs) + key.binUs) % key.binUs).substr(0, 19) + "Z";
        }
        return {};
    }
    static std::string havingText(const score::Having& h, const score::Sums& sums) {
        constexpr std::string_view kNames[] = {"flows", "packets", "bytes"};
        constexpr std::string_view kSigns[] = {"<", "<=", "=", "!=", ">=", ">"},
                                   kFails[] = {"not <", "not <=", "not =", "not !=", "not >=", "not >"};
        const auto value = [&](score::Measure m) {
            return m == score::Measure::flows ? sums.flows : m == score::Measure::packets ? sums.packets : sums.bytes;
        };
        const auto sign = std::size_t(h.compare);
        if (h.distinct) {
            constexpr std::string_view kValues[] = {"src ip", "dst ip", "src port", "dst port", "proto"};
            return grouped(sums.distinct[std::size_t(*h.distinct)]) + " distinct " +
                   std::string(kValues[std::size_t(*h.distinct)]) + " " +
                   std::string(h.holds(sums) ? kSigns[sign] : kFails[sign]) + " " + plain(h.value);
        }
        std::string text = h.per ? ratio(value(h.of), value(*h.per)) : grouped(value(h.of));
        text.append(" ").append(kNames[std::size_t(h.of)]);
        if (h.per)
            text.append(" a ").append(kNames[std::size_t(*h.per)].substr(0, kNames[std::size_t(*h.per)].size() - 1));
        text.append(" ").append(h.holds(sums) ? kSigns[sign] : kFails[sign]).append(" ").append(plain(h.value));
        return text;
    }
    static std::string plain(double value) {
        if (value == double(std::uint64_t(value))) return grouped(std::uint64_t(value));
        char text[32];
        std::snprintf(text, sizeof text, "%g", value);
        return text;
    }
    static std::string ratio(std::uint64_t of, std::uint64_t per) {
        char text[32];
        std::snprintf(text, sizeof text, "%.2f", per ? double(of) / double(per) : 0.0);
        return text;
    }

    const CodeSubject& subject_;
    flow::FilterBatch& batch_;
    std::size_t row_;
    Seen seen_;
    std::string filterText_;  ///< where the terms of the test's filter stand
    std::vector<Answer> answers_;
};

}  // namespace

Result<std::vector<CodeLine>> explainCodes(const CodeSubject& subject) {
    const flow::RowPlace place = flow::placeOf(subject.records, subject.row);
    flow::RecordBatch batch(subject.records, subject.terms);
    batch.open(place.chunk);
    if (auto s = batch.need(flow::ColSet::all()); !s) return s.error();
    Sentences sentences(subject, batch, place.row);
    std::vector<CodeLine> lines;
    for (std::size_t t = 0; t < subject.profile.tests.size(); ++t) {
        auto line = sentences.of(t);
        if (!line) return line.error();
        lines.push_back(std::move(*line));
    }
    return lines;
}

}  // namespace weir::explain
