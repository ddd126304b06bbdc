// Names of captures and exporters in filters.
#pragma once

#include "core/flow/filter_terms.h"
#include "core/session/project/project.h"

namespace weir::session {

/// Captures by number, path, file name, or the folder they were imported from (its path or name). A name may match
/// several captures.
flow::RowsAnswer capturesNamed(const Snapshot& snapshot, std::string_view name);
/// All names of captures, for completion.
std::vector<std::string> captureNames(const Snapshot& snapshot);

/// Exporters by address, or by their number in a capture's list (from 1; in every capture).
flow::ExportersAnswer exportersNamed(const Snapshot& snapshot, std::string_view name);
/// All names of exporters, for completion.
std::vector<std::string> exporterNames(const Snapshot& snapshot);

}  // namespace weir::session
