// make_csv FILE [FLOWS] [IPV6-PERCENT]: the traffic of make_flows as CSV with ten IPFIX-named columns, for the
// comparison with DuckDB.
#include "tests/support/traffic.h"

#include <cstdio>
#include <cstdlib>
#include <string>

using namespace weir::test;

int main(int argc, char** argv) {
    if (argc < 2) {
        std::fprintf(stderr, "usage: %s FILE [FLOWS=10000000] [IPV6-PERCENT=0]\n", argv[0]);
        return 2;
    }
    TrafficShape shape;
    if (argc > 2) shape.flows = std::strtoull(argv[2], nullptr, 10);
    if (argc > 3) shape.ipv6Percent = unsigned(std::strtoul(argv[3], nullptr, 10));
    std::FILE* const file = std::fopen(argv[1], "wb");
    if (!file) {
        std::perror(argv[1]);
        return 1;
    }
    std::fputs(
        "flowStartMilliseconds,flowEndMilliseconds,sourceIPv4Address,destinationIPv4Address,sourceTransportPort,"
        "destinationTransportPort,"
        "protocolIdentifier,tcpControlBits,packetDeltaCount,octetDeltaCount\n",
        file);
    Traffic traffic(shape);
    NfcapdRow row;
    std::string line;
    while (traffic.next(row)) {
        line.clear();
        const auto put = [&](std::uint64_t v, char end) { line.append(std::to_string(v)).push_back(end); };
        put(row.firstMs, ',');
        put(row.lastMs, ',');
        line.append(weir::flow::toText(row.src)).append(",").append(weir::flow::toText(row.dst)).append(",");
        put(row.srcPort, ',');
        put(row.dstPort, ',');
        put(row.protocol, ',');
        put(row.tcpFlags, ',');
        put(row.packets, ',');
        put(row.bytes, '\n');
        std::fwrite(line.data(), 1, line.size(), file);
    }
    if (std::fclose(file) != 0) {
        std::perror(argv[1]);
        return 1;
    }
    return 0;
}
