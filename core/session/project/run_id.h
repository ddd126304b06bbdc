// Names a run: which signs were assigned, to the flows of which direction.
#pragma once

#include "core/flow/derived_flows.h"
#include "core/signs/sign_family.h"

namespace weir::session {

/// A run is named by a family of signs and a direction. The default is the run that the window shows and that a project
/// loads when it opens: one-way signs of inbound flows.
struct RunId {
    const signs::SignFamily* family = &signs::oneWay();
    flow::Direction direction = flow::Direction::in;

    RunId() = default;
    /// One-way signs of flows in this direction.
    RunId(flow::Direction d) : direction(d) {}

    friend bool operator==(const RunId&, const RunId&) = default;
};

}  // namespace weir::session
