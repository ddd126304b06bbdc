// Sort keys of rows, gathered chunk by chunk, and a stable radix sort.
#include "core/session/rows/row_order.h"

#include "core/flow/filter_batch.h"
#include "core/score/ranking.h"
#include "core/session/evidence/score.h"

#include <algorithm>
#include <array>
#include <utility>

namespace weir::session {
namespace {

using flow::Col;

flow::ColSet columnsOf(Field f) {
    switch (f) {
        case Field::first: return flow::cols(Col::start);
        case Field::last: return flow::cols(Col::end);
        case Field::duration: return flow::cols(Col::start, Col::end);
        case Field::protocol: return flow::cols(Col::protocol);
        case Field::src: return flow::cols(Col::src);
        case Field::srcPort: return flow::cols(Col::srcPort);
        case Field::dst: return flow::cols(Col::dst);
        case Field::dstPort: return flow::cols(Col::dstPort, Col::icmpTypeCode);
        case Field::flags: return flow::cols(Col::tcpFlags);
        case Field::packets: return flow::cols(Col::packets, Col::reversePackets);
        case Field::bytes: return flow::cols(Col::bytes, Col::reverseBytes);
        case Field::id:
        case Field::direction:
        case Field::className:
        case Field::rule:
        case Field::signs:
        case Field::badness:
        case Field::goodness:
        case Field::codes:
        case Field::source: break;
    }
    return flow::cols();
}

constexpr std::uint64_t kSignBit = std::uint64_t{1} << 63;
std::uint64_t timeKey(std::int64_t us) { return std::uint64_t(us) ^ kSignBit; }

class KeyMaker {
public:
    KeyMaker(const Snapshot& snapshot, const SnapshotTerms& terms, Field field, bool derived)
        : terms_(terms), field_(field), derived_(derived) {
        const bool scored = snapshot.scores && snapshot.scores->byRecord();
        if (scored && (field == Field::badness || field == Field::goodness || field == Field::codes))
            rankCodes(*snapshot.scores);
    }

    /// Fetches the columns that value() reads.
    Status open(flow::FilterBatch& batch) {
        flow::ColSet wanted = columnsOf(field_);
        if (derived_) wanted = flow::ColSet{wanted.bits & ~flow::cols(Col::reversePackets, Col::reverseBytes).bits};
        if (auto s = batch.need(wanted); !s) return s;
        const bool judged = field_ == Field::className || field_ == Field::rule || field_ == Field::signs;
        words_ = judged && terms_.derived() && !terms_.words().empty() ? batch.words() : nullptr;
        kinds_ = field_ == Field::direction && terms_.derived() ? batch.kinds() : nullptr;
        recordRows_ = batch.recordRows();
        firstRecord_ = batch.firstRecordRow();
        return ok();
    }

