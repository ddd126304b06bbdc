// Data sets → columns.
#pragma once

#include "core/capture/export_index.h"
#include "core/flow/address_dictionary.h"
#include "core/flow/schema.h"

#include <span>

namespace weir::capture {

/// Replaces `out` by the records of `sets`, in order. Records with impossible times are dropped and counted; the order of the others is kept.
void decodeSets(std::span<const std::byte> file, std::span<const DataSet> sets, std::span<const SamplerTable> samplers,
                flow::AddressDictionary& dictionary, flow::RecordColumns& out, DropCounts& drops);

}  // namespace weir::capture
