// Data sets → columns.
#pragma once

#include "core/base/file_bytes.h"
#include "core/capture/export_index.h"
#include "core/flow/address_dictionary.h"
#include "core/flow/schema.h"

#include <cstdint>
#include <span>

namespace weir::capture {

/// Replaces `out` by the records of `sets`, which lie in the file and come in its order. Records with impossible times
/// are dropped and counted; the order of the others is kept.
void decodeSets(const FileBytes& file, std::span<const DataSet> sets, std::span<const SamplerTable> samplers,
                flow::AddressDictionary& dictionary, flow::RecordColumns& out, DropCounts& drops);

}  // namespace weir::capture
