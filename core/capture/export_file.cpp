// Where the datagrams come from, and what the index found, cut into parts.
#include "core/capture/export_file.h"

#include "core/capture/export_index.h"
#include "core/capture/export_rows.h"
#include "core/flow/chunk_source.h"

#include <algorithm>
#include <array>
#include <deque>
#include <mutex>
#include <utility>

namespace weir::capture {
namespace {

using Bytes = std::span<const std::byte>;

constexpr std::size_t kFramesOfStep = 64;
constexpr std::size_t kStepsOfReport = 1024;
constexpr std::uint64_t kGuessDatagrams = 4096, kGuessFrames = 65536;

/// Where export datagrams come from, in the order of arrival.
class DatagramSource {
public:
    virtual ~DatagramSource() = default;
    /// Gives the next few; false = there are no more, or the job was cancelled.
    virtual bool give(ExportIndex& index, DropCounts& drops) = 0;
};

/// Looks for datagrams as parts are asked for, so that other threads decode meanwhile: whoever needs a part looks for
/// it. Sets that later datagrams may still change wait until all are found.
class ExportFile final : public FlowFile {
public:
    /// `bytes` by place.
    ExportFile(const FileBytes& bytes, std::unique_ptr<DatagramSource> source)
        : bytes_(bytes), index_(bytes), source_(std::move(source)) {}

    bool has(std::size_t part) override {
        const std::lock_guard lock(mutex_);
        while (part >= parts_.size() && !ended_) look();
        return part < parts_.size();
    }
    std::size_t parts() const override {
        const std::lock_guard lock(mutex_);
        return parts_.size();
    }
    std::uint64_t partBytes(std::size_t part) const override { return at(part).bytes; }
    std::size_t partRows(std::size_t part) const override { return at(part).rows; }
    void decode(std::size_t part, flow::AddressDictionary& dictionary, flow::RecordColumns& out,
                DropCounts& drops) const override {
        const Part& p = at(part);
        decodeSets(bytes_, p.sets.span(), p.settled ? std::span<const SamplerTable>(noSamplers_) : index_.samplers(),
                   dictionary, out, drops);
    }
    const DropCounts& openDrops() const override { return drops_; }
    std::vector<flow::Exporter> exporters() const override { return index_.exporters(); }

private:
    struct Part {
        Buffer<DataSet> sets;
        std::size_t rows = 0;
        std::uint64_t bytes = 0;
        bool settled = true;
    };

    /// Parts do not move and do not change once they are there.
    const Part& at(std::size_t part) const {
        const std::lock_guard lock(mutex_);
        return parts_[part];
    }

    void look() {
        ended_ = !source_->give(index_, drops_);
        if (ended_) {
            index_.finish();
            drops_.merge(index_.drops());
        }
        if (ended_ || index_.settled()) index_.take([&](const DataSet& set) { add(set, index_.settled()); });
        if (ended_ && open_.rows > 0) parts_.push_back(std::move(open_));
    }

    void add(const DataSet& set, bool settled) {
        if (open_.rows > 0 && open_.rows + set.rows > flow::kChunkRows) parts_.push_back(std::exchange(open_, {}));
        open_.sets.push_back(set);
        open_.rows += set.rows;
        open_.bytes += set.bytes;
        open_.settled = settled;
    }

    const FileBytes bytes_;
    const std::vector<SamplerTable> noSamplers_{1};
    mutable std::mutex mutex_;  ///< of all below; the index is for decoders once it is finished
    ExportIndex index_;
    std::unique_ptr<DatagramSource> source_;
    std::deque<Part> parts_;
    Part open_;
    bool ended_ = false;
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
                drops.add(udp                    ? "UDP datagram that is not a flow export"
                          : packet.laterFragment ? "later IP fragment"
                                                 : "packet that is not UDP",
                          frame.offset, false);
                continue;
            }
            ++share.exports;
            const auto at = frame.dataOffset + std::uint64_t(payload.data() - frame.bytes.data());
            use(ExportDatagram{{payload.data(), payload.captured()}, payload.wire(), packet.src, at, frame.timeUs},
                *header);
        }
    }

    ExportShare share;

private:
    const ReadOptions& options_;
};

/// The export datagrams of a packet trace.
class TraceDatagrams final : public DatagramSource {
public:
    TraceDatagrams(std::unique_ptr<FrameFile> frames, const ReadOptions& options, std::size_t fileBytes,
                   JobContext& job)
        : frames_(std::move(frames)), finder_(options), fileBytes_(fileBytes), job_(job) {}

