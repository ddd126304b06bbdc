// Verb: builds the report on a project, a document for report::formats().
#pragma once

#include "core/report/document.h"
#include "core/session/project/project.h"

#include <string>
#include <vector>

namespace weir::session {

/// What the report should contain.
struct ReportRequest {
    std::vector<std::string> only;       ///< ids of report::sections(); empty = all
    std::string rules;                   ///< text of the rule set
    std::string profile;                 ///< text of the score profile
    std::string champion, championName;  ///< text and name of the rule set to compare with; empty = no comparison
    RunId run;
};

/// Builds the report. Computes and publishes missing results (signs, scores) that the sections need. Errors: badRule,
/// badFilter (with the position in the text), usage (unknown section), store, cancelled.
Result<report::Document> makeReport(Project& project, const ReportRequest& request, JobContext& job);

}  // namespace weir::session
