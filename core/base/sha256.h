// SHA-256 of files and texts (libcrypto behind it).
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"

#include <string>
#include <string_view>

namespace weir {

/// 64 lower-case hex digits.
std::string sha256Hex(std::string_view bytes);
/// Reads the file once; reports progress in bytes; cancellable.
Result<std::string> sha256File(const std::string& path, JobContext& job);

}  // namespace weir
