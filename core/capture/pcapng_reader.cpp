// The block loop of a pcapng file.
#include "core/capture/pcapng_reader.h"

#include "core/capture/pcapng_blocks.h"

namespace weir::capture {
namespace {

using namespace pcapng;

constexpr std::uint32_t kMostCaptured = 262144;
constexpr std::uint32_t kMostCutBlock = 2 * kMostCaptured;  ///< a block longer than this and than the rest of the file was not cut: its length is wrong
constexpr std::uint32_t kMostOptions = 128;                  ///< of a packet that was cut
constexpr int kResyncBlocks = 2;
constexpr std::size_t kPrefetchAhead = 1024;

class PcapngFile final : public FrameFile {
public:
    explicit PcapngFile(std::span<const std::byte> bytes) : bytes_(bytes) {}
    std::size_t next(std::span<Frame> out) override;
    std::uint64_t offset() const override { return at_; }
    std::uint64_t packetsSeen() const override { return seen_; }
    TimeRange times() const override { return times_; }
    const DropCounts& drops() const override { return drops_; }
    /// Reads the first section header. Errors: see openPcapng.
    Status begin();

private:
    SectionCursor bodyOf(const BlockHead& head) const {
        return {bytes_.subspan(at_ + 8, head.length - kSmallestBlock), head.bigEndian};
    }
    bool chainAt(std::size_t at) const;
    bool isCut(const BlockHead& head) const;
    bool stopOrResync(const std::optional<BlockHead>& head);
    void end(std::string_view reason);
    bool readSection(const BlockHead& head);
    bool readBlock(const BlockHead& head, Frame& out);
    bool takePacket(const std::optional<PacketBlock>& packet, Frame& out);

