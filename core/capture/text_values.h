// Numbers, addresses, times and flags as they stand in text files. Every function takes the whole field and says
// whether it could be read.
#pragma once

#include "core/flow/address.h"

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace weir::capture::text {

/// How a time or a duration is written.
enum class Form : std::uint8_t {
    automatic,  ///< a number is in seconds
    seconds,
    milliseconds,
    microseconds,
    nanoseconds,  ///< of a number, which may have a fraction; times: since 1970 UTC. A date is a date all the same
    dayFirst,     ///< 31/12/2017 3:30:00 PM: as CICFlowMeter writes it
    monthFirst,   ///< 12/31/2017 15:30:00
};

/// Eight decimal digits at once; false when one is none.
inline bool eightDigitsOf(const char* p, std::uint64_t& out) {
    if constexpr (std::endian::native != std::endian::little) {
        out = 0;
        for (int i = 0; i < 8; ++i) {
            if (p[i] < '0' || p[i] > '9') return false;
            out = out * 10 + std::uint64_t(p[i] - '0');
        }
        return true;
    }
    std::uint64_t v = 0;
    std::memcpy(&v, p, 8);
    constexpr std::uint64_t kUpper = 0xf0f0f0f0f0f0f0f0u, kZeros = 0x3030303030303030u;
    if ((v & kUpper) != kZeros || ((v + 0x0606060606060606u) & kUpper) != kZeros) return false;
    v -= kZeros;
    v = v * 10 + (v >> 8);
    out = (((v & 0x000000ff000000ffu) * 0x000f424000000064u) +
           (((v >> 16) & 0x000000ff000000ffu) * 0x0000271000000001u)) >>
          32;
    return true;
}
/// The whole field as decimal digits.
inline bool digitsOf(std::string_view t, std::uint64_t& out) {
    if (t.empty() || t.size() > 19) return false;
    std::uint64_t v = 0;
    const char* p = t.data();
    const char* const end = p + t.size();
    for (; end - p >= 8; p += 8) {
        std::uint64_t eight = 0;
        if (!eightDigitsOf(p, eight)) return false;
        v = v * 100000000 + eight;
    }
    for (; p != end; ++p) {
        const unsigned d = unsigned(static_cast<unsigned char>(*p)) - '0';
        if (d > 9) return false;
        v = v * 10 + d;
    }
    out = v;
    return true;
}
/// Also 0x…, and what spreadsheets and data frames make of whole numbers: `12.0`, `1.2e3`. Fractions are cut.
bool numberOf(std::string_view t, std::uint64_t& out);

/// Dotted quad, as host number.
bool v4Of(std::string_view t, std::uint32_t& out);
/// Either family.
bool addressOf(std::string_view t, flow::IpAddr& out);

/// Turns dates into days with a memory of the last one: rows of a file mostly share it. One for each thread.
class Clock {
public:
    /// µs since 1970 UTC. A date is `YYYY-MM-DD` (or with / or .), a blank, T or : between date and time, a fraction, a
    /// zone; without zone: UTC.
    bool timeOf(std::string_view t, Form form, std::int64_t& us);

private:
    bool dateTime(std::string_view t, std::int64_t& us);
    bool slashDate(std::string_view t, bool dayFirst, std::int64_t& us);
    bool dayOf(const char* date, std::int64_t& us);
    bool known_ = false;
    std::uint64_t lastHead_ = 0;
    std::uint16_t lastTail_ = 0;
    std::int64_t lastDay_ = 0;
};
/// µs; may be negative. Also `[h:]mm:ss[.f]`.
bool durationOf(std::string_view t, Form form, std::int64_t& us);

/// A number (also 0x…), or letters: nfdump's `...AP.SF`, SiLK's `FS PA`, `SYN|ACK`; `-` and dots are none.
bool flagsOf(std::string_view t, std::uint8_t& out);
/// Bit of one letter of CEUAPRSF (W and C both are CWR), 0 = none of them.
std::uint8_t flagOfLetter(char c);

}  // namespace weir::capture::text
