// The packets of a trace: frames decoded down to what the meter needs.
#pragma once

#include "core/capture/export_share.h"
#include "core/capture/fragments.h"
#include "core/capture/frame.h"
#include "core/flow/packet_record.h"

#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace weir::capture {

/// Packets in file order. Not thread-safe; open the same bytes again for a second thread.
class PacketFile {
public:
    /// `inner`: of tunnels the innermost datagram instead of the outermost (tunnel.h).
    PacketFile(std::unique_ptr<FrameFile> frames, std::vector<std::uint16_t> exportPorts, bool inner)
        : frames_(std::move(frames)), exportPorts_(std::move(exportPorts)), inner_(inner) {}

    /// Fills up to out.size() packets; 0 = end. Packets that are not IP, or damaged, are counted in drops() and
    /// skipped. Later fragments that found no first one are given, and counted.
    std::size_t next(std::span<flow::PacketRecord> out);
    std::uint64_t offset() const { return frames_->offset(); }  ///< bytes consumed, for progress
    std::uint64_t packetsSeen() const {
        return frames_->packetsSeen();
    }                                                     ///< all packet blocks of the file so far, IP or not
    TimeRange times() const { return frames_->times(); }  ///< of those packets
    ExportShare share() const { return share_; }          ///< of the packets given out so far
    DropCounts drops() const;

private:
    Decoded decode(const Frame& frame, PacketView& ip, flow::PacketRecord& out);

    std::unique_ptr<FrameFile> frames_;
    const std::vector<std::uint16_t> exportPorts_;
    const bool inner_;
    ExportShare share_;
    FragmentTable fragments_;
    DropCounts drops_;  ///< of decoding
};

}  // namespace weir::capture
