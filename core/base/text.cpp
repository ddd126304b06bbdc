// UTC printing and parsing, digit grouping and edit distance.
#include "core/base/text.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <vector>

namespace weir {
namespace {

std::optional<int> digits(std::string_view text, std::size_t at, std::size_t n) {
    if (at + n > text.size()) return {};
    int v = 0;
    for (std::size_t i = at; i < at + n; ++i) {
        if (!std::isdigit(static_cast<unsigned char>(text[i]))) return {};
        v = v * 10 + (text[i] - '0');
    }
    return v;
}

/// Seconds east of UTC for "Z", "+hh:mm", "-hh:mm" or nothing.
std::optional<std::int64_t> zoneSeconds(std::string_view zone) {
    if (zone.empty() || zone == "Z" || zone == "z") return 0;
    if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-') || zone[3] != ':') return {};
    const auto h = digits(zone, 1, 2), m = digits(zone, 4, 2);
    if (!h || !m || *h > 23 || *m > 59) return {};
    const std::int64_t s = std::int64_t(*h) * 3600 + *m * 60;
    return zone[0] == '-' ? -s : s;
}

}  // namespace

std::string utcText(std::int64_t us) {
    using namespace std::chrono;
    const auto t = sys_time<microseconds>(microseconds(us));
    const auto day = floor<days>(t);
    const year_month_day ymd(day);
    const auto inDay = (t - day).count();
    const auto seconds = inDay / 1000000;
    const auto fraction = inDay % 1000000;
    char text[64];
    const bool milli = fraction % 1000 == 0;
    std::snprintf(text, sizeof text,
                  milli ? "%04d-%02u-%02uT%02lld:%02lld:%02lld.%03lldZ" : "%04d-%02u-%02uT%02lld:%02lld:%02lld.%06lldZ",
                  int(ymd.year()), unsigned(ymd.month()), unsigned(ymd.day()), static_cast<long long>(seconds / 3600),
                  static_cast<long long>(seconds / 60 % 60), static_cast<long long>(seconds % 60),
                  static_cast<long long>(milli ? fraction / 1000 : fraction));
    return text;
}

std::string utcNow() {
    const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    return utcText(std::chrono::duration_cast<std::chrono::microseconds>(now.time_since_epoch()).count());
}

std::optional<std::int64_t> parseUtc(std::string_view text) {
    using namespace std::chrono;
    const auto y = digits(text, 0, 4), mo = digits(text, 5, 2), d = digits(text, 8, 2);
    if (!y || !mo || !d || text[4] != '-' || text[7] != '-') return {};
    const year_month_day date{year(*y), month(unsigned(*mo)), day(unsigned(*d))};
    if (!date.ok()) return {};
    std::int64_t us = duration_cast<microseconds>(sys_days(date).time_since_epoch()).count();
    if (text.size() == 10) return us;
    if (text[10] != 'T' && text[10] != 't' && text[10] != ' ') return {};
    const auto h = digits(text, 11, 2), mi = digits(text, 14, 2);
    if (!h || !mi || text[13] != ':' || *h > 23 || *mi > 59) return {};
    us += (std::int64_t(*h) * 3600 + *mi * 60) * 1000000;
    std::size_t at = 16;
    if (at < text.size() && text[at] == ':') {
        const auto s = digits(text, 17, 2);
        if (!s || *s > 60) return {};
        us += std::int64_t(*s) * 1000000;
        at = 19;
        if (at < text.size() && text[at] == '.') {
            std::int64_t scale = 100000;
            for (++at; at < text.size() && std::isdigit(static_cast<unsigned char>(text[at])); ++at, scale /= 10)
                us += (text[at] - '0') * scale;
        }
    }
    const auto zone = zoneSeconds(text.substr(at));
    if (!zone) return {};
    return us - *zone * 1000000;
}

std::string grouped(std::uint64_t n) {
    std::string s = std::to_string(n);
    for (std::ptrdiff_t at = std::ptrdiff_t(s.size()) - 3; at > 0; at -= 3) s.insert(std::size_t(at), 1, ',');
    return s;
}

std::size_t editDistance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t keep = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0u : 1u)});
            diagonal = keep;
        }
    }
    return row[b.size()];
}

}  // namespace weir
