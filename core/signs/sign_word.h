// The sign word: one bit per sign, the 18 built-in ones in the order of methods.md 2.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace weir::signs {

enum class Sign : std::uint8_t {
    TRWscan,
    TRWnom,
    HCscan,
    Backsc,
    GreyIP,
    bogon,
    P2P,
    Unreach,
    Retry,
    Onepkt,
    Artef,
    Large,
    PotOk,
    InOut,
    TCP,
    UDP,
    ICMP,
    OTHER,
};
inline constexpr unsigned kSignCount = 18;
using SignWord = std::uint64_t;  ///< bits 0-17 built in, 18-63 user signs
constexpr SignWord bit(Sign s) { return SignWord{1} << unsigned(s); }

struct SignDef {
    Sign sign;
    std::string_view id;       ///< stored; the papers' spelling
    std::string_view help;     ///< one line; the manual's page is generated from it
    std::string_view mark;     ///< confidence mark of methods.md
    std::string_view sampled;  ///< what packet sampling does to it, one clause; empty = not affected by sampling
};
/// The registry: kSigns[i].sign is bit i.
std::span<const SignDef> signTable();
/// Their ids in bit order.
std::span<const std::string_view> signNames();

}  // namespace weir::signs
