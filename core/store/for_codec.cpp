// Packing and unpacking: one straight-line function per bit width, 64 values at a time.
//
// Layout: u8 scale code (0: 1, 1: 1,000, 2: 1,000,000), u8 width of the block bases, u8 1 if there are exceptions,
// 5 bytes zero, u64 lowest value, u8 width per block (padded to 8 bytes, as all byte lists here), packed offsets block
// by block (groups of 64 values = `width` words), packed block bases. Exceptions (64-bit columns only) are a few values
// far above the rest of their block; the block has only their low bits. They follow as: u8 number per block, u8 width
// of their high bits per block, u8 place in the block of each, and the high bits as one bit stream.
#include "core/store/for_codec.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace weir::store {
namespace {

static_assert(std::endian::native == std::endian::little, "packed columns are little endian and loaded as they are");

constexpr std::size_t kGroup = 64, kBlock = 128, kHeader = 16;
constexpr std::array<std::uint64_t, 3> kScales{1, 1000, 1000000};

constexpr std::uint64_t lowBits(unsigned width) { return width == 64 ? ~0ull : (1ull << width) - 1; }
constexpr std::size_t blocksOf(std::size_t n) { return (n + kBlock - 1) / kBlock; }
constexpr std::size_t groupsOf(std::size_t n) { return (n + kGroup - 1) / kGroup; }
constexpr std::size_t padded8(std::size_t n) { return (n + 7) & ~std::size_t{7}; }

std::uint64_t loadWord(const std::byte* p) {
    std::uint64_t w;
    std::memcpy(&w, p, 8);
    return w;
}

template <unsigned W, std::size_t I>
inline std::uint64_t extract(const std::byte* in) {
    if constexpr (W == 0) {
        return 0;
    } else {
        constexpr std::size_t word = I * W / 64;
        constexpr unsigned shift = I * W % 64;
        std::uint64_t v = loadWord(in + word * 8) >> shift;
        if constexpr (shift + W > 64) v |= loadWord(in + word * 8 + 8) << (64 - shift);
        return v & lowBits(W);
    }
}

template <unsigned W, class T, std::size_t... I>
inline void unpackAll(const std::byte* in, T* out, std::uint64_t base, std::uint64_t scale, std::index_sequence<I...>) {
    if constexpr (sizeof(T) == 8)
        ((out[I] = static_cast<T>(base + extract<W, I>(in) * scale)), ...);
    else
        ((out[I] = static_cast<T>(base + extract<W, I>(in))), ...);
}

/// out[i] = base + scale x offset i, for a group of 64.
template <unsigned W, class T>
void unpackGroup(const std::byte* in, T* out, std::uint64_t base, std::uint64_t scale) {
    unpackAll<W>(in, out, base, scale, std::make_index_sequence<kGroup>{});
}

template <unsigned W, std::size_t I>
inline void insertValue(const std::uint64_t* values, std::uint64_t* words) {
    if constexpr (W != 0) {
        constexpr std::size_t word = I * W / 64;
        constexpr unsigned shift = I * W % 64;
        if constexpr (shift == 0)
            words[word] = values[I];
        else
            words[word] |= values[I] << shift;
        if constexpr (shift + W > 64) words[word + 1] = values[I] >> (64 - shift);
    }
}

template <unsigned W, std::size_t... I>
inline void packAll(const std::uint64_t* values, std::uint64_t* words, std::index_sequence<I...>) {
    (insertValue<W, I>(values, words), ...);
}

template <unsigned W>
void packGroup(const std::uint64_t* values, std::byte* out) {
    std::uint64_t words[W ? W : 1] = {};
    packAll<W>(values, words, std::make_index_sequence<kGroup>{});
    if constexpr (W != 0) std::memcpy(out, words, W * 8);
}

template <class T, std::size_t... W>
constexpr auto unpackersOf(std::index_sequence<W...>) {
    return std::array{&unpackGroup<unsigned(W), T>...};
}
template <std::size_t... W>
constexpr auto packersOf(std::index_sequence<W...>) {
    return std::array{&packGroup<unsigned(W)>...};
}
template <class T>
constexpr auto kUnpackers = unpackersOf<T>(std::make_index_sequence<sizeof(T) * 8 + 1>{});
constexpr auto kPackers = packersOf(std::make_index_sequence<65>{});

/// Exact division by multiplication: a multiple of 1000 = 8 × 125 is shifted right by 3, then multiplied by the inverse
/// of 125 modulo 2^64.
struct Divider {
    std::uint64_t inverse;
    unsigned shift;
    std::uint64_t limit;  ///< highest quotient of an exact division
    std::uint64_t operator()(std::uint64_t v) const { return (v >> shift) * inverse; }
    bool exact(std::uint64_t v) const { return (v & lowBits(shift)) == 0 && (*this)(v) <= limit; }
};
constexpr std::uint64_t inverseOf(std::uint64_t odd) {
    std::uint64_t x = odd;
    for (int i = 0; i < 6; ++i) x *= 2 - odd * x;
    return x;
}
constexpr Divider dividerOf(std::uint64_t scale) {
    const auto shift = unsigned(std::countr_zero(scale));
    const std::uint64_t odd = scale >> shift;
    return {inverseOf(odd), shift, (~0ull >> shift) / odd};
}
constexpr std::array kDividers{dividerOf(kScales[0]), dividerOf(kScales[1]), dividerOf(kScales[2])};

std::byte* grow(Bytes& out, std::size_t n) {
    const std::size_t at = out.size();
    out.resize(at + n);
    return out.data() + at;
}

void appendPadded(std::span<const std::uint8_t> list, Bytes& out) {
    std::byte* const to = grow(out, padded8(list.size()));
    std::memset(to, 0, padded8(list.size()));
    if (!list.empty()) std::memcpy(to, list.data(), list.size());
}

/// High bits of exceptions, one after the other.
class BitStream {
public:
    void put(std::uint64_t v, unsigned width) {
        const unsigned used = unsigned(bits_ % 64);
        if (used == 0) words_.push_back(0);
        words_.back() |= v << used;
        if (used + width > 64) words_.push_back(v >> (64 - used));
        bits_ += width;
    }
    std::span<const std::byte> bytes() const { return std::as_bytes(words_.span()); }

private:
    Buffer<std::uint64_t> words_;
    std::size_t bits_ = 0;
};

/// `width` (1..64) bits from bit `at` on. REQUIRES: they are inside the words of `in`.
std::uint64_t bitsAt(const std::byte* in, std::size_t at, unsigned width) {
    const unsigned used = unsigned(at % 64);
    std::uint64_t v = loadWord(in + at / 64 * 8) >> used;
    if (used + width > 64) v |= loadWord(in + at / 64 * 8 + 8) << (64 - used);
    return v & lowBits(width);
}

constexpr std::size_t wordsOfBits(std::size_t bits) { return (bits + 63) / 64; }

using Offsets = std::array<std::uint64_t, kBlock>;

/// REQUIRES: not empty. Four lanes, so that no minimum waits for the one before.
template <class T>
ValueRange<T> rangeOf(std::span<const T> values) {
    std::array<ValueRange<T>, 4> lane;
    lane.fill({values[0], values[0]});
    const auto take = [](ValueRange<T>& r, T v) {
        r.low = v < r.low ? v : r.low;
        r.high = v > r.high ? v : r.high;
    };
    std::size_t i = 0;
    for (; i + 4 <= values.size(); i += 4)
        for (std::size_t k = 0; k < 4; ++k) take(lane[k], values[i + k]);
    for (; i < values.size(); ++i) take(lane[0], values[i]);
    for (std::size_t k = 1; k < 4; ++k) {
        take(lane[0], lane[k].low);
        take(lane[0], lane[k].high);
    }
    return lane[0];
}

/// std::bit_width without a branch on 0.
std::size_t widthOf(std::uint64_t v) { return std::size_t(std::bit_width(v | 1)) - (v == 0); }

/// The width with which a block is smallest, if values that need more become exceptions.
unsigned bestWidth(const Offsets& offsets, unsigned widest) {
    constexpr unsigned kPlaceBits = 8, kListBits = 16;
    // Neighbours mostly have the same width: two sets of counters, so that they do not wait for each other.
    std::array<std::array<std::uint8_t, 65>, 2> having;
    std::memset(having.data(), 0, sizeof having);
    for (std::size_t i = 0; i < offsets.size(); i += 2)
        for (std::size_t lane = 0; lane < 2; ++lane) ++having[lane][widthOf(offsets[i + lane])];
    unsigned best = widest, exceptions = 0;
    std::size_t least = kBlock * widest;
    for (unsigned w = widest; w-- > 0;) {
        for (const auto& lane : having) exceptions += lane[w + 1];
        if (exceptions > kBlock / 4) break;
        const std::size_t bits = kBlock * w + exceptions * (kPlaceBits + widest - w) + kListBits;
        if (bits < least) {
            least = bits;
            best = w;
        }
    }
    return best;
}

/// Exceptions of all blocks, in order.
struct Exceptions {
    Buffer<std::uint8_t> counts, widths, places;
    BitStream high;

