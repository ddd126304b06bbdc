// The sets ("flowsets") of a NetFlow 9 or IPFIX datagram: id, length, content.
#pragma once

#include "core/capture/export_header.h"

#include <cstddef>
#include <cstdint>
#include <span>

namespace weir::capture {

inline constexpr std::size_t kSetHeader = 4;
inline constexpr std::uint16_t kFirstDataSet = 256;

enum class SetKind : std::uint8_t { templates, optionsTemplates, data, unknown };
/// RFC 3954 numbers them 0 and 1, RFC 7011 2 and 3.
constexpr SetKind setKind(std::uint16_t version, std::uint16_t id) {
    if (id >= kFirstDataSet) return SetKind::data;
    const std::uint16_t first = version == kIpfix ? 2 : 0;
    return id == first ? SetKind::templates : id == first + 1 ? SetKind::optionsTemplates : SetKind::unknown;
}

/// Sets one after the other; false = no further one. Less than a set header at the end is padding.
class SetCursor {
public:
    SetCursor(std::span<const std::byte> bytes, std::size_t headerBytes) : bytes_(bytes), at_(headerBytes) {}

    struct Set {
        std::uint16_t id = 0;
        std::size_t offset = 0;  ///< of its content in the datagram
        std::span<const std::byte> content;
        bool cut = false;  ///< the datagram ends inside it
    };
    bool next(Set& out);
    bool damaged() const { return damaged_; }  ///< a set shorter than its own header: nothing behind it can be found
    std::size_t at() const { return at_; }

private:
    std::span<const std::byte> bytes_;
    std::size_t at_;
    bool damaged_ = false;
};

/// Every set of the datagram has a known kind, and they end where it ends; with `lenient`, the first set is enough.
/// What the snap length cut off is believed.
bool setsAreSound(const ExportHeader& header, std::span<const std::byte> bytes, std::size_t wire, bool lenient);

/// Of a NetFlow 9 datagram with others behind it: it ends where a set would have the id of an export version.
std::size_t netflow9Length(std::span<const std::byte> bytes);

}  // namespace weir::capture