    std::uint64_t value(const flow::RecordColumns& c, std::uint32_t i) {
        switch (field_) {
            case Field::first: return timeKey(c.start[i]);
            case Field::last: return timeKey(c.end[i]);
            case Field::duration: return c.end[i] > c.start[i] ? std::uint64_t(c.end[i] - c.start[i]) : 0;
            case Field::protocol: return c.protocol[i];
            case Field::src: return c.src[i];
            case Field::srcPort: return c.srcPort[i];
            case Field::dst: return c.dst[i];
            case Field::dstPort: return std::uint64_t(c.dstPort[i] | c.icmpTypeCode[i]);
            case Field::flags: return c.tcpFlags[i];
            case Field::packets: return c.packets[i] + (derived_ ? 0 : c.reversePackets[i]);
            case Field::bytes: return c.bytes[i] + (derived_ ? 0 : c.reverseBytes[i]);
            case Field::direction:
                return kinds_ ? kinds_[i] &
                                    (flow::kOutflow | flow::kInflow | flow::kBiflow | flow::kInternal | flow::kTransit)
                              : 0;
            case Field::className: return judged(i, [](const classify::WordVerdict& v) { return v.classIndex; });
            case Field::rule: return judged(i, [](const classify::WordVerdict& v) { return v.rule; });
            case Field::signs: return words_ ? words_[i] : 0;
            case Field::badness:
            case Field::goodness:
            case Field::codes:
                return scores_
                           ? codeKeys_[scores_->numberOf(recordRows_ ? recordRows_[i] : std::size_t(firstRecord_ + i))]
                           : 0;
            case Field::id:
            case Field::source: break;
        }
        return 0;
    }

private:
    /// Rows that are not scored sort below those with 0 points.
    void rankCodes(const ScoreResult& result) {
        scores_ = result.scores.get();
        for (const score::CodeCount& c : scores_->words) {
            const score::Points points = score::pointsOf(result.parsed.profile, c.word);
            const auto key = field_ == Field::badness    ? std::uint64_t(points.badness)
                             : field_ == Field::goodness ? std::uint64_t(points.goodness)
                                                         : c.word;
            codeKeys_.push_back(key == ~std::uint64_t{0} ? key : key + 1);
        }
        codeKeys_[score::Scores::kNotScored] = 0;
    }
    template <class Part>
    std::uint64_t judged(std::uint32_t i, Part part) const {
        constexpr std::uint64_t kBehindAll = 1u << 16;
        const auto verdict = words_ ? terms_.verdictOf(words_[i]) : std::nullopt;
        return verdict ? part(*verdict) : kBehindAll;
    }
    const SnapshotTerms& terms_;
    Field field_;
    bool derived_;
    const std::uint64_t* words_ = nullptr;
    const std::uint8_t* kinds_ = nullptr;
    const score::Scores* scores_ = nullptr;
    std::vector<std::uint64_t> codeKeys_;  ///< by number of a code word
    const std::uint32_t* recordRows_ = nullptr;
    std::uint64_t firstRecord_ = 0;
};

/// Fills keys[i] for the rows of one batch that starts at `base`; returns the index after the last of them.
std::size_t fillKeys(KeyMaker& maker, flow::FilterBatch& batch, std::uint64_t base, const Buffer<std::uint32_t>& rows,
                     std::size_t at, Buffer<std::uint64_t>& keys) {
    for (; at < rows.size() && rows[at] < base + batch.size(); ++at)
        keys[at] = maker.value(batch.columns(), std::uint32_t(rows[at] - base));
    return at;
}

Status gatherRecords(const Snapshot& snapshot, const SnapshotTerms& terms, KeyMaker& maker,
                     const Buffer<std::uint32_t>& rows, Buffer<std::uint64_t>& keys, JobContext& job) {
    flow::RecordBatch batch(*snapshot.records, terms);
    const auto chunks = snapshot.records->chunks();
    for (std::size_t at = 0; at < rows.size();) {
        const std::size_t chunk = flow::placeOf(*snapshot.records, rows[at]).chunk;
        if (!job.step(at, rows.size(), "sorting")) return cancelledError();
        batch.open(chunk);
        if (auto s = maker.open(batch); !s) return s;
        at = fillKeys(maker, batch, chunks[chunk].firstRow, rows, at, keys);
    }
    return ok();
}

Status gatherDerived(const Snapshot& snapshot, const SnapshotTerms& terms, KeyMaker& maker,
                     const Buffer<std::uint32_t>& rows, Buffer<std::uint64_t>& keys, JobContext& job) {
    flow::DerivedBatch batch(*snapshot.flows, terms, snapshot.records.get());
    for (std::size_t at = 0; at < rows.size();) {
        const std::size_t first = rows[at] / flow::kChunkRows * flow::kChunkRows;
        if (!job.step(at, rows.size(), "sorting")) return cancelledError();
        batch.open(first, std::uint32_t(std::min(flow::kChunkRows, snapshot.flows->size() - first)));
        if (auto s = maker.open(batch); !s) return s;
        at = fillKeys(maker, batch, first, rows, at, keys);
    }
    return ok();
}

}  // namespace

bool sortByKey(Buffer<std::uint64_t>& keys, Buffer<std::uint32_t>& rows, JobContext& job) {
    const std::size_t n = rows.size();
    std::uint64_t differing = 0;
    for (std::size_t i = 1; i < n; ++i) differing |= keys[i] ^ keys[0];
    Buffer<std::uint64_t> otherKeys(n);
    Buffer<std::uint32_t> otherRows(n);
    for (unsigned shift = 0; shift < 64; shift += 8) {
        if ((differing >> shift & 0xff) == 0) continue;
        if (!job.step(shift, 64, "sorting", "bits")) return false;
        std::array<std::size_t, 256> place{};
        for (std::size_t i = 0; i < n; ++i) ++place[keys[i] >> shift & 0xff];
        std::size_t sum = 0;
        for (std::size_t& p : place) sum += std::exchange(p, sum);
        for (std::size_t i = 0; i < n; ++i) {
            const std::size_t to = place[keys[i] >> shift & 0xff]++;
            otherKeys[to] = keys[i];
            otherRows[to] = rows[i];
        }
        std::swap(keys, otherKeys);
        std::swap(rows, otherRows);
    }
    return true;
}

Status orderRows(const Snapshot& snapshot, const SnapshotTerms& terms, Rows kind, Field field, bool descending,
                 Buffer<std::uint32_t>& rows, JobContext& job) {
    // Sources are consecutive in row order, so that the capture's number orders rows like their ids.
    if (field == Field::id || field == Field::source) {
        if (descending) std::reverse(rows.begin(), rows.end());
        return ok();
    }
    Buffer<std::uint64_t> keys(rows.size());
    KeyMaker maker(snapshot, terms, field, kind == Rows::derived);
    const Status s = kind == Rows::records ? gatherRecords(snapshot, terms, maker, rows, keys, job)
                                           : gatherDerived(snapshot, terms, maker, rows, keys, job);
    if (!s) return s;
    if (descending)
        for (std::uint64_t& k : keys) k = ~k;
    return sortByKey(keys, rows, job) ? ok() : Status(cancelledError());
}

}  // namespace weir::session
