// The record loop of a pcap file.
#include "core/capture/pcap_reader.h"

#include "core/base/byte_cursor.h"
#include "core/capture/frame.h"
#include "core/capture/link_layer.h"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <optional>

namespace weir::capture {
namespace {

constexpr std::size_t kFileHeader = 24, kRecordHeader = 16;
constexpr std::uint32_t kMicroMagic = 0xa1b2c3d4u, kNanoMagic = 0xa1b23c4du;
constexpr std::uint32_t kMaxCaptured = 262144;        ///< no capture library writes longer packets
constexpr std::uint32_t kLinkTypeMask = 0x03ffffffu;  ///< the bits above say how long the frame check sequence is
constexpr int kResyncRecords = 4;
constexpr std::size_t kToTheEnd = std::numeric_limits<std::size_t>::max();
constexpr std::size_t kMaxChain = kResyncRecords * (kRecordHeader + std::size_t{kMaxCaptured});
constexpr std::size_t kRecordPrefetchAhead = 1024;
constexpr std::int64_t kResyncSeconds = 86400;

struct Flavour {
    bool bigEndian = false, nano = false;
};
std::optional<Flavour> flavourOf(std::span<const std::byte> head) {
    ByteCursor c(head);
    const auto little = c.le<std::uint32_t>();
    for (const bool bigEndian : {false, true}) {
        const std::uint32_t magic = bigEndian ? byteSwap(little) : little;
        if (magic == kMicroMagic || magic == kNanoMagic) return Flavour{bigEndian, magic == kNanoMagic};
    }
    return {};
}

struct RecordHeader {
    std::uint32_t seconds = 0, fraction = 0, captured = 0, wire = 0;
};

class PcapFile final : public FrameFile {
public:
    struct Header {
        Flavour flavour;
        std::uint32_t link = 0;
        std::uint16_t minor = 4;
    };
    PcapFile(const FileBytes& bytes, const Header& header)
        : window_(bytes), minor_(header.minor),
          swap_(header.flavour.bigEndian != (std::endian::native == std::endian::big)), link_(linkDecoder(header.link)),
          unitsPerUs_(header.flavour.nano ? 1000 : 1) {}

    std::size_t next(std::span<Frame> out) override;
    std::uint64_t offset() const override { return at_; }
    std::uint64_t packetsSeen() const override { return seen_; }
    TimeRange times() const override { return times_; }
    const DropCounts& drops() const override { return drops_; }

private:
    enum class Sight { here, later, beyondEnd };

    RecordHeader read(const std::byte* header) const;
    Sight see(std::size_t size, bool mayMove);
    bool looksSound(const RecordHeader& h) const;
    enum class Chain { sound, broken, unseen };
    Chain chainAt(std::size_t at) const;
    Sight resync(std::size_t before, bool mayMove);
    bool stopOrResync(const RecordHeader& h);
    void noteTime(const RecordHeader& h);
    void stop(std::string_view reason);

