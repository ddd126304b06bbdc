// Parsing of the values inside a filter.
#include "core/flow/filter_values.h"

#include "core/flow/lexer.h"

#include <charconv>
#include <string>

namespace weir::flow {
namespace {

/// "10.1" → "10.1.0.0", with the number of bytes given; nothing unless it is 1 to 4 decimal bytes.
std::optional<std::string> padded(std::string_view text, unsigned& given) {
    std::string full;
    given = 0;
    for (std::size_t at = 0; at <= text.size(); ++given) {
        const std::size_t dot = std::min(text.find('.', at), text.size());
        unsigned value = 0;
        const auto [end, error] = std::from_chars(text.data() + at, text.data() + dot, value);
        if (error != std::errc{} || end != text.data() + dot || value > 255 || given == 4) return {};
        if (given) full += '.';
        full += std::to_string(value);
        at = dot + 1;
    }
    for (unsigned n = given; n < 4; ++n) full += ".0";
    return full;
}

std::uint64_t factorOf(char c) {
    switch (c) {
        case 'k':
        case 'K': return 1000;
        case 'm':
        case 'M': return 1000'000;
        case 'g':
        case 'G': return 1000'000'000;
        case 't':
        case 'T': return 1000'000'000'000;
        default: return 1;
    }
}

}  // namespace

Result<std::uint64_t> parseCount(std::string_view text) {
    const auto bad = [&](std::string_view why) {
        return Error{Errc::badFilter, quoted(text).append(" ").append(why), 0};
    };
    std::string_view digits = text;
    std::uint64_t factor = 1;
    int base = 10;
    if (digits.size() > 2 && digits[0] == '0' && (digits[1] == 'x' || digits[1] == 'X')) {
        base = 16;
        digits.remove_prefix(2);
    } else if (!digits.empty() && (factor = factorOf(digits.back())) != 1) {
        digits.remove_suffix(1);
    }
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
    if (error == std::errc::result_out_of_range) return bad("does not fit into 64 bits");
    if (error != std::errc{} || end != digits.data() + digits.size())
        return bad("is not a number (digits, then k, M, G or T for factors of 1000)");
    if (value > ~std::uint64_t{0} / factor) return bad("does not fit into 64 bits");
    return value * factor;
}

Result<Prefix> parseNetwork(std::string_view text) {
    const auto bad = [&](std::string_view why) {
        return Error{Errc::badFilter, quoted(text).append(" ").append(why), 0};
    };
    const auto slash = text.find('/');
    if (slash == std::string_view::npos) return bad("has no prefix length");
    std::string full(text);
    unsigned given = 0;
    if (const auto v4 = padded(text.substr(0, slash), given)) full = *v4 + std::string(text.substr(slash));
    const auto prefix = parsePrefix(full);
    if (!prefix) return bad("is not a network");
    return *prefix;
}

std::optional<Prefix> prefixOfMask(std::string_view address, std::string_view mask) {
    const auto a = parseAddress(address), m = parseAddress(mask);
    if (!a || !m || !a->isV4() || !m->isV4()) return {};
    const std::uint32_t holes = ~m->v4Value();
    if (holes & (holes + 1)) return {};
    const int length = 32 - std::popcount(holes);
    return parsePrefix(toText(*a) + "/" + std::to_string(length));
}

std::string completedNetwork(std::string_view text) {
    unsigned given = 0;
    const auto full = padded(text, given);
    if (!full) return {};
    return *full + "/" + std::to_string(given * 8);
}

std::optional<std::uint8_t> parseFlagLetters(std::string_view letters) {
    constexpr std::string_view kLetters = "FSRPAUEC";
    constexpr unsigned kAllSix = 0x3f;
    unsigned mask = 0;
    for (const char c : letters) {
        const auto bit = kLetters.find(c);
        if (c != 'X' && bit == std::string_view::npos) return {};
        mask |= c == 'X' ? kAllSix : 1u << bit;
    }
    if (letters.empty()) return {};
    return std::uint8_t(mask);
}

std::optional<Comparison> parseComparison(std::string_view text) {
    struct Spelling {
        std::string_view text;
        Comparison comparison;
    };
    using enum Comparison;
    static constexpr Spelling kSpellings[] = {
        {"=", equal},    {"==", equal},        {"eq", equal},        {"!=", unequal},   {"ne", unequal},
        {"<", less},     {"lt", less},         {"<=", lessEqual},    {"le", lessEqual}, {">", greater},
        {"gt", greater}, {">=", greaterEqual}, {"ge", greaterEqual},
    };
    for (const Spelling& s : kSpellings)
        if (equalsIgnoringCase(s.text, text)) return s.comparison;
    return {};
}

NumberRange rangeOf(Comparison c, std::uint64_t value) {
    constexpr NumberRange kNothing{1, 0};
    switch (c) {
        case Comparison::less: return value ? NumberRange{0, value - 1} : kNothing;
        case Comparison::lessEqual: return {0, value};
        case Comparison::greater: return ~value ? NumberRange{value + 1, ~std::uint64_t{0}} : kNothing;
        case Comparison::greaterEqual: return {value, ~std::uint64_t{0}};
        case Comparison::equal:
        case Comparison::unequal: break;
    }
    return {value, value};
}

}  // namespace weir::flow
