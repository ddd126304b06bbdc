// Lines of a list's head, recognised by their first words.
#include "core/lists/list_head.h"

#include "core/lists/line_format.h"

#include <array>
#include <cctype>
#include <charconv>

namespace weir::lists {
namespace {

constexpr std::string_view kSourceKeys[] = {"source", "list source url"};
constexpr std::string_view kDateKeys[] = {"date", "last update", "last updated", "updated", "source file date"};
constexpr std::string_view kLicenceKeys[] = {"licence", "license"};

char lower(char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; }

bool beginsWith(std::string_view text, std::string_view key) {
    if (text.size() < key.size()) return false;
    for (std::size_t i = 0; i < key.size(); ++i)
        if (lower(text[i]) != key[i]) return false;
    return true;
}

/// The value after `key` and a colon; a blank is enough if `colonNeeded` is false.
std::string_view valueOf(std::string_view comment, std::string_view key, bool colonNeeded) {
    if (!beginsWith(comment, key)) return {};
    std::string_view rest = comment.substr(key.size());
    if (rest.empty() || (rest.front() != ':' && rest.front() != ' ' && rest.front() != '\t')) return {};
    rest = trimmed(rest);
    if (rest.starts_with(':')) return trimmed(rest.substr(1));
    return colonNeeded ? std::string_view() : rest;
}

template <std::size_t N>
void take(std::string_view comment, const std::string_view (&keys)[N], std::string& out) {
    if (!out.empty()) return;
    for (const std::string_view key : keys)
        if (const std::string_view value = valueOf(comment, key, true); !value.empty()) {
            out = value;
            return;
        }
}

struct Day {
    int year = 0, month = 0, day = 0;
};
std::string dayText(const Day& d) {
    if (d.year < 1990 || d.year > 2199 || d.month < 1 || d.month > 12 || d.day < 1 || d.day > 31) return {};
    const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return std::to_string(d.year) + "-" + two(d.month) + "-" + two(d.day);
}

bool isDigit(char c) { return c >= '0' && c <= '9'; }

std::string isoDay(std::string_view text) {
    constexpr std::string_view kShape = "dddd-dd-dd";
    for (std::size_t at = 0; at + kShape.size() <= text.size(); ++at) {
        bool fits = at == 0 || !isDigit(text[at - 1]);
        for (std::size_t i = 0; fits && i < kShape.size(); ++i)
            fits = kShape[i] == 'd' ? isDigit(text[at + i]) : text[at + i] == kShape[i];
        if (!fits) continue;
        const auto number = [&](std::size_t from, std::size_t n) {
            int v = 0;
            std::from_chars(text.data() + at + from, text.data() + at + from + n, v);
            return v;
        };
        return dayText({number(0, 4), number(5, 2), number(8, 2)});
    }
    return {};
}

/// A month by its name; the first numbers that can be the day and the year, and are no part of a time.
std::string namedDay(std::string_view text) {
    constexpr std::string_view kMonths = "janfebmaraprmayjunjulaugsepoctnovdec";
    Day d;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        while (end < text.size() && std::isalnum(static_cast<unsigned char>(text[end]))) ++end;
        const std::string_view word = text.substr(at, end - at);
        at = end + 1;
        if (word.empty()) continue;
        if (isDigit(word.front())) {
            int n = 0;
            const auto [last, error] = std::from_chars(word.data(), word.data() + word.size(), n);
            if (error != std::errc{} || last != word.data() + word.size()) continue;
            const bool partOfTime = (end < text.size() && text[end] == ':') ||
                                    (word.data() > text.data() && (word.data()[-1] == ':' || word.data()[-1] == '+'));
            if (word.size() == 4 && d.year == 0 && !partOfTime)
                d.year = n;
            else if (word.size() <= 2 && d.day == 0 && !partOfTime)
                d.day = n;
        } else if (word.size() >= 3 && d.month == 0) {
            const char three[3] = {lower(word[0]), lower(word[1]), lower(word[2])};
            const auto found = kMonths.find(std::string_view(three, 3));
            if (found != std::string_view::npos && found % 3 == 0) d.month = int(found / 3) + 1;
        }
    }
    return dayText(d);
}

}  // namespace

std::string findDay(std::string_view text) {
    std::string iso = isoDay(text);
    return iso.empty() ? namedDay(text) : iso;
}

void readHead(std::string_view comment, Provenance& out) {
    take(comment, kSourceKeys, out.source);
    take(comment, kLicenceKeys, out.licence);
    if (!out.date.empty()) return;
    for (const std::string_view key : kDateKeys)
        if (const std::string_view value = valueOf(comment, key, key == "date"); !value.empty()) {
            const std::string day = findDay(value);
            if (!day.empty() || key == "date") out.date = day.empty() ? std::string(value) : day;
            if (!out.date.empty()) return;
        }
}

}  // namespace weir::lists
