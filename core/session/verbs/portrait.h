// Verb: what a host, a port or a combination of codes does: with whom, on which ports, both ways, when, and what was
// found in it.
#pragma once

#include "core/session/rows/select.h"
#include "core/session/verbs/portrait_types.h"

#include <string_view>

namespace weir::session {

/// Cost: one filter over all records, then those it takes. Errors: notFound (no record), badFilter, store, cancelled.
Result<Portrait> portraitOf(const SnapshotPtr& snapshot, const JudgementPtr& judgement, const PortraitSubject& subject,
                            JobContext& job);

/// "192.0.2.1" → host, "22" → port. Errors: usage.
Result<PortraitSubject> parseSubject(std::string_view text);

}  // namespace weir::session
