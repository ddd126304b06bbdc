// Packed files in memory, by the library that reads them: for tests.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace weir::testing {

inline constexpr std::string_view kPackings[] = {"gzip", "bzip2", "xz", "zstd", "lz4"};
/// REQUIRES: `packing` is one of kPackings.
std::vector<std::byte> packed(std::span<const std::byte> bytes, std::string_view packing);

}  // namespace weir::testing
