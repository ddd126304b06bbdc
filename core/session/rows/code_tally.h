// Verb: counts the code words of a selection, and builds the filter for one of them.
#pragma once

#include "core/score/score.h"
#include "core/session/rows/select.h"

#include <cstdint>
#include <string>
#include <vector>

namespace weir::session {

/// By index in Scores::words, so that the whole and a part can be compared word by word.
struct CodeTally {
    std::uint64_t scored = 0;
    std::vector<score::CodeCount> words;
};
/// Counts the scored directions of the selected rows; a derived flow counts as its first record. Empty without scores.
/// Cost: none when all records are selected. Errors: cancelled.
Result<CodeTally> tallyCodes(const Selection& selection, JobContext& job);

/// The filter for records with exactly these codes. REQUIRES: the word has a code.
std::string codesFilter(const score::Profile& profile, std::uint64_t word);
/// `code "NAME"`.
std::string codeFilter(std::string_view code);

}  // namespace weir::session
