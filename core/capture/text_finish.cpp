// What follows from other columns: whole-column passes behind the last row.
#include "core/capture/text_rows.h"
#include "core/flow/packet_record.h"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <utility>

namespace weir::capture::text {
namespace {

constexpr std::int64_t kSecondUs = 1000000;
constexpr std::int64_t kNone = std::numeric_limits<std::int64_t>::min();

/// ICMP types that Zeek answers with another type in place of the code.
bool hasAnswer(std::uint8_t protocol, unsigned type) {
    if (protocol == flow::kIcmp) return type == 0 || type == 8 || type == 9 || type == 10 || (type >= 13 && type <= 18);
    return (type >= 128 && type <= 131) || (type >= 133 && type <= 136) || (type >= 139 && type <= 140) ||
           (type >= 144 && type <= 145);
}

}  // namespace

void RowDecoder::finish(flow::AddressDictionary& dictionary) {
    finishTimes();
    finishCounters();
    finishFlags();
    finishIcmp();
    finishAddresses(dictionary);
    flow::forEachColumn(out_, [&](flow::Col col, auto& column) {
        if (column.empty()) return;
        column.resize(row_);
        const bool zero = isOptional(col) && std::all_of(column.begin(), column.end(), [](auto v) { return v == 0; });
        if (zero) column.clear();
    });
}

void RowDecoder::finishTimes() {
    const bool durations = !duration_.empty();
    for (std::size_t i = 0; i < row_; ++i) {
        std::int64_t& start = out_.start[i];
        std::int64_t& end = out_.end[i];
        const std::int64_t duration = durations ? duration_[i] : 0;
        if (start == kNone) {
            start = end - duration;
        } else if (end == kNone) {
            end = start + duration;
        } else if (duration > 0 && start % kSecondUs == 0 && end % kSecondUs == 0 &&
                   std::abs(start + duration - end) <= kSecondUs) {
            end = start + duration;  // times to the second beside a finer duration: nfdump
        }
        start = std::clamp(start, -kTimeLimitUs, kTimeLimitUs);
        end = std::clamp(end, -kTimeLimitUs, kTimeLimitUs);
    }
}

void RowDecoder::finishCounters() {
    const auto split = [&](Buffer<std::uint64_t>& both, Buffer<std::uint64_t>& forward, Buffer<std::uint64_t>& reverse,
                           bool given) {
        if (both.empty()) return;
        if (!given) {  // a sum alone is one direction's
            std::swap(both, forward);
            return;
        }
        if (reverse.empty()) reverse.assign(out_.start.size(), 0);
        for (std::size_t i = 0; i < row_; ++i)
            if (reverse[i] == 0 && both[i] > forward[i]) reverse[i] = both[i] - forward[i];
    };
    split(bothBytes_, out_.bytes, out_.reverseBytes, plan_.has(Field::bytes));
    const bool shared =
        !bothPackets_.empty() && !plan_.has(Field::packets) && plan_.has(Field::bothBytes) && plan_.has(Field::bytes);
    if (!shared) {
        split(bothPackets_, out_.packets, out_.reversePackets, plan_.has(Field::packets));
        return;
    }
    // Only the sum of packets is known (CTU-13): shared out as the bytes are, at least one a side that has bytes.
    if (out_.reversePackets.empty()) out_.reversePackets.assign(out_.start.size(), 0);
    for (std::size_t i = 0; i < row_; ++i) {
        const std::uint64_t all = bothPackets_[i], forward = out_.bytes[i], reverse = out_.reverseBytes[i];
        std::uint64_t there = forward == 0 ? 0 : all;
        if (forward > 0 && reverse > 0 && all > 1)
            there = std::clamp<std::uint64_t>(
                std::uint64_t(double(all) * (double(forward) / (double(forward) + double(reverse))) + 0.5), 1, all - 1);
        if (forward == 0 && reverse == 0) there = all;
        out_.packets[i] = there;
        out_.reversePackets[i] = all - there;
    }
}

/// Counts of flags over both directions belong to the direction that has packets; with packets both ways nobody knows.
void RowDecoder::finishFlags() {
    if (anyFlags_.empty()) return;
    if (out_.reverseTcpFlags.empty()) out_.reverseTcpFlags.assign(out_.start.size(), 0);
    for (std::size_t i = 0; i < row_; ++i) {
        if (out_.protocol[i] != flow::kTcp) continue;
        const std::uint64_t reverse = out_.reversePackets.empty() ? 0 : out_.reversePackets[i];
        if (reverse == 0)
            out_.tcpFlags[i] = anyFlags_[i];
        else if (out_.packets[i] == 0)
            out_.reverseTcpFlags[i] = anyFlags_[i];
    }
}

void RowDecoder::finishIcmp() {
    std::size_t wide = 0;
    for (std::size_t i = 0; i < row_; ++i) {
        while (wide < wideSource_.size() && wideSource_[wide].row < i) ++wide;
        const bool v6 = wide < wideSource_.size() && wideSource_[wide].row == i;
        std::uint8_t& protocol = out_.protocol[i];
        if (protocol == flow::kIcmp && v6 && plan_.icmp == IcmpRule::zeek) protocol = flow::kIcmp6;
        std::uint16_t& typeCode = out_.icmpTypeCode[i];
        if (protocol != flow::kIcmp && protocol != flow::kIcmp6) {
            typeCode = 0;
            continue;
        }
        const std::uint16_t source = out_.srcPort[i], destination = out_.dstPort[i];
        if (!icmpType_.empty() && icmpType_[i] != kNoType) {
            typeCode = std::uint16_t(icmpType_[i] << 8 | (icmpCode_.empty() ? 0 : icmpCode_[i]));
        } else if (typeCode == 0 && plan_.icmp == IcmpRule::destinationPort) {
            typeCode = destination;
        } else if (typeCode == 0 && plan_.icmp != IcmpRule::none) {
            const bool answered = plan_.icmp == IcmpRule::zeek && hasAnswer(protocol, source);
            typeCode = std::uint16_t((source & 255) << 8 | (answered ? 0 : destination & 255));
        }
        out_.srcPort[i] = out_.dstPort[i] = 0;
    }
}

void RowDecoder::finishAddresses(flow::AddressDictionary& dictionary) {
    const auto side = [&](const Buffer<std::uint32_t>& narrow, const std::vector<Wide>& wide,
                          Buffer<flow::HostId>& ids) {
        const std::span<flow::HostId> out(ids.data(), row_);
        std::size_t from = 0;
        for (const Wide& w : wide) {
            dictionary.idsV4(narrow.span().subspan(from, w.row - from), out.subspan(from, w.row - from));
            out[w.row] = dictionary.id(w.address);
            from = w.row + 1;
        }
        dictionary.idsV4(narrow.span().subspan(from, row_ - from), out.subspan(from));
    };
    side(source_, wideSource_, out_.src);
    side(destination_, wideDestination_, out_.dst);
}

}  // namespace weir::capture::text
