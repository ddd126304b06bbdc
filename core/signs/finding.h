// One flow with the numbers behind its signs, as their explanations read it.
#pragma once

#include "core/base/text.h"
#include "core/flow/address_table.h"
#include "core/flow/derived_flows.h"
#include "core/lists/list.h"
#include "core/profile/profile.h"
#include "core/profile/roles.h"
#include "core/signs/sign_settings.h"
#include "core/signs/sign_word.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace weir::signs {

/// Makes the sentences richer; all of it may be left out.
struct SignContext {
    const lists::List* bogons = nullptr;                            ///< for the entry and its date
    std::string_view bogonText;                                     ///< that list's text: the comment of the entry
    std::function<std::string(std::uint32_t derivedRow)> flowName;  ///< flow-id of a derived row
};

/// Reads one judged flow. Refers to what it is given, which must outlive it. Cost of construction: a scan of the flow's
/// window, and one of all flows.
class Finding {
public:
    /// REQUIRES: the row is a one-way flow of the profile's direction.
    Finding(const flow::DerivedFlows& flows, const flow::AddressTable& addresses, std::uint32_t row, SignWord word,
            const profile::ProfileSettings& profile, const SignSettings& settings, const SignContext& context);

    bool holds(unsigned bit) const { return (word_ >> bit & 1) != 0; }
    std::uint8_t protocol() const { return flows_.protocol[row_]; }
    bool hasPorts() const { return profile::hasPorts(protocol()); }
    std::uint16_t sourcePort() const { return roles_.remotePort[row_]; }
    std::uint16_t destinationPort() const { return roles_.localPort[row_]; }
    std::uint64_t packets() const { return roles_.packets[row_]; }
    std::uint64_t bytes() const { return roles_.bytes[row_]; }
    const flow::IpAddr& source() const { return source_; }
    const std::string& destinationText() const { return destination_; }
    const profile::HostEvidence& hosts() const { return hosts_; }
    const profile::ProfileSettings& profile() const { return profile_; }
    const SignSettings& settings() const { return settings_; }
    const SignContext& context() const { return context_; }

    /// "protocol 1"
    std::string protocolText() const;
    /// "protocol 1 has no ports"
    std::string noPorts() const { return protocolText() + " has no ports"; }
    /// "10.20.1.25 port 80"
    std::string socketText() const { return destination_ + " port " + std::to_string(destinationPort()); }
    /// The flow-id of a derived row, or "at row 12" without a context.
    std::string flowName(std::int64_t row) const;
    /// "14:00:12", UTC
    std::string startClock(std::int64_t row) const;
    std::string endClock(std::int64_t row) const;
    /// The scope in which PotOk looks for a two-way flow: "interval" or "window".
    std::string pairScope() const { return profile_.potOkOverWindow ? "window" : "interval"; }
    /// "no verdict: 1 failure, 1 success, sum 0.00 (bounds −4.60, 5.29)"
    std::string walkText() const;

private:
    const flow::DerivedFlows& flows_;
    const profile::Roles roles_;
    std::uint32_t row_;
    SignWord word_;
    const profile::ProfileSettings& profile_;
    const SignSettings& settings_;
    const SignContext& context_;
    profile::HostEvidence hosts_;
    flow::IpAddr source_;
    std::string destination_;
};

/// "2", "1.5"
std::string shortNumber(double value);
/// "1 packet", "1,204 packets"; `many` for plurals without s.
std::string counted(std::uint64_t n, std::string_view one, std::string_view many = {});

}  // namespace weir::signs
