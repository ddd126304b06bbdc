// Field by field over all records of a set: short loops without decisions.
#include "core/capture/export_rows.h"

#include "core/base/byte_cursor.h"
#include "core/capture/export_sflow.h"
#include "core/capture/frame.h"
#include "core/flow/packet_record.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace weir::capture {
namespace {

using flow::Col;
using flow::IpAddr;

constexpr std::size_t kWindowBytes = 128u << 10;  ///< stays in the nearer caches until it is decoded
constexpr std::int64_t kClockSlackMs = 60'000;    ///< records may be this far ahead of the uptime in their header
constexpr std::int64_t kUptimeWrapMs = std::int64_t{1} << 32;
constexpr std::uint64_t kNtpTo1970 = 2'208'988'800u;
constexpr std::int64_t kBadTime = kTimeLimitUs;  ///< any time at or beyond it

/// The same field of `n` records that lie `stride` bytes apart.
struct Cells {
    const std::byte* first = nullptr;
    std::size_t stride = 0, n = 0;
    unsigned length = 0;
};

template <class U>
std::uint64_t load(const std::byte* p) {
    U v;
    std::memcpy(&v, p, sizeof v);
    if constexpr (std::endian::native == std::endian::little) v = byteSwap(v);
    return v;
}
std::uint64_t loadAny(const std::byte* p, unsigned length) {
    std::uint64_t v = 0;
    for (unsigned i = 0; i < length; ++i) v = v << 8 | std::to_integer<std::uint64_t>(p[i]);
    return v;
}

/// put(row, value) for each cell.
template <class Put>
void eachNumber(const Cells& c, const Put& put) {
    const auto run = [&](auto read) {
        const std::byte* p = c.first;
        for (std::size_t i = 0; i < c.n; ++i, p += c.stride) put(i, read(p));
    };
    switch (c.length) {
        case 1: return run([](const std::byte* p) { return std::to_integer<std::uint64_t>(*p); });
        case 2: return run(load<std::uint16_t>);
        case 4: return run(load<std::uint32_t>);
        case 8: return run(load<std::uint64_t>);
        default: return run([length = c.length](const std::byte* p) { return loadAny(p, length); });
    }
}

/// µs since 1970 of an NTP time; `mask` leaves out bits below the precision (RFC 7011 section 6.1.9).
std::int64_t ntpTime(std::uint64_t v, std::uint32_t mask) {
    const std::uint64_t seconds = v >> 32, fraction = v & mask;
    if (seconds < kNtpTo1970) return 0;
    return std::int64_t((seconds - kNtpTo1970) * 1'000'000 + (fraction * 1'000'000 >> 32));
}
std::int64_t scaledTime(std::uint64_t v, std::uint64_t unitUs) {
    constexpr auto kMost = std::uint64_t(kBadTime);
    return v > kMost / unitUs ? kBadTime : std::int64_t(v * unitUs);
}

class SetRows {
public:
    SetRows(const FileBytes& file, std::span<const SamplerTable> samplers, flow::RecordColumns& out, std::size_t rows)
        : window_(file, kWindowBytes), samplers_(samplers), out_(out), src4_(Buffer<std::uint32_t>::zeros(rows)),
          dst4_(Buffer<std::uint32_t>::zeros(rows)), duration_(rows) {
        flow::forEachColumn(out_, [&](Col col, auto& values) {
            columns_[std::size_t(col)] = {values.data(), sizeof(values[0])};
        });
    }

