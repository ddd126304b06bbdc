// A query for rows: filter, time range and order.
#pragma once

#include "core/session/rows/questions.h"

#include <cstdint>
#include <string>

namespace weir::session {

enum class Rows : std::uint8_t { records, derived };

/// Columns that a row list can show and sort by.
enum class Field : std::uint8_t {
    id,
    first,
    last,
    duration,
    protocol,
    src,
    srcPort,
    dst,
    dstPort,
    flags,
    packets,
    bytes,
    direction,
    className,
    rule,
    signs,
    source,
    badness,
    goodness,
    codes,
};

/// Terms are evaluated on each direction of a record (flow/filter_scan.h). On a derived flow: source = the end that
/// sent first in two-way flows (the direction of the first record in file order), else the end that sent; packets,
/// bytes and rates = both directions together; flags = all flags the source sent; duration = first to last packet of
/// all its records.
struct Query {
    Rows rows = Rows::derived;
    std::string filter;                                 ///< empty = any
    std::int64_t fromUs = INT64_MIN, toUs = INT64_MAX;  ///< time range chip: start in [from, to)
    Field sort = Field::id;
    bool descending = false;
    bool list = true;     ///< false: only count (`picked` stays empty, rowAt() must not be called)
    Questions questions;  ///< results besides the snapshot that the filter may refer to
    bool totals = true;   ///< sum packets and bytes (reads two more columns of the records)
    friend bool operator==(const Query&, const Query&) = default;
};

}  // namespace weir::session
