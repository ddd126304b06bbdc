// Each call creates a detection module of its own, which takes about 10 ms.
#include "core/label/ndpi_networks.h"

#include "core/flow/host_bits.h"

#include <arpa/inet.h>
#include <cstdlib>
#include <memory>
#include <new>

// The C headers of the library do not compile cleanly under our warnings.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpedantic"
#pragma GCC diagnostic ignored "-Wold-style-cast"
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
extern "C" {
#include <ndpi_api.h>
}
#pragma GCC diagnostic pop

namespace weir::label {
namespace {

struct Close {
    void operator()(ndpi_detection_module_struct* module) const { ndpi_exit_detection_module(module); }
};
using Module = std::unique_ptr<ndpi_detection_module_struct, Close>;

/// The library does not check the result of malloc.
void* allocateOrThrow(std::size_t bytes) {
    void* const p = std::malloc(bytes);
    if (!p) throw std::bad_alloc();
    return p;
}

Module openModule() {
    static const bool once = (set_ndpi_malloc(allocateOrThrow), true);
    (void)once;
    return Module(ndpi_init_detection_module(ndpi_init_prefs(ndpi_dont_load_tor_hosts) |
                                             ndpi_init_prefs(ndpi_dont_init_libgcrypt)));
}

constexpr std::size_t kBlock = 65536;  ///< hosts between two checks for cancel

}  // namespace

std::string ndpiVersion() { return ndpi_revision(); }

Result<std::vector<std::uint16_t>> ndpiOperators(const flow::AddressTable& addresses,
                                                 std::span<const std::uint8_t> hostBits, JobContext& job) {
    const Module module = openModule();
    if (!module) return Error{Errc::io, "libndpi could not be set up", 0};
    std::vector<std::uint16_t> out(addresses.size(), 0);
    for (std::size_t host = 0; host < out.size(); ++host) {
        if (host % kBlock == 0 && !job.step(host, out.size(), "looking up networks", "hosts")) return cancelledError();
        const flow::IpAddr address = addresses[flow::HostId(host)];
        if (!address.isV4() || (host < hostBits.size() && (hostBits[host] & flow::kLocalHost))) continue;
        in_addr pin{htonl(address.v4Value())};
        out[host] = ndpi_network_ptree_match(module.get(), &pin);
    }
    return out;
}

std::string ndpiName(std::uint16_t number) {
    const Module module = openModule();
    return module ? ndpi_get_proto_name(module.get(), number) : std::string();
}

}  // namespace weir::label