    /// Sets come one behind the other; the rows have their ids after finish().
    void add(const DataSet& set, flow::AddressDictionary& dictionary) {
        set_ = &set;
        if (!window_.holds(set.offset, set.bytes)) window_.moveTo(set.offset, set.bytes);
        const RecordTemplate& t = *set.layout;
        if (t.v6) {
            src6_.assign(set.rows, IpAddr{});
            dst6_.assign(set.rows, IpAddr{});
        }
        std::memset(duration_.data(), 0, set.rows * sizeof duration_[0]);
        if (t.samples)
            addSamples();
        else if (t.variable)
            addVariable(t);
        else
            for (const FieldOp& op : t.ops)
                apply(op, {window_.at(set.offset) + op.offset, t.recordBytes, set.rows, op.length}, 0);
        finishTimes(t);
        finishIcmp(t.icmpFields);
        if (!out_.exporter.empty()) std::fill_n(out_.exporter.data() + row_, set.rows, set.exporter);
        if (!out_.samplingInterval.empty() && !t.filled.has(Col::samplingInterval)) {
            const std::uint32_t all = set.headerSampling ? set.headerSampling : samplers_[set.samplers].forAll();
            std::fill_n(out_.samplingInterval.data() + row_, set.rows, all);
        }
        if (t.v6) giveIds(t, dictionary);
        row_ += set.rows;
        if (t.v6) given_ = row_;
    }
    void finish(flow::AddressDictionary& dictionary) { giveV4Ids(dictionary); }

private:
    /// Where the values of a column lie, and how wide they are.
    struct Column {
        void* values = nullptr;
        std::size_t bytes = 0;
    };

    void addVariable(const RecordTemplate& t) {
        std::span<const std::byte> content(window_.at(set_->offset), set_->bytes);
        for (std::size_t i = 0; i < set_->rows; ++i) {
            const std::size_t length = locateFields(t, content, places_, lengths_);
            for (const FieldOp& op : t.ops) apply(op, {places_[op.offset], 0, 1, lengths_[op.offset]}, i);
            content = content.subspan(length);
        }
    }

    void addSamples() {
        const std::span<const std::byte> datagram(window_.at(set_->offset), set_->bytes);
        const auto header = readExportHeader(datagram, datagram.size());
        std::size_t i = 0;
        readSamples(*header, datagram, [&](const FlowSample& s) {
            const std::size_t r = row_ + i;
            if (s.packet.v6) {
                src6_[i] = s.packet.src;
                dst6_[i] = s.packet.dst;
            } else {
                src4_[r] = s.packet.src.v4Value();
                dst4_[r] = s.packet.dst.v4Value();
            }
            out_.packets[r] = 1;
            out_.bytes[r] = s.packet.ipBytes;
            out_.srcPort[r] = s.packet.srcPort;
            out_.dstPort[r] = s.packet.dstPort;
            out_.icmpTypeCode[r] = s.packet.icmpTypeCode;
            out_.protocol[r] = s.packet.protocol;
            out_.tcpFlags[r] = s.packet.tcpFlags;
            out_.inIf[r] = s.inIf;
            out_.outIf[r] = s.outIf;
            out_.tos[r] = s.tos;
            out_.srcVlan[r] = s.srcVlan;
            out_.dstVlan[r] = s.dstVlan;
            out_.srcMask[r] = s.srcMask;
            out_.dstMask[r] = s.dstMask;
            out_.samplingInterval[r] = s.samplingRate;
            ++i;
        });
    }

    /// `from` = place in the set of the first cell.
    void apply(const FieldOp& op, const Cells& cells, std::size_t from) {
        const std::size_t row = row_ + from;
        switch (op.slot) {
            case std::uint8_t(Col::src):
                return eachNumber(cells, [&](std::size_t i, std::uint64_t v) { src4_[row + i] = std::uint32_t(v); });
            case std::uint8_t(Col::dst):
                return eachNumber(cells, [&](std::size_t i, std::uint64_t v) { dst4_[row + i] = std::uint32_t(v); });
            case kSrc6: return addresses(cells, src6_.data() + from);
            case kDst6: return addresses(cells, dst6_.data() + from);
            case kDuration: return applyTime(op, cells, duration_.data() + from);
            case std::uint8_t(Col::start): return applyTime(op, cells, out_.start.data() + row);
            case std::uint8_t(Col::end): return applyTime(op, cells, out_.end.data() + row);
            default: break;
        }
        const Column& column = columns_[op.slot];
        switch (column.bytes) {
            case 1: return applyNumber(op, cells, static_cast<std::uint8_t*>(column.values) + row);
            case 2: return applyNumber(op, cells, static_cast<std::uint16_t*>(column.values) + row);
            case 4: return applyNumber(op, cells, static_cast<std::uint32_t*>(column.values) + row);
            default: return applyNumber(op, cells, static_cast<std::uint64_t*>(column.values) + row);
        }
    }

    static void addresses(const Cells& cells, IpAddr* out) {
        for (std::size_t i = 0; i < cells.n; ++i) std::memcpy(out[i].b.data(), cells.first + i * cells.stride, 16);
    }