    std::span<const std::byte> bytes_;
    std::size_t at_ = 0;
    bool bigEndian_ = false;
    std::vector<Interface> interfaces_;  ///< of this section
    std::uint64_t seen_ = 0;
    TimeRange times_;
    std::int64_t lastTime_ = 0;
    DropCounts drops_;
};

bool PcapngFile::chainAt(std::size_t at) const {
    bool bigEndian = bigEndian_;
    for (int i = 0; i < kResyncBlocks; ++i) {
        const auto rest = bytes_.subspan(at);
        const auto head = headAt(rest, bigEndian);
        if (!head || !isKnown(head->type) || !isWhole(rest, *head)) return false;
        bigEndian = head->bigEndian;
        at += head->length;
    }
    return true;
}

void PcapngFile::end(std::string_view reason) {
    drops_.add(reason, at_);
    at_ = bytes_.size();
}

/// The block goes beyond the end of the file, and its length is one that it may well have had.
bool PcapngFile::isCut(const BlockHead& head) const {
    const std::size_t left = bytes_.size() - at_;
    if (head.length <= left || head.length > kMostCutBlock || !isKnown(head.type)) return false;
    if (head.type != kEnhancedPacket) return true;
    SectionCursor c(bytes_.subspan(at_), head.bigEndian);
    c.skip(20);
    const std::uint32_t captured = c.u32();
    return !c.ok() || head.length <= std::uint64_t{captured} + 35 + kMostOptions;
}

/// At a block that does not fit. True: at_ is now at a sound block.
bool PcapngFile::stopOrResync(const std::optional<BlockHead>& head) {
    const std::size_t left = bytes_.size() - at_;
    if (left < kSmallestBlock || (head && isCut(*head))) {
        end("truncated block");
        return false;
    }
    for (std::size_t at = at_ + 1; bytes_.size() - at >= kSmallestBlock; ++at) {
        if (!chainAt(at)) continue;
        drops_.add("corrupt block length", at_);
        at_ = at;
        return true;
    }
    end("corrupt block length");
    return false;
}

bool PcapngFile::readSection(const BlockHead& head) {
    SectionCursor body = bodyOf(head);
    body.skip(4);
    const std::uint16_t major = body.u16(), minor = body.u16();
    if (!body.ok() || major != 1 || (minor != 0 && minor != 2)) return false;
    bigEndian_ = head.bigEndian;
    interfaces_.clear();
    return true;
}

bool PcapngFile::takePacket(const std::optional<PacketBlock>& packet, Frame& out) {
    if (!packet || packet->data.size() > kMostCaptured) {
        drops_.add("packet longer than its block", at_);
        return false;
    }
    if (packet->interfaceNumber >= interfaces_.size()) {
        drops_.add("packet of an undeclared interface", at_);
        return false;
    }
    const Interface& interface = interfaces_[packet->interfaceNumber];
    if (packet->timed) {
        lastTime_ = interface.timeUs(packet->ticks);
        times_.include(lastTime_);
    }
    out = {{packet->data.data(), packet->data.size(), packet->wire}, interface.link, lastTime_, at_, std::uint64_t(packet->data.data() - bytes_.data())};
    ++seen_;
    return true;
}

/// True when the block is a packet, which then is in `out`.
bool PcapngFile::readBlock(const BlockHead& head, Frame& out) {
    switch (head.type) {
    case kEnhancedPacket:
    case kOldPacket:
        return takePacket(readPacket(bytes_.subspan(at_ + 8, head.length - kSmallestBlock), head.type == kEnhancedPacket, head.bigEndian), out);
    case kSimplePacket:
        return takePacket(readSimplePacket(bodyOf(head), interfaces_.empty() ? 0 : interfaces_[0].snapLength), out);
    case kInterface: {
        bool sound = true;
        interfaces_.push_back(readInterface(bodyOf(head), sound));
        if (!sound) drops_.add("damaged interface block", at_);
        return false;
    }
    default:
        if (!isKnown(head.type)) drops_.add("unknown block type", at_, false);
        return false;
    }
}

std::size_t PcapngFile::next(std::span<Frame> out) {
    std::size_t filled = 0;
    while (filled < out.size() && at_ < bytes_.size()) {
        const auto rest = bytes_.subspan(at_);
        if (rest.size() > kPrefetchAhead) __builtin_prefetch(rest.data() + kPrefetchAhead);
        const auto head = headAt(rest, bigEndian_);
        if (!head || !isWhole(rest, *head)) {
            if (stopOrResync(head)) continue;
            break;
        }
        if (head->type == kSection) {
            if (!readSection(*head)) {
                end("section of an unsupported version");
                break;
            }
        } else if (readBlock(*head, out[filled])) {
            ++filled;
        }
        at_ += head->length;
    }
    return filled;
}

Status PcapngFile::begin() {
    const auto head = headAt(bytes_, false);
    if (!head || head->type != kSection) {
        return Error{Errc::truncated, "the pcapng file ends inside its first block, or that block has no byte-order magic", 0};
    }
    if (!isWhole(bytes_, *head)) return Error{Errc::truncated, "the first block of the pcapng file is cut or damaged", 0};
    if (!readSection(*head)) {
        SectionCursor body = bodyOf(*head);
        body.skip(4);
        const std::uint16_t major = body.u16(), minor = body.u16();
        return Error{Errc::unsupported, "pcapng version " + std::to_string(major) + "." + std::to_string(minor) + " is not read, only version 1", 12};
    }
    at_ = head->length;
    return ok();
}

}  // namespace

int probePcapng(std::span<const std::byte> head) {
    ByteCursor c(head);
    if (c.le<std::uint32_t>() != kSection || !c.ok()) return 0;
    return sectionIsBigEndian(head) ? 100 : 60;
}

Result<std::unique_ptr<FrameFile>> openPcapng(const FileBytes& bytes, const ReadOptions&) {
    auto file = std::make_unique<PcapngFile>(bytes);
    if (const Status begun = file->begin(); !begun) return begun.error();
    return std::unique_ptr<FrameFile>(std::move(file));
}

}  // namespace weir::capture
