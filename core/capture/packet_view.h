// A view of one captured packet, from some protocol layer on.
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>

namespace weir::capture {

/// `captured` bytes are there; the packet had `wire` >= captured bytes from here on when it was sent (snap length cut
/// the rest). u8() and be16() REQUIRE has() of their last byte.
class PacketView {
public:
    PacketView() = default;
    PacketView(const std::byte* data, std::size_t captured, std::size_t wire)
        : data_(data), captured_(captured), wire_(wire < captured ? captured : wire) {}

    std::size_t captured() const { return captured_; }
    std::size_t wire() const { return wire_; }
    bool has(std::size_t bytes) const { return bytes <= captured_; }
    const std::byte* data() const { return data_; }
    std::uint8_t u8(std::size_t at) const {
        assert(at < captured_);
        return std::to_integer<std::uint8_t>(data_[at]);
    }
    std::uint16_t be16(std::size_t at) const { return static_cast<std::uint16_t>(u8(at) << 8 | u8(at + 1)); }
    /// The packet behind `bytes`; REQUIRES has(bytes).
    PacketView from(std::size_t bytes) const {
        assert(bytes <= captured_);
        return {data_ + bytes, captured_ - bytes, wire_ - bytes};
    }
    /// At most the first `bytes`, for a layer that knows its own length (Ethernet pads short frames).
    PacketView first(std::size_t bytes) const {
        return {data_, captured_ < bytes ? captured_ : bytes, wire_ < bytes ? wire_ : bytes};
    }

private:
    const std::byte* data_ = nullptr;
    std::size_t captured_ = 0, wire_ = 0;
};

}  // namespace weir::capture
