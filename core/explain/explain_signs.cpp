// The evidence for each sign of a flow, in words.
#include "core/explain/explain.h"

#include "core/base/text.h"
#include "core/flow/packet_record.h"
#include "core/profile/roles.h"
#include "core/profile/service_ports.h"

#include <algorithm>
#include <cstdio>

namespace weir::explain {
namespace {

using signs::Sign;

std::string number(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.2f", value == 0 ? 0.0 : value < 0 ? -value : value);
    return (value < 0 ? "\u2212" : "") + std::string(text);
}

/// "1 packet", "1,204 packets"
std::string counted(std::uint64_t n, std::string_view one, std::string_view many = {}) {
    std::string text = grouped(n);
    text += ' ';
    text += n == 1 || many.empty() ? one : many;
    if (n != 1 && many.empty()) text += 's';
    return text;
}

/// "14:00:12"
std::string clock(std::int64_t us) { return utcText(us).substr(11, 8); }

class Sentences {
public:
    Sentences(const flow::DerivedFlows& flows, const flow::AddressTable& addresses, std::uint32_t row, rules::Word word,
              const profile::ProfileSettings& profile, const signs::SignSettings& settings, const SignContext& context)
        : flows_(flows), roles_(flows, profile.direction), row_(row), word_(word), profile_(profile),
          settings_(settings), context_(context), hosts_(profile::explainHosts(flows, row, profile)),
          source_(addresses[roles_.remote[row]]), sourceText_(toText(source_)),
          destination_(toText(addresses[roles_.local[row]])) {}

    std::shared_ptr<const Walk> walkOf(Sign s) const {
        return s == Sign::TRWscan || s == Sign::TRWnom
                   ? std::make_shared<const Walk>(Walk{hosts_.sums, hosts_.lower, hosts_.upper})
                   : nullptr;
    }

    std::string of(Sign s) const {
        switch (s) {
            case Sign::TRWscan:
            case Sign::TRWnom: return walk();
            case Sign::HCscan: return counts();
            case Sign::Backsc: return reply();
            case Sign::GreyIP: return grey();
            case Sign::bogon: return bogon();
            case Sign::P2P: return p2p();
            case Sign::Unreach: return service();
            case Sign::Retry: return retry();
            case Sign::Onepkt: return counted(packets(), "packet");
            case Sign::Artef: return ports();
            case Sign::Large: return size();
            case Sign::PotOk: return pair();
            case Sign::InOut: return bothWays();
            case Sign::TCP:
            case Sign::UDP:
            case Sign::ICMP:
            case Sign::OTHER: break;
        }
        return "protocol " + std::to_string(protocol());
    }

private:
    bool holds(Sign s) const { return (word_ & signs::bit(s)) != 0; }
    std::uint8_t protocol() const { return flows_.protocol[row_]; }
    bool hasPorts() const { return profile::hasPorts(protocol()); }
    std::uint16_t sourcePort() const { return roles_.remotePort[row_]; }
    std::uint16_t destinationPort() const { return roles_.localPort[row_]; }
    std::uint64_t packets() const { return roles_.packets[row_]; }
    std::string noPorts() const { return "protocol " + std::to_string(protocol()) + " has no ports"; }
    std::string socket() const { return destination_ + " port " + std::to_string(destinationPort()); }
    std::string name(std::int64_t row) const {
        return context_.flowName ? context_.flowName(static_cast<std::uint32_t>(row)) : "at row " + std::to_string(row);
    }

