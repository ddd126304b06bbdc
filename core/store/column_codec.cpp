// Choice of codec, framing and checksum of column blobs.
#include "core/store/column_codec.h"

#include "core/store/code_packing.h"

#include <zstd.h>
#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <memory>
#include <new>
#include <type_traits>
#include <vector>

namespace weir::store {
namespace {

/// Stored in project files.
enum class Codec : std::uint8_t { raw = 0, offsets = 1, zstd = 2, dictionary = 3, sparse = 4, codes = 5 };

constexpr std::size_t kFrame = 16;
constexpr std::size_t kMaxDistinct = 4096;  ///< of a dictionary
constexpr std::size_t kZerosPerOther = 15;  ///< a column with at least this many zeros per other value is sparse

struct FreeZstd {
    void operator()(ZSTD_CCtx* c) const { ZSTD_freeCCtx(c); }
    void operator()(ZSTD_DCtx* d) const { ZSTD_freeDCtx(d); }
};
/// One per thread. Throws std::bad_alloc.
template <class Context>
Context* contextOf(Context* (*create)()) {
    thread_local const std::unique_ptr<Context, FreeZstd> context(create());
    if (!context) throw std::bad_alloc();
    return context.get();
}

/// Four independent lanes, so that it runs at the speed of memory. Detects flipped bits, not forgery.
std::uint64_t checksumOf(std::span<const std::byte> bytes) {
    constexpr std::uint64_t kOdd = 0x9e3779b97f4a7c15u;
    std::array<std::uint64_t, 4> lane{bytes.size() + 1, 2, 3, 4};
    std::size_t at = 0;
    for (; at + 32 <= bytes.size(); at += 32)
        for (std::size_t k = 0; k < 4; ++k) {
            std::uint64_t w;
            std::memcpy(&w, bytes.data() + at + 8 * k, 8);
            lane[k] = (lane[k] ^ w) * kOdd;
        }
    for (; at < bytes.size(); ++at) lane[0] = (lane[0] ^ std::uint64_t(bytes[at])) * kOdd;
    std::uint64_t h = 0;
    for (const std::uint64_t v : lane) h = (h ^ v ^ (v >> 29)) * kOdd;
    return h ^ (h >> 32);
}

void appendZstd(std::span<const std::byte> bytes, Bytes& out) {
    const std::size_t from = out.size(), bound = ZSTD_compressBound(bytes.size());
    out.resize(from + bound);
    const std::size_t n =
        ZSTD_compressCCtx(contextOf(ZSTD_createCCtx), out.data() + from, bound, bytes.data(), bytes.size(), 1);
    out.resize(from + (ZSTD_isError(n) ? bound : n));
}

bool readZstd(std::span<const std::byte> in, std::span<std::byte> out) {
    const std::size_t n = ZSTD_decompressDCtx(contextOf(ZSTD_createDCtx), out.data(), out.size(), in.data(), in.size());
    return !ZSTD_isError(n) && n == out.size();
}

/// The distinct values in order of first occurrence, and the code of each value. False: more than kMaxDistinct.
template <class T>
bool numberValues(std::span<const T> values, std::vector<T>& distinct, std::vector<std::uint16_t>& codes) {
    constexpr std::size_t kSlots = kMaxDistinct * 4;
    std::vector<std::uint16_t> slots(kSlots, 0);  // code + 1, 0 = empty
    codes.resize(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i > 0 && values[i] == values[i - 1]) {
            codes[i] = codes[i - 1];
            continue;
        }
        std::size_t at = std::size_t(static_cast<std::uint64_t>(values[i]) * 0x9e3779b97f4a7c15u >> 40) % kSlots;
        while (slots[at] && distinct[slots[at] - 1u] != values[i]) at = (at + 1) % kSlots;
        if (!slots[at]) {
            if (distinct.size() == kMaxDistinct) return false;
            distinct.push_back(values[i]);
            slots[at] = std::uint16_t(distinct.size());
        }
        codes[i] = std::uint16_t(slots[at] - 1u);
    }
    return true;
}

/// Appends u32 number of distinct values, u32 size of their FOR encoding, that encoding, then codes of 1 or 2 bytes in
/// zstd. False: too many distinct values.
template <class T>
bool appendDictionary(std::span<const T> values, Bytes& out) {
    std::vector<T> distinct;
    std::vector<std::uint16_t> codes;
    if (values.empty() || !numberValues(values, distinct, codes)) return false;
    Bytes packed;
    encodeFor(std::span<const T>(distinct), spreadOf(std::span<const T>(distinct)), packed);
    const std::array<std::uint32_t, 2> sizes{std::uint32_t(distinct.size()), std::uint32_t(packed.size())};
    out.append(std::as_bytes(std::span(sizes)));
    out.append(packed.span());
    if (distinct.size() <= 256) {
        std::vector<std::uint8_t> narrow(codes.size());
        std::transform(codes.begin(), codes.end(), narrow.begin(), [](std::uint16_t c) { return std::uint8_t(c); });
        appendZstd(std::as_bytes(std::span(narrow)), out);
    } else {
        appendZstd(std::as_bytes(std::span(codes)), out);
    }
    return true;
}

template <class T>
bool readDictionary(std::span<const std::byte> in, std::span<T> out) {
    std::array<std::uint32_t, 2> sizes;
    if (in.size() < sizeof sizes) return false;
    std::memcpy(sizes.data(), in.data(), sizeof sizes);
    in = in.subspan(sizeof sizes);
    if (sizes[0] == 0 || sizes[0] > kMaxDistinct || sizes[1] > in.size()) return false;
    std::vector<T> distinct(sizes[0]);
    if (!decodeFor(in.first(sizes[1]), std::span<T>(distinct))) return false;
    in = in.subspan(sizes[1]);
    const auto readCodes = [&]<class Code>(Code) {
        std::vector<Code> codes(out.size());
        if (!readZstd(in, std::as_writable_bytes(std::span(codes)))) return false;
        for (std::size_t i = 0; i < out.size(); ++i) {
            if (codes[i] >= distinct.size()) return false;
            out[i] = distinct[codes[i]];
        }
        return true;
    };
    return distinct.size() <= 256 ? readCodes(std::uint8_t{}) : readCodes(std::uint16_t{});
}

/// Whether some block needs fewer bits than its type has; random ports do not.
template <class T>
bool isNarrow(const Spread<T>& spread) {
    const auto narrow = [](const ValueRange<T>& r) {
        return std::bit_width(static_cast<std::uint64_t>(r.high) - static_cast<std::uint64_t>(r.low)) <
               int(sizeof(T) * 8);
    };
    return std::any_of(spread.blocks.begin(), spread.blocks.end(), narrow);
}

/// Appends u16 places of the values that are not 0, ascending, then those values. False: too many of them.
template <class T>
bool appendSparse(std::span<const T> values, Bytes& out) {
    if (values.size() > 65536) return false;
    const auto others = values.size() - std::size_t(std::count(values.begin(), values.end(), T{0}));
    if (others * (kZerosPerOther + 1) > values.size()) return false;
    Buffer<std::uint16_t> places;
    Buffer<T> found;
    places.reserve(others);
    found.reserve(others);
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i] == 0) continue;
        places.push_back(std::uint16_t(i));
        found.push_back(values[i]);
    }
    out.append(std::as_bytes(places.span()));
    out.append(std::as_bytes(found.span()));
    return true;
}

