// LZO, BZ2, LZ4 and Zstandard by their own libraries.
#include "core/capture/nfcapd_unpack.h"

#include "core/base/buffer.h"

#include <bzlib.h>
#include <lz4.h>
#include <lzo/lzo1x.h>
#include <zstd.h>

namespace weir::capture::nfcapd {
namespace {

/// Space for one unpacked block, kept by each thread.
std::span<std::byte> unpackSpace() {
    thread_local Buffer<std::byte> space(kMostBlockBytes);
    return {space.data(), space.size()};
}

/// Bytes written to `out`; 0 = damaged.
std::size_t unpackLzo(std::span<const std::byte> body, std::span<std::byte> out) {
    static const bool usable = lzo_init() == LZO_E_OK;
    if (!usable) return 0;
    lzo_uint n = out.size();
    const int code = lzo1x_decompress_safe(reinterpret_cast<const unsigned char*>(body.data()), body.size(),
                                           reinterpret_cast<unsigned char*>(out.data()), &n, nullptr);
    return code == LZO_E_OK ? n : 0;
}

std::size_t unpackBz2(std::span<const std::byte> body, std::span<std::byte> out) {
    auto n = unsigned(out.size());
    auto* const in = const_cast<char*>(reinterpret_cast<const char*>(body.data()));
    const int code =
        BZ2_bzBuffToBuffDecompress(reinterpret_cast<char*>(out.data()), &n, in, unsigned(body.size()), 0, 0);
    return code == BZ_OK ? n : 0;
}

std::size_t unpackLz4(std::span<const std::byte> body, std::span<std::byte> out) {
    const int n = LZ4_decompress_safe(reinterpret_cast<const char*>(body.data()), reinterpret_cast<char*>(out.data()),
                                      int(body.size()), int(out.size()));
    return n > 0 ? std::size_t(n) : 0;
}

std::size_t unpackZstd(std::span<const std::byte> body, std::span<std::byte> out) {
    const std::size_t n = ZSTD_decompress(out.data(), out.size(), body.data(), body.size());
    return ZSTD_isError(n) ? 0 : n;
}

}  // namespace

std::span<const std::byte> unpackBlock(Compression how, std::span<const std::byte> body) {
    const std::span<std::byte> out = unpackSpace();
    switch (how) {
        case kLzo: return out.first(unpackLzo(body, out));
        case kBz2: return out.first(unpackBz2(body, out));
        case kLz4: return out.first(unpackLz4(body, out));
        case kZstd: return out.first(unpackZstd(body, out));
        case kNone: break;
    }
    return {};
}

}  // namespace weir::capture::nfcapd
