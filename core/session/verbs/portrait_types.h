// Subject and content of a portrait.
#pragma once

#include "core/flow/address.h"

#include <array>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace weir::session {

/// The subject of a portrait is the near end of its records: the host; the end with the port; the destination of
/// records with the codes.
struct HostSubject {
    flow::IpAddr address;
    friend bool operator==(const HostSubject&, const HostSubject&) = default;
};
/// A port at either end.
struct PortSubject {
    std::uint16_t port = 0;  ///< for ICMP: 256 x type + code, as in filters
    friend bool operator==(const PortSubject&, const PortSubject&) = default;
};
/// A combination of codes.
struct CodesSubject {
    std::uint64_t word = 0;  ///< exactly these codes of the snapshot's scores
    friend bool operator==(const CodesSubject&, const CodesSubject&) = default;
};
using PortraitSubject = std::variant<HostSubject, PortSubject, CodesSubject>;

/// Amounts in one direction.
struct PortraitSums {
    std::uint64_t flows = 0, packets = 0, bytes = 0;  ///< flows: directions of records with packets
    void add(std::uint64_t p, std::uint64_t b) {
        ++flows;
        packets += p;
        bytes += b;
    }
};
/// The largest values by flows, and the number of values.
struct PortraitList {
    struct Line {
        std::string value;           ///< an address, "22/tcp", "3.1/icmp"
        PortraitSums toNear, toFar;  ///< as the near end received and sent
        std::string about;           ///< "DE, AS64496 Example", or empty
    };
    std::vector<Line> lines;
    std::uint64_t count = 0;
};

/// Peers, ports, times, codes and classes of a subject.
struct Portrait {
    static constexpr std::size_t kBins = 60;  ///< bins of the time line
    static constexpr std::size_t kMost = 10;  ///< lines of a list

    std::string filter;  ///< matches the records of the portrait
    PortraitSums toNear, toFar;
    std::int64_t first = 0, last = 0;  ///< of the earliest and latest record, µs; both 0 without records
    std::int64_t from = 0, binUs = 0;  ///< the time line: the time span of all data in kBins steps
    std::array<std::uint64_t, kBins> toNearAt{}, toFarAt{};  ///< flows that start in a step
    PortraitList nearHosts, farHosts;                        ///< nearHosts: one line for a host
    PortraitList nearPorts, farPorts;  ///< for a port subject, one line; ports of the responding ends
    PortraitList countries, systems;   ///< of the far hosts, if the project has databases
    struct Targets {
        std::uint64_t hosts = 0, least = 0, most = 0;  ///< flows per target; 0 without targets
        double mean = 0;
    } targets;  ///< for a host: destinations that it sent to; else the near ends that received
    struct Found {
        std::string name;
        std::uint64_t flows = 0;
    };
    std::vector<Found> codes, classes;  ///< most flows first; empty when not computed
    std::string about;                  ///< of a host: "DE, AS64496 Example"
    std::vector<std::string> lists;     ///< of a host: "is in line 12 of @alienvault of 2026-10-13"
};

}  // namespace weir::session
