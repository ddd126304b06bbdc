// IP protocol numbers and the names people write for them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace weir::flow {

struct ProtocolName {
    std::uint8_t number;
    std::string_view name;  ///< "TCP"; the first entry of a number is the one that is shown
};
/// By number; several names may share one. Source: IANA "Protocol Numbers" and the names nfdump knows.
std::span<const ProtocolName> protocolNames();

/// Any case; also a plain number 0..255.
std::optional<std::uint8_t> protocolNumber(std::string_view name);
/// "TCP", or the number as text.
std::string protocolText(std::uint8_t number);
/// nfdump's order, CWR and ECE in front: "......S.".
std::string tcpFlagLetters(std::uint8_t flags);

}  // namespace weir::flow
