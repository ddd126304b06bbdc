// Threads read chunks into their own tables, which are then merged.
#include "core/session/verbs/portrait_pass.h"

#include "core/base/parallel.h"
#include "core/score/row_values.h"
#include "core/session/evidence/score.h"

#include <algorithm>

namespace weir::session {
namespace {

using flow::Col;
using flow::HostId;
using flow::Side;

template <class Map>
void mergeInto(Map& into, const Map& from) {
    for (const auto& [key, sums] : from) into[key].merge(sums);
}

/// Ends and directions of one record, relative to the subject.
struct Placed {
    bool nearIsSource = false;
    bool forward = true, reverse = false;  ///< directions that count
    bool nearServes = false, farServes = false;
};

/// The responding end: the destination, except for a one-directional answer, which comes from a well-known port.
bool destinationServes(const flow::RecordColumns& c, std::size_t i) {
    const bool answer = c.reversePackets[i] == 0 && c.srcPort[i] != 0 && c.srcPort[i] < 1024 && c.dstPort[i] >= 1024;
    return !answer;
}

class Painter {
public:
    Painter(const Snapshot& snapshot, std::span<const std::uint64_t> words, const PortraitSubject& subject,
            const Selection& selection, JobContext& job)
        : snapshot_(snapshot), subject_(subject), selection_(selection), job_(job), words_(words),
          workers_(job.threads()) {
        if (const auto* host = std::get_if<HostSubject>(&subject))
            host_ = *snapshot.records->addresses().find(host->address);
        std::int64_t from = INT64_MAX, to = INT64_MIN;
        for (const flow::ChunkInfo& chunk : snapshot.records->chunks()) {
            from = std::min(from, chunk.startMin);
            to = std::max(to, chunk.startMax);
        }
        from_ = from;
        binUs_ = std::max<std::int64_t>(1, (to - from) / std::int64_t(Portrait::kBins) + 1);
    }

    Result<PortraitPass> run() {
        const auto chunks = snapshot_.records->chunks();
        const Status done =
            parallelTry(chunks.size(), job_.threads(), [&](std::size_t chunk, unsigned worker) -> Status {
                if (!job_.step(chunks[chunk].firstRow, snapshot_.records->rows(), "collecting traffic", "records"))
                    return cancelledError();
                return look(chunk, workers_[worker]);
            });
        if (!done) return done.error();
        PortraitPass all;
        for (PortraitPass& seen : workers_) merge(all, seen);
        all.from = from_;
        all.binUs = binUs_;
        return all;
    }

private:
    Status look(std::size_t chunk, PortraitPass& seen) {
        const flow::ChunkInfo& info = snapshot_.records->chunks()[chunk];
        const auto begin = selection_.all ? nullptr
                                          : std::lower_bound(selection_.picked.begin(), selection_.picked.end(),
                                                             std::uint32_t(info.firstRow));
        const auto end =
            selection_.all ? nullptr
                           : std::lower_bound(begin, selection_.picked.end(), std::uint32_t(info.firstRow + info.rows));
        if (!selection_.all && begin == end) return ok();
        flow::RecordColumns c;
        const auto wanted = flow::cols(Col::start, Col::src, Col::dst, Col::srcPort, Col::dstPort, Col::icmpTypeCode,
                                       Col::protocol, Col::packets, Col::bytes, Col::reversePackets, Col::reverseBytes);
        if (const Status s = snapshot_.records->read(chunk, wanted, c); !s) return s;
        for (Buffer<std::uint64_t>* column : {&c.reversePackets, &c.reverseBytes})
            if (column->empty()) column->assign(info.rows, 0);
        for (Buffer<std::uint16_t>* column : {&c.srcPort, &c.dstPort, &c.icmpTypeCode})
            if (column->empty()) column->assign(info.rows, 0);
        if (selection_.all) {
            for (std::uint32_t i = 0; i < info.rows; ++i) take(c, i, info.firstRow + i, 3, seen);
        } else {
            for (auto at = begin; at != end; ++at) {
                const std::uint8_t sides = selection_.sides.empty()
                                               ? std::uint8_t{1}
                                               : selection_.sides[std::size_t(at - selection_.picked.begin())];
                take(c, *at - std::uint32_t(info.firstRow), *at, sides, seen);
            }
        }
        return ok();
    }

    /// `sides`: directions that match the filter, as in Selection.
    Placed place(const flow::RecordColumns& c, std::size_t i, std::uint8_t sides) const {
        Placed p;
        const bool back = c.reversePackets[i] != 0;
        p.reverse = back;
        if (std::holds_alternative<CodesSubject>(subject_)) {
            p.forward = (sides & 1) != 0;
            p.reverse = back && (sides & 2);
            p.nearIsSource = !p.forward;  // the destination of the direction with the codes
            p.nearServes = true;
            return p;
        }
        if (const auto* port = std::get_if<PortSubject>(&subject_)) {
            p.nearIsSource = score::portOf(c, false, Side::forward, i) != port->port;
            p.nearServes = true;
            return p;
        }
        p.nearIsSource = c.src[i] == host_;
        (destinationServes(c, i) != p.nearIsSource ? p.nearServes : p.farServes) = true;
        return p;
    }

