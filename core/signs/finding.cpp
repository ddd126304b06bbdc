// See finding.h.
#include "core/signs/finding.h"

#include <cstdio>

namespace weir::signs {
namespace {

std::string number(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.2f", value == 0 ? 0.0 : value < 0 ? -value : value);
    return (value < 0 ? "\u2212" : "") + std::string(text);
}

std::string clock(std::int64_t us) { return utcText(us).substr(11, 8); }

}  // namespace

std::string shortNumber(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%g", value);
    return text;
}

std::string counted(std::uint64_t n, std::string_view one, std::string_view many) {
    std::string text = grouped(n);
    text += ' ';
    text += n == 1 || many.empty() ? one : many;
    if (n != 1 && many.empty()) text += 's';
    return text;
}

Finding::Finding(const flow::DerivedFlows& flows, const flow::AddressTable& addresses, std::uint32_t row, SignWord word,
                 const profile::ProfileSettings& profile, const SignSettings& settings, const SignContext& context)
    : flows_(flows), roles_(flows, profile.direction), row_(row), word_(word), profile_(profile), settings_(settings),
      context_(context), hosts_(profile::explainHosts(flows, row, profile)), source_(addresses[roles_.remote[row]]),
      destination_(toText(addresses[roles_.local[row]])) {}

std::string Finding::protocolText() const { return "protocol " + std::to_string(protocol()); }

std::string Finding::flowName(std::int64_t row) const {
    return context_.flowName ? context_.flowName(static_cast<std::uint32_t>(row)) : "at row " + std::to_string(row);
}

std::string Finding::startClock(std::int64_t row) const { return clock(flows_.start[static_cast<std::size_t>(row)]); }
std::string Finding::endClock(std::int64_t row) const { return clock(flows_.end[static_cast<std::size_t>(row)]); }

std::string Finding::walkText() const {
    const char* verdict = hosts_.verdict == profile::Verdict::scanner   ? "scanner"
                          : hosts_.verdict == profile::Verdict::nominal ? "nominal"
                                                                        : "no verdict";
    return verdict + (": " + counted(hosts_.failures, "failure")) + ", " +
           counted(hosts_.successes, "success", "successes") + ", sum " + number(hosts_.sum) + " (bounds " +
           number(hosts_.lower) + ", " + number(hosts_.upper) + ")";
}

}  // namespace weir::signs