    /// Cuts the offsets of a block down to `width` bits and stores the high bits.
    void takeFrom(std::span<std::uint64_t> offsets, unsigned width, unsigned widest) {
        std::uint8_t n = 0;
        if (width < widest) {
            for (std::size_t i = 0; i < offsets.size(); ++i) {
                if (offsets[i] >> width == 0) continue;
                places.push_back(std::uint8_t(i));
                high.put(offsets[i] >> width, widest - width);
                offsets[i] &= lowBits(width);
                ++n;
            }
        }
        counts.push_back(n);
        widths.push_back(std::uint8_t(widest - width));
    }
    void appendTo(Bytes& out) const {
        appendPadded(counts.span(), out);
        appendPadded(widths.span(), out);
        appendPadded(places.span(), out);
        out.append(high.bytes());
    }
};

/// Adds the high bits of exceptions to decoded values. False: `in` is not what Exceptions::appendTo() wrote.
template <class T>
bool addExceptions(std::span<const std::byte> in, const std::byte* blockWidths, std::uint64_t scale, std::span<T> out) {
    const std::size_t blocks = blocksOf(out.size());
    if (in.size() < 2 * padded8(blocks)) return false;
    const std::byte* const counts = in.data();
    const std::byte* const widths = counts + padded8(blocks);
    const std::byte* const places = widths + padded8(blocks);
    std::size_t total = 0, bits = 0;
    for (std::size_t b = 0; b < blocks; ++b) {
        const auto n = std::size_t(counts[b]), width = std::size_t(widths[b]);
        if (n > 0 && (width == 0 || width + std::size_t(blockWidths[b]) > 64)) return false;
        total += n;
        bits += n * width;
    }
    if (in.size() != 2 * padded8(blocks) + padded8(total) + wordsOfBits(bits) * 8) return false;
    const std::byte* const high = places + padded8(total);
    std::size_t place = 0, bit = 0;
    for (std::size_t b = 0; b < blocks; ++b) {
        const auto width = unsigned(widths[b]);
        for (std::size_t k = 0; k < std::size_t(counts[b]); ++k, bit += width) {
            const std::size_t row = b * kBlock + std::size_t(places[place++]);
            if (row >= out.size()) return false;
            const std::uint64_t more = (bitsAt(high, bit, width) << unsigned(blockWidths[b])) * scale;
            out[row] = static_cast<T>(static_cast<std::uint64_t>(out[row]) + more);
        }
    }
    return true;
}

}  // namespace

