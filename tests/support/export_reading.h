// Reading a whole flow file at once: for tests.
#pragma once

#include "core/capture/export_file.h"
#include "core/capture/reader.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace weir::testing {

/// All records of a file in file order, with their addresses.
struct WholeFlows {
    std::string error;  ///< why it could not be opened, empty = it could
    flow::RecordColumns rows;
    std::vector<flow::IpAddr> src, dst;
    capture::DropCounts drops;
    std::vector<flow::Exporter> exporters;

    std::size_t size() const { return src.size(); }
    std::uint64_t dropped(std::string_view reason) const;
    /// Value of a numeric column in a row, 0 where the column is missing.
    std::uint64_t at(flow::Col col, std::size_t row) const;
};
WholeFlows readFlows(capture::FlowFile& file);
/// By the reader most sure of the bytes; a packet trace is read for the export datagrams in it.
WholeFlows readFlows(const FileBytes& bytes, const capture::ReadOptions& options = {});

}  // namespace weir::testing
