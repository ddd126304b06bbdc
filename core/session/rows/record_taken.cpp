// The filter, run over the record's chunk.
#include "core/session/rows/record_taken.h"

#include "core/flow/filter.h"
#include "core/flow/filter_parser.h"

#include <vector>

namespace weir::session {

Result<bool> recordTaken(const Snapshot& snapshot, std::string_view text, const flow::FilterTerms& terms,
                         std::uint32_t record, flow::Side side) {
    const flow::ParsedFilter parsed = flow::parseFilter(text, terms);
    if (!parsed.good()) return false;
    const auto filter = flow::Filter::compile(parsed.root, snapshot.records->addresses(), terms);
    if (!filter) return filter.error();
    const flow::RowPlace place = flow::placeOf(*snapshot.records, record);
    flow::RecordBatch batch(*snapshot.records, terms);
    flow::FilterScratch scratch;
    batch.open(place.chunk);
    if (side == flow::Side::reverse) {
        if (const Status s = batch.need(flow::cols(flow::Col::reversePackets)); !s) return s.error();
        const auto& packets = batch.columns().reversePackets;
        if (packets.empty() || packets[place.row] == 0) return false;
    }
    std::vector<std::uint8_t> mask(batch.size());
    if (const Status s = filter->run(batch, side, scratch, mask.data()); !s) return s.error();
    return mask[place.row] != 0;
}

}  // namespace weir::session
