// Tests on the two ends of a record: addresses as id ranges, ports as ranges or a table.
#include "core/flow/filter_kernels.h"
#include "core/flow/filter_test.h"

#include <algorithm>
#include <limits>

namespace weir::flow {
namespace {

std::vector<IdRange> unionOf(std::vector<IdRange> ranges) {
    std::erase_if(ranges, [](const IdRange& r) { return r.begin >= r.end; });
    const auto before = [](const IdRange& a, const IdRange& b) { return a.begin < b.begin; };
    if (!std::is_sorted(ranges.begin(), ranges.end(), before)) std::sort(ranges.begin(), ranges.end(), before);
    std::vector<IdRange> out;
    for (const IdRange& r : ranges) {
        if (!out.empty() && r.begin <= out.back().end)
            out.back().end = std::max(out.back().end, r.end);
        else
            out.push_back(r);
    }
    return out;
}

/// Runs a one-ended test at the ends a term names and joins the answers.
class EndsTest : public FilterTest {
public:
    explicit EndsTest(End end) : end_(end) {}

    Verdict zone(const FilterBatch& batch, Side side) const final {
        if (end_ == End::source) return zoneAt(batch, side, true);
        if (end_ == End::destination) return zoneAt(batch, side, false);
        const Verdict a = zoneAt(batch, side, true), b = zoneAt(batch, side, false);
        return end_ == End::either ? either(a, b) : both(a, b);
    }

    Status mark(FilterBatch& batch, Side side, FilterScratch& scratch, std::size_t depth,
                std::uint8_t* out) const final {
        if (auto s = markAt(batch, side, end_ != End::destination, scratch, depth + 1, out); !s) return s;
        if (end_ == End::source || end_ == End::destination) return ok();
        std::uint8_t* other = scratch.mask(depth);
        if (auto s = markAt(batch, side, false, scratch, depth + 1, other); !s) return s;
        if (end_ == End::either)
            kernel::orInto(out, other, batch.size());
        else
            kernel::andInto(out, other, batch.size());
        return ok();
    }

    unsigned cost() const final { return end_ == End::source || end_ == End::destination ? costAt() : 2 * costAt(); }

private:
    virtual Verdict zoneAt(const FilterBatch& batch, Side side, bool source) const = 0;
    virtual Status markAt(FilterBatch& batch, Side side, bool source, FilterScratch& scratch, std::size_t depth,
                          std::uint8_t* out) const = 0;
    virtual unsigned costAt() const = 0;
    End end_;
};

class AddressTest final : public EndsTest {
public:
    AddressTest(End end, std::vector<IdRange> ranges, std::size_t hosts) : EndsTest(end), ranges_(std::move(ranges)) {
        if (ranges_.size() <= kFewRanges) return;
        member_.assign(hosts, 0);
        for (const IdRange& r : ranges_) std::fill(member_.begin() + r.begin, member_.begin() + r.end, std::uint8_t{1});
    }

private:
    static constexpr std::size_t kFewRanges = 4;

    Verdict zoneAt(const FilterBatch& batch, Side side, bool source) const override {
        if (ranges_.empty()) return Verdict::none;
        const auto z = batch.zone(sideOf(source ? Col::src : Col::dst, side));
        const Verdict hull = compareZone(z, ranges_.front().begin, ranges_.back().end - 1);
        return hull == Verdict::all && ranges_.size() > 1 ? Verdict::some : hull;
    }
    Status markAt(FilterBatch& batch, Side side, bool source, FilterScratch& scratch, std::size_t depth,
                  std::uint8_t* out) const override {
        const Col col = sideOf(source ? Col::src : Col::dst, side);
        if (auto s = batch.need(cols(col)); !s) return s;
        const HostId* ids = columnOf<HostId>(batch, col).data();
        const std::size_t n = batch.size();
        if (!member_.empty()) return kernel::lookUp(ids, n, member_.data(), out), ok();
        std::fill_n(out, n, std::uint8_t{0});
        for (std::size_t i = 0; i < ranges_.size(); ++i) {
            std::uint8_t* to = i ? scratch.mask(depth) : out;
            kernel::inRange(ids, n, ranges_[i].begin, ranges_[i].end - 1 - ranges_[i].begin, to);
            if (i) kernel::orInto(out, to, n);
        }
        return ok();
    }
    unsigned costAt() const override { return member_.empty() ? 4 : 6; }