    bool give(ExportIndex& index, DropCounts& drops) override {
        std::array<Frame, kFramesOfStep> batch;
        const std::size_t n = frames_->next(batch);
        finder_.look(std::span(batch).first(n), drops,
                     [&](const ExportDatagram& d, const ExportHeader& h) { index.add(d, h); });
        counts_->share = finder_.share;
        counts_->packetsSeen = frames_->packetsSeen();
        if (n == 0) drops.merge(frames_->drops());
        return n > 0 && (++steps_ % kStepsOfReport != 0 ||
                         job_.step(frames_->offset() / 2, fileBytes_, "finding export datagrams", "bytes"));
    }

    std::shared_ptr<const TraceCounts> counts() const { return counts_; }

private:
    std::unique_ptr<FrameFile> frames_;
    ExportFinder finder_;
    const std::size_t fileBytes_;
    JobContext& job_;
    const std::shared_ptr<TraceCounts> counts_ = std::make_shared<TraceCounts>();
    std::size_t steps_ = 0;
};

/// Datagrams back to back.
class RawDatagrams final : public DatagramSource {
public:
    explicit RawDatagrams(const FileBytes& bytes) : window_(bytes, kRawWindow) {}

    bool give(ExportIndex& index, DropCounts& drops) override {
        for (std::size_t i = 0; i < kFramesOfStep; ++i) {
            (void)window_.reach(at_, kMaxDatagram);
            const Bytes all = window_.from(at_), rest = all.first(std::min(all.size(), kMaxDatagram));
            if (rest.empty()) return false;
            const std::size_t length = exportLength(rest);
            if (length == 0) {
                drops.add("no export datagram", at_);
                return false;
            }
            const ExportDatagram datagram{rest.first(length), length, {}, at_, 0};
            if (const auto header = readExportHeader(datagram.bytes, length)) index.add(datagram, *header);
            at_ += length;
        }
        return true;
    }

private:
    /// NetFlow 9 does not say how long a datagram is: it ends where the next one begins. Real ones have at most 64 KiB.
    static constexpr std::size_t kMaxDatagram = 1u << 20, kRawWindow = 4u << 20;
    FileWindow window_;
    std::size_t at_ = 0;
};

}  // namespace

Result<ExportShare> guessShare(const FileBytes& bytes, const ReaderDef& trace, const ReadOptions& options) {
    auto frames = trace.openFrames(bytes.isStream() ? FileBytes(bytes.head()) : bytes, options);
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

Result<TraceExports> openTraceExports(const FileBytes& bytes, const ReaderDef& trace, const ReadOptions& options,
                                      JobContext& job) {
    const FileBytes byPlace = bytes.byPlace();
    auto frames = trace.openFrames(bytes, options);
    if (!frames) return frames.error();
    auto source = std::make_unique<TraceDatagrams>(std::move(*frames), options, bytes.size(), job);
    auto counts = source->counts();
    return TraceExports{std::make_unique<ExportFile>(byPlace, std::move(source)), std::move(counts)};
}

int probeNetflow(Bytes head) {
    const auto h = readExportHeader(head, head.size());
    if (!h || h->version == kIpfix) return 0;
    constexpr std::int64_t kYear1990 = 631'152'000'000'000, kYear2100 = 4'102'444'800'000'000;
    // Without a clock nothing else may be odd.
    const bool dated = h->exportUs > kYear1990 && h->exportUs < kYear2100;
    if (!dated && h->length > head.size()) return 0;
    const std::size_t length = std::max(exportLength(head), h->length);
    return soundExportHeader(head.first(std::min(head.size(), length)), length, dated && h->version != kNetflow1) ? 70
                                                                                                                  : 0;
}

int probeIpfix(Bytes head) {
    const auto h = readExportHeader(head, head.size());
    if (!h || h->version != kIpfix) return 0;
    return soundExportHeader(head, std::max(head.size(), h->length), true) ? 80 : 0;
}

Result<std::unique_ptr<FlowFile>> openDatagrams(const FileBytes& bytes, const ReadOptions&) {
    if (!bytes.head().empty() && exportLength(bytes.head()) == 0)
        return Error{Errc::badMagic, "no NetFlow datagram or IPFIX message begins the file", 0};
    const FileBytes byPlace = bytes.byPlace();
    return std::unique_ptr<FlowFile>(std::make_unique<ExportFile>(byPlace, std::make_unique<RawDatagrams>(bytes)));
}

}  // namespace weir::capture
