// Flow-ids: SOURCE:ROW, the capture's number and the record's index in its file.
#pragma once

#include "core/flow/chunk_source.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace weir::session {

/// First project row and row count of each source that has rows, in row order. O(chunks) to make.
class SourceRows {
public:
    struct Entry {
        std::uint32_t source = 0;
        std::uint64_t first = 0, rows = 0;
    };
    explicit SourceRows(const flow::ChunkSource& records);
    std::span<const Entry> entries() const { return entries_; }
    const Entry& of(std::uint64_t row) const;
    std::string idOf(std::uint64_t row) const;
    /// The project row of a flow-id, if it exists.
    std::optional<std::uint64_t> rowOf(std::string_view id) const;

private:
    std::vector<Entry> entries_;
};

}  // namespace weir::session
