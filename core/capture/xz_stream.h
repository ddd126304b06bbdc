// The content of a .xz file, decoded piece by piece within a bound of memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace weir::capture {

/// Decodes concatenated .xz streams. libarchive's own filter lets a file ask for a dictionary of 1 GB; this one refuses
/// what needs more than kMaxMemory. Not thread-safe.
class XzStream {
public:
    static constexpr std::uint64_t kMaxMemory = 512u << 20;  ///< bytes; xz itself writes dictionaries of at most 64 MB
    enum class Result : std::uint8_t { more, end, damaged, memory };

    XzStream();
    ~XzStream();
    /// Decodes from `in`, dropping what was used from its front, into `out`; `written` says how much. `last`: nothing
    /// comes after `in`. more = call again, with more input once `in` is empty; memory = kMaxMemory would not do.
    Result decode(std::span<const std::byte>& in, bool last, std::span<std::byte> out, std::size_t& written);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace weir::capture
