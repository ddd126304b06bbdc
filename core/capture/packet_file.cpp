// The decode loop over a batch of frames.
#include "core/capture/packet_file.h"

#include "core/capture/reader.h"
#include "core/capture/tunnel.h"

#include <algorithm>
#include <array>

namespace weir::capture {
namespace {

constexpr std::size_t kBatchFrames = 64;

}  // namespace

std::size_t PacketFile::next(std::span<flow::PacketRecord> out) {
    std::array<Frame, kBatchFrames> frames;
    std::size_t filled = 0;
    while (filled < out.size()) {
        const std::size_t n = frames_->next(std::span(frames).first(std::min(out.size() - filled, frames.size())));
        if (n == 0) break;
        for (const Frame& frame : std::span(frames).first(n)) {
            flow::PacketRecord& packet = out[filled];
            PacketView ip;
            const Decoded d = decode(frame, ip, packet);
            if (d != Decoded::ip) {
                const DropReason why = dropReason(d);
                drops_.add(why.reason, frame.offset, why.damage);
                continue;
            }
            ++filled;
            if (packet.protocol != flow::kUdp || packet.laterFragment) continue;
            ++share_.udp;
            share_.exports += exportHeaderOf(udpPayload(ip), packet, exportPorts_).has_value();
        }
    }
    return filled;
}

/// Link header, tunnel, datagram and fragment; `ip` is then the datagram that `out` describes.
Decoded PacketFile::decode(const Frame& frame, PacketView& ip, flow::PacketRecord& out) {
    Decoded d = frame.link(frame.bytes, ip);
    if (d != Decoded::ip) return d;
    out.timeUs = frame.timeUs;
    if (inner_) ip = innermostDatagram(ip);
    d = decodeIp(ip, out);
    if (d == Decoded::ip && (out.firstFragment || out.laterFragment) && !fragments_.attribute(ip, out))
        drops_.add("later fragment without its first", frame.offset, false);
    return d;
}

DropCounts PacketFile::drops() const {
    DropCounts all = frames_->drops();
    all.merge(drops_);
    return all;
}

Result<std::unique_ptr<PacketFile>> ReaderDef::openPackets(const FileBytes& bytes, const ReadOptions& options) const {
    auto frames = openFrames(bytes, options);
    if (!frames) return frames.error();
    return std::make_unique<PacketFile>(std::move(*frames), options.exportPorts, options.innerFlows);
}

}  // namespace weir::capture
