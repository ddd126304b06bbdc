// Verb: the code words of a selection, counted; and the filter that takes one of them.
#pragma once

#include "core/score/score.h"
#include "core/session/rows/select.h"

#include <cstdint>
#include <string>
#include <vector>

namespace weir::session {

/// By place in Scores::words, so that rankings of the whole and of a part can be told apart word by word.
struct CodeTally {
    std::uint64_t scored = 0;
    std::vector<score::CodeCount> words;
};
/// Of the scored directions of the rows taken; a derived flow counts as its first record does. Empty without scores.
/// Cost: none when all records are taken. Errors: cancelled.
Result<CodeTally> tallyCodes(const Selection& selection, JobContext& job);

/// Takes the records with exactly these codes. REQUIRES: word has a code.
std::string codesFilter(const score::Profile& profile, std::uint64_t word);
/// `code "NAME"`.
std::string codeFilter(std::string_view code);

}  // namespace weir::session