    void take(const flow::RecordColumns& c, std::size_t i, std::uint64_t row, std::uint8_t sides,
              PortraitPass& seen) const {
        const Placed p = place(c, i, sides);
        const HostId near = p.nearIsSource ? c.src[i] : c.dst[i], far = p.nearIsSource ? c.dst[i] : c.src[i];
        BothWays& nearSums = seen.near[near];
        BothWays& farSums = seen.far[far];
        BothWays* const port = portOf(c, i, p, seen);
        const std::size_t bin =
            std::size_t(std::clamp<std::int64_t>((c.start[i] - from_) / binUs_, 0, std::int64_t(Portrait::kBins) - 1));
        const auto count = [&](Side side) {
            const bool toNear = (side == Side::forward) != p.nearIsSource;
            const std::uint64_t packets = score::packetsOf(c, side, i), bytes = score::bytesOf(c, side, i);
            for (BothWays* sums : {&seen.all, &nearSums, &farSums, port})
                if (sums) sums->add(toNear, packets, bytes);
            ++(toNear ? seen.toNearAt : seen.toFarAt)[bin];
            countCodes(side, row, seen);
            if (!words_.empty() && snapshot_.flows->flowOfRecord[row] != flow::kNoFlow)
                ++seen.signWords[words_[snapshot_.flows->flowOfRecord[row]]];
        };
        if (p.forward) count(Side::forward);
        if (p.reverse) count(Side::reverse);
        seen.first = std::min(seen.first, c.start[i]);
        seen.last = std::max(seen.last, c.start[i]);
    }

    /// Sums of the port of the responding end; nullptr when there are no ports.
    static BothWays* portOf(const flow::RecordColumns& c, std::size_t i, const Placed& p, PortraitPass& seen) {
        const bool source = p.nearServes == p.nearIsSource;
        std::uint16_t port = (source ? c.srcPort[i] : c.dstPort[i]);
        port = std::uint16_t(port | c.icmpTypeCode[i]);
        return &(p.nearServes ? seen.nearPorts : seen.farPorts)[std::uint32_t(c.protocol[i]) << 16 | port];
    }

    void countCodes(Side side, std::uint64_t row, PortraitPass& seen) const {
        if (!snapshot_.scores || !snapshot_.scores->byRecord()) return;
        const score::Scores& scores = *snapshot_.scores->scores;
        const Buffer<std::uint32_t>& numbers = side == Side::forward ? scores.forward : scores.reverse;
        if (numbers.empty()) return;
        if (seen.codes.empty()) seen.codes.resize(scores.words.size());
        ++seen.codes[numbers[std::size_t(row)]];
    }

    static void merge(PortraitPass& all, const PortraitPass& seen) {
        all.all.merge(seen.all);
        mergeInto(all.near, seen.near);
        mergeInto(all.far, seen.far);
        mergeInto(all.nearPorts, seen.nearPorts);
        mergeInto(all.farPorts, seen.farPorts);
        all.first = std::min(all.first, seen.first);
        all.last = std::max(all.last, seen.last);
        for (std::size_t b = 0; b < Portrait::kBins; ++b) {
            all.toNearAt[b] += seen.toNearAt[b];
            all.toFarAt[b] += seen.toFarAt[b];
        }
        if (all.codes.size() < seen.codes.size()) all.codes.resize(seen.codes.size());
        for (std::size_t n = 0; n < seen.codes.size(); ++n) all.codes[n] += seen.codes[n];
        for (const auto& [word, flows] : seen.signWords) all.signWords[word] += flows;
    }

    const Snapshot& snapshot_;
    const PortraitSubject& subject_;
    const Selection& selection_;
    JobContext& job_;
    std::span<const std::uint64_t> words_;
    HostId host_ = 0;
    std::int64_t from_ = 0, binUs_ = 1;
    std::vector<PortraitPass> workers_;
};

}  // namespace

void BothWays::merge(const BothWays& o) {
    for (auto [sums, more] : {std::pair(&toNear, &o.toNear), std::pair(&toFar, &o.toFar)}) {
        sums->flows += more->flows;
        sums->packets += more->packets;
        sums->bytes += more->bytes;
    }
}

Result<PortraitPass> readPortrait(const Snapshot& snapshot, std::span<const std::uint64_t> signWords,
                                  const PortraitSubject& subject, const Selection& selection, JobContext& job) {
    return Painter(snapshot, signWords, subject, selection, job).run();
}

}  // namespace weir::session
