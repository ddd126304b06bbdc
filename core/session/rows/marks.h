// Marks: an analyst's tags and notes. A mark is a filter with a tag; it can select a record, a host, a combination of
// codes, or anything else that a filter can express.
#pragma once

#include "core/session/evidence/judge.h"
#include "core/session/project/project.h"
#include "core/session/rows/tags.h"

#include <string>
#include <string_view>
#include <vector>

namespace weir::session {

/// Saves the mark in the project and publishes it. A mark with the same tag and filter gets the new note. Sets `time`.
/// The filter can use signs, classes and rules only if there is a judgement. Errors: usage (invalid tag), badFilter
/// (the filter has errors, or uses a tag), store.
Status addMark(Project& project, Mark mark, const JudgementPtr& judgement = nullptr);
/// Removes all marks of a tag, or only the one with this filter. Returns the number removed. Errors: store.
Result<std::size_t> removeMarks(Project& project, std::string_view tag, std::string_view filter = {});

}  // namespace weir::session
