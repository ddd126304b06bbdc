// Finding the datagrams, and cutting what the index found into parts.
#include "core/capture/export_file.h"

#include "core/capture/export_index.h"
#include "core/capture/export_rows.h"
#include "core/flow/chunk_source.h"

#include <algorithm>
#include <array>

namespace weir::capture {
namespace {

using Bytes = std::span<const std::byte>;

constexpr std::size_t kFramesOfStep = 64;
constexpr std::size_t kStepsOfReport = 1024;
constexpr std::uint64_t kGuessDatagrams = 4096, kGuessFrames = 65536;

class ExportFile final : public FlowFile {
public:
    explicit ExportFile(const FileBytes& bytes) : bytes_(bytes), index_(bytes) {}

    ExportIndex& index() { return index_; }
    DropCounts& opening() { return drops_; }
    void finish() {
        index_.finish();
        drops_.merge(index_.drops());
        const auto sets = index_.sets();
        for (std::size_t s = 0; s < sets.size(); ++s) {
            if (parts_.empty() || parts_.back().rows + sets[s].rows > flow::kChunkRows) parts_.push_back({s, 0, 0, 0});
            Part& part = parts_.back();
            ++part.sets;
            part.rows += sets[s].rows;
            part.bytes += sets[s].bytes;
        }
    }

    std::size_t parts() const override { return parts_.size(); }
    std::uint64_t partBytes(std::size_t part) const override { return parts_[part].bytes; }
    std::size_t partRows(std::size_t part) const override { return parts_[part].rows; }
    void decode(std::size_t part, flow::AddressDictionary& dictionary, flow::RecordColumns& out, DropCounts& drops) const override {
        const Part& p = parts_[part];
        decodeSets(bytes_, index_.sets().subspan(p.first, p.sets), index_.samplers(), dictionary, out, drops);
    }
    const DropCounts& openDrops() const override { return drops_; }
    std::vector<flow::Exporter> exporters() const override { return index_.exporters(); }

private:
    struct Part {
        std::size_t first = 0, sets = 0, rows = 0;
        std::uint64_t bytes = 0;
    };

    const FileBytes bytes_;
    ExportIndex index_;
    std::vector<Part> parts_;
    DropCounts drops_;
};

/// Looks at the UDP datagrams of a trace.
class ExportFinder {
public:
    explicit ExportFinder(const ReadOptions& options) : options_(options) {}

    /// use(datagram, header) for each export datagram of the frames.
    template <class Use>
    void look(std::span<const Frame> frames, DropCounts& drops, const Use& use) {
        for (const Frame& frame : frames) {
            flow::PacketRecord packet;
            PacketView ip;
            Decoded d = frame.link(frame.bytes, ip);
            if (d == Decoded::ip) d = decodeIp(ip, packet);
            if (d != Decoded::ip) {
                const DropReason why = dropReason(d);
                drops.add(why.reason, frame.offset, why.damage);
                continue;
            }
            const bool udp = packet.protocol == flow::kUdp && !packet.laterFragment;
            share.udp += udp;
            const PacketView payload = udp ? udpPayload(ip) : PacketView();
            const auto header = exportHeaderOf(payload, packet, options_.exportPorts);
            if (!header) {
                drops.add(udp ? "UDP datagram that is no export" : packet.laterFragment ? "later IP fragment" : "packet that is not UDP", frame.offset, false);
                continue;
            }
            ++share.exports;
            const auto at = frame.dataOffset + std::uint64_t(payload.data() - frame.bytes.data());
            use(ExportDatagram{{payload.data(), payload.captured()}, payload.wire(), packet.src, at, frame.timeUs}, *header);
        }
    }

    ExportShare share;

private:
    const ReadOptions& options_;
};

}  // namespace

Result<ExportShare> guessShare(const FileBytes& bytes, const ReaderDef& trace, const ReadOptions& options) {
    auto frames = trace.openFrames(bytes, options);
    if (!frames) return frames.error();
    ExportFinder finder(options);
    DropCounts ignored;
    std::array<Frame, kFramesOfStep> batch;
    while (finder.share.udp < kGuessDatagrams && (*frames)->packetsSeen() < kGuessFrames) {
        const std::size_t n = (*frames)->next(batch);
        if (n == 0) break;
        finder.look(std::span(batch).first(n), ignored, [](const ExportDatagram&, const ExportHeader&) {});
    }
    return finder.share;
}

Result<TraceExports> openTraceExports(const FileBytes& bytes, const ReaderDef& trace, const ReadOptions& options, JobContext& job) {
    auto frames = trace.openFrames(bytes, options);
    if (!frames) return frames.error();
    auto file = std::make_unique<ExportFile>(bytes);
    ExportFinder finder(options);
    std::array<Frame, kFramesOfStep> batch;
    for (std::size_t steps = 1; const std::size_t n = (*frames)->next(batch); ++steps) {
        finder.look(std::span(batch).first(n), file->opening(), [&](const ExportDatagram& d, const ExportHeader& h) { file->index().add(d, h); });
        if (steps % kStepsOfReport == 0 && !job.step((*frames)->offset() / 2, bytes.size(), "finding export datagrams", "bytes")) return cancelledError();
    }
    file->opening().merge((*frames)->drops());
    file->finish();
    return TraceExports{std::move(file), finder.share, (*frames)->packetsSeen()};
}

int probeNetflow(Bytes head) {
    const auto h = readExportHeader(head, head.size());
    if (!h || h->version == kIpfix) return 0;
    constexpr std::int64_t kYear1990 = 631'152'000'000'000, kYear2100 = 4'102'444'800'000'000;
    // Without a clock nothing else may be odd.
    const bool dated = h->exportUs > kYear1990 && h->exportUs < kYear2100;
    if (!dated && h->length > head.size()) return 0;
    const std::size_t length = std::max(exportLength(head), h->length);
    return soundExportHeader(head.first(std::min(head.size(), length)), length, dated && h->version != kNetflow1) ? 70 : 0;
}

int probeIpfix(Bytes head) {
    const auto h = readExportHeader(head, head.size());
    if (!h || h->version != kIpfix) return 0;
    return soundExportHeader(head, std::max(head.size(), h->length), true) ? 80 : 0;
}

Result<std::unique_ptr<FlowFile>> openDatagrams(const FileBytes& whole, const ReadOptions&) {
    const Bytes bytes = whole;
    auto file = std::make_unique<ExportFile>(bytes);
    std::size_t at = 0;
    while (at < bytes.size()) {
        const Bytes rest = bytes.subspan(at);
        const std::size_t length = exportLength(rest);
        if (length == 0) {
            file->opening().add("no export datagram", at);
            break;
        }
        const ExportDatagram datagram{rest.first(length), length, {}, at, 0};
        if (const auto header = readExportHeader(datagram.bytes, length)) file->index().add(datagram, *header);
        at += length;
    }
    if (at == 0 && !bytes.empty()) return Error{Errc::badMagic, "no NetFlow datagram or IPFIX message begins the file", 0};
    file->finish();
    return std::unique_ptr<FlowFile>(std::move(file));
}

}  // namespace weir::capture
