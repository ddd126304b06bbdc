// What was skipped while reading: by reason, with its first place.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace weir::capture {

/// Why input was skipped, how often, and where first. Reasons are string literals ("truncated record", "unknown link
/// type").
struct Drop {
    std::string_view reason;
    std::uint64_t count = 0;
    std::uint64_t firstOffset = 0;  ///< byte in the file
    bool damage = true;             ///< false: deliberately not read (ARP, unknown extension), no exit code 3
};
class DropCounts {
public:
    void add(std::string_view reason, std::uint64_t offset, bool damage = true, std::uint64_t count = 1);
    void merge(const DropCounts& other);
    const std::vector<Drop>& list() const { return drops_; }
    std::uint64_t damaged() const;  ///< sum over reasons that are damage

private:
    std::vector<Drop> drops_;
};

}  // namespace weir::capture
