// Service ports: those below the first high port, and those in the user's list.
#pragma once

#include "core/profile/settings.h"

#include <bitset>
#include <cstdint>

namespace weir::profile {

/// The set of service ports. 8 KiB.
class ServicePorts {
public:
    explicit ServicePorts(const ProfileSettings& s) {
        for (std::size_t port = 0; port < s.highPort; ++port) ports_.set(port);
        for (const std::uint16_t port : s.servicePorts) ports_.set(port);
    }
    bool contains(std::uint16_t port) const { return ports_[port]; }

private:
    std::bitset<65536> ports_;
};

}  // namespace weir::profile
