// Tests on protocol, counters, rates, ICMP type and code, TCP flags and times.
#include "core/flow/filter_kernels.h"
#include "core/flow/filter_test.h"
#include "core/flow/packet_record.h"

#include <algorithm>

namespace weir::flow {
namespace {

constexpr std::uint64_t kTop = ~std::uint64_t{0};

/// a * b / c without overflow of the product; c > 0.
std::uint64_t scaled(std::uint64_t a, std::uint64_t b, std::uint64_t c) {
    std::uint64_t product;
    if (!__builtin_mul_overflow(a, b, &product)) return product / c;
    __extension__ using Wide = unsigned __int128;
    const Wide wide = Wide(a) * b / c;
    return wide > kTop ? kTop : std::uint64_t(wide);
}

/// Whole-range tests on one column of the record.
class ColumnTest final : public FilterTest {
public:
    ColumnTest(Col col, NumberRange range) : col_(col), range_(range) {}
    Verdict zone(const FilterBatch& batch, Side side) const override {
        if (range_.lo > range_.hi) return Verdict::none;
        return compareZone(batch.zone(sideOf(col_, side)), range_.lo, range_.hi);
    }
    Status mark(FilterBatch& batch, Side side, FilterScratch&, std::size_t, std::uint8_t* out) const override {
        const Col col = sideOf(col_, side);
        if (auto s = batch.need(cols(col)); !s) return s;
        const std::size_t n = batch.size();
        if (col_ == Col::protocol) {
            constexpr std::uint64_t kMost = 255;
            if (range_.lo > kMost) return std::fill_n(out, n, std::uint8_t{0}), ok();
            kernel::inRange(columnOf<std::uint8_t>(batch, col).data(), n, std::uint8_t(range_.lo),
                            std::uint8_t(std::min(range_.hi, kMost) - range_.lo), out);
        } else {
            kernel::inRange(columnOf<std::uint64_t>(batch, col).data(), n, range_.lo, range_.hi - range_.lo, out);
        }
        return ok();
    }
    unsigned cost() const override { return col_ == Col::protocol ? 5 : 8; }

private:
    Col col_;
    NumberRange range_;
};

class FlowsTest final : public FilterTest {
public:
    explicit FlowsTest(NumberRange range) : holds_(range.lo <= 1 && 1 <= range.hi) {}
    Verdict zone(const FilterBatch&, Side) const override { return holds_ ? Verdict::all : Verdict::none; }
    Status mark(FilterBatch& batch, Side, FilterScratch&, std::size_t, std::uint8_t* out) const override {
        return std::fill_n(out, batch.size(), std::uint8_t(holds_)), ok();
    }
    unsigned cost() const override { return 0; }

private:
    bool holds_;
};

/// Duration and rates: computed value by value.
class RateTest final : public FilterTest {
public:
    RateTest(Measure measure, NumberRange range) : measure_(measure), range_(range) {}
    Verdict zone(const FilterBatch&, Side) const override {
        return range_.lo > range_.hi ? Verdict::none : Verdict::some;
    }
    Status mark(FilterBatch& batch, Side side, FilterScratch&, std::size_t, std::uint8_t* out) const override {
        const Col packets = sideOf(Col::packets, side), bytes = sideOf(Col::bytes, side);
        ColSet wanted;
        if (measure_ != Measure::bpp) wanted = cols(Col::start, Col::end);
        if (measure_ == Measure::pps || measure_ == Measure::bpp) wanted = wanted.with(packets);
        if (measure_ == Measure::bps || measure_ == Measure::bpp) wanted = wanted.with(bytes);
        if (auto s = batch.need(wanted); !s) return s;
        const RecordColumns& c = batch.columns();
        const auto duration = [&](std::size_t i) {
            const std::int64_t from = c.start.data()[i], to = c.end.data()[i];
            return to > from ? std::uint64_t(to) - std::uint64_t(from) : 0;
        };
        const auto rate = [&](std::uint64_t amount, std::uint64_t factor, std::size_t i) {
            const std::uint64_t us = duration(i);
            return us ? scaled(amount, factor, us) : 0;
        };
        const std::uint64_t* p = columnOf<std::uint64_t>(batch, packets).data();
        const std::uint64_t* b = columnOf<std::uint64_t>(batch, bytes).data();
        constexpr std::uint64_t kUsPerMs = 1000, kUsPerSecond = 1000'000, kBits = 8;
        switch (measure_) {
            case Measure::duration: each(batch, out, [&](std::size_t i) { return duration(i) / kUsPerMs; }); break;
            case Measure::pps: each(batch, out, [&](std::size_t i) { return rate(p[i], kUsPerSecond, i); }); break;
            case Measure::bps:
                each(batch, out, [&](std::size_t i) { return rate(b[i], kBits * kUsPerSecond, i); });
                break;
            default: each(batch, out, [&](std::size_t i) { return p[i] ? b[i] / p[i] : 0; }); break;
        }
        return ok();
    }
    unsigned cost() const override { return 24; }

private:
    template <class Value>
    void each(const FilterBatch& batch, std::uint8_t* out, Value value) const {
        const std::uint64_t lo = range_.lo, width = range_.hi - range_.lo;
        for (std::size_t i = 0; i < batch.size(); ++i) out[i] = value(i) - lo <= width;
    }
    Measure measure_;
    NumberRange range_;
};

class IcmpTest final : public FilterTest {
public:
    IcmpTest(bool code, NumberRange range) : code_(code), range_(range) {}
    Verdict zone(const FilterBatch& batch, Side) const override {
        const auto protocols = batch.zone(Col::protocol);
        const bool without = protocols && (protocols->lo > kIcmp6 || (protocols->lo > kIcmp && protocols->hi < kIcmp6));
        return range_.lo > range_.hi || without ? Verdict::none : Verdict::some;
    }
    Status mark(FilterBatch& batch, Side, FilterScratch&, std::size_t, std::uint8_t* out) const override {
        if (auto s = batch.need(cols(Col::protocol, Col::icmpTypeCode)); !s) return s;
        const std::uint8_t* protocol = batch.columns().protocol.data();
        const std::uint16_t* typeCode = batch.columns().icmpTypeCode.data();
        const unsigned shift = code_ ? 0 : 8;
        const std::uint64_t lo = range_.lo, width = range_.hi - range_.lo;
        for (std::size_t i = 0; i < batch.size(); ++i) {
            const std::uint64_t value = typeCode[i] >> shift & 0xffu;
            out[i] = std::uint8_t((protocol[i] == kIcmp) | (protocol[i] == kIcmp6)) & std::uint8_t(value - lo <= width);
        }
        return ok();
    }
    unsigned cost() const override { return 7; }

private:
    bool code_;
    NumberRange range_;
};

class FlagsTest final : public FilterTest {
public:
    explicit FlagsTest(const FlagsTerm& term) : term_(term) {}
    Verdict zone(const FilterBatch& batch, Side) const override {
        const auto protocols = batch.zone(Col::protocol);
        const bool withoutTcp = protocols && (protocols->lo > kTcp || protocols->hi < kTcp);
        const bool empty = term_.form == FlagsTerm::Form::range && term_.range.lo > term_.range.hi;
        return withoutTcp || empty ? Verdict::none : Verdict::some;
    }
    Status mark(FilterBatch& batch, Side side, FilterScratch& scratch, std::size_t depth,
                std::uint8_t* out) const override {
        const Col col = sideOf(Col::tcpFlags, side);
        if (auto s = batch.need(cols(Col::protocol, col)); !s) return s;
        const std::uint8_t* flags = columnOf<std::uint8_t>(batch, col).data();
        const std::size_t n = batch.size();
        constexpr std::uint64_t kMost = 255;
        switch (term_.form) {
            case FlagsTerm::Form::allSet: kernel::allBits(flags, n, term_.mask, out); break;
            case FlagsTerm::Form::anySet: kernel::anyBit(flags, n, term_.mask, out); break;
            case FlagsTerm::Form::range:
                if (term_.range.lo > kMost)
                    std::fill_n(out, n, std::uint8_t{0});
                else
                    kernel::inRange(flags, n, std::uint8_t(term_.range.lo),
                                    std::uint8_t(std::min(term_.range.hi, kMost) - term_.range.lo), out);
                break;
        }
        std::uint8_t* tcp = scratch.mask(depth);
        kernel::inRange(batch.columns().protocol.data(), n, std::uint8_t{kTcp}, std::uint8_t{0}, tcp);
        kernel::andInto(out, tcp, n);
        return ok();
    }
    unsigned cost() const override { return 6; }

private:
    FlagsTerm term_;
};

class TimeTest final : public FilterTest {
public:
    explicit TimeTest(const TimeTerm& term) : term_(term) {}
    Verdict zone(const FilterBatch& batch, Side) const override {
        if (term_.lo > term_.hi) return Verdict::none;
        const auto z = batch.zone(term_.last ? Col::end : Col::start);
        if (!z) return Verdict::some;
        if (z->hi < term_.lo || z->lo > term_.hi) return Verdict::none;
        return z->lo >= term_.lo && z->hi <= term_.hi ? Verdict::all : Verdict::some;
    }
    Status mark(FilterBatch& batch, Side, FilterScratch&, std::size_t, std::uint8_t* out) const override {
        if (auto s = batch.need(cols(term_.last ? Col::end : Col::start)); !s) return s;
        const auto& times = term_.last ? batch.columns().end : batch.columns().start;
        kernel::inRange(times.data(), batch.size(), term_.lo, term_.hi, out);
        return ok();
    }
    unsigned cost() const override { return 8; }

private:
    TimeTerm term_;
};

}  // namespace

Verdict compareZone(const std::optional<Zone>& zone, std::uint64_t lo, std::uint64_t hi) {
    if (!zone) return Verdict::some;
    const auto from = std::uint64_t(zone->lo), to = std::uint64_t(zone->hi);
    if (to < lo || from > hi) return Verdict::none;
    return from >= lo && to <= hi ? Verdict::all : Verdict::some;
}

std::unique_ptr<FilterTest> makeMeasureTest(const MeasureTerm& term) {
    switch (term.measure) {
        case Measure::protocol: return std::make_unique<ColumnTest>(Col::protocol, term.range);
        case Measure::packets: return std::make_unique<ColumnTest>(Col::packets, term.range);
        case Measure::bytes: return std::make_unique<ColumnTest>(Col::bytes, term.range);
        case Measure::flows: return std::make_unique<FlowsTest>(term.range);
        case Measure::icmpType: return std::make_unique<IcmpTest>(false, term.range);
        case Measure::icmpCode: return std::make_unique<IcmpTest>(true, term.range);
        case Measure::duration:
        case Measure::bps:
        case Measure::pps:
        case Measure::bpp: break;
    }
    return std::make_unique<RateTest>(term.measure, term.range);
}
std::unique_ptr<FilterTest> makeFlagsTest(const FlagsTerm& term) { return std::make_unique<FlagsTest>(term); }
std::unique_ptr<FilterTest> makeTimeTest(const TimeTerm& term) { return std::make_unique<TimeTest>(term); }

}  // namespace weir::flow
