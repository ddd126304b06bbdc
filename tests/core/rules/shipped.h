// Shipped rule texts and the 18 sign names, written here a second time on purpose: tests do not take them from the code
// they test.
#pragma once

#include <array>
#include <cstdint>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

namespace weir::test {

inline constexpr std::array<std::string_view, 18> kSigns = {
    "TRWscan", "TRWnom", "HCscan", "Backsc", "GreyIP", "bogon", "P2P", "Unreach", "Retry",
    "Onepkt",  "Artef",  "Large",  "PotOk",  "InOut",  "TCP",   "UDP", "ICMP",    "OTHER"};

inline std::string shippedRules(std::string_view name) {
    std::ifstream file(std::string(WEIR_SOURCE_DIR "/resources/rules/") + std::string(name) + ".rules",
                       std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

/// The text without its lines that carry the mark `# E5` (exclusions are marked so in the shipped sets).
inline std::string withoutExclusion(const std::string& text, const std::string& mark) {
    std::istringstream in(text);
    std::string kept, line;
    while (std::getline(in, line))
        if (line.find("# " + mark) == std::string::npos) kept += line + "\n";
    return kept;
}

inline std::uint64_t wordOf(std::string_view names) {
    std::istringstream in{std::string(names)};
    std::uint64_t word = 0;
    for (std::string name; in >> name;) {
        std::size_t bit = 0;
        while (bit < kSigns.size() && kSigns[bit] != name) ++bit;
        word |= std::uint64_t{1} << bit;
    }
    return word;
}

}  // namespace weir::test
