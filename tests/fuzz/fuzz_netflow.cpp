// Any bytes as NetFlow datagrams back to back: nothing is read beyond them, and there are no more records than they can
// hold.
#include "core/capture/export_file.h"
#include "core/capture/export_header.h"
#include "tests/fuzz/flow_file_checks.h"

using namespace weir;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto bytes = std::as_bytes(std::span(data, size));
    (void)capture::probeNetflow(bytes);
    for (const bool expected : {false, true}) (void)capture::soundExportHeader(bytes, size + size % 3, expected);
    const auto file = capture::openDatagrams(bytes, {});
    if (!file) {
        fuzzing::require(!file.error().detail.empty());
        return 0;
    }
    constexpr std::size_t kLeastRecord = 4;  // one address
    fuzzing::require(fuzzing::decodeAll(**file, size) <= size / kLeastRecord);
    return 0;
}
