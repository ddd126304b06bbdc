// Numbers and times as text: locale-free, UTC, for machines and logs (the windows format for people themselves).
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

namespace weir {

/// RFC 3339 with `Z`: 3 digits when `us` is whole milliseconds, else 6. Source: language.md 4.
std::string utcText(std::int64_t us);
/// The present time the same way, in whole milliseconds.
std::string utcNow();
/// RFC 3339 or `YYYY-MM-DDThh:mm:ss[.f]` (without zone: UTC), also with a blank instead of T. µs since 1970.
std::optional<std::int64_t> parseUtc(std::string_view text);
/// "1,234,567"
std::string grouped(std::uint64_t n);
/// The name in `names` nearest to `word` by edit distance when at most 1/3 of it differs, else empty: "did you mean".
template <class Names>
std::string_view nearestName(std::string_view word, const Names& names);
std::size_t editDistance(std::string_view a, std::string_view b);

/// Of the whole text, which holds nothing else; nothing when it does not fit.
template <class Number>
std::optional<Number> wholeNumber(std::string_view text) {
    Number v{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), v);
    if (error != std::errc{} || end != text.data() + text.size()) return {};
    return v;
}

template <class Names>
std::string_view nearestName(std::string_view word, const Names& names) {
    std::string_view best;
    std::size_t bestDistance = word.size() / 3 + 2;
    for (const auto& name : names) {
        const std::size_t d = editDistance(word, name);
        if (d < bestDistance) {
            bestDistance = d;
            best = name;
        }
    }
    return best;
}

}  // namespace weir