    template <class T>
    void applyNumber(const FieldOp& op, const Cells& cells, T* out) {
        if (op.read == Read::sampler) {
            const SamplerTable& table = samplers_[set_->samplers];
            eachNumber(cells, [&](std::size_t i, std::uint64_t v) {
                if (!op.whereZero || out[i] == 0) out[i] = T(table.of(v));
            });
        } else if (op.read == Read::or8 || op.read == Read::high8) {
            const unsigned shift = op.read == Read::high8 ? 8 : 0;
            eachNumber(cells, [&](std::size_t i, std::uint64_t v) { out[i] = T(std::uint64_t(out[i]) | v << shift); });
        } else if (op.whereZero) {
            eachNumber(cells, [&](std::size_t i, std::uint64_t v) { out[i] = out[i] == 0 ? T(v) : out[i]; });
        } else {
            eachNumber(cells, [&](std::size_t i, std::uint64_t v) { out[i] = T(v); });
        }
    }

    void applyTime(const FieldOp& op, const Cells& cells, std::int64_t* out) {
        const DataSet& set = *set_;
        switch (op.read) {
            case Read::uptimeMs:
                return eachNumber(cells, [&](std::size_t i, std::uint64_t v) {
                    std::int64_t ageMs = set.uptimeMs - std::int64_t(v & 0xffffffffu);
                    if (ageMs < -kClockSlackMs) ageMs += kUptimeWrapMs;
                    out[i] = set.exportUs - ageMs * 1000;
                });
            case Read::seconds:
                return eachNumber(cells, [&](std::size_t i, std::uint64_t v) { out[i] = scaledTime(v, 1'000'000); });
            case Read::durationMs:
            case Read::milliseconds:
                return eachNumber(cells, [&](std::size_t i, std::uint64_t v) { out[i] = scaledTime(v, 1000); });
            case Read::durationUs:
                return eachNumber(cells, [&](std::size_t i, std::uint64_t v) { out[i] = scaledTime(v, 1); });
            case Read::ntpUs:
                return eachNumber(cells, [&](std::size_t i, std::uint64_t v) { out[i] = ntpTime(v, 0xfffff800u); });
            case Read::ntpNs:
                return eachNumber(cells, [&](std::size_t i, std::uint64_t v) { out[i] = ntpTime(v, 0xffffffffu); });
            default:
                return eachNumber(cells, [&](std::size_t i, std::uint64_t v) {
                    out[i] = set.exportUs - std::int64_t(v & 0xffffffffu);
                });
        }
    }

    /// What the template does not say follows from what it says: the other end and the duration, the time of export.
    void finishTimes(const RecordTemplate& t) {
        const bool start = t.filled.has(Col::start), end = t.filled.has(Col::end);
        if (set_->uptimeMs < 0 && (usesUptime(t))) return finishUnknownBoot(start && end);
        if (start && end) return;
        for (std::size_t i = 0; i < set_->rows; ++i) {
            const std::size_t r = row_ + i;
            if (start)
                out_.end[r] = out_.start[r] + duration_[i];
            else if (end)
                out_.start[r] = out_.end[r] - duration_[i];
            else
                out_.start[r] = (out_.end[r] = set_->exportUs) - duration_[i];
        }
    }
    static bool usesUptime(const RecordTemplate& t) {
        return std::any_of(t.ops.begin(), t.ops.end(), [](const FieldOp& op) { return op.read == Read::uptimeMs; });
    }
    /// Uptimes of an exporter that never said when it booted: the record ends when it is sent, and lasts as long as it
    /// says.
    void finishUnknownBoot(bool both) {
        for (std::size_t i = 0; i < set_->rows; ++i) {
            const std::size_t r = row_ + i;
            const std::int64_t lasts = both ? std::max<std::int64_t>(out_.end[r] - out_.start[r], 0) : 0;
            out_.end[r] = set_->exportUs;
            out_.start[r] = set_->exportUs - lasts;
        }
    }

