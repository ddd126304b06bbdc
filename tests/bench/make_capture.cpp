// Writes a made-up packet trace for peers.sh: make_capture FILE [PACKETS] [SESSIONS] [IPV6 PER MILLE] [MOST PAYLOAD
// BYTES].
#include "tests/support/packet_generator.h"

#include <cstdio>
#include <cstdlib>

int main(int argc, char** argv) {
    if (argc < 2) {
        std::fprintf(stderr, "usage: make_capture FILE [PACKETS [SESSIONS [IPV6_PER_MILLE [PAYLOAD]]]]\n");
        return 2;
    }
    const auto number = [&](int i, unsigned long long otherwise) {
        return argc > i ? std::strtoull(argv[i], nullptr, 10) : otherwise;
    };
    weir::testing::TraceSpec spec;
    spec.packets = number(2, 20'000'000);
    spec.sessions = number(3, 0);
    spec.ipv6PerMille = static_cast<unsigned>(number(4, 0));
    spec.payload = static_cast<unsigned>(number(5, 0));
    if (!weir::testing::writeTrace(argv[1], spec)) {
        std::perror(argv[1]);
        return 1;
    }
    std::printf("%llu packets\n", static_cast<unsigned long long>(spec.packets));
    return 0;
}
