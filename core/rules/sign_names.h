// Look-up of sign, class and keyword names, with guesses for misspelt ones.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace weir::rules {

/// Index of `name` in `names`, matched exactly; nullopt = not found.
std::optional<unsigned> findName(std::span<const std::string_view> names, std::string_view name);
/// The name that `word` probably means: equal except for case, else the nearest by edit distance. Empty = no guess.
std::string_view guessName(std::span<const std::string_view> names, std::string_view word);
/// "; did you mean `NAME`?", or empty without a guess.
std::string didYouMean(std::string_view guess);
/// A name as rule text spells it: bare when it is one word, else in quotes.
std::string quotedName(std::string_view name);

}  // namespace weir::rules
