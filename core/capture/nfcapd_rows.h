// Rows of one block, written behind the ones that a batch has.
#pragma once

#include "core/flow/address_dictionary.h"
#include "core/flow/schema.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace weir::capture::nfcapd {

/// Latest time (ms) whose microseconds fit.
inline constexpr std::uint64_t kLastMs = std::uint64_t(std::numeric_limits<std::int64_t>::max()) / 1000;

/// What every record has.
struct PlainFields {
    std::uint64_t firstMs = 0, lastMs = 0, packets = 0, bytes = 0;
    std::uint16_t srcPort = 0, dstPort = 0;  ///< ICMP: destination port = 256 x type + code
    std::uint8_t protocol = 0, tcpFlags = 0;
};

/// Optional columns are touched only for values other than 0. Call begin() once a row, then v4() or v6() once; at the
/// end finish().
class RowWriter {
public:
    /// At most `most` rows will come.
    RowWriter(flow::RecordColumns& out, std::size_t most)
        : out_(out), first_(out.start.size()), row_(first_), most_(first_ + most) {
        flow::forEachColumn(out_, [&](flow::Col col, auto& values) {
            if (flow::isOptional(col) && values.empty()) return;
            values.resize(most_);
            if (flow::isOptional(col)) zero(values, first_);
        });
        source_.resize(most);
        destination_.resize(most);
    }

    /// False: the times are impossible, and there is no row.
    bool begin(const PlainFields& f) {
        if (f.firstMs > kLastMs || f.lastMs > kLastMs) return false;
        const std::size_t row = row_++;
        out_.start[row] = std::int64_t(f.firstMs * 1000);
        out_.end[row] = std::int64_t(f.lastMs * 1000);
        out_.packets[row] = f.packets;
        out_.bytes[row] = f.bytes;
        const bool icmp = f.protocol == 1 || f.protocol == 58;
        out_.srcPort[row] = icmp ? std::uint16_t(0) : f.srcPort;
        out_.dstPort[row] = icmp ? std::uint16_t(0) : f.dstPort;
        out_.icmpTypeCode[row] = icmp ? f.dstPort : std::uint16_t(0);
        out_.protocol[row] = f.protocol;
        out_.tcpFlags[row] = f.tcpFlags;
        return true;
    }

    /// An optional value of the row begun last.
    template <class T>
    void put(Buffer<T> flow::RecordColumns::*column, T value) {
        Buffer<T>& values = out_.*column;
        if (value == 0) return;
        if (values.empty()) {
            values.resize(most_);
            zero(values, 0);
        }
        values[row_ - 1] = value;
    }
    void reverse(std::uint64_t packets, std::uint64_t bytes, std::uint8_t tcpFlags) {
        put(&flow::RecordColumns::reversePackets, packets);
        put(&flow::RecordColumns::reverseBytes, bytes);
        if (packets) put(&flow::RecordColumns::reverseTcpFlags, tcpFlags);
    }
    void v4(std::uint32_t source, std::uint32_t destination) {
        source_[row_ - 1 - first_] = source;
        destination_[row_ - 1 - first_] = destination;
    }
    void v6(const flow::IpAddr& source, const flow::IpAddr& destination) {
        wide_.push_back({row_ - 1 - first_, source, destination});
    }

    void finish(flow::AddressDictionary& dictionary) {
        const std::size_t n = row_ - first_;
        flow::forEachColumn(out_, [&](flow::Col, auto& values) {
            if (!values.empty()) values.resize(row_);
        });
        const std::span<flow::HostId> src(out_.src.data() + first_, n), dst(out_.dst.data() + first_, n);
        if (wide_.empty()) {
            dictionary.idsV4(source_.span().first(n), src);
            dictionary.idsV4(destination_.span().first(n), dst);
            return;
        }
        std::size_t next = 0;
        for (std::size_t i = 0; i < n; ++i) {
            const bool wide = next < wide_.size() && wide_[next].row == i;
            src[i] = wide ? dictionary.id(wide_[next].source) : dictionary.idV4(source_[i]);
            dst[i] = wide ? dictionary.id(wide_[next].destination) : dictionary.idV4(destination_[i]);
            next += wide;
        }
    }

private:
    struct WideRow {
        std::size_t row;
        flow::IpAddr source, destination;
    };
    template <class T>
    static void zero(Buffer<T>& values, std::size_t from) {
        if (values.size() > from) std::memset(values.data() + from, 0, (values.size() - from) * sizeof(T));
    }

    flow::RecordColumns& out_;
    const std::size_t first_;
    std::size_t row_;
    const std::size_t most_;
    Buffer<std::uint32_t> source_, destination_;
    std::vector<WideRow> wide_;
};

}  // namespace weir::capture::nfcapd
