// Codes are unpacked several at a time: a table has the values for each pattern of the next bits.
#include "core/store/code_packing.h"

#include <array>
#include <bit>
#include <cmath>
#include <cstring>

namespace weir::store {
namespace {

constexpr std::size_t kMaxValues = 16;
constexpr std::size_t kSlack = 8;  ///< bytes after the codes that pack() may write

using Counts = std::array<std::uint32_t, 256>;

/// Two lanes, so that equal neighbours do not wait for each other's counter.
Counts countsOf(std::span<const std::uint8_t> values) {
    std::array<Counts, 2> lane{};
    std::size_t i = 0;
    for (; i + 2 <= values.size(); i += 2) {
        ++lane[0][values[i]];
        ++lane[1][values[i + 1]];
    }
    if (i < values.size()) ++lane[0][values[i]];
    for (std::size_t v = 0; v < 256; ++v) lane[0][v] += lane[1][v];
    return lane[0];
}

/// Bits per value (Shannon).
double entropyOf(const Counts& counts, std::size_t total) {
    double bits = 0;
    for (const std::uint32_t n : counts)
        if (n > 0) bits -= n * std::log2(double(n) / double(total));
    return bits / double(total);
}

constexpr std::size_t packedBytes(std::size_t n, unsigned width) { return (n * width + 7) / 8; }

void pack(std::span<const std::uint8_t> values, const std::array<std::uint8_t, 256>& codeOf, unsigned width,
          std::byte* out) {
    std::uint64_t bits = 0;
    unsigned filled = 0;
    for (const std::uint8_t v : values) {
        bits |= std::uint64_t{codeOf[v]} << filled;
        filled += width;
        if (filled < 32) continue;
        const auto word = std::uint32_t(bits);
        std::memcpy(out, &word, sizeof word);
        out += sizeof word;
        bits >>= 32;
        filled -= 32;
    }
    std::memcpy(out, &bits, sizeof bits);
}

/// `Word` has room for the values of all codes that one lookup decodes.
template <unsigned Width, class Word>
void unpack(std::span<const std::byte> in, const std::array<std::uint8_t, kMaxValues>& values,
            std::span<std::uint8_t> out) {
    constexpr unsigned kCodes = sizeof(Word), kBits = Width * kCodes, kMask = (1u << Width) - 1;
    std::array<Word, std::size_t{1} << kBits> table;
    for (std::size_t index = 0; index < table.size(); ++index) {
        std::array<std::uint8_t, kCodes> decoded;
        for (unsigned k = 0; k < kCodes; ++k) decoded[k] = values[index >> (Width * k) & kMask];
        std::memcpy(&table[index], decoded.data(), sizeof(Word));
    }
    std::size_t i = 0;
    for (; i + kCodes <= out.size() && i * Width / 8 + sizeof(std::uint32_t) <= in.size(); i += kCodes) {
        std::uint32_t bits;
        std::memcpy(&bits, in.data() + i * Width / 8, sizeof bits);
        std::memcpy(out.data() + i, &table[bits >> (i * Width % 8) & (table.size() - 1)], sizeof(Word));
    }
    for (; i < out.size(); ++i) {
        const std::size_t at = i * Width / 8;
        const unsigned high = at + 1 < in.size() ? std::to_integer<unsigned>(in[at + 1]) << 8 : 0;
        out[i] = values[(std::to_integer<unsigned>(in[at]) | high) >> (i * Width % 8) & kMask];
    }
}

}  // namespace

bool appendCodes(std::span<const std::uint8_t> values, Bytes& out) {
    const Counts counts = countsOf(values);
    std::array<std::uint8_t, 256> codeOf{};
    std::array<std::byte, kMaxValues> distinct{};
    std::size_t n = 0;
    for (std::size_t v = 0; v < counts.size(); ++v) {
        if (counts[v] == 0) continue;
        if (n == kMaxValues) return false;
        codeOf[v] = std::uint8_t(n);
        distinct[n++] = std::byte(v);
    }
    if (n < 2) return false;
    const auto width = unsigned(std::bit_width(n - 1));
    if (width > 2 * entropyOf(counts, values.size()) + 0.5) return false;
    const std::size_t head = out.size() + 1 + n, size = head + packedBytes(values.size(), width);
    out.push_back(std::byte(n));
    out.append(std::span<const std::byte>(distinct).first(n));
    out.resize(size + kSlack);
    pack(values, codeOf, width, out.data() + head);
    out.resize(size);
    return true;
}

bool readCodes(std::span<const std::byte> in, std::span<std::uint8_t> out) {
    if (in.empty()) return false;
    const auto n = std::to_integer<std::size_t>(in[0]);
    if (n < 2 || n > kMaxValues || in.size() < 1 + n) return false;
    std::array<std::uint8_t, kMaxValues> values{};
    std::memcpy(values.data(), in.data() + 1, n);
    in = in.subspan(1 + n);
    const auto width = unsigned(std::bit_width(n - 1));
    if (in.size() != packedBytes(out.size(), width)) return false;
    switch (width) {
        case 1: unpack<1, std::uint64_t>(in, values, out); break;
        case 2: unpack<2, std::uint32_t>(in, values, out); break;
        case 3: unpack<3, std::uint32_t>(in, values, out); break;
        default: unpack<4, std::uint16_t>(in, values, out); break;
    }
    return true;
}

}  // namespace weir::store
