// From filters to bits and tables.
#include "core/base/parallel.h"
#include "core/flow/filter_test.h"
#include "core/flow/packet_record.h"
#include "core/score/fold.h"

#include <algorithm>
#include <optional>
#include <variant>

namespace weir::score {

using flow::End;
using flow::Heading;
using Op = flow::FilterNode::Op;

namespace {

bool flagsHold(const flow::FlagsTerm& term, unsigned flags) {
    switch (term.form) {
        case flow::FlagsTerm::Form::allSet: return (flags & term.mask) == term.mask;
        case flow::FlagsTerm::Form::anySet: return (flags & term.mask) != 0;
        case flow::FlagsTerm::Form::range: break;
    }
    return term.range.lo <= flags && flags <= term.range.hi;
}

/// Maximum number of bits that the tree needs.
std::size_t bitsOf(const flow::FilterNode& tree) {
    std::size_t bits = tree.op == Op::leaf ? 2 : 0;
    for (const flow::FilterNode& child : tree.children) bits += bitsOf(child);
    return bits;
}

}  // namespace

/// Fills a Fold.
class FoldCompiler {
public:
    FoldCompiler(Fold& fold, const flow::AddressTable& addresses, const flow::FilterTerms& terms)
        : fold_(fold), addresses_(addresses), terms_(terms) {}

    Status run(std::span<const flow::FilterNode* const> filters, std::span<const Heading> applies, unsigned threads) {
        if (filters.size() > Fold::kMostFilters) return Error{Errc::badFilter, "more than 64 filters at once", 0};
        if (const Status s = markLocal(); !s) return s;
        for (unsigned pair = 0; pair < 16; ++pair)
            fold_.applies_[pair] =
                std::find(applies.begin(), applies.end(), flow::headingOf(pair / 4, pair % 4)) != applies.end();
        fold_.ports_.of.assign(65536, 0);
        findHosts(filters, threads);
        for (std::size_t f = 0; f < filters.size(); ++f) {
            // Each later filter still has a bit left for its own mask.
            const std::size_t room = Fold::kMostFilters - used_ - (filters.size() - f - 1);
            auto node = bitsOf(*filters[f]) <= room ? fold(*filters[f]) : maskOf(*filters[f]);
            if (!node) return node.error();
            fold_.filters_.push_back(std::move(*node));
        }
        return ok();
    }

private:
    using Node = Fold::Node;
    using Bits = Fold::Bits;

    static Node leaf(unsigned bit) { return {Op::leaf, bit, {}}; }
    static Node never() { return {Op::anyOf, 0, {}}; }
    static Node both(Node a, Node b) {
        Node n{Op::allOf, 0, {}};
        n.children.push_back(std::move(a));
        n.children.push_back(std::move(b));
        return n;
    }
    unsigned newBit() { return used_++; }

    /// Hosts of long lists, which take most of the time, in parallel.
    void findHosts(std::span<const flow::FilterNode* const> filters, unsigned threads) {
        for (const flow::FilterNode* filter : filters) collect(*filter);
        parallelFor(found_.size(), threads, [&](std::size_t i, unsigned) {
            found_[i].ranges = flow::hostsIn(found_[i].term->prefixes, addresses_);
            return true;
        });
    }
    void collect(const flow::FilterNode& tree) {
        if (tree.op == Op::leaf)
            if (const auto* term = std::get_if<flow::AddressTerm>(&tree.leaf)) found_.push_back({term, {}});
        for (const flow::FilterNode& child : tree.children) collect(child);
    }

    /// The first four classes of hosts: neither, local, group, local and group.
    Status markLocal() {
        const auto bits = terms_.hostBits();
        if (bits.size() != addresses_.size())
            return Error{Errc::badFilter, "directions need the local networks, which are not known yet", 0};
        fold_.hosts_.of.resize(addresses_.size());
        for (std::size_t h = 0; h < bits.size(); ++h) fold_.hosts_.of[h] = bits[h] & 3u;
        for (std::uint8_t c = 0; c < 4; ++c) fold_.localOf_[c] = c;
        hostClasses_ = 4;
        return ok();
    }

    Result<Node> fold(const flow::FilterNode& tree) {
        if (tree.op == Op::leaf) {
            auto node = std::visit([&](const auto& term) { return table(term); }, tree.leaf);
            if (node) return std::move(*node);
            return maskOf(tree);
        }
        Node out{tree.op, 0, {}};
        for (const flow::FilterNode& child : tree.children) {
            auto node = fold(child);
            if (!node) return node.error();
            out.children.push_back(std::move(*node));
        }
        return out;
    }

    Result<Node> maskOf(const flow::FilterNode& tree) {
        auto filter = flow::Filter::compile(tree, addresses_, terms_);
        if (!filter) return filter.error();
        const unsigned bit = newBit();
        fold_.masks_.push_back({std::make_unique<flow::Filter>(std::move(*filter)), bit});
        return leaf(bit);
    }

