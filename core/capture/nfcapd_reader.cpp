// nfcapd files: the block list, its cut into parts, unpacking.
#include "core/capture/nfcapd_reader.h"

#include "core/capture/nfcapd_format.h"
#include "core/capture/nfcapd_records.h"
#include "core/flow/chunk_source.h"

#include <algorithm>
#include <bzlib.h>
#include <lz4.h>
#include <zstd.h>

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

/// Space for one unpacked block, kept by each thread.
std::span<std::byte> unpackSpace() {
    thread_local Buffer<std::byte> space(kMostBlockBytes);
    return {space.data(), space.size()};
}

/// Empty when the bytes are not what they should be.
Bytes unpack(Compression how, Bytes body) {
    const std::span<std::byte> out = unpackSpace();
    const auto* const in = reinterpret_cast<const char*>(body.data());
    auto* const space = reinterpret_cast<char*>(out.data());
    if (how == kLz4) {
        const int n = LZ4_decompress_safe(in, space, int(body.size()), int(out.size()));
        return n > 0 ? Bytes(out).first(std::size_t(n)) : Bytes();
    }
    if (how == kZstd) {
        const std::size_t n = ZSTD_decompress(space, out.size(), in, body.size());
        return ZSTD_isError(n) ? Bytes() : Bytes(out).first(n);
    }
    auto n = unsigned(out.size());
    const int code = BZ2_bzBuffToBuffDecompress(space, &n, const_cast<char*>(in), unsigned(body.size()), 0, 0);
    return code == BZ_OK ? Bytes(out).first(n) : Bytes();
}

class NfcapdFile final : public FlowFile {
public:
    NfcapdFile(Bytes bytes, Compression compression, bool swapped) : bytes_(bytes), compression_(compression), swapped_(swapped) {
        listBlocks();
        cutParts();
    }
    std::size_t parts() const override { return parts_.size(); }
    std::uint64_t partBytes(std::size_t part) const override { return parts_[part].bytes; }
    std::size_t partRows(std::size_t part) const override { return parts_[part].rows; }
    const DropCounts& openDrops() const override { return drops_; }

    void decode(std::size_t part, flow::AddressDictionary& dictionary, flow::RecordColumns& out, DropCounts& drops) const override {
        out.clear();
        for (std::size_t b = 0; b < parts_[part].blocks; ++b) {
            const BlockPlace& place = blocks_[parts_[part].firstBlock + b];
            const Bytes body = bytes_.subspan(place.offset + kBlockHeader, place.bytes);
            Block block{body, place.offset + kBlockHeader, true, swapped_};
            if (place.packed) block = {unpack(compression_, body), place.offset, false, swapped_};
            if (place.packed && block.records.empty()) {
                if (!place.cut) drops.add("damaged block", place.offset);
                continue;
            }
            appendRecords(block, dictionary, out, drops);
        }
    }

private:
    void listBlocks() {
        // The appendix lies behind the last data block; a file that was never closed has none.
        const auto appendix = numberIn<std::uint64_t>(bytes_, kAppendixAt, swapped_);
        const bool closed = appendix >= kFileHeader && appendix <= bytes_.size();
        const std::uint64_t end = closed ? appendix : bytes_.size();
        if (appendix > bytes_.size()) drops_.add("truncated file", bytes_.size());
        for (std::uint64_t at = kFileHeader; at < end;) {
            if (end - at < kBlockHeader) {
                drops_.add("truncated block", at);
                return;
            }
            BlockPlace place{at, numberIn<std::uint32_t>(bytes_, at + 4, swapped_), numberIn<std::uint32_t>(bytes_, at, swapped_), false, false};
            const auto type = numberIn<std::uint16_t>(bytes_, at + 8, swapped_), flags = numberIn<std::uint16_t>(bytes_, at + 10, swapped_);
            if (place.bytes > end - at - kBlockHeader) {
                drops_.add("truncated block", at);
                place.cut = true;
                place.bytes = std::uint32_t(end - at - kBlockHeader);
            }
            place.packed = compression_ != kNone && (flags & kBlockUncompressed) == 0;
            if (place.bytes > kMostBlockBytes) {
                drops_.add("damaged block", at);
                return;
            }
            if (type == kDataBlock) blocks_.push_back(place);
            else drops_.add("unknown block type", at, false);
            at += kBlockHeader + place.bytes;
        }
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
    static std::size_t rowBound(const BlockPlace& b) {
        const std::size_t fits = (b.packed ? kMostBlockBytes : b.bytes) / kLeastFlow;
        return std::min<std::size_t>(b.records, fits);
    }

    Bytes bytes_;
    Compression compression_;
    bool swapped_;
    DropCounts drops_;
    std::vector<BlockPlace> blocks_;
    std::vector<Part> parts_;
};

}  // namespace

int probeNfcapd(std::span<const std::byte> head) {
    if (head.size() < 4) return 0;
    const auto magic = numberAt<std::uint16_t, false>(head.data()), layout = numberAt<std::uint16_t, false>(head.data() + 2);
    const bool swapped = magic == byteSwap(kMagic);
    if (magic != kMagic && !swapped) return 0;
    const auto version = swapped ? byteSwap(layout) : layout;
    return version == 1 || version == 2 ? 100 : 40;
}

Result<std::unique_ptr<FlowFile>> openNfcapd(std::span<const std::byte> bytes, const ReadOptions&) {
    if (bytes.size() < 4) return Error{Errc::truncated, "nfcapd file ends inside its header", bytes.size()};
    const bool swapped = numberAt<std::uint16_t, false>(bytes.data()) != kMagic;
    if (swapped && numberAt<std::uint16_t, true>(bytes.data()) != kMagic) return Error{Errc::badMagic, "no nfcapd file", 0};
    const auto layout = numberIn<std::uint16_t>(bytes, 2, swapped);
    if (layout == 1)
        return Error{Errc::unsupported,
                     "an nfcapd file of nfdump 1.6 (layout 1); rewrite it with nfdump 1.7 (nfdump -r FILE -y -w NEW) and import NEW", 2};
    if (layout != 2) return Error{Errc::unsupported, "an nfcapd file of the unknown layout " + std::to_string(layout), 2};
    if (bytes.size() < kFileHeader) return Error{Errc::truncated, "nfcapd file ends inside its header", bytes.size()};
    const auto compression = std::uint8_t(bytes[kCompressionAt]), encryption = std::uint8_t(bytes[kEncryptionAt]);
    if (encryption != 0) return Error{Errc::unsupported, "an encrypted nfcapd file", kEncryptionAt};
    if (compression == kLzo)
        return Error{Errc::unsupported, "an nfcapd file with LZO compression; rewrite it with LZ4 (nfdump -r FILE -y -w NEW) and import NEW",
                     kCompressionAt};
    if (compression > kZstd)
        return Error{Errc::unsupported, "an nfcapd file with the unknown compression " + std::to_string(compression), kCompressionAt};
    return std::unique_ptr<FlowFile>(std::make_unique<NfcapdFile>(bytes, Compression(compression), swapped));
}

}  // namespace weir::capture
