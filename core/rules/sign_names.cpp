// Exact look-up and guesses for names in rule text.
#include "core/rules/sign_names.h"

#include "core/base/text.h"

#include <algorithm>

namespace weir::rules {
namespace {

constexpr std::size_t kLongestGuessed = 64;  // edit distance is quadratic, so longer words get no guess

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool equalButCase(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

std::optional<unsigned> findName(std::span<const std::string_view> names, std::string_view name) {
    for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i] == name) return static_cast<unsigned>(i);
    return {};
}

std::string_view guessName(std::span<const std::string_view> names, std::string_view word) {
    if (word.size() > kLongestGuessed) return {};
    for (const std::string_view name : names)
        if (equalButCase(name, word)) return name;
    return nearestName(word, names);
}

std::string didYouMean(std::string_view guess) {
    return guess.empty() ? std::string() : "; did you mean `" + std::string(guess) + "`?";
}

std::string quotedName(std::string_view name) {
    const bool bare = !name.empty() && name.find_first_of(" \t:\"#!") == std::string_view::npos;
    return bare ? std::string(name) : '"' + std::string(name) + '"';
}

}  // namespace weir::rules
