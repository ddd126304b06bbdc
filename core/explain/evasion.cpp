// A table of what senders control, and one search a sign.
#include "core/explain/evasion.h"

#include "core/rules/analysis.h"
#include "core/rules/word_search.h"
#include "core/signs/sign_word.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace weir::explain {
namespace {

// clang-format off
constexpr std::array<SignControl, signs::kSignCount> kControls = {{
    /* TRWscan */ {2, 2, "contact more hosts that do not answer", "mix in hosts that answer, or go slower than the window"},
    /* TRWnom  */ {2, 2, "contact hosts that answer first", "contact hosts that do not answer"},
    /* HCscan  */ {2, 2, "contact more hosts that do not answer", "mix in hosts that answer, or go slower than the window"},
    /* Backsc  */ {1, 1, "send from a service port", "send from a high port"},
    /* GreyIP  */ {2, 3, "contact more addresses", "know which addresses are silent and avoid them"},
    /* bogon   */ {1, 2, "spoof an unallocated source address", "send from its own addresses"},
    /* P2P     */ {3, 2, "know a peer-to-peer port of the host", "use another destination port"},
    /* Unreach */ {0, 2, "", "use another destination port"},
    /* Retry   */ {1, 1, "reuse the source port within 4 minutes", "use another source port"},
    /* Onepkt  */ {1, 1, "send one packet only", "send a second packet"},
    /* Artef   */ {1, 1, "send fragments or ports 0", "send port numbers"},
    /* Large   */ {1, 1, "send 10 packets or more", "stay below 10 packets and 10,240 bytes"},
    /* PotOk   */ {2, 0, "get one answered flow with the host", ""},
    /* InOut   */ {3, 0, "make the host send something that is not answered", ""},
    /* TCP     */ {0, 0, "", ""},
    /* UDP     */ {0, 0, "", ""},
    /* ICMP    */ {0, 0, "", ""},
    /* OTHER   */ {0, 0, "", ""},
}};
// clang-format on

constexpr rules::Word bitOf(unsigned sign) { return rules::Word{1} << sign; }

}  // namespace

std::span<const SignControl> signControls() { return kControls; }

std::vector<Evasion> evasionsOf(const rules::RuleSet& set, std::size_t rule) {
    const rules::Rule& r = set.rules[rule];
    const rules::WordSearch search(set, unsigned(std::max<std::size_t>(set.signNames.size(), signs::kSignCount)));
    std::vector<Evasion> out;
    for (unsigned sign = 0; sign < signs::kSignCount; ++sign) {
        const bool required = (r.must & bitOf(sign)) != 0, forbidden = (r.mustNot & bitOf(sign)) != 0;
        if (!required && !forbidden) continue;
        const SignControl& control = kControls[sign];
        const std::uint8_t cost = required ? control.clearCost : control.setCost;
        if (cost == 0) continue;
        const rules::Word must = required ? r.must & ~bitOf(sign) : r.must | bitOf(sign),
                          mustNot = required ? r.mustNot | bitOf(sign) : r.mustNot & ~bitOf(sign);
        const auto found = search.smallest(must, mustNot);
        if (found.answer != rules::WordSearch::Answer::found) continue;
        const int taken = rules::ruleOf(set, found.word);
        out.push_back({sign, forbidden, cost, required ? control.howToClear : control.howToSet, found.word,
                       taken < 0 ? std::string("Other") : set.classes[set.rules[std::size_t(taken)].classIndex].name});
    }
    const std::string& own = set.classes[r.classIndex].name;
    std::stable_sort(out.begin(), out.end(), [&](const Evasion& a, const Evasion& b) {
        return std::tuple(a.cost, a.className == own) < std::tuple(b.cost, b.className == own);
    });
    return out;
}

std::string evasionText(const rules::RuleSet& set, const Evasion& e) {
    return std::string("cost ")
        .append(std::to_string(e.cost))
        .append(": ")
        .append(e.how)
        .append(e.set ? " (" : " (not ")
        .append(set.signNames[e.sign])
        .append("), then ")
        .append(e.className);
}

}  // namespace weir::explain
