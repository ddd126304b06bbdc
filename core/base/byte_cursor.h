// A reading position that cannot leave its bytes.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <utility>

namespace weir {

template <class U>
constexpr U byteSwap(U v) {
    if constexpr (sizeof(U) == 1)
        return v;
    else if constexpr (sizeof(U) == 2)
        return static_cast<U>(__builtin_bswap16(v));
    else if constexpr (sizeof(U) == 4)
        return __builtin_bswap32(v);
    else
        return __builtin_bswap64(v);
}

/// Reads unsigned numbers off a span. Once a read does not fit, ok() is false, and every read gives 0:
/// read the whole record, check once.
class ByteCursor {
public:
    explicit ByteCursor(std::span<const std::byte> bytes) : all_(bytes) {}

    template <class U>
    U be() {
        return read<U>(std::endian::native == std::endian::little);
    }
    template <class U>
    U le() {
        return read<U>(std::endian::native == std::endian::big);
    }

    std::span<const std::byte> take(std::size_t n) {
        if (failed_ || n > all_.size() - pos_) {
            failed_ = true;
            return {};
        }
        return all_.subspan(std::exchange(pos_, pos_ + n), n);
    }
    void skip(std::size_t n) { (void)take(n); }
    bool ok() const { return !failed_; }
    std::size_t offset() const { return pos_; }
    std::size_t left() const { return failed_ ? 0 : all_.size() - pos_; }

private:
    template <class U>
    U read(bool swap) {
        const auto bytes = take(sizeof(U));
        if (bytes.empty()) return 0;
        U v;
        std::memcpy(&v, bytes.data(), sizeof(U));
        return swap ? byteSwap(v) : v;
    }
    std::span<const std::byte> all_;
    std::size_t pos_ = 0;
    bool failed_ = false;
};

}  // namespace weir
