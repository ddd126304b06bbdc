// Marks: what an analyst tags and notes. A mark is a filter under a tag: a record, a host, a combination of codes, or
// whatever else a filter says.
#pragma once

#include "core/session/evidence/judge.h"
#include "core/session/project/project.h"
#include "core/session/rows/tags.h"

#include <string>
#include <string_view>
#include <vector>

namespace weir::session {

/// Keeps it in the project and in its snapshot; one of the same tag and filter gets the new note. `time` is set here.
/// Errors: usage (what is wrong with the tag), badFilter (the filter has errors, or names a tag), store. Signs, classes
/// and rules can be named with a judgement only.
Status addMark(Project& project, Mark mark, const JudgementPtr& judgement = nullptr);
/// All marks of a tag, or with a filter that one alone; returns how many went. Errors: store.
Result<std::size_t> removeMarks(Project& project, std::string_view tag, std::string_view filter = {});

}  // namespace weir::session
