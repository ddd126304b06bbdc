// The 18 built-in signs: names, help, and how sure their definitions are.
#include "core/signs/sign_word.h"

#include <array>
#include <vector>

namespace weir::signs {
namespace {

// Marks: S stated by the paper, F found in public material, R recalled, I inferred; "name S, method R" = the name is
// surer than the test.
// clang-format off
constexpr auto kSigns = std::to_array<SignDef>({
    {Sign::TRWscan, "TRWscan", "The source is a scanner by the threshold random walk over its first contacts with local hosts in the window.", "name S, values F", "answers that were not sampled count as failures"},
    {Sign::TRWnom,  "TRWnom",  "The source is benign by the threshold random walk over its first contacts with local hosts in the window.", "name S, values F", "answers that were not sampled count as failures"},
    {Sign::HCscan,  "HCscan",  "The source is a scanner by counts: at least 4 local hosts that never answered, and twice as many as answered.", "name S, method R", "answers that were not sampled count as failures"},
    {Sign::Backsc,  "Backsc",  "Looks like a reply: TCP or UDP from a service port to a high port that is not a known local service.", "name S, test I", "a local service whose answers were not sampled is not known"},
    {Sign::GreyIP,  "GreyIP",  "The destination is a local address that sent no packet in all loaded data (group addresses never).", "idea F, horizon I", "an address looks silent when no packet of it was sampled"},
    {Sign::bogon,   "bogon",   "The source is in the bogon list: special-purpose or unallocated address space.", "S", ""},
    {Sign::P2P,     "P2P",     "TCP or UDP to a port on which the local host runs peer-to-peer in the window.", "name S, test I", "peers that were not sampled are not counted"},
    {Sign::Unreach, "Unreach", "TCP or UDP to a known local service of the window, which gave no answer to this flow.", "idea S, test I", "the answer may not have been sampled"},
    {Sign::Retry,   "Retry",   "TCP flow whose addresses and ports were already used by a flow that ended at most 4 minutes earlier.", "meaning S, gap I", "the earlier flow may not have been sampled"},
    {Sign::Onepkt,  "Onepkt",  "The flow is one packet.", "R", "one packet of many was seen"},
    {Sign::Artef,   "Artef",   "Measurement artefact: TCP or UDP with both ports 0 (later fragments, exporter errors).", "R", ""},
    {Sign::Large,   "Large",   "At least 10 packets or 10,240 bytes; one packet is never large.", "R, low confidence", "packets and bytes are those that were sampled"},
    {Sign::PotOk,   "PotOk",   "Potentially productive: the two hosts have a two-way flow in the same interval.", "F", "two-way flows look one-way when one direction was not sampled"},
    {Sign::InOut,   "InOut",   "The two hosts have one-way flows in both directions in the window.", "I", "the other direction may not have been sampled"},
    {Sign::TCP,     "TCP",     "Protocol 6.", "S", ""},
    {Sign::UDP,     "UDP",     "Protocol 17.", "S", ""},
    {Sign::ICMP,    "ICMP",    "Protocol 1, or 58 over IPv6.", "S", ""},
    {Sign::OTHER,   "OTHER",   "Any other protocol.", "S", ""},
});
// clang-format on
static_assert(kSigns.size() == kSignCount);
static_assert(
    [] {
        for (std::size_t i = 0; i < kSigns.size(); ++i) {
            if (unsigned(kSigns[i].sign) != i) return false;
            for (std::size_t j = 0; j < i; ++j)
                if (kSigns[i].id == kSigns[j].id) return false;
        }
        return true;
    }(),
    "kSigns is indexed by bit, and its ids are unique");

}  // namespace

std::span<const SignDef> signTable() { return kSigns; }

std::span<const std::string_view> signNames() {
    static const std::vector<std::string_view> kNames = [] {
        std::vector<std::string_view> names;
        for (const SignDef& def : kSigns) names.push_back(def.id);
        return names;
    }();
    return kNames;
}

}  // namespace weir::signs