template <class T>
Spread<T> spreadOf(std::span<const T> values) {
    Spread<T> s;
    if (values.empty()) return s;
    s.all = {values[0], values[0]};
    s.blocks.reserve(blocksOf(values.size()));
    for (std::size_t from = 0; from < values.size(); from += kBlock) {
        const ValueRange<T> r = rangeOf(values.subspan(from, std::min(kBlock, values.size() - from)));
        s.all = {std::min(s.all.low, r.low), std::max(s.all.high, r.high)};
        s.blocks.push_back(r);
    }
    return s;
}

namespace {

/// Offsets of a block from its lowest value, divided by the scale; zeros fill the rest. False: not all divide exactly.
template <class T>
bool takeOffsets(std::span<const T> block, T lowest, std::size_t code, Offsets& offsets) {
    const auto base = static_cast<std::uint64_t>(lowest);
    bool exact = true;
    if (code == 0) {
        for (std::size_t i = 0; i < block.size(); ++i) offsets[i] = static_cast<std::uint64_t>(block[i]) - base;
    } else {
        const Divider divide = kDividers[code];
        for (std::size_t i = 0; i < block.size(); ++i) {
            const std::uint64_t v = static_cast<std::uint64_t>(block[i]) - base;
            exact &= divide.exact(v);
            offsets[i] = divide(v);
        }
    }
    std::fill(offsets.begin() + std::ptrdiff_t(block.size()), offsets.end(), 0);
    return exact;
}

/// False: some value is not a multiple of the scale above the lowest; `out` then has garbage at its end.
template <class T>
bool encodeScaled(std::span<const T> values, const Spread<T>& spread, std::size_t code, Bytes& out) {
    const std::size_t n = values.size(), blocks = blocksOf(n);
    const auto low = static_cast<std::uint64_t>(spread.all.low);
    const Divider divide = kDividers[code];
    const std::size_t from = out.size();
    out.reserve(from + kHeader + padded8(blocks) + groupsOf(n) * kGroup * sizeof(T) +
                groupsOf(blocks) * kGroup * sizeof(T));
    std::byte* const header = grow(out, kHeader + padded8(blocks));
    std::memset(header, 0, kHeader + padded8(blocks));
    header[0] = std::byte(code);
    std::memcpy(header + 8, &low, 8);

    Buffer<std::uint64_t> bases(groupsOf(blocks) * kGroup, 0);
    std::uint64_t highestBase = 0;
    Exceptions exceptions;
    Offsets offsets;
    for (std::size_t b = 0; b < blocks; ++b) {
        const auto block = values.subspan(b * kBlock, std::min(kBlock, n - b * kBlock));
        const ValueRange<T> range = spread.blocks[b];
        const std::uint64_t base = static_cast<std::uint64_t>(range.low) - low;
        if (code > 0 && !divide.exact(base)) return false;
        if (!takeOffsets(block, range.low, code, offsets)) return false;
        const std::uint64_t highest = static_cast<std::uint64_t>(range.high) - static_cast<std::uint64_t>(range.low);
        auto width = unsigned(std::bit_width(code > 0 ? divide(highest) : highest));
        if constexpr (sizeof(T) == 8) {
            const unsigned widest = width;
            width = bestWidth(offsets, widest);
            exceptions.takeFrom(offsets, width, widest);
        }
        out[from + kHeader + b] = std::byte(width);
        bases[b] = code > 0 ? divide(base) : base;
        highestBase = std::max(highestBase, bases[b]);
        for (std::size_t g = 0; g < groupsOf(block.size()); ++g)
            kPackers[width](offsets.data() + g * kGroup, grow(out, width * 8));
    }
    const auto baseWidth = std::size_t(std::bit_width(highestBase));
    out[from + 1] = std::byte(baseWidth);
    for (std::size_t g = 0; g < groupsOf(blocks); ++g)
        kPackers[baseWidth](bases.data() + g * kGroup, grow(out, baseWidth * 8));
    if (exceptions.places.empty()) return true;
    out[from + 2] = std::byte{1};
    exceptions.appendTo(out);
    return true;
}

}  // namespace

