// Tests on what pairing and signs say of a row: direction, one- or two-way, evidence words; and the table of all tests.
#include "core/flow/filter_kernels.h"
#include "core/flow/filter_test.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <unordered_set>

namespace weir::flow {
namespace {

class HeadingTest final : public FilterTest {
public:
    HeadingTest(Heading heading, std::span<const std::uint8_t> hostBits) : heading_(heading), hostBits_(hostBits) {
        for (unsigned s = 0; s < 4; ++s)
            for (unsigned d = 0; d < 4; ++d) table_[s * 4 + d] = headingOf(s, d) == heading;
    }
    Status mark(FilterBatch& batch, Side side, FilterScratch&, std::size_t, std::uint8_t* out) const override {
        if (const std::uint8_t* outgoing = batch.outgoing()) {
            const std::uint8_t* kind = batch.kinds();
            for (std::size_t i = 0; i < batch.size(); ++i) {
                const Heading h = kind[i] & kInternal  ? Heading::internal
                                  : kind[i] & kTransit ? Heading::transit
                                  : outgoing[i]        ? Heading::outbound
                                                       : Heading::inbound;
                out[i] = h == heading_;
            }
            return ok();
        }
        if (auto s = batch.need(cols(Col::src, Col::dst)); !s) return s;
        const HostId* from = columnOf<HostId>(batch, sideOf(Col::src, side)).data();
        const HostId* to = columnOf<HostId>(batch, sideOf(Col::dst, side)).data();
        for (std::size_t i = 0; i < batch.size(); ++i)
            out[i] = table_[(hostBits_[from[i]] & 3u) * 4 + (hostBits_[to[i]] & 3u)];
        return ok();
    }
    unsigned cost() const override { return 12; }

private:
    Heading heading_;
    std::span<const std::uint8_t> hostBits_;
    std::array<std::uint8_t, 16> table_{};
};

class WaysTest final : public FilterTest {
public:
    explicit WaysTest(bool two) : two_(two) {}
    Status mark(FilterBatch& batch, Side, FilterScratch&, std::size_t, std::uint8_t* out) const override {
        const std::uint8_t* kind = batch.kinds();
        if (two_)
            kernel::anyBit(kind, batch.size(), kBiflow, out);
        else
            for (std::size_t i = 0; i < batch.size(); ++i) out[i] = kind[i] != 0 && !(kind[i] & kBiflow);
        return ok();
    }
    unsigned cost() const override { return 6; }

private:
    bool two_;
};

class EvidenceTest final : public FilterTest {
public:
    explicit EvidenceTest(const WordTest& test) : anyBit_(test.anyBit) {
        if (test.words.empty()) return;
        low_.assign(kLowWords, 0);
        for (const std::uint64_t w : test.words) {
            if (w < kLowWords)
                low_[w] = 1;
            else
                high_.insert(w);
        }
    }
    Verdict zone(const FilterBatch&, Side) const override {
        return anyBit_ == 0 && low_.empty() ? Verdict::none : Verdict::some;
    }
    Status mark(FilterBatch& batch, Side, FilterScratch&, std::size_t, std::uint8_t* out) const override {
        const std::uint64_t* words = batch.words();
        kernel::anyBit(words, batch.size(), anyBit_, out);
        if (low_.empty()) return ok();
        for (std::size_t i = 0; i < batch.size(); ++i)
            out[i] |= words[i] < kLowWords ? low_[words[i]] : std::uint8_t(high_.contains(words[i]));
        return ok();
    }
    unsigned cost() const override { return 10; }

private:
    static constexpr std::uint64_t kLowWords = std::uint64_t{1} << 18;  ///< words of built-in signs only: a table
    std::uint64_t anyBit_;
    Buffer<std::uint8_t> low_;
    std::unordered_set<std::uint64_t> high_;
};

using Made = Result<std::unique_ptr<FilterTest>>;

Made missing(std::string what) { return Error{Errc::badFilter, std::move(what), 0}; }

struct Maker {
    const AddressTable& addresses;
    const FilterTerms& terms;
    Made operator()(const FamilyTerm& t) const { return makeFamilyTest(t, addresses); }
    Made operator()(const AddressTerm& t) const { return makeAddressTest(t, addresses); }
    Made operator()(const PortTerm& t) const { return makePortTest(t); }
    Made operator()(const PairTerm& t) const { return makePairTest(t); }
    Made operator()(const RowsTerm& t) const { return makeRowsTest(t); }
    Made operator()(const FlowTerm& t) const { return makeFlowTest(t, terms.derived()); }
    Made operator()(const FlowSetTerm& t) const {
        if (!terms.derived()) return missing("unstable and flips need the paired flows, which are not computed yet");
        return Made(makeFlowSetTest(t, *terms.derived()));
    }
    Made operator()(const ExporterTerm& t) const { return makeExporterTest(t); }
    Made operator()(const CommunityTerm& t) const { return makeCommunityTest(t, addresses); }
    Made operator()(const MeasureTerm& t) const { return makeMeasureTest(t); }
    Made operator()(const FlagsTerm& t) const { return makeFlagsTest(t); }
    Made operator()(const TimeTerm& t) const { return makeTimeTest(t); }
    Made operator()(const HeadingTerm& t) const {
        if (terms.hostBits().size() != addresses.size())
            return missing(
                "inbound, outbound, internal and transit need the local networks, which are not computed yet");
        return Made(std::make_unique<HeadingTest>(t.heading, terms.hostBits()));
    }
    Made operator()(const CodeTerm& t) const {
        const ScoredRows scored = t.of ? *t.of : terms.scored();
        if (scored.forward.empty())
            return missing("code, badness and goodness need the scores, which are not computed yet");
        return Made(makeCodeTest(t, scored));
    }
    Made operator()(const WaysTerm& t) const {
        if (!terms.derived()) return missing("oneway and biflow need the paired flows, which are not computed yet");
        return Made(std::make_unique<WaysTest>(t.two));
    }
    Made operator()(const WordTerm& t) const {
        if (!terms.derived() || terms.words().size() != terms.derived()->size())
            return missing(
                "sign, class, rule, unclassified and conflicting need the signs, which are not computed yet");
        return Made(std::make_unique<EvidenceTest>(t.test));
    }
};

}  // namespace

Heading headingOf(unsigned source, unsigned destination) {
    const bool s = (source & 1) || ((source & 2) && destination == 0);
    const bool d = (destination & 1) || ((destination & 2) && source == 0);
    return s ? (d ? Heading::internal : Heading::outbound) : d ? Heading::inbound : Heading::transit;
}

Result<std::unique_ptr<FilterTest>> makeTest(const FilterLeaf& leaf, const AddressTable& addresses,
                                             const FilterTerms& terms) {
    return std::visit(Maker{addresses, terms}, leaf);
}

}  // namespace weir::flow
