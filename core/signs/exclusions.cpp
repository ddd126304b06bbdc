// The exclusions E0 to E7 that the definitions of the signs imply (methods.md 2.5).
#include "core/signs/signs.h"

#include <bit>

namespace weir::signs {

bool obeysExclusions(SignWord word) {
    const auto has = [word](Sign s) { return (word & bit(s)) != 0; };
    const auto any = [word](auto... s) { return (word & (bit(s) | ...)) != 0; };
    using enum Sign;
    const SignWord protocol = word & (bit(TCP) | bit(UDP) | bit(ICMP) | bit(OTHER));
    return std::popcount(protocol) == 1                                       // E0
           && !(has(TRWscan) && has(TRWnom))                                  // E1
           && !(has(Onepkt) && has(Large))                                    // E2
           && !(has(GreyIP) && any(PotOk, InOut))                             // E3
           && !(has(GreyIP) && any(P2P, Unreach))                             // E4
           && !(any(ICMP, OTHER) && any(Backsc, P2P, Unreach, Retry, Artef))  // E5
           && !(has(Unreach) && has(Backsc))                                  // E6
           && !(has(Retry) && !has(TCP));                                     // E7
}

}  // namespace weir::signs