template <class T>
bool readSparse(std::span<const std::byte> in, std::span<T> out) {
    const std::size_t others = in.size() / (sizeof(std::uint16_t) + sizeof(T));
    if (in.size() % (sizeof(std::uint16_t) + sizeof(T)) != 0) return false;
    std::fill(out.begin(), out.end(), T{0});
    const std::byte* const found = in.data() + others * sizeof(std::uint16_t);
    for (std::size_t k = 0; k < others; ++k) {
        std::uint16_t place;
        std::memcpy(&place, in.data() + k * sizeof place, sizeof place);
        if (place >= out.size()) return false;
        std::memcpy(&out[place], found + k * sizeof(T), sizeof(T));
    }
    return true;
}

/// Appends the payload in the preferred form or a smaller one; returns the codec used.
template <class T>
Codec appendPayload(std::span<const T> values, const Spread<T>& spread, Packing packing, Bytes& out) {
    const std::size_t from = out.size();
    const bool constant = spread.all.low == spread.all.high;
    if (!constant && packing == Packing::dictionary) {
        if (appendDictionary(values, out) && out.size() - from < values.size_bytes()) return Codec::dictionary;
        out.resize(from);
    }
    if (!constant && packing == Packing::entropy) {
        if (appendSparse(values, out)) return Codec::sparse;
        if constexpr (std::is_same_v<T, std::uint8_t>)
            if (appendCodes(values, out)) return Codec::codes;
        appendZstd(std::as_bytes(values), out);
        if (out.size() - from < values.size_bytes()) return Codec::zstd;
        out.resize(from);
    }
    if (isNarrow(spread)) {
        encodeFor(values, spread, out);
        if (out.size() - from < values.size_bytes() || constant) return Codec::offsets;
        out.resize(from);
    }
    out.append(std::as_bytes(values));
    return Codec::raw;
}