    std::string walk() const {
        const char* verdict = hosts_.verdict == profile::Verdict::scanner   ? "scanner"
                              : hosts_.verdict == profile::Verdict::nominal ? "nominal"
                                                                            : "no verdict";
        return verdict + (": " + counted(hosts_.failures, "failure")) + ", " +
               counted(hosts_.successes, "success", "successes") + ", sum " + number(hosts_.sum) + " (bounds " +
               number(hosts_.lower) + ", " + number(hosts_.upper) + ")";
    }
    std::string counts() const {
        char ratio[32];
        std::snprintf(ratio, sizeof ratio, "%g", profile_.hcRatio);
        return counted(hosts_.bad, "local host") + " never answered, " + grouped(hosts_.good) + " did (needs " +
               grouped(profile_.hcMinBad) + ", and " + ratio + " times as many as did)";
    }
    std::string reply() const {
        if (!hasPorts()) return noPorts();
        const std::string from = std::to_string(sourcePort()), to = std::to_string(destinationPort()),
                          high = std::to_string(profile_.highPort);
        if (!profile::ServicePorts(profile_).contains(sourcePort())) return from + " is not a service port";
        if (destinationPort() < profile_.highPort) return from + " is a service port, but " + to + " < " + high;
        if (!holds(Sign::Backsc)) return from + " is a service port, but " + to + " is a local service";
        return from + " is a service port; " + to + " \u2265 " + high + " and is not a local service";
    }
    std::string grey() const {
        if (hosts_.localSent != 0) return destination_ + " sent " + counted(hosts_.localSent, "packet");
        return destination_ + " sent no packet" + (holds(Sign::GreyIP) ? "" : ", but is a group address");
    }
    std::string bogon() const {
        std::string listed = "the bogon list";
        if (context_.bogons && !context_.bogons->date.empty()) listed += " of " + context_.bogons->date;
        if (!holds(Sign::bogon)) return sourceText_ + " is not in " + listed;
        const lists::PrefixEntry* entry = context_.bogons ? lists::findEntry(*context_.bogons, source_) : nullptr;
        if (!entry) return sourceText_ + " is in " + listed;
        const std::string comment = lists::commentAt(context_.bogonText, entry->line);
        return sourceText_ + " is in " + toText(entry->prefix) + (comment.empty() ? "" : " (" + comment + ")") +
               " of " + listed;
    }
    std::string p2p() const {
        if (!hasPorts()) return noPorts();
        return socket() + ": " + counted(hosts_.p2pFlows, "peer-like two-way flow") + " with " +
               counted(hosts_.p2pRemotes, "remote host") + " (needs " + grouped(profile_.p2pMinFlows) + " with " +
               grouped(profile_.p2pMinRemotes) + ")";
    }
    std::string service() const {
        if (!hasPorts()) return noPorts();
        std::string text = socket() + ": two-way flows with " + counted(hosts_.serviceRemotes, "remote host") +
                           " (needs " + grouped(profile_.serviceMinRemotes) + ")";
        return hosts_.p2p ? text + "; the port is peer-to-peer" : text;
    }
    std::string retry() const {
        if (protocol() != flow::kTcp) return "protocol " + std::to_string(protocol()) + " is not TCP";
        const std::string gap = counted(static_cast<std::uint64_t>(profile_.retryGapUs / 1'000'000), "second");
        if (hosts_.retryOf < 0) return "no flow with the same ports ended in the " + gap + " before";
        const auto row = static_cast<std::size_t>(hosts_.retryOf);
        return "flow " + name(hosts_.retryOf) + " used the same ports and ended at " + clock(flows_.end[row]) +
               ", at most " + gap + " before";
    }
    std::string ports() const {
        if (!hasPorts()) return noPorts();
        if (sourcePort() == 0 && destinationPort() == 0) return "both ports are 0";
        return "ports " + std::to_string(sourcePort()) + " and " + std::to_string(destinationPort());
    }
    std::string size() const {
        return counted(packets(), "packet") + ", " + counted(roles_.bytes[row_], "byte") + " (needs " +
               counted(settings_.largePackets, "packet") + " or " + counted(settings_.largeBytes, "byte") + ")";
    }
    std::string scope() const { return profile_.potOkOverWindow ? "window" : "interval"; }
    std::string pair() const {
        if (hosts_.pairBiflow < 0) return "pair has no two-way flow in the " + scope();
        return "pair has biflow " + name(hosts_.pairBiflow) + " at " +
               clock(flows_.start[static_cast<std::size_t>(hosts_.pairBiflow)]) + ", same " + scope();
    }
    std::string bothWays() const {
        return "pair has " + counted(hosts_.pairIn, "one-way flow") + " this way and " + grouped(hosts_.pairOut) +
               " the other way in the window";
    }

    const flow::DerivedFlows& flows_;
    const profile::Roles roles_;
    std::uint32_t row_;
    rules::Word word_;
    const profile::ProfileSettings& profile_;
    const signs::SignSettings& settings_;
    const SignContext& context_;
    profile::HostEvidence hosts_;
    flow::IpAddr source_;
    std::string sourceText_, destination_;
};

}  // namespace

std::vector<SignLine> explainSigns(const flow::DerivedFlows& flows, const flow::AddressTable& addresses,
                                   std::uint32_t row, rules::Word word, const profile::ProfileSettings& profile,
                                   const signs::SignSettings& settings, const SignContext& context) {
    const Sentences sentences(flows, addresses, row, word, profile, settings, context);
    std::vector<SignLine> lines;
    for (const signs::SignDef& def : signs::signTable())
        lines.push_back({unsigned(def.sign), std::string(def.id), std::string(def.help),
                         (word & signs::bit(def.sign)) != 0, sentences.of(def.sign), sentences.walkOf(def.sign)});
    std::stable_partition(lines.begin(), lines.end(), [](const SignLine& l) { return l.holds; });
    return lines;
}

}  // namespace weir::explain