template <class T>
void encodeFor(std::span<const T> values, const Spread<T>& spread, Bytes& out) {
    const std::size_t from = out.size();
    std::size_t code = sizeof(T) == 8 ? kScales.size() - 1 : 0;
    while (!encodeScaled(values, spread, code, out)) {
        out.resize(from);
        --code;
    }
}

template <class T>
bool decodeFor(std::span<const std::byte> in, std::span<T> out) {
    const std::size_t n = out.size(), blocks = blocksOf(n);
    if (in.size() < kHeader + padded8(blocks)) return false;
    const auto code = std::size_t(in[0]), baseWidth = std::size_t(in[1]);
    const bool patched = in[2] != std::byte{0};
    if (code >= kScales.size() || (sizeof(T) < 8 && (code != 0 || patched)) || baseWidth > 64) return false;
    const std::uint64_t scale = kScales[code], low = loadWord(in.data() + 8);
    const std::byte* const widths = in.data() + kHeader;

    std::size_t dataWords = 0;
    for (std::size_t b = 0; b < blocks; ++b) {
        const auto width = std::size_t(widths[b]);
        if (width > sizeof(T) * 8) return false;
        dataWords += groupsOf(std::min(kBlock, n - b * kBlock)) * width;
    }
    const std::size_t dataAt = kHeader + padded8(blocks), basesAt = dataAt + dataWords * 8;
    const std::size_t end = basesAt + groupsOf(blocks) * baseWidth * 8;
    if (patched ? in.size() < end : in.size() != end) return false;

    Buffer<std::uint64_t> bases(groupsOf(blocks) * kGroup);
    for (std::size_t g = 0; g < groupsOf(blocks); ++g)
        kUnpackers<std::uint64_t>[baseWidth](in.data() + basesAt + g * baseWidth * 8, bases.data() + g * kGroup, 0, 1);

    const std::byte* at = in.data() + dataAt;
    std::array<T, kGroup> rest;
    for (std::size_t b = 0; b < blocks; ++b) {
        const auto width = std::size_t(widths[b]);
        const std::uint64_t base = low + bases[b] * scale;
        const std::size_t stop = std::min(n, (b + 1) * kBlock);
        for (std::size_t row = b * kBlock; row < stop; row += kGroup, at += width * 8) {
            if (stop - row >= kGroup) {
                kUnpackers<T>[width](at, out.data() + row, base, scale);
            } else {
                kUnpackers<T>[width](at, rest.data(), base, scale);
                std::copy_n(rest.data(), stop - row, out.data() + row);
            }
        }
    }
    if constexpr (sizeof(T) == 8)
        return !patched || addExceptions(in.subspan(end), widths, scale, out);
    else
        return true;
}

