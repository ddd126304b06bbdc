// Tests on the capture and the exporter a record came from, and on its Community ID.
#include "core/flow/filter_test.h"

#include <algorithm>

namespace weir::flow {
namespace {

/// Calls mark(place in the batch, row of its record) for every row.
template <class Mark>
void eachRecordRow(const FilterBatch& batch, Mark mark) {
    const std::uint32_t* const rows = batch.recordRows();
    const std::uint64_t first = batch.firstRecordRow();
    for (std::uint32_t i = 0; i < batch.size(); ++i) mark(i, rows ? rows[i] : first + i);
}

/// [first, first + size) of a batch of records against rows [begin, end).
Verdict compareRows(const FilterBatch& batch, const RowRange& rows) {
    if (batch.recordRows()) return Verdict::some;
    const std::uint64_t first = batch.firstRecordRow(), behind = first + batch.size();
    if (behind <= rows.begin || first >= rows.end) return Verdict::none;
    return first >= rows.begin && behind <= rows.end ? Verdict::all : Verdict::some;
}

class RowsTest final : public FilterTest {
public:
    explicit RowsTest(std::vector<RowRange> rows) : rows_(std::move(rows)) {}
    Verdict zone(const FilterBatch& batch, Side) const override {
        Verdict v = Verdict::none;
        for (const RowRange& r : rows_) v = either(v, compareRows(batch, r));
        return v;
    }
    Status mark(FilterBatch& batch, Side, FilterScratch&, std::size_t, std::uint8_t* out) const override {
        eachRecordRow(batch, [&](std::uint32_t i, std::uint64_t row) {
            const auto after = std::upper_bound(rows_.begin(), rows_.end(), row,
                                                [](std::uint64_t at, const RowRange& r) { return at < r.begin; });
            out[i] = after != rows_.begin() && row < (after - 1)->end;
        });
        return ok();
    }
    unsigned cost() const override { return 1; }

private:
    std::vector<RowRange> rows_;
};

/// A batch of derived flows goes by first records: those of the flows that hold the rows asked for.
class FlowTest final : public FilterTest {
public:
    FlowTest(const FlowTerm& term, const DerivedFlows* derived) : rows_(term.rows) {
        for (const std::uint64_t row : rows_) {
            if (!derived || row >= derived->flowOfRecord.size()) continue;
            if (const std::uint32_t flow = derived->flowOfRecord[std::size_t(row)]; flow != kNoFlow)
                firsts_.push_back(derived->firstRecord[flow]);
        }
        std::sort(firsts_.begin(), firsts_.end());
    }
    Verdict zone(const FilterBatch& batch, Side) const override {
        if (batch.recordRows()) return firsts_.empty() ? Verdict::none : Verdict::some;
        const std::uint64_t first = batch.firstRecordRow();
        const auto at = std::lower_bound(rows_.begin(), rows_.end(), first);
        return at == rows_.end() || *at >= first + batch.size() ? Verdict::none : Verdict::some;
    }
    Status mark(FilterBatch& batch, Side, FilterScratch&, std::size_t, std::uint8_t* out) const override {
        const std::vector<std::uint64_t>& wanted = batch.recordRows() ? firsts_ : rows_;
        eachRecordRow(batch, [&](std::uint32_t i, std::uint64_t row) {
            out[i] = std::binary_search(wanted.begin(), wanted.end(), row);
        });
        return ok();
    }
    unsigned cost() const override { return 2; }

private:
    std::vector<std::uint64_t> rows_, firsts_;
};

/// A bit a derived flow.
class FlowSetTest final : public FilterTest {
public:
    FlowSetTest(const FlowSetTerm& term, const DerivedFlows& derived) : derived_(derived), holds_(derived.size()) {
        for (const std::uint32_t flow : *term.flows)
            if (flow < holds_.size()) holds_[flow] = true;
        none_ = term.flows->empty();
    }
    Verdict zone(const FilterBatch&, Side) const override { return none_ ? Verdict::none : Verdict::some; }
    Status mark(FilterBatch& batch, Side, FilterScratch&, std::size_t, std::uint8_t* out) const override {
        eachRecordRow(batch, [&](std::uint32_t i, std::uint64_t row) {
            const std::uint32_t flow =
                row < derived_.flowOfRecord.size() ? derived_.flowOfRecord[std::size_t(row)] : kNoFlow;
            out[i] = flow != kNoFlow && holds_[flow];
        });
        return ok();
    }
    unsigned cost() const override { return 4; }

private:
    const DerivedFlows& derived_;
    std::vector<bool> holds_;
    bool none_ = false;
};

class CodesTest final : public FilterTest {
public:
    CodesTest(const CodeTerm& term, const ScoredRows& rows) : holds_(term.holds), rows_(rows) {}
    Verdict zone(const FilterBatch&, Side) const override {
        return std::find(holds_.begin(), holds_.end(), std::uint8_t{1}) == holds_.end() ? Verdict::none : Verdict::some;
    }
    Status mark(FilterBatch& batch, Side side, FilterScratch&, std::size_t, std::uint8_t* out) const override {
        const auto& numbers = side == Side::forward ? rows_.forward : rows_.reverse;
        eachRecordRow(batch, [&](std::uint32_t i, std::uint64_t row) {
            // Records that came after the scores were given have none.
            const std::uint32_t number = row < numbers.size() ? numbers[std::size_t(row)] : 0;
            out[i] = number < holds_.size() ? holds_[number] : std::uint8_t{0};
        });
        return ok();
    }
    unsigned cost() const override { return 4; }

private:
    std::vector<std::uint8_t> holds_;
    ScoredRows rows_;
};

class ExporterTest final : public FilterTest {
public:
    explicit ExporterTest(std::vector<ExporterRows> exporters) : exporters_(std::move(exporters)) {}
    Verdict zone(const FilterBatch& batch, Side) const override {
        const auto numbers = batch.zone(Col::exporter);
        Verdict v = Verdict::none;
        for (const ExporterRows& e : exporters_)
            v = either(v, both(compareRows(batch, e.rows), compareZone(numbers, e.number, e.number)));
        return v;
    }
    Status mark(FilterBatch& batch, Side, FilterScratch&, std::size_t, std::uint8_t* out) const override {
        if (auto s = batch.need(cols(Col::exporter)); !s) return s;
        const std::uint16_t* const numbers = batch.columns().exporter.data();
        eachRecordRow(batch, [&](std::uint32_t i, std::uint64_t row) {
            out[i] = std::any_of(exporters_.begin(), exporters_.end(), [&](const ExporterRows& e) {
                return numbers[i] == e.number && row >= e.rows.begin && row < e.rows.end;
            });
        });
        return ok();
    }
    unsigned cost() const override { return 3; }

private:
    std::vector<ExporterRows> exporters_;
};

/// A hash a row: runs last. Both directions of a record have the id of the record.
class CommunityTest final : public FilterTest {
public:
    CommunityTest(const CommunityTerm& term, const AddressTable& addresses) : term_(term), addresses_(addresses) {}
    Status mark(FilterBatch& batch, Side, FilterScratch&, std::size_t, std::uint8_t* out) const override {
        constexpr ColSet kTuple =
            cols(Col::src, Col::dst, Col::srcPort, Col::dstPort, Col::icmpTypeCode, Col::protocol);
        if (auto s = batch.need(kTuple); !s) return s;
        const RecordColumns& c = batch.columns();
        for (std::uint32_t i = 0; i < batch.size(); ++i) {
            const FlowTuple t{addresses_[c.src[i]], addresses_[c.dst[i]], c.srcPort[i],
                              c.dstPort[i],         c.icmpTypeCode[i],    c.protocol[i]};
            out[i] = communityHash(t, term_.seed) == term_.hash;
        }
        return ok();
    }
    unsigned cost() const override { return 1000; }

private:
    CommunityTerm term_;
    const AddressTable& addresses_;
};

}  // namespace

std::unique_ptr<FilterTest> makeRowsTest(const RowsTerm& term) { return std::make_unique<RowsTest>(term.rows); }
std::unique_ptr<FilterTest> makeFlowTest(const FlowTerm& term, const DerivedFlows* derived) {
    return std::make_unique<FlowTest>(term, derived);
}
std::unique_ptr<FilterTest> makeFlowSetTest(const FlowSetTerm& term, const DerivedFlows& derived) {
    return std::make_unique<FlowSetTest>(term, derived);
}
std::unique_ptr<FilterTest> makeCodeTest(const CodeTerm& term, const ScoredRows& rows) {
    return std::make_unique<CodesTest>(term, rows);
}
std::unique_ptr<FilterTest> makeExporterTest(const ExporterTerm& term) {
    return std::make_unique<ExporterTest>(term.exporters);
}
std::unique_ptr<FilterTest> makeCommunityTest(const CommunityTerm& term, const AddressTable& addresses) {
    return std::make_unique<CommunityTest>(term, addresses);
}

}  // namespace weir::flow
