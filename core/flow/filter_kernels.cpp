// Simple counted loops that compilers turn into vector code.
#include "core/flow/filter_kernels.h"

#include <cstring>

namespace weir::flow::kernel {
namespace {

template <class T>
void rangeLoop(const T* v, std::size_t n, T lo, T width, std::uint8_t* out) {
    for (std::size_t i = 0; i < n; ++i) out[i] = T(v[i] - lo) <= width;
}

}  // namespace

void inRange(const std::uint8_t* v, std::size_t n, std::uint8_t lo, std::uint8_t width, std::uint8_t* out) {
    rangeLoop(v, n, lo, width, out);
}
void inRange(const std::uint16_t* v, std::size_t n, std::uint16_t lo, std::uint16_t width, std::uint8_t* out) {
    rangeLoop(v, n, lo, width, out);
}
void inRange(const std::uint32_t* v, std::size_t n, std::uint32_t lo, std::uint32_t width, std::uint8_t* out) {
    rangeLoop(v, n, lo, width, out);
}
void inRange(const std::uint64_t* v, std::size_t n, std::uint64_t lo, std::uint64_t width, std::uint8_t* out) {
    rangeLoop(v, n, lo, width, out);
}

void inRange(const std::int64_t* v, std::size_t n, std::int64_t lo, std::int64_t hi, std::uint8_t* out) {
    for (std::size_t i = 0; i < n; ++i) out[i] = std::uint8_t(v[i] >= lo) & std::uint8_t(v[i] <= hi);
}

void lookUp(const std::uint16_t* v, std::size_t n, const std::uint8_t* table, std::uint8_t* out) {
    for (std::size_t i = 0; i < n; ++i) out[i] = table[v[i]];
}
void lookUp(const std::uint32_t* v, std::size_t n, const std::uint8_t* table, std::uint8_t* out) {
    constexpr std::size_t kAhead = 24;
    for (std::size_t i = 0; i < n; ++i) {
        if (i + kAhead < n) __builtin_prefetch(table + v[i + kAhead]);
        out[i] = table[v[i]];
    }
}

void merged(const std::uint16_t* port, const std::uint16_t* typeCode, std::size_t n, std::uint16_t* out) {
    for (std::size_t i = 0; i < n; ++i) out[i] = std::uint16_t(port[i] | typeCode[i]);
}

void allBits(const std::uint8_t* v, std::size_t n, std::uint8_t mask, std::uint8_t* out) {
    for (std::size_t i = 0; i < n; ++i) out[i] = std::uint8_t(v[i] & mask) == mask;
}
void anyBit(const std::uint8_t* v, std::size_t n, std::uint8_t mask, std::uint8_t* out) {
    for (std::size_t i = 0; i < n; ++i) out[i] = std::uint8_t(v[i] & mask) != 0;
}
void anyBit(const std::uint64_t* v, std::size_t n, std::uint64_t mask, std::uint8_t* out) {
    for (std::size_t i = 0; i < n; ++i) out[i] = (v[i] & mask) != 0;
}

void andInto(std::uint8_t* a, const std::uint8_t* b, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) a[i] &= b[i];
}
void orInto(std::uint8_t* a, const std::uint8_t* b, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) a[i] |= b[i];
}
void invert(std::uint8_t* a, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) a[i] ^= 1;
}

std::size_t count(const std::uint8_t* a, std::size_t n) {
    // Sums of up to 255 ones stay in bytes, so that the inner loop adds 16 rows at a time.
    std::size_t total = 0;
    for (std::size_t at = 0; at < n;) {
        std::uint8_t lanes[32] = {};
        const std::size_t rounds = (n - at) / 32 < 255 ? (n - at) / 32 : 255;
        for (std::size_t r = 0; r < rounds; ++r, at += 32)
            for (std::size_t j = 0; j < 32; ++j) lanes[j] = std::uint8_t(lanes[j] + a[at + j]);
        for (const std::uint8_t lane : lanes) total += lane;
        if (rounds == 0)
            for (; at < n; ++at) total += a[at];
    }
    return total;
}

std::size_t select(const std::uint8_t* a, std::size_t n, std::uint32_t base, std::uint32_t* out) {
    std::size_t k = 0, i = 0;
    for (; i + 8 <= n; i += 8) {
        std::uint64_t eight;
        std::memcpy(&eight, a + i, 8);
        if (eight == 0) continue;
        for (std::size_t j = 0; j < 8; ++j) {
            out[k] = base + std::uint32_t(i + j);
            k += a[i + j];
        }
    }
    for (; i < n; ++i) {
        out[k] = base + std::uint32_t(i);
        k += a[i];
    }
    return k;
}

}  // namespace weir::flow::kernel