    FileWindow window_;
    std::size_t at_ = kFileHeader;
    bool done_ = false;
    std::uint16_t minor_;
    bool swap_;
    LinkDecoder link_;
    std::uint32_t unitsPerUs_;
    std::uint64_t seen_ = 0;
    TimeRange times_;
    std::int64_t lastSeconds_ = 0;   ///< of the records so far; one stray record does not change it
    std::int64_t straySeconds_ = 0;  ///< of the latest record more than a day away
    DropCounts drops_;
};

/// `size` bytes from at_ on: `later` where the window would have to move and must not.
PcapFile::Sight PcapFile::see(std::size_t size, bool mayMove) {
    if (window_.holds(at_, size)) return Sight::here;
    if (window_.reachesEnd()) return Sight::beyondEnd;
    if (!mayMove) return Sight::later;
    return window_.reach(at_, size) ? Sight::here : Sight::beyondEnd;
}

/// REQUIRES kRecordHeader bytes.
RecordHeader PcapFile::read(const std::byte* header) const {
    std::uint32_t v[4];
    std::memcpy(v, header, sizeof v);
    if (swap_)
        for (std::uint32_t& x : v) x = byteSwap(x);
    // Up to version 2.2 the two lengths were the other way round, in 2.3 either way.
    if (minor_ < 3 || (minor_ == 3 && v[2] > v[3])) std::swap(v[2], v[3]);
    return {v[0], v[1], v[2], v[3]};
}

bool PcapFile::looksSound(const RecordHeader& h) const {
    const std::int64_t distance = std::int64_t{h.seconds} - lastSeconds_;
    return distance <= kResyncSeconds && distance >= -kResyncSeconds && h.fraction < 1'000'000u * unitsPerUs_ &&
           h.captured > 0 && h.captured <= h.wire && h.wire <= kMaxCaptured;
}

/// `unseen`: the window must move to tell.
PcapFile::Chain PcapFile::chainAt(std::size_t at) const {
    const Chain outside = window_.reachesEnd() ? Chain::broken : Chain::unseen;
    for (int i = 0; i < kResyncRecords; ++i) {
        if (!window_.holds(at, kRecordHeader)) return outside;
        const RecordHeader h = read(window_.at(at));
        if (!looksSound(h)) return Chain::broken;
        if (!window_.holds(at + kRecordHeader, h.captured)) return outside;
        at += kRecordHeader + h.captured;
    }
    return Chain::sound;
}

void PcapFile::stop(std::string_view reason) {
    drops_.add(reason, at_);
    at_ = std::max(at_, window_.end());
    done_ = true;
}

/// Goes to the first sound place behind at_ and before `before` (`here`); `beyondEnd` = there is none. The window still
/// holds at_ then, unless all of the file was looked through.
PcapFile::Sight PcapFile::resync(std::size_t before, bool mayMove) {
    constexpr std::size_t kStep = 1u << 20;
    for (std::size_t at = at_ + 1; at < before; ++at) {
        Chain chain = chainAt(at);
        if (chain == Chain::unseen) {
            if (!mayMove) return Sight::later;
            const std::size_t from = before == kToTheEnd ? at : at_;
            window_.moveTo(from, at - from + kMaxChain + kStep);
            chain = chainAt(at);
        }
        if (chain == Chain::sound) {
            drops_.add("corrupt record length", at_);
            at_ = at;
            return Sight::here;
        }
        if (!window_.holds(at, kRecordHeader)) break;
    }
    return Sight::beyondEnd;
}

/// At a record that does not fit. True: at_ is now at a sound record.
bool PcapFile::stopOrResync(const RecordHeader& h) {
    const bool cutFile = h.captured <= kMaxCaptured && (seen_ == 0 || looksSound(h));
    if (!cutFile && seen_ > 0 && resync(kToTheEnd, true) == Sight::here) return true;
    stop(cutFile ? "truncated record" : "corrupt record length");
    return false;
}

void PcapFile::noteTime(const RecordHeader& h) {
    const std::int64_t seconds = h.seconds;
    if (seen_ == 0 || std::abs(seconds - lastSeconds_) <= kResyncSeconds ||
        std::abs(seconds - straySeconds_) <= kResyncSeconds)
        lastSeconds_ = seconds;
    else
        straySeconds_ = seconds;
}

std::size_t PcapFile::next(std::span<Frame> out) {
    std::size_t filled = 0;
    while (filled < out.size() && !done_) {
        // Frames given out lie in the window: it moves only before the first of them.
        const bool mayMove = filled == 0;
        const Sight header = see(kRecordHeader, mayMove);
        if (header == Sight::later) break;
        if (header == Sight::beyondEnd) {
            if (window_.holds(at_, 1)) stop("truncated record");
            done_ = true;
            break;
        }
        if (window_.holds(at_, kRecordPrefetchAhead)) __builtin_prefetch(window_.at(at_) + kRecordPrefetchAhead);
        const RecordHeader h = read(window_.at(at_));
        const Sight record = h.captured > kMaxCaptured ? Sight::beyondEnd : see(kRecordHeader + h.captured, mayMove);
        const std::size_t end = at_ + kRecordHeader + h.captured;
        if (record == Sight::later || (record == Sight::beyondEnd && !mayMove)) break;
        if (record == Sight::beyondEnd) {
            if (stopOrResync(h)) continue;
            break;
        }
        // A record that looks odd but fits is kept, unless sound records begin inside it.
        if (seen_ > 0 && !looksSound(h)) {
            const Sight inside = resync(end, mayMove);
            if (inside == Sight::later) break;
            if (inside == Sight::here) continue;
        }
        const std::int64_t timeUs = std::int64_t{h.seconds} * 1'000'000 + h.fraction / unitsPerUs_;
        times_.include(timeUs);
        noteTime(h);
        ++seen_;
        out[filled++] = {
            {window_.at(at_) + kRecordHeader, h.captured, h.wire}, link_, timeUs, at_, at_ + kRecordHeader};
        at_ = end;
    }
    return filled;
}

}  // namespace

int probePcap(std::span<const std::byte> head) { return flavourOf(head) ? 100 : 0; }

Result<std::unique_ptr<FrameFile>> openPcap(const FileBytes& file, const ReadOptions&) {
    const std::span<const std::byte> bytes = file.head();
    const auto flavour = flavourOf(bytes);
    if (!flavour) return Error{Errc::badMagic, "this is not a pcap file", 0};
    if (bytes.size() < kFileHeader)
        return Error{Errc::truncated,
                     "the pcap file ends inside its 24-byte header (it has " + std::to_string(bytes.size()) + " bytes)",
                     bytes.size()};
    ByteCursor c(bytes.subspan(4));
    const auto number16 = [&] { return flavour->bigEndian ? c.be<std::uint16_t>() : c.le<std::uint16_t>(); };
    const std::uint16_t major = number16(), minor = number16();
    if (major != 2) {
        return Error{
            Errc::unsupported,
            "pcap version " + std::to_string(major) + "." + std::to_string(minor) + " is not read, only version 2", 4};
    }
    c.skip(12);
    const std::uint32_t link = flavour->bigEndian ? c.be<std::uint32_t>() : c.le<std::uint32_t>();
    return std::unique_ptr<FrameFile>(
        std::make_unique<PcapFile>(file, PcapFile::Header{*flavour, link & kLinkTypeMask, minor}));
}

}  // namespace weir::capture