    std::vector<IdRange> ranges_;  ///< ascending, disjoint, not empty
    Buffer<std::uint8_t> member_;
};

class PortTest final : public EndsTest {
public:
    PortTest(End end, std::vector<NumberRange> ranges, bool icmpDecided)
        : EndsTest(end), ranges_(std::move(ranges)), icmpDecided_(icmpDecided) {
        if (ranges_.size() <= 1) return;
        member_.assign(kPorts, 0);
        for (const NumberRange& r : ranges_)
            std::fill(member_.begin() + r.lo, member_.begin() + r.hi + 1, std::uint8_t{1});
    }

private:
    static constexpr std::size_t kPorts = 65536;

    /// ICMP records keep type and code in a column of their own, 0 in the others.
    bool plain(const FilterBatch& batch, bool source) const {
        if (source || icmpDecided_) return true;
        const auto icmp = batch.zone(Col::icmpTypeCode);
        return icmp && icmp->hi == 0;
    }
    Verdict zoneAt(const FilterBatch& batch, Side side, bool source) const override {
        if (ranges_.empty()) return Verdict::none;
        if (ranges_.size() > 1 || !plain(batch, source)) return Verdict::some;
        return compareZone(batch.zone(sideOf(source ? Col::srcPort : Col::dstPort, side)), ranges_[0].lo,
                           ranges_[0].hi);
    }
    Status markAt(FilterBatch& batch, Side side, bool source, FilterScratch& scratch, std::size_t,
                  std::uint8_t* out) const override {
        const Col col = sideOf(source ? Col::srcPort : Col::dstPort, side);
        const bool alone = plain(batch, source);
        if (auto s = batch.need(alone ? cols(col) : cols(col, Col::icmpTypeCode)); !s) return s;
        const std::size_t n = batch.size();
        const std::uint16_t* ports = columnOf<std::uint16_t>(batch, col).data();
        if (!alone) {
            kernel::merged(ports, batch.columns().icmpTypeCode.data(), n, scratch.ports());
            ports = scratch.ports();
        }
        if (!member_.empty())
            kernel::lookUp(ports, n, member_.data(), out);
        else
            kernel::inRange(ports, n, std::uint16_t(ranges_[0].lo), std::uint16_t(ranges_[0].hi - ranges_[0].lo), out);
        return ok();
    }
    unsigned costAt() const override { return member_.empty() ? 2 : 3; }

    std::vector<NumberRange> ranges_;  ///< not empty ones, within 0..65535
    bool icmpDecided_;
    Buffer<std::uint8_t> member_;
};

constexpr Col kPairColumns[][2] = {{Col::srcAs, Col::dstAs},
                                   {Col::inIf, Col::outIf},
                                   {Col::tos, Col::dstTos},
                                   {Col::srcVlan, Col::dstVlan},
                                   {Col::srcMask, Col::dstMask}};

/// A field of either end, as ranges of its column's type T.
template <class T>
class PairTest final : public EndsTest {
public:
    PairTest(const PairTerm& term, std::vector<NumberRange> ranges)
        : EndsTest(term.end), field_(term.field), ranges_(std::move(ranges)) {}

private:
    static constexpr std::size_t kFewRanges = 4;

