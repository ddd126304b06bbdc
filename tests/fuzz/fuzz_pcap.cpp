// Any bytes as a pcap file: nothing is read beyond them, and every packet ends up in exactly one record.
#include "core/capture/pcap_reader.h"
#include "tests/fuzz/packet_file_checks.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto bytes = std::as_bytes(std::span(data, size));
    (void)weir::capture::probePcap(bytes);
    (void)weir::capture::describeUnknown(bytes);
    weir::fuzzing::readAndMeter(bytes, "pcap", size % 2 == 1);
    return 0;
}
