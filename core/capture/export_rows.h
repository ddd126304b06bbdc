// Data sets → columns.
#pragma once

#include "core/capture/export_index.h"
#include "core/flow/address_dictionary.h"
#include "core/flow/schema.h"

#include <cstdint>
#include <span>

namespace weir::capture {

/// Replaces `out` by the records of `sets`, in order; `bytes` are those of the file from `from` on that hold them all. Records with impossible times are dropped and counted; the order of the others is kept.
void decodeSets(std::span<const std::byte> bytes, std::uint64_t from, std::span<const DataSet> sets, std::span<const SamplerTable> samplers,
                flow::AddressDictionary& dictionary, flow::RecordColumns& out, DropCounts& drops);

}  // namespace weir::capture
