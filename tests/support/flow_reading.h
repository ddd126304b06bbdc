// Reading a whole flow file at once: for tests.
#pragma once

#include "core/capture/reader.h"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace weir::test {

/// Every column of a record as a number, in the order of flow::Col; addresses as text.
struct FlowRow {
    std::string src, dst;
    std::array<std::int64_t, flow::kColCount> value{};
    std::int64_t operator[](flow::Col c) const { return value[std::size_t(c)]; }
    friend bool operator==(const FlowRow&, const FlowRow&) = default;
};
/// "start … end … src:port > dst:port …": for messages of failing tests.
std::string toText(const FlowRow& row);

struct WholeFlowFile {
    std::string error;        ///< why it could not be opened, empty = it could
    std::string_view reader;  ///< id
    std::vector<FlowRow> rows;
    std::size_t parts = 0;
    capture::DropCounts drops;
    std::uint64_t dropped(std::string_view reason) const;  ///< 0 when it did not occur
};
/// By the reader that is most sure, or the one that is named. Aborts when columns differ in length or a part has more
/// rows than it said.
WholeFlowFile readFlowFile(const FileBytes& bytes, std::string_view reader = {},
                           const capture::ReadOptions& options = {});
WholeFlowFile readFlowText(std::string_view text, std::string_view reader = {},
                           const capture::ReadOptions& options = {});

}  // namespace weir::test
