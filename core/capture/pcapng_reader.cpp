// The block loop of a pcapng file.
#include "core/capture/pcapng_reader.h"

#include "core/capture/pcapng_blocks.h"

#include <algorithm>

namespace weir::capture {
namespace {

using namespace pcapng;

constexpr std::uint32_t kMaxBlockPacket = 262144;
constexpr std::uint32_t kMostCutBlock =
    2 * kMaxBlockPacket;  ///< a block longer than this and than the rest of the file was not cut: its length is wrong
constexpr std::uint32_t kMostOptions = 128;     ///< of a packet that was cut
constexpr std::uint32_t kMaxBlock = 16u << 20;  ///< as in libpcap and Wireshark: longer ones are damage
constexpr std::uint32_t kMaxSought = 1u << 20;  ///< of the blocks that reading goes on with after damage
constexpr int kResyncBlocks = 2;
constexpr std::size_t kBlockPrefetchAhead = 1024;
constexpr std::size_t kLongestHead = 12;  ///< of a section, with its byte-order magic

class PcapngFile final : public FrameFile {
public:
    explicit PcapngFile(const FileBytes& bytes) : window_(bytes) {}
    std::size_t next(std::span<Frame> out) override;
    std::uint64_t offset() const override { return at_; }
    std::uint64_t packetsSeen() const override { return seen_; }
    TimeRange times() const override { return times_; }
    const DropCounts& drops() const override { return drops_; }
    /// Reads the first section header. Errors: see openPcapng.
    Status begin();

private:
    SectionCursor bodyOf(const BlockHead& head) const { return {bytesOf(head), head.bigEndian}; }
    /// The block without its head and tail. REQUIRES that the window holds it.
    std::span<const std::byte> bytesOf(const BlockHead& head) const {
        return window_.from(at_).subspan(8, head.length - kSmallestBlock);
    }
    enum class Sight { whole, later, damaged };
    Sight see(std::optional<BlockHead>& head, bool mayMove);
    bool chainAt(std::size_t at) const;
    bool isCut(const BlockHead& head) const;
    bool stopOrResync(const std::optional<BlockHead>& head);
    void end(std::string_view reason);
    bool readSection(const BlockHead& head);
    bool readBlock(const BlockHead& head, Frame& out);
    bool takePacket(const std::optional<PacketBlock>& packet, Frame& out);

    FileWindow window_;
    std::size_t at_ = 0;
    bool done_ = false;
    bool bigEndian_ = false;
    std::vector<Interface> interfaces_;  ///< of this section
    std::uint64_t seen_ = 0;
    TimeRange times_;
    std::int64_t lastTime_ = 0;
    DropCounts drops_;
};

/// Looks at the block at at_: `later` where the window would have to move and must not. `head` = what stands there.
PcapngFile::Sight PcapngFile::see(std::optional<BlockHead>& head, bool mayMove) {
    if (window_.holds(at_, kLongestHead)) {
        const auto rest = window_.from(at_);
        head = headAt(rest, bigEndian_);
        if (head && head->length <= kMaxBlock && isWhole(rest, *head)) return Sight::whole;
    }
    std::size_t needed = kLongestHead;
    for (;;) {
        if (!window_.holds(at_, needed) && !window_.reachesEnd()) {
            if (!mayMove) return Sight::later;
            window_.moveTo(at_, needed);
        }
        const auto rest = window_.from(at_);
        head = headAt(rest, bigEndian_);
        if (!head || head->length > kMaxBlock || head->length <= needed || rest.size() < needed) {
            if (head && head->length <= kMaxBlock && isWhole(rest, *head)) return Sight::whole;
            return mayMove ? Sight::damaged : Sight::later;
        }
        needed = head->length;
    }
}

/// REQUIRES that the window holds kResyncBlocks * kMaxSought bytes from `at` on, or reaches the end.
bool PcapngFile::chainAt(std::size_t at) const {
    bool bigEndian = bigEndian_;
    for (int i = 0; i < kResyncBlocks; ++i) {
        const auto rest = window_.from(at);
        const auto head = headAt(rest, bigEndian);
        if (!head || !isKnown(head->type) || head->length > kMaxSought || !isWhole(rest, *head)) return false;
        bigEndian = head->bigEndian;
        at += head->length;
    }
    return true;
}

void PcapngFile::end(std::string_view reason) {
    drops_.add(reason, at_);
    at_ = std::max(at_, window_.end());
    done_ = true;
}

/// The block goes beyond the end of the file, and its length is one that it may well have had.
bool PcapngFile::isCut(const BlockHead& head) const {
    const auto rest = window_.from(at_);
    if (!window_.reachesEnd() || head.length <= rest.size() || head.length > kMostCutBlock || !isKnown(head.type))
        return false;
    if (head.type != kEnhancedPacket) return true;
    SectionCursor c(rest, head.bigEndian);
    c.skip(20);
    const std::uint32_t captured = c.u32();
    return !c.ok() || head.length <= std::uint64_t{captured} + 35 + kMostOptions;
}

/// At a block that does not fit. True: at_ is now at a sound block. REQUIRES that the window may move.
bool PcapngFile::stopOrResync(const std::optional<BlockHead>& head) {
    constexpr std::size_t kStep = 1u << 20, kSought = kResyncBlocks * std::size_t{kMaxSought};
    if (window_.from(at_).size() < kSmallestBlock || (head && isCut(*head))) {
        end("truncated block");
        return false;
    }
    for (std::size_t at = at_ + 1;; ++at) {
        if (!window_.holds(at, kSought) && !window_.reachesEnd()) window_.moveTo(at, kSought + kStep);
        if (!window_.holds(at, kSmallestBlock)) break;
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
    if (!packet || packet->data.size() > kMaxBlockPacket) {
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
    out = {{packet->data.data(), packet->data.size(), packet->wire},
           interface.link,
           lastTime_,
           at_,
           at_ + std::uint64_t(packet->data.data() - window_.at(at_))};
    ++seen_;
    return true;
}

/// True when the block is a packet, which then is in `out`.
bool PcapngFile::readBlock(const BlockHead& head, Frame& out) {
    switch (head.type) {
        case kEnhancedPacket:
        case kOldPacket:
            return takePacket(readPacket(bytesOf(head), head.type == kEnhancedPacket, head.bigEndian), out);
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
    while (filled < out.size() && !done_) {
        // Frames given out lie in the window: it moves only before the first of them.
        std::optional<BlockHead> head;
        const Sight sight = see(head, filled == 0);
        if (sight == Sight::later) break;
        if (sight == Sight::damaged && !window_.holds(at_, 1)) {
            done_ = true;
            break;
        }
        if (sight == Sight::damaged) {
            if (stopOrResync(head)) continue;
            break;
        }
        if (window_.holds(at_, kBlockPrefetchAhead)) __builtin_prefetch(window_.at(at_) + kBlockPrefetchAhead);
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
    std::optional<BlockHead> head;
    const Sight sight = see(head, true);
    if (!head || head->type != kSection) {
        return Error{Errc::truncated,
                     "the pcapng file ends inside its first block, or that block has no byte-order magic", 0};
    }
    if (sight != Sight::whole) return Error{Errc::truncated, "the first block of the pcapng file is cut or damaged", 0};
    if (!readSection(*head)) {
        SectionCursor body = bodyOf(*head);
        body.skip(4);
        const std::uint16_t major = body.u16(), minor = body.u16();
        return Error{
            Errc::unsupported,
            "pcapng version " + std::to_string(major) + "." + std::to_string(minor) + " is not read, only version 1",
            12};
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
