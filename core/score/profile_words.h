// Time spans as profiles spell them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace weir::score {

/// Parses "30s", "5m", "2h" or "1d" into µs; nullopt for any other text.
std::optional<std::int64_t> duration(std::string_view text);

}  // namespace weir::score
