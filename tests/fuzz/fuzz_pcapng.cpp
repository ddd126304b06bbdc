// Any bytes as a pcapng file: nothing is read beyond them, and every packet ends up in exactly one record.
#include "core/capture/pcapng_reader.h"
#include "tests/fuzz/packet_file_checks.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto bytes = std::as_bytes(std::span(data, size));
    (void)weir::capture::probePcapng(bytes);
    (void)weir::capture::describeUnknown(bytes);
    weir::fuzzing::readAndMeter(bytes, "pcapng", size % 2 == 1);
    return 0;
}
