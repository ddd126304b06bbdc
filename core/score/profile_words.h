// Numbers and times as profiles spell them.
#pragma once

#include "core/flow/lexer.h"

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

namespace weir::score {

/// Of the whole text.
template <class Number>
std::optional<Number> number(std::string_view text) {
    Number v{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), v);
    if (error != std::errc{} || end != text.data() + text.size()) return {};
    return v;
}

/// "5m", "30s", "2h", "1d": µs.
std::optional<std::int64_t> duration(std::string_view text);

}  // namespace weir::score