    /// ICMP has no ports; where no field gives type and code, the destination port does.
    void finishIcmp(bool explicitly) {
        for (std::size_t r = row_; r < row_ + set_->rows; ++r) {
            const bool icmp = out_.protocol[r] == flow::kIcmp || out_.protocol[r] == flow::kIcmp6;
            if (!icmp) {
                out_.icmpTypeCode[r] = 0;
                continue;
            }
            if (out_.icmpTypeCode[r] == 0 && !explicitly) out_.icmpTypeCode[r] = out_.dstPort[r];
            out_.srcPort[r] = out_.dstPort[r] = 0;
        }
    }

    /// Of the rows with IPv4 addresses since the last set with others: many at a time cost less.
    void giveV4Ids(flow::AddressDictionary& dictionary) {
        const std::size_t n = row_ - given_;
        dictionary.idsV4({src4_.data() + given_, n}, {out_.src.data() + given_, n});
        dictionary.idsV4({dst4_.data() + given_, n}, {out_.dst.data() + given_, n});
        given_ = row_;
    }
    void giveIds(const RecordTemplate& t, flow::AddressDictionary& dictionary) {
        giveV4Ids(dictionary);
        const auto* const src4 = src4_.data() + row_;
        const auto* const dst4 = dst4_.data() + row_;
        for (std::size_t i = 0; i < set_->rows; ++i) {
            const bool narrow = t.v4 && (src4[i] != 0 || dst4[i] != 0);
            out_.src[row_ + i] = narrow ? dictionary.idV4(src4[i]) : dictionary.id(src6_[i]);
            out_.dst[row_ + i] = narrow ? dictionary.idV4(dst4[i]) : dictionary.id(dst6_[i]);
        }
    }

    FileWindow window_;
    std::span<const SamplerTable> samplers_;
    flow::RecordColumns& out_;
    Buffer<std::uint32_t> src4_, dst4_;  ///< of all rows
    Buffer<IpAddr> src6_, dst6_;         ///< of the set
    Buffer<std::int64_t> duration_;      ///< of the set
    std::vector<const std::byte*> places_;
    std::vector<std::uint16_t> lengths_;
    std::array<Column, flow::kColCount> columns_{};
    const DataSet* set_ = nullptr;
    std::size_t row_ = 0, given_ = 0;  ///< of the present set; the first without ids
};

/// Takes the rows out whose times cannot be.
void dropBadTimes(flow::RecordColumns& out, std::uint64_t offset, DropCounts& drops) {
    const auto isBad = [&](std::size_t r) {
        return std::abs(out.start[r]) >= kBadTime || std::abs(out.end[r]) >= kBadTime;
    };
    const std::size_t n = out.start.size();
    std::vector<std::size_t> kept;
    std::size_t bad = 0;
    for (std::size_t r = 0; r < n; ++r) bad += isBad(r);
    if (bad == 0) return;
    for (std::size_t r = 0; r < n; ++r)
        if (!isBad(r)) kept.push_back(r);
    flow::forEachColumn(out, [&](Col, auto& values) {
        if (values.empty()) return;
        for (std::size_t i = 0; i < kept.size(); ++i) values[i] = values[kept[i]];
        values.resize(kept.size());
    });
    drops.add("impossible time", offset, true, bad);
}

}  // namespace

void decodeSets(const FileBytes& file, std::span<const DataSet> sets, std::span<const SamplerTable> samplers,
                flow::AddressDictionary& dictionary, flow::RecordColumns& out, DropCounts& drops) {
    out.clear();
    std::size_t rows = 0;
    flow::ColSet columns, whole = flow::ColSet::all();
    for (const DataSet& set : sets) {
        rows += set.rows;
        columns = columns | set.layout->filled;
        whole = {whole.bits & set.layout->whole.bits};
        if (set.exporter != 0) columns = columns.with(Col::exporter);
        if (set.headerSampling != 0 || samplers[set.samplers].forAll() != 0)
            columns = columns.with(Col::samplingInterval);
    }
    if (rows == 0) return;
    flow::forEachColumn(out, [&](Col col, auto& values) {
        if (flow::isOptional(col) && !columns.has(col)) return;
        values.resize(rows);
        if (!whole.has(col)) std::memset(values.data(), 0, rows * sizeof(values[0]));
    });
    SetRows decoder(file, samplers, out, rows);
    for (const DataSet& set : sets) decoder.add(set, dictionary);
    decoder.finish(dictionary);
    dropBadTimes(out, sets.front().offset, drops);
}

}  // namespace weir::capture
