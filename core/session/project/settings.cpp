// The table of settings: one line each, with text conversion, used by dialogs, --set and stored runs alike.
#include "core/session/project/settings.h"

#include "core/base/text.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

namespace weir::session {
namespace {

/// The whole text as a number within [lo, hi].
template <class T>
bool parseNumber(std::string_view text, T lo, T hi, T& out) {
    const auto v = wholeNumber<T>(text);
    if (!v || !(*v >= lo) || !(*v <= hi)) return false;
    out = *v;
    return true;
}

std::string numberText(double v) {
    char text[32];
    std::snprintf(text, sizeof text, "%.10g", v);
    return text;
}

std::string secondsText(std::int64_t us) { return numberText(double(us) / 1e6); }

bool parseSeconds(std::string_view text, double lo, double hi, std::int64_t& us) {
    double seconds = 0;
    if (!parseNumber(text, lo, hi, seconds)) return false;
    us = std::llround(seconds * 1e6);
    return true;
}

bool parseBool(std::string_view text, bool& out) {
    const bool yes = text == "true" || text == "1" || text == "on" || text == "yes";
    if (!yes && text != "false" && text != "0" && text != "off" && text != "no") return false;
    out = yes;
    return true;
}

std::vector<std::string_view> splitList(std::string_view text) {
    std::vector<std::string_view> out;
    while (!text.empty()) {
        const auto end = text.find_first_of(", ");
        if (end != 0) out.push_back(text.substr(0, end));
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    }
    return out;
}

std::string exclusionsText(const Settings& s) {
    std::string out;
    for (const auto& e : s.cleaning.exclude) out += (out.empty() ? "" : ", ") + meter::toText(e);
    return out;
}

bool setExclusions(Settings& s, std::string_view text) {
    std::vector<meter::Exclusion> exclusions;
    while (!text.empty()) {
        const std::string_view part = text.substr(0, text.find(','));
        text.remove_prefix(std::min(text.size(), part.size() + 1));
        if (part.find_first_not_of(' ') == std::string_view::npos) continue;
        const auto exclusion = meter::parseExclusion(part);
        if (!exclusion) return false;
        exclusions.push_back(*exclusion);
    }
    s.cleaning.exclude = std::move(exclusions);
    return true;
}

std::string localText(const Settings& s) {
    std::string out;
    for (const auto& p : s.pairing.local) out += (out.empty() ? "" : ", ") + flow::toText(p);
    return out;
}

bool setLocal(Settings& s, std::string_view text) {
    std::vector<flow::Prefix> prefixes;
    for (const auto part : splitList(text)) {
        const auto p = flow::parsePrefix(part);
        if (!p) return false;
        prefixes.push_back(*p);
    }
    s.pairing.local = std::move(prefixes);
    return true;
}

bool setMebibytes(std::uint64_t& target, std::string_view text) {
    std::uint64_t mebibytes = 0;
    if (!parseNumber<std::uint64_t>(text, 1, 1u << 20, mebibytes)) return false;
    target = mebibytes << 20;
    return true;
}

std::string listText(const std::vector<std::uint16_t>& ports) {
    std::string out;
    for (const auto p : ports) out += (out.empty() ? "" : ", ") + std::to_string(p);
    return out;
}

bool setPortList(std::vector<std::uint16_t>& target, std::string_view text) {
    std::vector<std::uint16_t> ports;
    for (const auto part : splitList(text)) {
        std::uint16_t port = 0;
        if (!parseNumber<std::uint16_t>(part, 1, 65535, port)) return false;
        ports.push_back(port);
    }
    target = std::move(ports);
    return true;
}

// Each setting is two captureless lambdas; S is the settings, T the text.
#define WEIR_GET(expr) [](const Settings& s) -> std::string { return expr; }
#define WEIR_SET(expr) [](Settings& s, std::string_view t) -> bool { return expr; }

// clang-format off
constexpr auto kSettings = std::to_array<SettingDef>({
    {"local", "Local networks", "prefixes of the local side, comma-separated; every direction depends on them", "", "S", Redo::flows,
     WEIR_GET(localText(s)), WEIR_SET(setLocal(s, t))},
    {"capture.export-ports", "Export ports", "UDP ports on which NetFlow, IPFIX and sFlow datagrams are expected inside packet traces; on other ports only unambiguous datagrams count", "", "S", Redo::packets,
     WEIR_GET(listText(s.capture.exportPorts)), WEIR_SET(setPortList(s.capture.exportPorts, t))},
    {"capture.inner-flows", "Inner flows", "meter the datagrams inside GRE, VXLAN, Geneve, GTP-U, Teredo and IP-in-IP instead of the tunnel itself", "", "S", Redo::packets,
     WEIR_GET(s.capture.innerFlows ? "true" : "false"), WEIR_SET(parseBool(t, s.capture.innerFlows))},
    {"capture.most-unpacked", "Max unpacked size", "a .gz .bz2 .xz .zst or .lz4 file is read up to this unpacked size; the rest is skipped and counted", "MiB", "I", Redo::packets,
     WEIR_GET(std::to_string(s.capture.mostUnpacked >> 20)), WEIR_SET(setMebibytes(s.capture.mostUnpacked, t))},
    {"meter.active", "Active timeout", "a flow that lasts longer is split into several records", "s", "I", Redo::packets,
     WEIR_GET(secondsText(s.meter.activeTimeoutUs)), WEIR_SET(parseSeconds(t, 1, 86400, s.meter.activeTimeoutUs))},
    {"meter.idle", "Idle timeout", "a flow that is silent for longer ends", "s", "I", Redo::packets,
     WEIR_GET(secondsText(s.meter.idleTimeoutUs)), WEIR_SET(parseSeconds(t, 0.001, 86400, s.meter.idleTimeoutUs))},
    {"clean.duplicates", "Remove duplicates", "when several exporters report the same packets, flows use only one of their records; all stay in the list of records", "", "R", Redo::flows,
     WEIR_GET(s.cleaning.removeDuplicates ? "true" : "false"), WEIR_SET(parseBool(t, s.cleaning.removeDuplicates))},
    {"clean.gap", "Duplicate gap", "duplicates of a record start at most this far apart", "s", "I", Redo::flows,
     WEIR_GET(secondsText(s.cleaning.duplicateGapUs)), WEIR_SET(parseSeconds(t, 0, 3600, s.cleaning.duplicateGapUs))},
    {"clean.exclude", "Exclusions", "measurement artefacts excluded from flow building: prefixes, ports or both, comma-separated, as in 192.0.2.7 udp/123, tcp/8080", "", "R", Redo::flows,
     WEIR_GET(exclusionsText(s)), WEIR_SET(setExclusions(s, t))},
    {"pairing.interval", "Interval", "length of a time bin, counted from 1970 UTC; defragmentation and pairing work inside one bin", "s", "S", Redo::flows,
     WEIR_GET(secondsText(s.pairing.intervalUs)), WEIR_SET(parseSeconds(t, 1, 86400, s.pairing.intervalUs))},
    {"pairing.across-intervals", "Pair across intervals", "a one-way flow cut at a bin edge whose answer lies in the neighbour bin is two-way", "", "I", Redo::flows,
     WEIR_GET(s.pairing.acrossIntervals ? "true" : "false"), WEIR_SET(parseBool(t, s.pairing.acrossIntervals))},
    {"window.bins", "Window W", "number of intervals over which a host is judged: the current one and those before it", "intervals", "S", Redo::signs,
     WEIR_GET(std::to_string(s.profile.windowBins)), WEIR_SET(parseNumber<std::int32_t>(t, 1, 1000000, s.profile.windowBins))},
    {"trw.theta0", "TRW theta 0", "probability that a benign host's contact succeeds", "", "F", Redo::signs,
     WEIR_GET(numberText(s.profile.trwTheta0)), WEIR_SET(parseNumber(t, 0.01, 0.99, s.profile.trwTheta0))},
    {"trw.theta1", "TRW theta 1", "probability that a scanner's contact succeeds", "", "F", Redo::signs,
     WEIR_GET(numberText(s.profile.trwTheta1)), WEIR_SET(parseNumber(t, 0.01, 0.99, s.profile.trwTheta1))},
    {"trw.alpha", "TRW false positives", "limit on the share of benign hosts called scanners", "", "S", Redo::signs,
     WEIR_GET(numberText(s.profile.trwAlpha)), WEIR_SET(parseNumber(t, 1e-9, 0.5, s.profile.trwAlpha))},
    {"trw.detection", "TRW detection rate", "target share of scanners that are found", "", "F", Redo::signs,
     WEIR_GET(numberText(s.profile.trwDetection)), WEIR_SET(parseNumber(t, 0.5, 0.999999, s.profile.trwDetection))},
    {"trw.skip-replies", "TRW skips replies", "flows that look like backscatter and have TCP reply flags do not count as contacts", "", "I", Redo::signs,
     WEIR_GET(s.profile.trwSkipTcpReplies ? "true" : "false"), WEIR_SET(parseBool(t, s.profile.trwSkipTcpReplies))},
    {"hc.min-bad", "HC failed hosts", "minimum number of distinct local hosts, all with failed contacts only, for a scanner", "hosts", "R", Redo::signs,
     WEIR_GET(std::to_string(s.profile.hcMinBad)), WEIR_SET(parseNumber<std::uint32_t>(t, 1, 1000000, s.profile.hcMinBad))},
    {"hc.ratio", "HC ratio", "minimum ratio of failed hosts to good ones for a scanner", "", "R", Redo::signs,
     WEIR_GET(numberText(s.profile.hcRatio)), WEIR_SET(parseNumber(t, 0.0, 1e6, s.profile.hcRatio))},
    {"service.min-remotes", "Service remotes", "a local socket is a service if at least this many distinct remote hosts have a two-way flow with it", "hosts", "F", Redo::signs,
     WEIR_GET(std::to_string(s.profile.serviceMinRemotes)), WEIR_SET(parseNumber<std::uint32_t>(t, 1, 1000000, s.profile.serviceMinRemotes))},
    {"p2p.min-flows", "P2P flows", "minimum number of candidate flows that make a local port P2P", "flows", "F", Redo::signs,
     WEIR_GET(std::to_string(s.profile.p2pMinFlows)), WEIR_SET(parseNumber<std::uint32_t>(t, 1, 1000000, s.profile.p2pMinFlows))},
    {"p2p.min-remotes", "P2P remotes", "minimum number of distinct remote hosts among the candidate flows", "hosts", "I", Redo::signs,
     WEIR_GET(std::to_string(s.profile.p2pMinRemotes)), WEIR_SET(parseNumber<std::uint32_t>(t, 1, 1000000, s.profile.p2pMinRemotes))},
    {"ports.high", "First high port", "ports below it are system ports", "", "F", Redo::signs,
     WEIR_GET(std::to_string(s.profile.highPort)), WEIR_SET(parseNumber<std::uint16_t>(t, 1, 65535, s.profile.highPort))},
    {"ports.service", "Other service ports", "ports from the first high port on that count as service ports for Backsc", "", "I", Redo::signs,
     WEIR_GET(listText(s.profile.servicePorts)), WEIR_SET(setPortList(s.profile.servicePorts, t))},
    {"potok.over-window", "PotOk over the window", "a two-way flow of the host pair counts within W, not only within the interval", "", "F", Redo::signs,
     WEIR_GET(s.profile.potOkOverWindow ? "true" : "false"), WEIR_SET(parseBool(t, s.profile.potOkOverWindow))},
    {"retry.gap", "Retry gap", "a TCP 5-tuple reused within this time is a retry (2 × MSL)", "s", "I", Redo::signs,
     WEIR_GET(secondsText(s.profile.retryGapUs)), WEIR_SET(parseSeconds(t, 0, 86400, s.profile.retryGapUs))},
    {"large.packets", "Large: packets", "minimum number of packets of a Large flow", "packets", "R", Redo::signs,
     WEIR_GET(std::to_string(s.signs.largePackets)), WEIR_SET(parseNumber<std::uint64_t>(t, 2, 1ull << 40, s.signs.largePackets))},
    {"large.bytes", "Large: bytes", "or minimum number of bytes, in more than one packet", "bytes", "R", Redo::signs,
     WEIR_GET(std::to_string(s.signs.largeBytes)), WEIR_SET(parseNumber<std::uint64_t>(t, 1, 1ull << 50, s.signs.largeBytes))},
    {"community-id.seed", "Community ID seed", "use the same seed in all tools that should give a flow the same ID", "", "S", Redo::nothing,
     WEIR_GET(std::to_string(s.communitySeed)), WEIR_SET(parseNumber<std::uint16_t>(t, 0, 65535, s.communitySeed))},
});
// clang-format on
#undef WEIR_GET
#undef WEIR_SET

consteval bool idsAreUnique() {
    for (std::size_t i = 0; i < kSettings.size(); ++i)
        for (std::size_t j = i + 1; j < kSettings.size(); ++j)
            if (kSettings[i].id == kSettings[j].id) return false;
    return true;
}
static_assert(idsAreUnique(), "setting ids are stored in project files");

}  // namespace

std::span<const SettingDef> settingTable() { return kSettings; }

const SettingDef* findSetting(std::string_view id) {
    for (const SettingDef& d : kSettings)
        if (d.id == id) return &d;
    return nullptr;
}

std::string toJson(const Settings& s) {
    nlohmann::ordered_json out = nlohmann::ordered_json::object();
    for (const SettingDef& d : kSettings) out[std::string(d.id)] = d.get(s);
    return out.dump();
}

Settings settingsFromJson(std::string_view json) {
    Settings s;
    const auto parsed = nlohmann::json::parse(json, nullptr, false);
    if (!parsed.is_object()) return s;
    for (const auto& [id, value] : parsed.items())
        if (const SettingDef* d = findSetting(id); d && value.is_string())
            (void)d->set(s, value.get_ref<const std::string&>());
    return s;
}

}  // namespace weir::session
