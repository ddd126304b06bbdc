// replay_exports PCAP PORT DATAGRAMS-A-SECOND: sends the UDP payloads of a trace that make_exports wrote to 127.0.0.1
// at an even rate.
#include "core/base/mapped_file.h"
#include "core/capture/packet_decode.h"
#include "core/capture/pcap_reader.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>

using namespace weir;

int main(int argc, char** argv) {
    using Clock = std::chrono::steady_clock;
    if (argc != 4) {
        std::fprintf(stderr, "usage: %s PCAP PORT DATAGRAMS-A-SECOND\n", argv[0]);
        return 2;
    }
    const auto file = MappedFile::open(argv[1]);
    if (!file) return 1;
    const auto frames = capture::openPcap(file->bytes());
    const int socket = ::socket(AF_INET, SOCK_DGRAM, 0);
    if (!frames || socket < 0) return 1;
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(std::uint16_t(std::atoi(argv[2])));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const double rate = std::atof(argv[3]);
    const auto begin = Clock::now();
    std::uint64_t sent = 0, failed = 0;
    std::array<capture::Frame, 64> batch;
    while (const std::size_t n = (*frames)->next(batch)) {
        for (const capture::Frame& frame : std::span(batch).first(n)) {
            capture::PacketView ip;
            if (frame.link(frame.bytes, ip) != capture::Decoded::ip) continue;
            const capture::PacketView payload = capture::udpPayload(ip);
            failed += ::sendto(socket, payload.data(), payload.captured(), 0, reinterpret_cast<const sockaddr*>(&to),
                               sizeof to) < 0;
            ++sent;
        }
        while (std::chrono::duration<double>(Clock::now() - begin).count() < double(sent) / rate) {
        }
    }
    std::printf("{\"datagrams\": %llu, \"failed\": %llu, \"seconds\": %.3f}\n", static_cast<unsigned long long>(sent),
                static_cast<unsigned long long>(failed), std::chrono::duration<double>(Clock::now() - begin).count());
    ::close(socket);
    return 0;
}
