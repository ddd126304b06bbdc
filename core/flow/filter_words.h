// The words of the filter language: one line per keyword, read by parser, completion and manual.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace weir::flow {

/// What a keyword opens. `wordTerm` and `namedWordTerm` are looked up in FilterTerms; `later` is known but not
/// available yet.
enum class WordRole : std::uint8_t {
    any,
    family4,
    family6,
    protocol,
    source,
    destination,
    address,
    network,
    port,
    flags,
    measure,
    field,
    firstSeen,
    lastSeen,
    heading,
    ways,
    wordTerm,
    namedWordTerm,
    capture,
    exporter,
    router,
    communityId,
    code,
    points,
    flowId,
    tag,
    later,
    conjunction,
    disjunction,
    negation,
    in,
    out,
};
struct FilterWord {
    std::string_view text;  ///< lower case
    WordRole role;
    std::uint8_t detail;    ///< Measure, PairField, Heading; 0/1 for ways and for goodness, badness
    std::string_view form;  ///< how it is written: "[src|dst] port N"
    std::string_view help;  ///< one line
};
std::span<const FilterWord> filterWords();
/// Any case; nullptr when unknown.
const FilterWord* findFilterWord(std::string_view text);

}  // namespace weir::flow
