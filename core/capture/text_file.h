// A text of flow records as a FlowFile, and a look at its first rows.
#pragma once

#include "core/capture/reader.h"
#include "core/capture/text_cuts.h"
#include "core/capture/text_plan.h"
#include "core/capture/text_rows.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace weir::capture::text {

/// In parts as text_cuts.h makes them. Rows of more than kMaxRow bytes are damage; reading goes on behind them.
std::unique_ptr<FlowFile> openText(const FileBytes& bytes, Plan plan);

/// A row that was not taken, for people.
struct RejectedRow {
    std::uint64_t line = 0;  ///< from 1; counts line ends
    std::string reason;      ///< "unreadable time"
    std::string field;       ///< what stands there, at most 80 bytes; empty = the row as a whole
    int column = -1;         ///< index in Plan::columns
};
struct Preview {
    flow::RecordColumns records;  ///< the first rows, addresses by `dictionary`
    flow::AddressDictionary dictionary;
    std::vector<std::uint64_t> lines;              ///< line number of each record
    std::vector<RejectedRow> rejected;             ///< the first ones
    std::uint64_t rowsSeen = 0, rowsRejected = 0;  ///< among the bytes that were read
    bool whole = false;                            ///< all bytes were read
};
/// Decodes up to `rows` records for showing and checks all rows in the first `bytes` bytes.
Preview preview(std::string_view text, const Plan& plan, std::size_t rows, std::size_t bytes);

}  // namespace weir::capture::text
