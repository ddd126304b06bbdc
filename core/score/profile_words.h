// Times as profiles spell them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace weir::score {

/// "5m", "30s", "2h", "1d": µs.
std::optional<std::int64_t> duration(std::string_view text);

}  // namespace weir::score
