// Base64 with padding (RFC 4648, 4).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace weir {

std::string base64(std::span<const std::uint8_t> bytes);
/// Nothing unless all of the text is base64 with its padding.
std::optional<std::vector<std::uint8_t>> fromBase64(std::string_view text);

}  // namespace weir