    Col columnAt(Side side, bool source) const {
        return sideOf(kPairColumns[std::size_t(field_)][source ? 0 : 1], side);
    }
    Verdict zoneAt(const FilterBatch& batch, Side side, bool source) const override {
        if (ranges_.empty()) return Verdict::none;
        const auto z = batch.zone(columnAt(side, source));
        Verdict v = Verdict::none;
        for (const NumberRange& r : ranges_) v = either(v, compareZone(z, r.lo, r.hi));
        return v;
    }
    Status markAt(FilterBatch& batch, Side side, bool source, FilterScratch& scratch, std::size_t depth,
                  std::uint8_t* out) const override {
        const Col col = columnAt(side, source);
        if (auto s = batch.need(cols(col)); !s) return s;
        const T* const values = columnOf<T>(batch, col).data();
        const std::size_t n = batch.size();
        if (ranges_.size() > kFewRanges) {
            for (std::size_t i = 0; i < n; ++i) out[i] = holds(values[i]);
            return ok();
        }
        for (std::size_t i = 0; i < ranges_.size(); ++i) {
            std::uint8_t* to = i ? scratch.mask(depth) : out;
            kernel::inRange(values, n, T(ranges_[i].lo), T(ranges_[i].hi - ranges_[i].lo), to);
            if (i) kernel::orInto(out, to, n);
        }
        return ok();
    }
    bool holds(T value) const {
        const auto after =
            std::upper_bound(ranges_.begin(), ranges_.end(), value, [](T v, const NumberRange& r) { return v < r.lo; });
        return after != ranges_.begin() && value <= (after - 1)->hi;
    }
    unsigned costAt() const override { return sizeof(T); }

    PairField field_;
    std::vector<NumberRange> ranges_;  ///< ascending, not empty ones, within T
};

template <class T>
std::unique_ptr<FilterTest> pairTest(const PairTerm& term) {
    constexpr std::uint64_t kMost = std::numeric_limits<T>::max();
    std::vector<NumberRange> ranges;
    for (const NumberRange& r : term.ranges)
        if (r.lo <= r.hi && r.lo <= kMost) ranges.push_back({r.lo, std::min(r.hi, kMost)});
    std::sort(ranges.begin(), ranges.end(), [](const NumberRange& a, const NumberRange& b) { return a.lo < b.lo; });
    return std::make_unique<PairTest<T>>(term, std::move(ranges));
}

}  // namespace

std::unique_ptr<FilterTest> makePairTest(const PairTerm& term) {
    switch (term.field) {
        case PairField::as:
        case PairField::interface: return pairTest<std::uint32_t>(term);
        case PairField::vlan: return pairTest<std::uint16_t>(term);
        case PairField::tos:
        case PairField::mask: break;
    }
    return pairTest<std::uint8_t>(term);
}

std::unique_ptr<FilterTest> makeFamilyTest(const FamilyTerm& term, const AddressTable& addresses) {
    const auto v4 = HostId(addresses.v4().size()), all = HostId(addresses.size());
    return std::make_unique<AddressTest>(End::source, unionOf({term.v6 ? IdRange{v4, all} : IdRange{0, v4}}), all);
}

std::vector<IdRange> hostsIn(std::span<const Prefix> prefixes, const AddressTable& addresses) {
    std::vector<IdRange> ranges;
    ranges.reserve(prefixes.size());
    for (const auto& [begin, end] : addresses.ranges(prefixes)) ranges.push_back({begin, end});
    return unionOf(std::move(ranges));
}

std::unique_ptr<FilterTest> makeAddressTest(const AddressTerm& term, const AddressTable& addresses) {
    return std::make_unique<AddressTest>(term.end, hostsIn(term.prefixes, addresses), addresses.size());
}

std::unique_ptr<FilterTest> makePortTest(const PortTerm& term) {
    constexpr std::uint64_t kMost = 65535;
    std::vector<NumberRange> ranges;
    for (const NumberRange& r : term.ranges)
        if (r.lo <= r.hi && r.lo <= kMost) ranges.push_back({r.lo, std::min(r.hi, kMost)});
    return std::make_unique<PortTest>(term.end, std::move(ranges), term.icmpDecided);
}

}  // namespace weir::flow
