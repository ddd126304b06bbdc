// Verb: describes a host, a port or a combination of codes: peers, ports, both directions, times, codes and classes.
#pragma once

#include "core/session/rows/select.h"
#include "core/session/verbs/portrait_types.h"

#include <string_view>

namespace weir::session {

/// Cost: one filter scan over all records, then a pass over the matches. Errors: notFound (no record), badFilter,
/// store, cancelled.
Result<Portrait> portraitOf(const SnapshotPtr& snapshot, const JudgementPtr& judgement, const PortraitSubject& subject,
                            JobContext& job);

/// Parses "192.0.2.1" as a host, "22" as a port. Errors: usage.
Result<PortraitSubject> parseSubject(std::string_view text);

}  // namespace weir::session
