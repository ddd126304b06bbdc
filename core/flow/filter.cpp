// Compiling a filter tree and running it over a batch: masks joined by and, or, not.
#include "core/flow/filter.h"

#include "core/flow/filter_kernels.h"
#include "core/flow/filter_test.h"
#include "core/flow/packet_record.h"

#include <algorithm>
#include <cstring>

namespace weir::flow {

using Op = FilterNode::Op;

struct Filter::Node {
    Op op = Op::always;
    std::unique_ptr<FilterTest> test;
    std::vector<std::unique_ptr<Node>> children;
    unsigned cost = 0;

    Verdict zone(const FilterBatch& batch, Side side) const;
    Status mark(FilterBatch& batch, Side side, FilterScratch& scratch, std::size_t depth, std::uint8_t* out) const;
    Status join(FilterBatch& batch, Side side, FilterScratch& scratch, std::size_t depth, std::uint8_t* out) const;
    /// `icmpDecided`: a term joined by `and` rejects all ICMP records.
    static Result<std::unique_ptr<Node>> from(const FilterNode& tree, bool icmpDecided, const AddressTable& addresses,
                                              const FilterTerms& terms);
};

namespace {

bool holds(const NumberRange& range, std::uint8_t protocol) { return range.lo <= protocol && protocol <= range.hi; }

/// No ICMP record passes.
bool rejectsIcmp(const FilterNode& tree) {
    if (tree.op == Op::allOf) return std::any_of(tree.children.begin(), tree.children.end(), rejectsIcmp);
    if (tree.op == Op::anyOf) return std::all_of(tree.children.begin(), tree.children.end(), rejectsIcmp);
    if (tree.op != Op::leaf) return false;
    if (std::holds_alternative<FlagsTerm>(tree.leaf)) return true;
    const auto* const measure = std::get_if<MeasureTerm>(&tree.leaf);
    return measure && measure->measure == Measure::protocol && !holds(measure->range, kIcmp) &&
           !holds(measure->range, kIcmp6);
}

FilterLeaf leafOf(const FilterNode& tree, bool icmpDecided) {
    FilterLeaf leaf = tree.leaf;
    if (auto* const port = std::get_if<PortTerm>(&leaf)) port->icmpDecided = icmpDecided;
    return leaf;
}

}  // namespace

Verdict Filter::Node::zone(const FilterBatch& batch, Side side) const {
    switch (op) {
        case Op::always: return Verdict::all;
        case Op::leaf: return test->zone(batch, side);
        case Op::inverse: return Verdict(2 - unsigned(children[0]->zone(batch, side)));
        case Op::allOf:
        case Op::anyOf: break;
    }
    Verdict v = op == Op::allOf ? Verdict::all : Verdict::none;
    for (const auto& child : children) {
        const Verdict c = child->zone(batch, side);
        v = op == Op::allOf ? both(v, c) : either(v, c);
        if (v == (op == Op::allOf ? Verdict::none : Verdict::all)) return v;
    }
    return v;
}

Status Filter::Node::mark(FilterBatch& batch, Side side, FilterScratch& scratch, std::size_t depth,
                          std::uint8_t* out) const {
    const std::size_t n = batch.size();
    if (const Verdict v = zone(batch, side); v != Verdict::some) {
        std::memset(out, v == Verdict::all ? 1 : 0, n);
        return ok();
    }
    switch (op) {
        case Op::leaf: return test->mark(batch, side, scratch, depth, out);
        case Op::inverse: {
            auto s = children[0]->mark(batch, side, scratch, depth, out);
            kernel::invert(out, n);
            return s;
        }
        case Op::always:
        case Op::allOf:
        case Op::anyOf: break;
    }
    return join(batch, side, scratch, depth, out);
}

/// Stops at the first child that decides every row.
Status Filter::Node::join(FilterBatch& batch, Side side, FilterScratch& scratch, std::size_t depth,
                          std::uint8_t* out) const {
    const std::size_t n = batch.size();
    const std::size_t decided = op == Op::allOf ? 0 : n;
    for (std::size_t i = 0; i < children.size(); ++i) {
        std::uint8_t* to = i ? scratch.mask(depth) : out;
        if (auto s = children[i]->mark(batch, side, scratch, depth + 1, to); !s) return s;
        if (i && op == Op::allOf) kernel::andInto(out, to, n);
        if (i && op == Op::anyOf) kernel::orInto(out, to, n);
        if (i + 1 < children.size() && kernel::count(out, n) == decided) return ok();
    }
    return ok();
}

Result<std::unique_ptr<Filter::Node>> Filter::Node::from(const FilterNode& tree, bool icmpDecided,
                                                         const AddressTable& addresses, const FilterTerms& terms) {
    icmpDecided = icmpDecided || (tree.op == Op::allOf && rejectsIcmp(tree));
    auto node = std::make_unique<Node>();
    node->op = tree.op;
    if (tree.op == Op::leaf) {
        auto test = makeTest(leafOf(tree, icmpDecided), addresses, terms);
        if (!test) return test.error();
        node->test = std::move(*test);
        node->cost = node->test->cost();
    }
    for (const FilterNode& child : tree.children) {
        auto made = from(child, icmpDecided, addresses, terms);
        if (!made) return made.error();
        node->cost += (*made)->cost;
        node->children.push_back(std::move(*made));
    }
    std::stable_sort(node->children.begin(), node->children.end(),
                     [](const auto& a, const auto& b) { return a->cost < b->cost; });
    return node;
}

Filter::Filter(std::unique_ptr<Node> root) : root_(std::move(root)) {}
Filter::Filter(Filter&&) noexcept = default;
Filter& Filter::operator=(Filter&&) noexcept = default;
Filter::~Filter() = default;

Result<Filter> Filter::compile(const FilterNode& root, const AddressTable& addresses, const FilterTerms& terms) {
    auto node = Node::from(root, false, addresses, terms);
    if (!node) return node.error();
    return Filter(std::move(*node));
}

bool Filter::takesAll() const { return root_->op == Op::always; }

Status Filter::run(FilterBatch& batch, Side side, FilterScratch& scratch, std::uint8_t* out) const {
    return root_->mark(batch, side, scratch, 0, out);
}

std::uint8_t* FilterScratch::mask(std::size_t depth) {
    while (masks_.size() <= depth) masks_.push_back(std::make_unique<Buffer<std::uint8_t>>(kChunkRows));
    return masks_[depth]->data();
}

std::uint16_t* FilterScratch::ports() {
    ports_.resize(kChunkRows);
    return ports_.data();
}

}  // namespace weir::flow
