// All parts, in order, with one dictionary.
#include "tests/support/flow_reading.h"

#include <algorithm>
#include <cstdlib>

namespace weir::test {
namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

std::string addressText(const flow::AddressDictionary& d, flow::HostId id) {
    const bool wide = id & flow::AddressDictionary::kV6Bit;
    const std::size_t at = id & ~flow::AddressDictionary::kV6Bit;
    require(at < (wide ? d.v6().size() : d.v4().size()));
    return flow::toText(wide ? d.v6()[at] : flow::IpAddr::v4(d.v4()[at]));
}

}  // namespace

std::string toText(const FlowRow& r) {
    std::string out = r.src + " > " + r.dst;
    for (const auto& c : flow::kColumns)
        if (c.col != flow::Col::src && c.col != flow::Col::dst && r[c.col] != 0)
            out.append(" ").append(c.ipfix).append("=").append(std::to_string(r[c.col]));
    return out;
}

std::uint64_t WholeFlowFile::dropped(std::string_view reason) const {
    for (const capture::Drop& d : drops.list())
        if (d.reason == reason) return d.count;
    return 0;
}

WholeFlowFile readFlowFile(const FileBytes& bytes, std::string_view reader, const capture::ReadOptions& options) {
    WholeFlowFile out;
    const auto all = capture::readers();
    const auto named =
        std::find_if(all.begin(), all.end(), [&](const capture::ReaderDef& r) { return r.id == reader; });
    const capture::ReaderDef* const def = reader.empty()       ? capture::bestReader(bytes.head())
                                          : named == all.end() ? nullptr
                                                               : &*named;
    if (!def || !def->openFlows) {
        out.error = "no reader of flows";
        return out;
    }
    out.reader = def->id;
    const auto file = def->openFlows(bytes, options);
    if (!file) {
        out.error = file.error().detail;
        return out;
    }
    flow::AddressDictionary dictionary;
    flow::RecordColumns r;
    for (std::size_t p = 0; (*file)->has(p); ++p) {
        (*file)->decode(p, dictionary, r, out.drops);
        const std::size_t first = out.rows.size(), n = r.size();
        require(n <= (*file)->partRows(p));
        out.rows.resize(first + n);
        flow::forEachColumn(r, [&](flow::Col col, const auto& column) {
            require(column.size() == n || (column.empty() && isOptional(col)));
            for (std::size_t i = 0; i < column.size(); ++i)
                out.rows[first + i].value[std::size_t(col)] = std::int64_t(column[i]);
        });
        for (std::size_t i = 0; i < n; ++i) {
            FlowRow& row = out.rows[first + i];
            row.src = addressText(dictionary, r.src[i]);
            row.dst = addressText(dictionary, r.dst[i]);
            row.value[std::size_t(flow::Col::src)] = row.value[std::size_t(flow::Col::dst)] = 0;
        }
    }
    out.parts = (*file)->parts();
    out.drops.merge((*file)->openDrops());
    return out;
}

WholeFlowFile readFlowText(std::string_view text, std::string_view reader, const capture::ReadOptions& options) {
    return readFlowFile(std::as_bytes(std::span(text.data(), text.size())), reader, options);
}

}  // namespace weir::test
