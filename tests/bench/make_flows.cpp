// make_flows FILE [FLOWS] [SECONDS] [none|bz2|lz4] [IPV6-PERCENT]: a deterministic flow capture for benchmarks; --local
// prints its inside network.
#include "tests/support/nfcapd_writer.h"
#include "tests/support/traffic.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

using namespace weir::test;

int main(int argc, char** argv) {
    if (argc == 2 && std::string(argv[1]) == "--local") {
        std::puts("129.132.0.0/16");
        return 0;
    }
    if (argc < 2) {
        std::fprintf(stderr, "usage: %s FILE [FLOWS=10000000] [SECONDS=3600] [none|bz2|lz4] [IPV6-PERCENT=0]\n",
                     argv[0]);
        return 2;
    }
    TrafficShape shape;
    if (argc > 2) shape.flows = std::strtoull(argv[2], nullptr, 10);
    if (argc > 3) shape.seconds = std::strtoull(argv[3], nullptr, 10);
    NfcapdOptions options;
    const std::string how = argc > 4 ? argv[4] : "lz4";
    options.compression = how == "none"  ? NfcapdCompression::none
                          : how == "bz2" ? NfcapdCompression::bz2
                                         : NfcapdCompression::lz4;
    if (argc > 5) shape.ipv6Percent = unsigned(std::strtoul(argv[5], nullptr, 10));

    std::ofstream file(argv[1], std::ios::binary | std::ios::trunc);
    NfcapdWriter writer(file, options);
    Traffic traffic(shape);
    NfcapdRow row;
    while (traffic.next(row)) writer.add(row);
    writer.finish();
    if (!file) {
        std::fprintf(stderr, "cannot write %s\n", argv[1]);
        return 1;
    }
    return 0;
}
