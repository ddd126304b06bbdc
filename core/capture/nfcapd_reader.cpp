// nfcapd files: the block list and its cut into parts.
#include "core/capture/nfcapd_reader.h"

#include "core/capture/nfcapd_layout1.h"
#include "core/capture/nfcapd_records.h"
#include "core/capture/nfcapd_unpack.h"
#include "core/flow/chunk_source.h"

#include <algorithm>
#include <mutex>

namespace weir::capture {
namespace {

using namespace nfcapd;
using Bytes = std::span<const std::byte>;

constexpr std::size_t kMostBlocksOfPart = 64;  ///< bounds a part whose blocks lie about their records

template <class U>
U numberIn(Bytes bytes, std::size_t at, bool swapped) {
    return swapped ? numberAt<U, true>(bytes.data() + at) : numberAt<U, false>(bytes.data() + at);
}

struct BlockPlace {
    std::uint64_t offset = 0;     ///< of the block header
    std::uint32_t bytes = 0;      ///< of the body as it lies in the file
    std::uint32_t records = 0;    ///< as claimed: at least the flow records
    bool packed = false;
    bool cut = false;             ///< the file ends inside
};

struct Part {
    std::size_t firstBlock = 0, blocks = 0;
    std::uint64_t bytes = 0;
    std::size_t rows = 0;
};

/// What the file header says.
struct Shape {
    int layout = 2;
    Compression compression = kNone;
    bool swapped = false;
};

class NfcapdFile final : public FlowFile {
public:
    NfcapdFile(const FileBytes& bytes, const Shape& shape) : bytes_(bytes), shape_(shape) {
        listBlocks(shape.layout == 1 ? kFileHeader1 : kFileHeader);
        cutParts();
        notes_.resize(parts_.size());
    }
    std::size_t parts() const override { return parts_.size(); }
    std::uint64_t partBytes(std::size_t part) const override { return parts_[part].bytes; }
    std::size_t partRows(std::size_t part) const override { return parts_[part].rows; }
    const DropCounts& openDrops() const override { return drops_; }

    void decode(std::size_t part, flow::AddressDictionary& dictionary, flow::RecordColumns& out, DropCounts& drops) const override {
        const Part& p = parts_[part];
        out.resize(p.rows * 2, flow::ColSet::required());  // space for all blocks at once, by the writer's bound
        out.clear();
        ExtensionMaps maps = mapsBefore(p.firstBlock);
        ExporterNotes notes;
        const Sink sink{dictionary, out, drops, notes};
        for (std::size_t b = p.firstBlock; b < p.firstBlock + p.blocks; ++b) {
            const Block block = blockAt(b);
            if (block.records.empty() && blocks_[b].packed) {
                if (!blocks_[b].cut) drops.add("damaged block", blocks_[b].offset);
                continue;
            }
            if (shape_.layout == 1) appendRecords1(block, maps, sink);
            else appendRecords(block, sink);
        }
        const std::lock_guard lock(mutex_);
        notes_[part] = std::move(notes);
    }

    std::vector<flow::Exporter> exporters() const override {
        const std::lock_guard lock(mutex_);
        ExporterNotes all;
        for (const ExporterNotes& n : notes_) all.join(n);
        return all.list();
    }

private:
    /// Unpacked; empty when that fails. Valid until this thread's next.
    Block blockAt(std::size_t b) const {
        thread_local Buffer<std::byte> space;
        const BlockPlace& place = blocks_[b];
        const Bytes body = bytes_.read(place.offset + kBlockHeader, place.bytes, space);
        if (!place.packed) return {body, place.offset + kBlockHeader, true, shape_.swapped};
        return {unpackBlock(shape_.compression, body), place.offset, false, shape_.swapped};
    }

    /// Parts come in any order, maps in the file's: blocks before are looked through for them, each once.
    ExtensionMaps mapsBefore(std::size_t block) const {
        if (shape_.layout != 1) return {};
        const std::lock_guard lock(mutex_);
        while (maps_.blocks() < block) maps_.add(blockAt(maps_.blocks()).records, shape_.swapped);
        return maps_.before(block);
    }

    /// Where the blocks end. The appendix of layout 2 lies behind them; a file that was never closed has none.
    std::uint64_t endOfBlocks() {
        if (shape_.layout == 1) return bytes_.size();
        const auto appendix = numberIn<std::uint64_t>(bytes_, kAppendixAt, shape_.swapped);
        if (appendix > bytes_.size()) drops_.add("truncated file", bytes_.size());
        return appendix >= kFileHeader && appendix <= bytes_.size() ? appendix : bytes_.size();
    }

