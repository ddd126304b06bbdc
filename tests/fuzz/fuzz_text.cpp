// Any bytes through every text reader and through proposals, mappings and previews: no crash, no over-read, rows of
// equal length, no more rows than lines. The first byte chooses a reader; for "csv" what stands before the first NUL is
// the mapping.
#include "core/capture/csv_mapping.h"
#include "core/capture/text_formats.h"

#include <cstdint>
#include <cstdlib>

using namespace weir;
using namespace weir::capture;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

void decodeAll(FlowFile& file) {
    flow::RecordColumns rows;
    DropCounts drops;
    flow::AddressDictionary dictionary;
    for (std::size_t p = 0; file.has(p); ++p) {
        file.decode(p, dictionary, rows, drops);
        const std::size_t n = rows.size();
        require(n <= file.partRows(p));
        flow::forEachColumn(rows, [n](flow::Col col, const auto& column) {
            require(column.size() == n || (column.empty() && isOptional(col)));
        });
        for (const auto* ids : {&rows.src, &rows.dst})
            for (const flow::HostId id : *ids)
                require(id & flow::AddressDictionary::kV6Bit
                            ? (id & ~flow::AddressDictionary::kV6Bit) < dictionary.v6().size()
                            : id < dictionary.v4().size());
        for (const auto* times : {&rows.start, &rows.end})
            for (const std::int64_t us : *times) require(us >= -kTimeLimitUs && us <= kTimeLimitUs);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    auto bytes = std::as_bytes(std::span(data + 1, size - 1));
    ReadOptions options;
    std::vector<const ReaderDef*> texts;
    for (const ReaderDef& r : readers())
        if (r.openFlows && (r.probe == text::probeMapped || r.id == "nfdump-csv" || r.id.substr(0, 4) == "zeek" ||
                            r.id == "argus" || r.id == "cicflowmeter" || r.id == "rwcut" || r.id == "ipfix-text"))
            texts.push_back(&r);
    const ReaderDef& reader = *texts[data[0] % texts.size()];
    if (reader.probe == text::probeMapped) {
        const auto all = text::textOf(bytes);
        const auto end = all.find('\0');
        if (end != std::string_view::npos) {
            options.csvMapping = std::string(all.substr(0, end));
            bytes = bytes.subspan(end + 1);
        }
        const auto mapping = parseMapping(options.csvMapping);
        if (mapping) {
            const auto again = parseMapping(toText(*mapping));
            require(again && toText(*again) == toText(*mapping));
            if (const auto plan = planOfMapping(text::textOf(bytes), *mapping)) {
                const auto shown = text::preview(text::textOf(bytes), *plan, 10, 4096);
                require(shown.records.size() == shown.lines.size() &&
                        shown.records.size() + shown.rowsRejected <= shown.rowsSeen);
            }
        }
        if (const auto proposal = proposeMapping(text::textOf(bytes))) (void)toText(proposal->mapping());
    }
    (void)reader.probe(bytes);
    const auto file = reader.openFlows(bytes, options);
    if (file)
        decodeAll(**file);
    else
        require(!file.error().detail.empty());
    return 0;
}