template Spread<std::int64_t> spreadOf(std::span<const std::int64_t>);
template Spread<std::uint64_t> spreadOf(std::span<const std::uint64_t>);
template Spread<std::uint32_t> spreadOf(std::span<const std::uint32_t>);
template Spread<std::uint16_t> spreadOf(std::span<const std::uint16_t>);
template Spread<std::uint8_t> spreadOf(std::span<const std::uint8_t>);
template void encodeFor(std::span<const std::int64_t>, const Spread<std::int64_t>&, Bytes&);
template void encodeFor(std::span<const std::uint64_t>, const Spread<std::uint64_t>&, Bytes&);
template void encodeFor(std::span<const std::uint32_t>, const Spread<std::uint32_t>&, Bytes&);
template void encodeFor(std::span<const std::uint16_t>, const Spread<std::uint16_t>&, Bytes&);
template void encodeFor(std::span<const std::uint8_t>, const Spread<std::uint8_t>&, Bytes&);
template bool decodeFor(std::span<const std::byte>, std::span<std::int64_t>);
template bool decodeFor(std::span<const std::byte>, std::span<std::uint64_t>);
template bool decodeFor(std::span<const std::byte>, std::span<std::uint32_t>);
template bool decodeFor(std::span<const std::byte>, std::span<std::uint16_t>);
template bool decodeFor(std::span<const std::byte>, std::span<std::uint8_t>);

}  // namespace weir::store
