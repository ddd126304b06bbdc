// Reads rows for views and exports, with a cache of a few decoded chunks.
#include "core/session/rows/row_reader.h"

#include "core/flow/filter_batch.h"
#include "core/score/ranking.h"
#include "core/session/evidence/score.h"
#include "core/session/project/row_ids.h"
#include "core/session/rows/row_terms.h"

#include <algorithm>
#include <array>
#include <list>

namespace weir::session {
namespace {

constexpr std::size_t kKeptChunks = 8;

/// Decoded chunks, most recently used first.
class ChunkCache {
public:
    explicit ChunkCache(const flow::ChunkSource& source) : source_(source) {}
    Result<const flow::RecordColumns*> get(std::size_t chunk) {
        for (auto it = kept_.begin(); it != kept_.end(); ++it)
            if (it->chunk == chunk) {
                kept_.splice(kept_.begin(), kept_, it);
                return &kept_.front().columns;
            }
        if (kept_.size() < kKeptChunks)
            kept_.emplace_front();
        else
            kept_.splice(kept_.begin(), kept_, std::prev(kept_.end()));
        Entry& e = kept_.front();
        e.chunk = kNone;
        if (auto s = source_.read(chunk, flow::ColSet::all(), e.columns); !s) return s.error();
        e.chunk = chunk;
        return &e.columns;
    }

private:
    static constexpr std::size_t kNone = ~std::size_t{0};
    struct Entry {
        std::size_t chunk = kNone;
        flow::RecordColumns columns;
    };
    const flow::ChunkSource& source_;
    std::list<Entry> kept_;
};

}  // namespace

struct RowReader::State {
    explicit State(SelectionPtr s)
        : selection(std::move(s)), snapshot(*selection->snapshot), terms(selection->snapshot, selection->judgement),
          sources(*snapshot.records), chunks(*snapshot.records), carried(anyCarried()) {}

    Status fillRecord(std::uint32_t row, RowData& out);
    Status fillDerived(std::uint32_t row, RowData& out);
    void judge(RowData& out) const;
    void score(std::uint32_t record, RowData& out) const;
    /// Copies the fields that derived flows do not have from a record, swapped when its ends are.
    void carry(const flow::RecordColumns& c, std::uint32_t i, bool turned, RowData& out) const;
    bool anyCarried() const;
    Result<bool> leaves(std::uint32_t derivedRow);

