// Verb: the report on a project, as a document that report::formats() render.
#pragma once

#include "core/report/document.h"
#include "core/session/project/project.h"

#include <string>
#include <vector>

namespace weir::session {

struct ReportRequest {
    std::vector<std::string> only;       ///< ids of report::sections(); empty = all
    std::string rules;                   ///< text of the rule set
    std::string profile;                 ///< text of the score profile
    std::string champion, championName;  ///< text of the rule set that it is compared with; empty = no comparison
    flow::Direction direction = flow::Direction::in;
};

/// Works out what the sections need and is not there yet (signs, scores), and publishes it. Errors: badRule, badFilter
/// (with the place in the text), usage (an unknown section), store, cancelled.
Result<report::Document> makeReport(Project& project, const ReportRequest& request, JobContext& job);

}  // namespace weir::session
