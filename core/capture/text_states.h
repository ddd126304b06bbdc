// What Zeek and Argus say about a TCP connection → the flags that were seen. Only what their letters say for sure.
#pragma once

#include <cstdint>
#include <string_view>

namespace weir::capture::text {

struct BothFlags {
    std::uint8_t forward = 0, reverse = 0;
};

/// Zeek's `history`: S SYN, H SYN and ACK, A ACK, F FIN, R RST; capitals are the originator's. D (data), T, C, W, G, I,
/// Q and ^ name no flag.
BothFlags flagsOfHistory(std::string_view history);
/// Zeek's `conn_state`, for logs without a history: the least that must have been seen.
BothFlags flagsOfZeekState(std::string_view state);
/// Argus: the flags of source and destination with `_` between them ("SRPA_SPA"); false for the states of other
/// protocols.
bool flagsOfArgusState(std::string_view state, BothFlags& out);
/// Argus' three-letter ICMP states: the type, or -1.
int icmpTypeOfArgusState(std::string_view state);

}  // namespace weir::capture::text
