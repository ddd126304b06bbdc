// What a sign is besides its test: names, texts, how to evade it, what excludes it, how it is explained.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace weir::signs {

class Finding;

/// How the sender of a flow changes whether a sign holds. Our own estimate [I].
struct Change {
    /// 1 = another packet or header field of the same flow; 2 = other targets, another pace or more traffic; 3 = needs
    /// knowledge of the network, or help from inside. 0 = not in the sender's power, or another attack altogether.
    std::uint8_t cost = 0;
    std::string_view how;  ///< "send a second packet"; empty when cost is 0
};

/// One sign. Its bit is its index in SignFamily::defs.
struct SignDef {
    std::string_view id;                     ///< stored, and written in rules; the papers' spelling
    std::string_view help;                   ///< one line; the manual's page is generated from it
    std::string_view mark;                   ///< confidence mark of methods.md
    std::string_view sampled = {};           ///< what packet sampling does to it, one clause; empty = nothing
    Change set = {}, clear = {};             ///< what makes it hold, what makes it not hold
    std::string_view excludes = {};          ///< ids of signs that cannot hold together with it, separated by spaces
    std::string_view group = {};             ///< of the signs of a group exactly one holds; empty = in no group
    bool walk = false;                       ///< the threshold random walk decides it
    std::string (*explain)(const Finding&);  ///< the evidence for or against it in one flow
};

}  // namespace weir::signs
