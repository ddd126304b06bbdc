// Any bytes as an export datagram of a trace, sFlow above all: nothing is read beyond them, and every record that the
// index promises is decoded.
#include "core/capture/export_rows.h"
#include "tests/fuzz/flow_file_checks.h"

using namespace weir;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto bytes = std::as_bytes(std::span(data, size));
    const std::size_t wire = size + size % 3;
    for (const bool expected : {false, true}) (void)capture::soundExportHeader(bytes, wire, expected);
    const auto header = capture::readExportHeader(bytes, wire);
    if (!header) return 0;
    capture::ExportIndex index(bytes);
    index.add({bytes, wire, {}, 0, 1'600'000'000'000'000}, *header);
    index.finish();
    std::size_t promised = 0;
    Buffer<capture::DataSet> sets;
    index.take([&](const capture::DataSet& set) {
        promised += set.rows;
        sets.push_back(set);
    });
    flow::RecordColumns rows;
    capture::DropCounts drops;
    flow::AddressDictionary dictionary;
    capture::decodeSets(bytes, sets.span(), index.samplers(), dictionary, rows, drops);
    fuzzing::require(rows.size() + drops.damaged() == promised);
    return 0;
}
