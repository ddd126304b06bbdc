// Bad-actor records (methods.md 9) as CSV: `ip,type,reputation,action,source,time,comments`. Only ip is required; any
// other column may be missing or empty.
#include "core/lists/csv_reader.h"

#include <array>
#include <charconv>
#include <optional>
#include <utility>

namespace weir::lists {
namespace {

using Names = std::pair<unsigned, std::string_view>;
constexpr std::array<Names, 7> kTypes = {{{0x02, "botnet"},
                                          {0x04, "IRC bot"},
                                          {0x08, "Conficker"},
                                          {0x10, "router"},
                                          {0x20, "proxy"},
                                          {0x40, "darknet"},
                                          {0x80, "warez"}}};
constexpr std::array<Names, 3> kActions = {{{0x01, "drop"}, {0x02, "monitor"}, {0x04, "block"}}};
constexpr std::array<Names, 2> kSources = {{{0x01, "private"}, {0x02, "Cisco IBRS"}}};
constexpr int kUnknownReputation = -80;  ///< 0xb0 as a signed byte

/// Decimal, or hexadecimal after 0x.
std::optional<int> numberOf(std::string_view text) {
    const bool hex = text.starts_with("0x") || text.starts_with("0X");
    if (hex) text.remove_prefix(2);
    int n = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n, hex ? 16 : 10);
    if (error != std::errc{} || end != text.data() + text.size()) return {};
    return n;
}

template <std::size_t N>
std::string namesOf(unsigned flags, const std::array<Names, N>& names) {
    std::string out;
    for (const auto& [flag, name] : names)
        if (flags & flag) out.append(out.empty() ? "" : " + ").append(name);
    return out;
}

void append(std::string& all, std::string_view what, std::string_view part) {
    if (!part.empty()) all.append(all.empty() ? "" : ", ").append(what).append(part);
}

class BadActorReader final : public CsvReader {
    void readRow(std::string_view line, const std::vector<std::string>& row, Line& out) override {
        if (!readAddresses(line, field(row, "ip"), out)) return;
        const auto flags = [&](const char* name) -> unsigned {
            return unsigned(numberOf(field(row, name)).value_or(0));
        };
        for (const char* name : {"type", "reputation", "action", "source"}) {
            const std::string_view text = field(row, name);
            if (text.empty() || numberOf(text)) continue;
            out.prefixes.clear();
            return out.reject(line, line,
                              "expected a number in column " + std::string(name) + ", found `" +
                                  std::string(text.substr(0, 40)) + "`");
        }
        append(out.comment, "", namesOf(flags("type"), kTypes));
        auto reputation = numberOf(field(row, "reputation"));
        if (reputation && *reputation > 127) *reputation -= 256;  // a signed byte in the record
        if (reputation && *reputation != kUnknownReputation)
            append(out.comment, "reputation ", std::to_string(*reputation));
        append(out.comment, "action ", namesOf(flags("action"), kActions));
        append(out.comment, "source ", namesOf(flags("source"), kSources));
        append(out.comment, "", field(row, "time"));
        append(out.comment, "", field(row, "comments"));
    }
};

}  // namespace

bool beginsBadActors(std::string_view line) {
    const CsvHeader header(line);
    return header.has("ip") && (header.has("type") || header.has("reputation") || header.has("action"));
}
std::unique_ptr<LineReader> makeBadActorReader() { return std::make_unique<BadActorReader>(); }

}  // namespace weir::lists
