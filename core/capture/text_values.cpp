// Hand-written parsers: these run for every field of every row.
#include "core/capture/text_values.h"

#include "core/capture/reader.h"
#include "core/flow/packet_record.h"

#include <array>
#include <cctype>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstring>

namespace weir::capture::text {
namespace {

constexpr std::int64_t kSecond = 1000000;

bool isDigit(char c) { return unsigned(static_cast<unsigned char>(c)) - '0' <= 9; }
unsigned digit(char c) { return unsigned(static_cast<unsigned char>(c)) - '0'; }

/// Two digits; 100 or more = not two digits.
unsigned two(const char* p) {
    const unsigned a = digit(p[0]), b = digit(p[1]);
    return a > 9 || b > 9 ? 100 : a * 10 + b;
}

bool realOf(std::string_view t, double& out) {
    const auto [end, error] = std::from_chars(t.data(), t.data() + t.size(), out);
    return error == std::errc{} && end == t.data() + t.size() && std::isfinite(out);
}

/// µs per unit: 0 = nanoseconds.
std::int64_t unitOf(Form form) {
    switch (form) {
        case Form::milliseconds: return 1000;
        case Form::microseconds: return 1;
        case Form::nanoseconds: return 0;
        default: return kSecond;
    }
}

/// [-]digits[.digits] in a unit → µs, exact.
bool scaledOf(std::string_view t, Form form, std::int64_t& us) {
    std::uint64_t plain = 0;
    if (t.size() <= 10 + (form == Form::milliseconds   ? 3u
                          : form == Form::microseconds ? 6u
                                                       : 0u) &&
        form != Form::nanoseconds && digitsOf(t, plain)) {
        us = std::int64_t(plain) * unitOf(form);  // at most ten digits of seconds: nothing to check
        return true;
    }
    const bool minus = !t.empty() && t[0] == '-';
    if (minus) t.remove_prefix(1);
    const std::int64_t unit = unitOf(form);
    std::uint64_t whole = 0;
    const auto point = t.find('.');
    if (!digitsOf(t.substr(0, point), whole)) {
        double real = 0;
        if (!realOf(t, real)) return false;
        real = unit ? real * double(unit) : real / 1000.0;
        if (std::fabs(real) > double(kTimeLimitUs)) return false;
        us = minus ? -std::llround(real) : std::llround(real);
        return true;
    }
    std::int64_t v = 0;
    if (unit == 0) {
        v = std::int64_t(whole / 1000);
    } else {
        if (whole > std::uint64_t(kTimeLimitUs / unit)) return false;
        v = std::int64_t(whole) * unit;
    }
    if (point != std::string_view::npos) {
        std::int64_t scale = unit;
        for (const char c : t.substr(point + 1)) {
            if (!isDigit(c)) {
                double real = 0;  // an exponent: rare enough to be slow
                if (!realOf(t, real) || std::fabs(real) > double(kTimeLimitUs) / double(unit ? unit : 1)) return false;
                v = std::llround(unit ? real * double(unit) : real / 1000.0);
                break;
            }
            scale /= 10;
            v += digit(c) * scale;
        }
    }
    if (v > kTimeLimitUs) return false;
    us = minus ? -v : v;
    return true;
}

std::int64_t daysSince1970(int y, unsigned m, unsigned d) {
    using namespace std::chrono;
    return sys_days(year(y) / month(m) / day(d)).time_since_epoch().count();
}

/// A fraction of a second at t[at]; moves `at` behind it.
std::int64_t fractionAt(std::string_view t, std::size_t& at) {
    if (at >= t.size() || (t[at] != '.' && t[at] != ',')) return 0;
    std::int64_t us = 0, scale = 100000;
    for (++at; at < t.size() && isDigit(t[at]); ++at, scale /= 10) us += digit(t[at]) * scale;
    return us;
}

/// What stands behind the time: nothing, Z, UTC or ±hh[:]mm.
bool zoneOf(std::string_view t, std::int64_t& us) {
    us = 0;
    if (t.empty() || t == "Z" || t == "z" || t == " UTC" || t == "UTC" || t == " GMT") return true;
    if (t[0] == ' ') t.remove_prefix(1);
    if (t.size() < 5 || (t[0] != '+' && t[0] != '-')) return false;
    const bool colon = t[3] == ':';
    if (t.size() != (colon ? 6u : 5u)) return false;
    const unsigned h = two(t.data() + 1), m = two(t.data() + (colon ? 4 : 3));
    if (h > 23 || m > 59) return false;
    us = std::int64_t(h * 3600 + m * 60) * kSecond * (t[0] == '-' ? -1 : 1);
    return true;
}

}  // namespace

bool numberOf(std::string_view t, std::uint64_t& out) {
    if (digitsOf(t, out)) return true;
    if (t.size() > 2 && t[0] == '0' && (t[1] == 'x' || t[1] == 'X')) {
        const auto [end, error] = std::from_chars(t.data() + 2, t.data() + t.size(), out, 16);
        return error == std::errc{} && end == t.data() + t.size();
    }
    if (t.size() == 20) {
        const auto [end, error] = std::from_chars(t.data(), t.data() + t.size(), out);
        if (error == std::errc{} && end == t.data() + t.size()) return true;
    }
    if (t.empty() || !isDigit(t[0])) return false;
    double real = 0;
    if (!realOf(t, real) || real >= 18446744073709549568.0) return false;
    out = std::uint64_t(real);
    return true;
}

bool v4Of(std::string_view t, std::uint32_t& out) {
    if (t.size() < 7 || t.size() > 15) return false;
    const char* p = t.data();
    const char* const end = p + t.size();
    std::uint32_t v = 0;
    for (int part = 0; part < 4; ++part) {
        if (part > 0 && (p == end || *p++ != '.')) return false;
        if (p == end || !isDigit(*p)) return false;
        std::uint32_t n = digit(*p++);
        if (p != end && isDigit(*p)) {
            if (n == 0) return false;
            n = n * 10 + digit(*p++);
            if (p != end && isDigit(*p)) n = n * 10 + digit(*p++);
        }
        if (n > 255) return false;
        v = v << 8 | n;
    }
    out = v;
    return p == end;
}

bool addressOf(std::string_view t, flow::IpAddr& out) {
    std::uint32_t v4 = 0;
    if (v4Of(t, v4)) {
        out = flow::IpAddr::v4(v4);
        return true;
    }
    if (t.size() > 1 && t.front() == '[' && t.back() == ']') t = t.substr(1, t.size() - 2);
    if (t.size() < 2 || t.size() > 64 || t.find(':') == std::string_view::npos ||
        t.find('\0') != std::string_view::npos)
        return false;
    const auto zone = t.find('%');
    const auto a = flow::parseAddress(t.substr(0, zone));
    if (a) out = *a;
    return a.has_value();
}

/// `date` has 10 readable bytes.
bool Clock::dayOf(const char* date, std::int64_t& us) {
    std::uint64_t head = 0;
    std::uint16_t tail = 0;
    std::memcpy(&head, date, 8);
    std::memcpy(&tail, date + 8, 2);
    if (!known_ || head != lastHead_ || tail != lastTail_) {
        const unsigned century = two(date), year = two(date + 2), month = two(date + 5), day = two(date + 8);
        const bool separated = date[4] == date[7] && (date[4] == '-' || date[4] == '/' || date[4] == '.');
        if (!separated || century > 99 || year > 99 || month < 1 || month > 12 || day < 1 || day > 31) return false;
        const std::chrono::year_month_day ymd{std::chrono::year(int(century * 100 + year)), std::chrono::month(month),
                                              std::chrono::day(day)};
        if (!ymd.ok()) return false;
        lastDay_ = daysSince1970(int(century * 100 + year), month, day) * 86400 * kSecond;
        known_ = true;
        lastHead_ = head;
        lastTail_ = tail;
    }
    us = lastDay_;
    return true;
}

bool Clock::dateTime(std::string_view t, std::int64_t& us) {
    std::int64_t day = 0;
    if (t.size() < 10 || !dayOf(t.data(), day)) return false;
    us = day;
    if (t.size() == 10) return true;
    if (t.size() < 16 || t[13] != ':') return false;
    const unsigned h = two(t.data() + 11), m = two(t.data() + 14);
    if (h > 23 || m > 59 || (t[10] != ' ' && t[10] != 'T' && t[10] != 't' && t[10] != ':')) return false;
    std::int64_t seconds = h * 3600 + m * 60, fraction = 0;
    std::size_t at = 16;
    if (t.size() >= 19 && t[16] == ':') {
        const unsigned s = two(t.data() + 17);
        if (s > 60) return false;
        seconds += s;
        at = 19;
        fraction = fractionAt(t, at);
    }
    std::int64_t zone = 0;
    if (at < t.size() && !zoneOf(t.substr(at), zone)) return false;
    us = day + seconds * kSecond + fraction - zone;
    return true;
}

bool Clock::slashDate(std::string_view t, bool dayFirst, std::int64_t& us) {
    std::array<std::uint64_t, 6> n{};  // the two date parts, year, hour, minute, second
    std::size_t at = 0;
    for (std::size_t i = 0; i < n.size(); ++i) {
        const std::size_t from = at;
        while (at < t.size() && isDigit(t[at])) ++at;
        if (at - from > 4 || !digitsOf(t.substr(from, at - from), n[i])) return false;
        if (at == t.size() || i == 5) {
            if (i < 4 && i != 2) return false;
            break;
        }
        const char c = t[at];
        const bool fits = i < 2 ? c == '/' || c == '-' || c == '.' : i == 2 ? c == ' ' || c == 'T' : c == ':';
        if (!fits) {
            if (i == 4) break;  // a time without seconds
            return false;
        }
        ++at;
    }
    const std::int64_t fraction = fractionAt(t, at);
    std::string_view rest = t.substr(at);
    while (!rest.empty() && rest[0] == ' ') rest.remove_prefix(1);
    const bool pm = rest == "PM" || rest == "pm", am = rest == "AM" || rest == "am";
    if (!rest.empty() && !pm && !am) return false;
    if ((pm || am) && (n[3] < 1 || n[3] > 12)) return false;
    if (pm && n[3] < 12) n[3] += 12;
    if (am && n[3] == 12) n[3] = 0;
    if (n[2] < 100) n[2] += 2000;
    const auto day = unsigned(dayFirst ? n[0] : n[1]), month = unsigned(dayFirst ? n[1] : n[0]);
    const std::chrono::year_month_day ymd{std::chrono::year(int(n[2])), std::chrono::month(month),
                                          std::chrono::day(day)};
    if (!ymd.ok() || n[3] > 23 || n[4] > 59 || n[5] > 60) return false;
    us = (daysSince1970(int(n[2]), month, day) * 86400 + std::int64_t(n[3] * 3600 + n[4] * 60 + n[5])) * kSecond +
         fraction;
    return true;
}

bool Clock::timeOf(std::string_view t, Form form, std::int64_t& us) {
    switch (form) {
        case Form::dayFirst: return slashDate(t, true, us);
        case Form::monthFirst: return slashDate(t, false, us);
        default: break;
    }
    if (t.size() >= 10 && !isDigit(t[4]) && t[4] != '.') return dateTime(t, us);
    return scaledOf(t, form == Form::automatic ? Form::seconds : form, us);
}

bool durationOf(std::string_view t, Form form, std::int64_t& us) {
    if (form != Form::automatic || t.find(':') == std::string_view::npos) return scaledOf(t, form, us);
    std::int64_t seconds = 0;
    for (int parts = 0; parts < 2; ++parts) {
        const auto colon = t.find(':');
        std::uint64_t n = 0;
        if (colon == std::string_view::npos) break;
        if (!digitsOf(t.substr(0, colon), n) || n > 1000000) return false;
        seconds = seconds * 60 + std::int64_t(n);
        t.remove_prefix(colon + 1);
    }
    std::int64_t last = 0;
    if (!scaledOf(t, Form::seconds, last)) return false;
    us = seconds * 60 * kSecond + last;
    return true;
}

std::uint8_t flagOfLetter(char c) {
    switch (c) {
        case 'F': return flow::kFin;
        case 'S': return flow::kSyn;
        case 'R': return flow::kRst;
        case 'P': return flow::kPsh;
        case 'A': return flow::kAck;
        case 'U': return flow::kUrg;
        case 'E': return flow::kEce;
        case 'C':
        case 'W': return flow::kCwr;
        default: return 0;
    }
}

bool flagsOf(std::string_view t, std::uint8_t& out) {
    std::uint64_t number = 0;
    if (isDigit(t.empty() ? 'x' : t[0])) {
        if (!numberOf(t, number) || number > 0xffff) return false;
        out = std::uint8_t(number);  // IPFIX tcpControlBits may have 16 bits; the upper ones are no flags
        return true;
    }
    std::uint8_t flags = 0;
    for (std::size_t i = 0; i < t.size(); ++i) {
        const char c = t[i];
        if (c == '.' || c == ' ' || c == '|' || c == '-' || c == '+' || c == '_') continue;
        const std::uint8_t flag = flagOfLetter(c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c);
        if (flag == 0) return false;
        flags |= flag;
        // Written out: SYN, ACK, FIN, RST, PSH, URG, ECE, CWR.
        if (i + 2 < t.size() && std::isalpha(static_cast<unsigned char>(t[i + 1])) &&
            std::isalpha(static_cast<unsigned char>(t[i + 2]))) {
            static constexpr std::string_view kNames[] = {"SYN", "ACK", "FIN", "RST", "PSH", "URG", "ECE", "CWR"};
            for (const auto name : kNames)
                if (t.substr(i, 3) == name) {
                    i += 2;
                    break;
                }
        }
    }
    out = flags;
    return true;
}

}  // namespace weir::capture::text
