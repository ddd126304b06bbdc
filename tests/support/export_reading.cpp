// The loop every flow reader test needs.
#include "tests/support/export_reading.h"

namespace weir::testing {

std::uint64_t WholeFlows::dropped(std::string_view reason) const {
    for (const capture::Drop& d : drops.list())
        if (d.reason == reason) return d.count;
    return 0;
}

std::uint64_t WholeFlows::at(flow::Col col, std::size_t row) const {
    std::uint64_t v = 0;
    flow::forEachColumn(rows, [&](flow::Col c, const auto& values) {
        if (c == col && !values.empty()) v = std::uint64_t(values[row]);
    });
    return v;
}

WholeFlows readFlows(capture::FlowFile& file) {
    WholeFlows all;
    flow::AddressDictionary dictionary;
    flow::RecordColumns part;
    const auto address = [&](flow::HostId id) {
        if (id & flow::AddressDictionary::kV6Bit) return dictionary.v6()[id & ~flow::AddressDictionary::kV6Bit];
        return flow::IpAddr::v4(dictionary.v4()[id]);
    };
    for (std::size_t p = 0; file.has(p); ++p) {
        file.decode(p, dictionary, part, all.drops);
        const std::size_t before = all.size(), n = part.src.size();
        flow::forEachColumn(all.rows, part, [&](flow::Col, auto& into, const auto& from) {
            if (into.empty() && from.empty()) return;
            if (into.empty()) into.assign(before, 0);
            into.append(from.span());
            if (from.empty())
                for (std::size_t i = 0; i < n; ++i) into.push_back(0);
        });
        for (std::size_t i = 0; i < n; ++i) {
            all.src.push_back(address(part.src[i]));
            all.dst.push_back(address(part.dst[i]));
        }
    }
    all.drops.merge(file.openDrops());
    all.exporters = file.exporters();
    return all;
}

WholeFlows readFlows(const FileBytes& bytes, const capture::ReadOptions& options) {
    WholeFlows none;
    const capture::ReaderDef* const reader = capture::bestReader(bytes.head());
    if (!reader) {
        none.error = capture::describeUnknown(bytes.head());
        return none;
    }
    JobContext job;
    if (reader->isTrace()) {
        const auto found = capture::openTraceExports(bytes, *reader, options, job);
        if (found) return readFlows(*found->file);
        none.error = found.error().detail;
        return none;
    }
    const auto file = reader->openFlows(bytes, options);
    if (file) return readFlows(**file);
    none.error = file.error().detail;
    return none;
}

}  // namespace weir::testing