    // A term as table bits; nullopt = no table can represent it.
    template <class Term>
    std::optional<Node> table(const Term&) {
        return {};
    }
    std::optional<Node> table(const flow::FamilyTerm& t) {
        const auto v4 = std::uint32_t(addresses_.v4().size()), all = std::uint32_t(addresses_.size());
        return hosts(End::source, {t.v6 ? flow::IdRange{v4, all} : flow::IdRange{0, v4}});
    }
    std::optional<Node> table(const flow::AddressTerm& t) {
        const auto found = std::find_if(found_.begin(), found_.end(), [&](const Found& f) { return f.term == &t; });
        return hosts(t.end, found->ranges);
    }
    std::optional<Node> table(const flow::PortTerm& t) {
        std::vector<std::uint8_t> member(65536);
        for (const flow::NumberRange& r : t.ranges)
            for (std::uint64_t port = r.lo; port <= r.hi && port < member.size(); ++port) member[port] = 1;
        return ports(t.end, [&](std::uint32_t port) { return member[port] != 0; });
    }
    std::optional<Node> table(const flow::HeadingTerm& t) {
        const unsigned bit = newBit();
        for (unsigned pair = 0; pair < 16; ++pair)
            if (flow::headingOf(pair / 4, pair % 4) == t.heading) fold_.headings_[pair] |= Bits{1} << bit;
        return leaf(bit);
    }
    std::optional<Node> table(const flow::FlagsTerm& t) {
        const unsigned bit = newBit();
        for (unsigned flags = 0; flags < 256; ++flags)
            if (flagsHold(t, flags)) fold_.flags_[flags] |= Bits{1} << bit;
        fold_.flagsAsked_ = true;
        return both(leaf(bit), protocols({flow::kTcp, flow::kTcp}));
    }
    std::optional<Node> table(const flow::MeasureTerm& t) {
        if (t.range.lo > t.range.hi) return never();
        switch (t.measure) {
            case flow::Measure::protocol: return protocols(t.range);
            case flow::Measure::packets: return range(flow::Col::packets, t.range);
            case flow::Measure::bytes: return range(flow::Col::bytes, t.range);
            default: return {};
        }
    }

    Node protocols(const flow::NumberRange& r) {
        const unsigned bit = newBit();
        for (std::uint64_t p = r.lo; p <= r.hi && p < 256; ++p) fold_.protocols_[p] |= Bits{1} << bit;
        fold_.protocolsAsked_ = true;
        return leaf(bit);
    }
    Node range(flow::Col column, const flow::NumberRange& r) {
        const unsigned bit = newBit();
        auto counter = std::find_if(fold_.counters_.begin(), fold_.counters_.end(),
                                    [&](const Fold::Counter& c) { return c.column == column; });
        if (counter == fold_.counters_.end()) {
            fold_.counters_.push_back({column, {}, {}});
            counter = fold_.counters_.end() - 1;
        }
        counter->ranges.push_back({r.lo, r.hi - r.lo, bit});
        for (std::uint64_t v = 0; v < counter->small.size(); ++v) counter->small[v] = counter->of(v);
        return leaf(bit);
    }

    /// A term on both ends takes a bit for each end.
    template <class Split>
    std::optional<Node> ends(End end, Fold::Classes& classes, unsigned& count, const Split& split) {
        if (end == End::both) {
            auto a = ends(End::source, classes, count, split);
            if (!a) return {};
            auto b = ends(End::destination, classes, count, split);
            if (!b) return {};
            return both(std::move(*a), std::move(*b));
        }
        // moved[c]: the class of those members that were of class c.
        std::array<int, 256> moved;
        moved.fill(-1);
        const unsigned before = count;
        const auto classOf = [&](std::uint8_t old) {
            if (moved[old] < 0) {
                moved[old] = count < 256 ? int(count) : int(old);
                ++count;
            }
            return std::uint8_t(moved[old]);
        };
        // A dry run first: too many classes change nothing.
        split([&](std::uint32_t value) { (void)classOf(classes.of[value]); });
        if (count > 256) {
            count = before;
            return {};
        }
        split([&](std::uint32_t value) { classes.of[value] = std::uint8_t(moved[classes.of[value]]); });
        const unsigned bit = newBit();
        for (unsigned old = 0; old < before; ++old) {
            if (moved[old] < 0) continue;
            const auto now = std::size_t(moved[old]);
            classes.source[now] = classes.source[old];
            classes.destination[now] = classes.destination[old];
            if (&classes == &fold_.hosts_) fold_.localOf_[now] = fold_.localOf_[old];
            if (end != End::destination) classes.source[now] |= Bits{1} << bit;
            if (end != End::source) classes.destination[now] |= Bits{1} << bit;
        }
        classes.asked = true;
        return leaf(bit);
    }
    std::optional<Node> hosts(End end, const std::vector<flow::IdRange>& ranges) {
        return ends(end, fold_.hosts_, hostClasses_, [&](const auto& each) {
            for (const flow::IdRange& r : ranges)
                for (flow::HostId h = r.begin; h < r.end; ++h) each(h);
        });
    }
    template <class Taken>
    std::optional<Node> ports(End end, const Taken& taken) {
        return ends(end, fold_.ports_, portClasses_, [&](const auto& each) {
            for (std::uint32_t port = 0; port < 65536; ++port)
                if (taken(port)) each(port);
        });
    }

    struct Found {
        const flow::AddressTerm* term = nullptr;
        std::vector<flow::IdRange> ranges;
    };
    std::vector<Found> found_;
    Fold& fold_;
    const flow::AddressTable& addresses_;
    const flow::FilterTerms& terms_;
    unsigned used_ = 0;
    unsigned hostClasses_ = 4, portClasses_ = 1;
};

Result<Fold> Fold::compile(std::span<const flow::FilterNode* const> filters, std::span<const Heading> applies,
                           const flow::AddressTable& addresses, const flow::FilterTerms& terms, unsigned threads) {
    Fold fold;
    if (const Status s = FoldCompiler(fold, addresses, terms).run(filters, applies, threads); !s) return s.error();
    return fold;
}

}  // namespace weir::score