    SelectionPtr selection;
    const Snapshot& snapshot;
    SnapshotTerms terms;
    SourceRows sources;
    ChunkCache chunks;
    bool carried;  ///< some record has a carried field other than 0
};

namespace {

template <class T>
T at(const Buffer<T>& column, std::size_t i) {
    return column.empty() ? T{} : column[i];
}

void turnAround(RowData& r) {
    std::swap(r.srcAs, r.dstAs);
    std::swap(r.inIf, r.outIf);
    std::swap(r.srcVlan, r.dstVlan);
    std::swap(r.srcMask, r.dstMask);
}

}  // namespace

Status RowReader::State::fillRecord(std::uint32_t row, RowData& out) {
    const flow::RowPlace place = flow::placeOf(*snapshot.records, row);
    auto read = chunks.get(place.chunk);
    if (!read) return read.error();
    const flow::RecordColumns& c = **read;
    const flow::AddressTable& addresses = snapshot.records->addresses();
    const std::uint32_t i = place.row;
    out.id = sources.idOf(row);
    out.row = row;
    out.source = snapshot.records->chunks()[place.chunk].source;
    out.first = c.start[i];
    out.last = c.end[i];
    out.src = addresses[c.src[i]];
    out.dst = addresses[c.dst[i]];
    out.srcPort = at(c.srcPort, i);
    out.dstPort = at(c.dstPort, i);
    out.icmpTypeCode = at(c.icmpTypeCode, i);
    out.protocol = at(c.protocol, i);
    out.flags = at(c.tcpFlags, i);
    out.packets = at(c.packets, i);
    out.bytes = at(c.bytes, i);
    out.reverseFlags = at(c.reverseTcpFlags, i);
    out.reversePackets = at(c.reversePackets, i);
    out.reverseBytes = at(c.reverseBytes, i);
    carry(c, i, false, out);
    if (snapshot.flows) out.derivedRow = snapshot.flows->flowOfRecord[row];
    judge(out);
    score(row, out);
    return ok();
}

bool RowReader::State::anyCarried() const {
    for (const flow::ColumnInfo& column : flow::kColumns)
        for (std::size_t chunk = 0; flow::isPerRecordOnly(column.col) && chunk < snapshot.records->chunks().size();
             ++chunk) {
            std::int64_t lo = 0, hi = 0;
            if (!snapshot.records->zone(chunk, column.col, lo, hi) || hi != 0) return true;
        }
    return false;
}

void RowReader::State::carry(const flow::RecordColumns& c, std::uint32_t i, bool turned, RowData& out) const {
    out.srcAs = at(c.srcAs, i);
    out.dstAs = at(c.dstAs, i);
    out.inIf = at(c.inIf, i);
    out.outIf = at(c.outIf, i);
    out.tos = at(c.tos, i);
    out.dstTos = at(c.dstTos, i);
    out.srcVlan = at(c.srcVlan, i);
    out.dstVlan = at(c.dstVlan, i);
    out.srcMask = at(c.srcMask, i);
    out.dstMask = at(c.dstMask, i);
    out.samplingInterval = at(c.samplingInterval, i);
    if (turned) turnAround(out);
    const std::size_t number = at(c.exporter, i);
    for (const store::SourceInfo& source : snapshot.sources)
        if (number != 0 && source.number == out.source && number <= source.exporters.size())
            out.exporter = source.exporters[number - 1].address;
}

/// True when the local end is the derived flow's source.
Result<bool> RowReader::State::leaves(std::uint32_t d) {
    const flow::DerivedFlows& f = *snapshot.flows;
    if (!(f.kind[d] & flow::kBiflow)) return flow::leavesFirst(f.kind[d], f.packetsOut[d], 0);
    if (const auto known = terms.localIsInitiator(); !known.empty()) return known[d] != 0;
    const flow::RowPlace place = flow::placeOf(*snapshot.records, f.firstRecord[d]);
    auto read = chunks.get(place.chunk);
    if (!read) return read.error();
    const bool sameHost = f.local[d] == f.remote[d];
    return (*read)->src[place.row] == f.local[d] && (!sameHost || (*read)->srcPort[place.row] == f.localPort[d]);
}

Status RowReader::State::fillDerived(std::uint32_t d, RowData& out) {
    const flow::DerivedFlows& f = *snapshot.flows;
    const flow::AddressTable& addresses = snapshot.records->addresses();
    const auto out1st = leaves(d);
    if (!out1st) return out1st.error();
    const bool o = *out1st;
    out.id = sources.idOf(f.firstRecord[d]);
    out.row = d;
    out.source = sources.of(f.firstRecord[d]).source;
    out.derivedRow = d;
    out.first = f.start[d];
    out.last = f.end[d];
    out.src = addresses[o ? f.local[d] : f.remote[d]];
    out.dst = addresses[o ? f.remote[d] : f.local[d]];
    out.srcPort = o ? f.localPort[d] : f.remotePort[d];
    out.dstPort = o ? f.remotePort[d] : f.localPort[d];
    out.icmpTypeCode = f.icmpTypeCode[d];
    out.protocol = f.protocol[d];
    out.flags = o ? f.flagsOut[d] : f.flagsIn[d];
    out.reverseFlags = o ? f.flagsIn[d] : f.flagsOut[d];
    out.packets = o ? f.packetsOut[d] : f.packetsIn[d];
    out.reversePackets = o ? f.packetsIn[d] : f.packetsOut[d];
    out.bytes = o ? f.bytesOut[d] : f.bytesIn[d];
    out.reverseBytes = o ? f.bytesIn[d] : f.bytesOut[d];
    if (carried) {
        const flow::RowPlace place = flow::placeOf(*snapshot.records, f.firstRecord[d]);
        auto read = chunks.get(place.chunk);
        if (!read) return read.error();
        const flow::RecordColumns& c = **read;
        const flow::HostId source = o ? f.local[d] : f.remote[d];
        const bool sameHost = f.local[d] == f.remote[d];
        carry(c, place.row, c.src[place.row] != source || (sameHost && c.srcPort[place.row] != out.srcPort), out);
    }
    judge(out);
    score(f.firstRecord[d], out);
    return ok();
}

void RowReader::State::score(std::uint32_t record, RowData& out) const {
    if (!snapshot.scores || !snapshot.scores->byRecord()) return;
    const score::Scores& scores = *snapshot.scores->scores;
    const auto scoreOf = [&](std::uint32_t number) -> RowData::Score {
        if (number == score::Scores::kNotScored) return {};
        const std::uint64_t word = scores.words[number].word;
        const score::Points points = score::pointsOf(snapshot.scores->parsed.profile, word);
        return {true, word, points.badness, points.goodness};
    };
    out.sides[0] = scoreOf(scores.forward[record]);
    if (!scores.reverse.empty()) out.sides[1] = scoreOf(scores.reverse[record]);
    const RowData::Score& shown = out.sides[out.sides[0].scored ? 0 : 1];
    out.scored = shown.scored;
    out.codes = shown.codes;
    out.badness = shown.badness;
    out.goodness = shown.goodness;
}

void RowReader::State::judge(RowData& out) const {
    if (!snapshot.flows || out.derivedRow == ~0u) return;
    out.kind = snapshot.flows->kind[out.derivedRow];
    const auto words = terms.words();
    if (words.empty()) return;
    out.word = words[out.derivedRow];
    const auto verdict = terms.verdictOf(out.word);
    if (!verdict) return;
    out.classified = true;
    out.classIndex = verdict->classIndex;
    out.rule = verdict->rule;
    out.conflicting = verdict->classesClaiming >= 2;
}

RowReader::RowReader(SelectionPtr selection) {
    if (selection && selection->snapshot && selection->snapshot->records)
        s_ = std::make_unique<State>(std::move(selection));
}
RowReader::~RowReader() = default;
RowReader::RowReader(RowReader&&) noexcept = default;

Result<std::vector<RowData>> RowReader::read(std::uint64_t first, std::size_t n) {
    if (!s_ || first >= s_->selection->count) return std::vector<RowData>();
    const Selection& selection = *s_->selection;
    std::vector<RowData> rows(std::size_t(std::min<std::uint64_t>(n, selection.count - first)));
    // In row order, so that each chunk is decoded once even if the list is sorted differently.
    std::vector<std::uint32_t> order(rows.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = std::uint32_t(i);
    if (!selection.all)
        std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
            return selection.rowAt(first + a) < selection.rowAt(first + b);
        });
    for (const std::uint32_t i : order) {
        const std::uint32_t row = selection.rowAt(first + i);
        const Status s =
            selection.query.rows == Rows::records ? s_->fillRecord(row, rows[i]) : s_->fillDerived(row, rows[i]);
        if (!s) return s.error();
    }
    return rows;
}