    void listBlocks(std::uint64_t at) {
        const std::uint64_t end = endOfBlocks();
        std::uint32_t found = 0;
        Buffer<std::byte> space;
        for (; at < end; ++found) {
            if (end - at < kBlockHeader) return drops_.add("truncated block", at);
            const Bytes header = bytes_.read(at, kBlockHeader, space);
            const auto u32 = [&](std::size_t i) { return numberIn<std::uint32_t>(header, i, shape_.swapped); };
            const auto u16 = [&](std::size_t i) { return numberIn<std::uint16_t>(header, i, shape_.swapped); };
            BlockPlace place{at, u32(4), u32(0), false, false};
            if (place.bytes > end - at - kBlockHeader) {
                drops_.add("truncated block", at);
                place.cut = true;
                place.bytes = std::uint32_t(end - at - kBlockHeader);
            }
            place.packed = shape_.compression != kNone && (u16(10) & kBlockUncompressed) == 0;
            if (place.bytes > kMostBlockBytes) return drops_.add("damaged block", at);
            if (u16(8) == (shape_.layout == 1 ? kDataBlock1 : kDataBlock)) blocks_.push_back(place);
            else drops_.add("unknown block type", at, false);
            at += kBlockHeader + place.bytes;
        }
        const bool cutBetween = shape_.layout == 1 && found < numberIn<std::uint32_t>(bytes_, kFileBlocksAt, shape_.swapped);
        if (cutBetween && drops_.damaged() == 0) drops_.add("truncated file", bytes_.size());
    }

    void cutParts() {
        for (std::size_t b = 0; b < blocks_.size(); ++b) {
            const std::size_t rows = rowBound(blocks_[b]);
            if (parts_.empty() || parts_.back().rows + rows > flow::kChunkRows || parts_.back().blocks == kMostBlocksOfPart)
                parts_.push_back({b, 0, 0, 0});
            Part& part = parts_.back();
            ++part.blocks;
            part.bytes += kBlockHeader + blocks_[b].bytes;
            part.rows += rows;
        }
    }

    /// The claim counts every kind of record; what fits bounds it.
    std::size_t rowBound(const BlockPlace& b) const {
        const std::size_t fits = (b.packed ? kMostBlockBytes : b.bytes) / (shape_.layout == 1 ? kLeastFlow1 : kLeastFlow);
        return std::min<std::size_t>(b.records, fits);
    }

    const FileBytes bytes_;
    const Shape shape_;
    DropCounts drops_;
    std::vector<BlockPlace> blocks_;
    std::vector<Part> parts_;
    mutable std::mutex mutex_;
    mutable MapHistory maps_;                   // guarded by mutex_
    mutable std::vector<ExporterNotes> notes_;  // of each part; guarded by mutex_
};

Result<Shape> shapeOf1(Bytes bytes, bool swapped) {
    if (bytes.size() < kFileHeader1) return Error{Errc::truncated, "nfcapd file ends inside its header", bytes.size()};
    const auto flags = numberIn<std::uint32_t>(bytes, kFileFlagsAt, swapped);
    const Compression how = flags & kFileLzo ? kLzo : flags & kFileBz2 ? kBz2 : flags & kFileLz4 ? kLz4 : kNone;
    return Shape{1, how, swapped};
}

Result<Shape> shapeOf2(Bytes bytes, bool swapped) {
    if (bytes.size() < kFileHeader) return Error{Errc::truncated, "nfcapd file ends inside its header", bytes.size()};
    const auto compression = std::uint8_t(bytes[kCompressionAt]), encryption = std::uint8_t(bytes[kEncryptionAt]);
    if (encryption != 0) return Error{Errc::unsupported, "an encrypted nfcapd file", kEncryptionAt};
    if (compression > kZstd)
        return Error{Errc::unsupported, "an nfcapd file with the unknown compression " + std::to_string(compression), kCompressionAt};
    return Shape{2, Compression(compression), swapped};
}

}  // namespace

int probeNfcapd(std::span<const std::byte> head) {
    if (head.size() < 4) return 0;
    const auto magic = numberAt<std::uint16_t, false>(head.data()), layout = numberAt<std::uint16_t, false>(head.data() + 2);
    const bool swapped = magic == byteSwap(kMagic);
    if (magic != kMagic && !swapped) return 0;
    const auto version = swapped ? byteSwap(layout) : layout;
    return version == 1 || version == 2 ? 100 : 40;
}

Result<std::unique_ptr<FlowFile>> openNfcapd(const FileBytes& file, const ReadOptions&) {
    const Bytes bytes = file;
    if (bytes.size() < 4) return Error{Errc::truncated, "nfcapd file ends inside its header", bytes.size()};
    const bool swapped = numberAt<std::uint16_t, false>(bytes.data()) != kMagic;
    if (swapped && numberAt<std::uint16_t, true>(bytes.data()) != kMagic) return Error{Errc::badMagic, "no nfcapd file", 0};
    const auto layout = numberIn<std::uint16_t>(bytes, 2, swapped);
    if (layout != 1 && layout != 2) {
        return Error{Errc::unsupported, "an nfcapd file of the unknown layout " + std::to_string(layout) +
                                            "; layouts 1 (nfdump 1.6) and 2 (nfdump 1.7) are read: write it again with nfdump 1.7", 2};
    }
    const auto shape = layout == 1 ? shapeOf1(bytes, swapped) : shapeOf2(bytes, swapped);
    if (!shape) return shape.error();
    return std::unique_ptr<FlowFile>(std::make_unique<NfcapdFile>(file, *shape));
}

}  // namespace weir::capture
