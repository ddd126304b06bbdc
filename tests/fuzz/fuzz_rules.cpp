// Any bytes as rule text: parsing, analysis, classes and conflict report must stay within bounds and agree with the
// masks.
#include "core/classify/classify.h"
#include "core/conflict/conflict.h"
#include "core/refine/iterations.h"
#include "core/rules/analysis.h"
#include "tests/support/bare_terms.h"

#include <array>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

using namespace weir;

constexpr std::array<std::string_view, 18> kSigns = {"TRWscan", "TRWnom",  "HCscan", "Backsc", "GreyIP", "bogon",
                                                     "P2P",     "Unreach", "Retry",  "Onepkt", "Artef",  "Large",
                                                     "PotOk",   "InOut",   "TCP",    "UDP",    "ICMP",   "OTHER"};

void require(bool condition) {
    if (!condition) std::abort();
}

/// Words that the text's own exclusions may or may not admit: planes must not care.
std::array<tally::WordCount, 200> someWords() {
    std::array<tally::WordCount, 200> words;
    for (std::uint64_t i = 0; i < words.size(); ++i) words[i] = {(i * 2654435761u) & 0x3ffff, 400 - i, 2, 3};
    return words;
}

void checkAgreement(const rules::RuleSet& set, std::span<const tally::WordCount> tally,
                    const classify::Classification& classes) {
    std::uint64_t flows = 0;
    for (const classify::ClassTotal& c : classes.classes) flows += c.flows;
    require(flows == classes.oneWay.flows);
    for (std::size_t i = 0; i < tally.size(); ++i) {
        const int rule = rules::ruleOf(set, tally[i].word);
        require((rule < 0 ? classify::kOther : std::uint16_t(rule)) == classes.verdicts[i].rule);
    }
}

/// The search over the same signs finds what the listing shows. Large sets are left out: each pair of rules is a
/// search.
void checkSearch(const rules::RuleSet& set, const rules::Check& listed) {
    if (set.rules.size() > 10 || set.never.size() + set.oneOf.size() > 40) return;
    rules::WordSpace space;
    space.listed = false;
    space.bits = 12;
    const rules::Check searched = rules::analyse(set, space);
    if (searched.open != 0) return;
    require((searched.admissible != 0) == (listed.admissible != 0) &&
            (searched.conflictingWords != 0) == (listed.conflictingWords != 0));
    require(searched.dead == listed.dead && searched.unclassified == listed.unclassified &&
            searched.neverWin == listed.neverWin);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    static const support::BareTerms kTerms;
    const rules::Parsed parsed = rules::parseRules(text, rules::Vocabulary{kSigns, {}, &kTerms});
    require(parsed.set.text == text || size > (4u << 20));
    for (const Diagnostic& d : parsed.diagnostics) require(d.line >= 1 && d.column >= 1 && !d.message.empty());
    (void)refine::describeEdit("weir-rules 1\nclass A\n1: TCP\n", text);
    if (!parsed.good()) return 0;
    const auto words = rules::admissibleWords(parsed.set, 12);
    const rules::Check check = rules::analyse(parsed.set, words, 4096);
    require(check.admissible <= check.possible && check.conflictingWords + check.unclassifiedWords <= check.admissible);
    checkSearch(parsed.set, check);
    static const auto kTally = someWords();
    const auto classes = classify::classifyWords(parsed.set, kTally);
    checkAgreement(parsed.set, kTally, classes);
    (void)conflict::buildReport(parsed.set, kTally, classes, check);
    return 0;
}