template <class T>
bool readPayload(Codec codec, std::span<const std::byte> in, std::span<T> out) {
    switch (codec) {
        case Codec::raw:
            if (in.size() != out.size_bytes()) return false;
            if (!in.empty()) std::memcpy(out.data(), in.data(), in.size());
            return true;
        case Codec::offsets: return decodeFor(in, out);
        case Codec::zstd: return readZstd(in, std::as_writable_bytes(out));
        case Codec::dictionary: return readDictionary(in, out);
        case Codec::sparse: return readSparse(in, out);
        case Codec::codes:
            if constexpr (std::is_same_v<T, std::uint8_t>)
                return readCodes(in, out);
            else
                return false;
    }
    return false;
}

}  // namespace

template <class T>
ValueRange<T> encodeColumn(std::span<const T> values, Packing packing, Bytes& out) {
    const Spread<T> spread = spreadOf(values);
    const std::size_t from = out.size();
    out.resize(from + kFrame);
    const Codec codec = appendPayload(values, spread, packing, out);
    const std::uint64_t sum = checksumOf(out.span().subspan(from + kFrame));
    const auto n = std::uint32_t(values.size());
    std::byte* const frame = out.data() + from;
    std::memset(frame, 0, kFrame);
    frame[0] = std::byte(codec);
    frame[1] = std::byte(sizeof(T));
    std::memcpy(frame + 4, &n, 4);
    std::memcpy(frame + 8, &sum, 8);
    return spread.all;
}

std::size_t columnRows(std::span<const std::byte> blob) {
    if (blob.size() < kFrame) return 0;
    std::uint32_t n;
    std::memcpy(&n, blob.data() + 4, 4);
    return n;
}

std::int64_t columnBytes(std::size_t rows) {
    return std::int64_t(kFrame + std::min(rows * sizeof(std::uint64_t), 16 + rows / 128));
}

template <class T>
Status decodeColumn(std::span<const std::byte> blob, std::span<T> out) {
    const auto damaged = [](const char* what) { return Error{Errc::truncated, what, 0}; };
    if (blob.size() < kFrame) return damaged("its data is too short");
    if (std::size_t(blob[1]) != sizeof(T)) return damaged("its values have the wrong size");
    if (columnRows(blob) != out.size()) return damaged("it has the wrong number of values");
    std::uint64_t sum;
    std::memcpy(&sum, blob.data() + 8, 8);
    const auto payload = blob.subspan(kFrame);
    if (checksumOf(payload) != sum) return damaged("the checksum is wrong");
    if (!readPayload(Codec(blob[0]), payload, out)) return damaged("its data cannot be decoded");
    return ok();
}

template ValueRange<std::int64_t> encodeColumn(std::span<const std::int64_t>, Packing, Bytes&);
template ValueRange<std::uint64_t> encodeColumn(std::span<const std::uint64_t>, Packing, Bytes&);
template ValueRange<std::uint32_t> encodeColumn(std::span<const std::uint32_t>, Packing, Bytes&);
template ValueRange<std::uint16_t> encodeColumn(std::span<const std::uint16_t>, Packing, Bytes&);
template ValueRange<std::uint8_t> encodeColumn(std::span<const std::uint8_t>, Packing, Bytes&);
template Status decodeColumn(std::span<const std::byte>, std::span<std::int64_t>);
template Status decodeColumn(std::span<const std::byte>, std::span<std::uint64_t>);
template Status decodeColumn(std::span<const std::byte>, std::span<std::uint32_t>);
template Status decodeColumn(std::span<const std::byte>, std::span<std::uint16_t>);
template Status decodeColumn(std::span<const std::byte>, std::span<std::uint8_t>);

}  // namespace weir::store
