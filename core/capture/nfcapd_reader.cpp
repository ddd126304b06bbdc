// nfcapd files: the block list and its cut into parts.
#include "core/capture/nfcapd_reader.h"

#include "core/capture/nfcapd_blocks.h"
#include "core/capture/nfcapd_layout1.h"
#include "core/capture/nfcapd_records.h"
#include "core/capture/nfcapd_unpack.h"
#include "core/flow/chunk_source.h"

#include <algorithm>
#include <deque>
#include <mutex>

namespace weir::capture {
namespace {

using namespace nfcapd;
using Bytes = std::span<const std::byte>;

constexpr std::size_t kMostBlocksOfPart = 64;  ///< bounds a part whose blocks lie about their records

constexpr std::uint64_t kMostBytesOfPart = 32u << 20;

template <class U>
U headerNumber(Bytes bytes, std::size_t at, bool swapped) {
    return swapped ? numberAt<U, true>(bytes.data() + at) : numberAt<U, false>(bytes.data() + at);
}

struct Part {
    std::vector<BlockPlace> blocks;
    std::size_t firstBlock = 0;  ///< number of blocks before it in the file
    std::uint64_t bytes = 0;
    std::size_t rows = 0;
    Buffer<std::byte> copy;  ///< bodies of a stream, until they are decoded
    ExporterNotes notes;     ///< when it is decoded
};

/// Looks for blocks as parts are asked for.
class NfcapdFile final : public FlowFile {
public:
    NfcapdFile(const FileBytes& bytes, const Shape& shape) : bytes_(bytes), shape_(shape), walk_(bytes, shape) {}

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
    const DropCounts& openDrops() const override { return walk_.drops(); }

    void decode(std::size_t part, flow::AddressDictionary& dictionary, flow::RecordColumns& out,
                DropCounts& drops) const override {
        Part& p = at(part);
        out.resize(p.rows * 2, flow::ColSet::required());  // space for all blocks at once, by the writer's bound
        out.clear();
        ExtensionMaps maps = mapsBefore(p.firstBlock);
        ExporterNotes notes;
        const Sink sink{dictionary, out, drops, notes};
        for (const BlockPlace& place : p.blocks) {
            thread_local Buffer<std::byte> space;
            const Bytes body = bytes_.isStream() ? p.copy.span().subspan(place.copyAt, place.bytes)
                                                 : bytes_.read(place.offset + kBlockHeader, place.bytes, space);
            const Block block = unpacked(place, body);
            if (block.records.empty() && place.packed) {
                if (!place.cut) drops.add("damaged block", place.offset);
                continue;
            }
            if (shape_.layout == 1)
                appendRecords1(block, maps, sink);
            else
                appendRecords(block, sink);
        }
        const std::lock_guard lock(mutex_);
        p.notes = std::move(notes);
        if (p.copy.size() > spare_.size()) std::swap(spare_, p.copy);
        p.copy.release();
    }

    std::vector<flow::Exporter> exporters() const override {
        const std::lock_guard lock(mutex_);
        ExporterNotes all;
        for (const Part& p : parts_) all.join(p.notes);
        return all.list();
    }

private:
    /// Parts do not move; of one that is there only decode() changes what it holds.
    Part& at(std::size_t part) const {
        const std::lock_guard lock(mutex_);
        return parts_[part];
    }

    /// Records empty when unpacking fails. Valid until this thread's next.
    Block unpacked(const BlockPlace& place, Bytes body) const {
        if (!place.packed) return {body, place.offset + kBlockHeader, true, shape_.swapped};
        return {unpackBlock(shape_.compression, body), place.offset, false, shape_.swapped};
    }

    ExtensionMaps mapsBefore(std::size_t block) const {
        if (shape_.layout != 1) return {};
        const std::lock_guard lock(mutex_);
        return maps_.before(block);
    }

    /// One block more. Parts are decoded in any order, maps hold in the file's: blocks of layout 1 are looked through
    /// for them.
    void look() {
        auto place = walk_.next();
        ended_ = !place;
        if (place) {
            const std::size_t rows = rowBound(*place);
            const bool full = open_.rows + rows > flow::kChunkRows || open_.blocks.size() == kMostBlocksOfPart ||
                              open_.bytes + place->bytes > kMostBytesOfPart;
            if (full) close();
            if (bytes_.isStream()) {
                if (open_.blocks.empty()) open_.copy = std::move(spare_);
                if (open_.blocks.empty()) open_.copy.clear();
                place->copyAt = open_.copy.size();
                open_.copy.append(walk_.body());
            }
            open_.blocks.push_back(*place);
            open_.bytes += kBlockHeader + place->bytes;
            open_.rows += rows;
            if (shape_.layout == 1) {
                const Bytes body =
                    bytes_.isStream() ? walk_.body() : bytes_.read(place->offset + kBlockHeader, place->bytes, space_);
                maps_.add(unpacked(*place, body).records, shape_.swapped);
            }
            ++blocks_;
        } else {
            close();
        }
    }

