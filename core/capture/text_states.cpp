// Tables of letters and states. Sources: Zeek's conn.log documentation; ra(1) of Argus.
#include "core/capture/text_states.h"

#include "core/capture/text_values.h"
#include "core/flow/packet_record.h"

#include <array>

namespace weir::capture::text {
namespace {

using namespace flow;

struct ZeekState {
    std::string_view name;
    BothFlags flags;
};
constexpr auto kZeekStates = std::to_array<ZeekState>({
    {"S0", {kSyn, 0}},
    {"S1", {kSyn | kAck, kSyn | kAck}},
    {"SF", {kSyn | kAck | kFin, kSyn | kAck | kFin}},
    {"REJ", {kSyn, kRst}},
    {"S2", {kSyn | kAck | kFin, kSyn | kAck}},
    {"S3", {kSyn | kAck, kSyn | kAck | kFin}},
    {"RSTO", {kSyn | kRst, kSyn | kAck}},
    {"RSTR", {kSyn, kSyn | kAck | kRst}},
    {"RSTOS0", {kSyn | kRst, 0}},
    {"RSTRH", {0, kSyn | kAck | kRst}},
    {"SH", {kSyn | kFin, 0}},
    {"SHR", {0, kSyn | kAck | kFin}},
});

struct ArgusIcmp {
    std::string_view state;
    int type;
};
constexpr auto kArgusIcmp = std::to_array<ArgusIcmp>({
    {"ECR", 0},  {"UR", 3},   {"URN", 3},  {"URH", 3},  {"URP", 3},  {"URF", 3},  {"SRC", 4},
    {"RED", 5},  {"ECO", 8},  {"RTA", 9},  {"RTS", 10}, {"TXD", 11}, {"PAR", 12}, {"TST", 13},
    {"TSR", 14}, {"IRQ", 15}, {"IRR", 16}, {"MAS", 17}, {"MSR", 18},
});

}  // namespace

BothFlags flagsOfHistory(std::string_view history) {
    BothFlags out;
    for (const char c : history) {
        const bool originator = c >= 'A' && c <= 'Z';
        std::uint8_t& side = originator ? out.forward : out.reverse;
        switch (originator ? c : char(c - 'a' + 'A')) {
            case 'S': side |= kSyn; break;
            case 'H': side |= kSyn | kAck; break;
            case 'A': side |= kAck; break;
            case 'F': side |= kFin; break;
            case 'R': side |= kRst; break;
            default: break;
        }
    }
    return out;
}

BothFlags flagsOfZeekState(std::string_view state) {
    for (const ZeekState& s : kZeekStates)
        if (s.name == state) return s.flags;
    return {};
}

bool flagsOfArgusState(std::string_view state, BothFlags& out) {
    const auto bar = state.find('_');
    if (bar == std::string_view::npos) return false;
    const auto flags = [](std::string_view letters, std::uint8_t& side) {
        side = 0;
        for (const char c : letters) {
            const std::uint8_t flag = flagOfLetter(c);
            if (flag == 0) return false;
            side |= flag;
        }
        return true;
    };
    return flags(state.substr(0, bar), out.forward) && flags(state.substr(bar + 1), out.reverse);
}

int icmpTypeOfArgusState(std::string_view state) {
    for (const ArgusIcmp& s : kArgusIcmp)
        if (s.state == state) return s.type;
    return state.substr(0, 2) == "UR" ? 3 : -1;
}

}  // namespace weir::capture::text