Result<RowData> readRow(const SnapshotPtr& snapshot, const JudgementPtr& judgement, Rows kind, std::uint32_t row) {
    auto selection = std::make_shared<Selection>();
    selection->snapshot = snapshot;
    selection->judgement = judgement;
    selection->query.rows = kind;
    selection->picked.push_back(row);
    selection->count = 1;
    selection->total = kind == Rows::records ? snapshot->records->rows() : snapshot->flows->size();
    auto rows = RowReader(std::move(selection)).read(0, 1);
    if (!rows) return rows.error();
    return std::move(rows->front());
}

Result<std::uint32_t> derivedRowOf(const Snapshot& snapshot, std::string_view flowId) {
    if (!snapshot.records || !snapshot.flows) return Error{Errc::notFound, "the flows are not paired yet", 0};
    const auto row = SourceRows(*snapshot.records).rowOf(flowId);
    if (!row)
        return Error{Errc::notFound, "no flow `" + std::string(flowId) + "` (a flow id is SOURCE:ROW, as in 1:0)", 0};
    const std::uint32_t derived = snapshot.flows->flowOfRecord[std::size_t(*row)];
    if (derived == flow::kNoFlow)
        return Error{Errc::notFound,
                     "record " + std::string(flowId) +
                         " belongs to no flow: it was removed as a duplicate or an excluded artefact",
                     0};
    return derived;
}

std::string flowIdOf(const Snapshot& snapshot, std::uint32_t derivedRow) {
    return SourceRows(*snapshot.records).idOf(snapshot.flows->firstRecord[derivedRow]);
}

}  // namespace weir::session