    void close() {
        if (!open_.blocks.empty()) parts_.push_back(std::move(open_));
        open_ = {};
        open_.firstBlock = blocks_;
    }

    /// The claim counts every kind of record; what fits bounds it.
    std::size_t rowBound(const BlockPlace& b) const {
        const std::size_t fits =
            (b.packed ? kMostBlockBytes : b.bytes) / (shape_.layout == 1 ? kLeastFlow1 : kLeastFlow);
        return std::min<std::size_t>(b.records, fits);
    }

    const FileBytes bytes_;
    const Shape shape_;
    mutable std::mutex mutex_;  ///< of all below
    BlockWalk walk_;
    mutable std::deque<Part> parts_;
    Part open_;
    std::size_t blocks_ = 0;
    bool ended_ = false;
    MapHistory maps_;
    Buffer<std::byte> space_;
    mutable Buffer<std::byte> spare_;  ///< memory of a part that was decoded
};

Result<Shape> shapeOf1(Bytes bytes, bool swapped) {
    if (bytes.size() < kFileHeader1) return Error{Errc::truncated, "nfcapd file ends inside its header", bytes.size()};
    const auto flags = headerNumber<std::uint32_t>(bytes, kFileFlagsAt, swapped);
    const Compression how = flags & kFileLzo ? kLzo : flags & kFileBz2 ? kBz2 : flags & kFileLz4 ? kLz4 : kNone;
    return Shape{1, how, swapped};
}

Result<Shape> shapeOf2(Bytes bytes, bool swapped) {
    if (bytes.size() < kFileHeader) return Error{Errc::truncated, "nfcapd file ends inside its header", bytes.size()};
    const auto compression = std::uint8_t(bytes[kCompressionAt]), encryption = std::uint8_t(bytes[kEncryptionAt]);
    if (encryption != 0) return Error{Errc::unsupported, "an encrypted nfcapd file", kEncryptionAt};
    if (compression > kZstd)
        return Error{Errc::unsupported, "an nfcapd file with the unknown compression " + std::to_string(compression),
                     kCompressionAt};
    return Shape{2, Compression(compression), swapped};
}

}  // namespace

int probeNfcapd(std::span<const std::byte> head) {
    if (head.size() < 4) return 0;
    const auto magic = numberAt<std::uint16_t, false>(head.data()),
               layout = numberAt<std::uint16_t, false>(head.data() + 2);
    const bool swapped = magic == byteSwap(kMagic);
    if (magic != kMagic && !swapped) return 0;
    const auto version = swapped ? byteSwap(layout) : layout;
    return version == 1 || version == 2 ? 100 : 40;
}

Result<std::unique_ptr<FlowFile>> openNfcapd(const FileBytes& file, const ReadOptions&) {
    const Bytes bytes = file.head();
    if (bytes.size() < 4) return Error{Errc::truncated, "nfcapd file ends inside its header", bytes.size()};
    const bool swapped = numberAt<std::uint16_t, false>(bytes.data()) != kMagic;
    if (swapped && numberAt<std::uint16_t, true>(bytes.data()) != kMagic)
        return Error{Errc::badMagic, "no nfcapd file", 0};
    const auto layout = headerNumber<std::uint16_t>(bytes, 2, swapped);
    if (layout != 1 && layout != 2) {
        return Error{Errc::unsupported,
                     "an nfcapd file of the unknown layout " + std::to_string(layout) +
                         "; layouts 1 (nfdump 1.6) and 2 (nfdump 1.7) are read: write it again with nfdump 1.7",
                     2};
    }
    const auto shape = layout == 1 ? shapeOf1(bytes, swapped) : shapeOf2(bytes, swapped);
    if (!shape) return shape.error();
    return std::unique_ptr<FlowFile>(std::make_unique<NfcapdFile>(file, *shape));
}

}  // namespace weir::capture
