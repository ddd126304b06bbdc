// Values inside a filter: numbers with factors, networks, flag letters, comparisons.
#pragma once

#include "core/base/result.h"
#include "core/flow/address.h"
#include "core/flow/filter_ast.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace weir::flow {

/// "80", "0x50", "10k", "3M": decimal or hexadecimal, factors k m g t of 1000 in any case. Error: one line.
Result<std::uint64_t> parseCount(std::string_view text);

/// "10.0.0.0/8", "10/8", "192.168/16" (missing bytes are 0), "fe80::/10". A length is required. Error: one line.
Result<Prefix> parseNetwork(std::string_view text);
/// The prefix of an address and a dotted mask without gaps; nothing otherwise.
std::optional<Prefix> prefixOfMask(std::string_view address, std::string_view mask);
/// "192.168" for a network whose bytes are not all given: "192.168.0.0/16"; empty when it is no part of an IPv4
/// address.
std::string completedNetwork(std::string_view text);

/// Letters F S R P A U E C, and X for F to U together, as nfdump; nothing when another letter is in it.
std::optional<std::uint8_t> parseFlagLetters(std::string_view letters);

enum class Comparison : std::uint8_t { equal, unequal, less, lessEqual, greater, greaterEqual };
/// Signs and nfdump's words: = == eq, != ne, < lt, <= le, > gt, >= ge.
std::optional<Comparison> parseComparison(std::string_view text);
/// The values that satisfy it; `unequal` gives the range of `equal` (the caller negates).
NumberRange rangeOf(Comparison c, std::uint64_t value);

}  // namespace weir::flow
