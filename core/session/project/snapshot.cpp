// See snapshot.h.
#include "core/session/project/snapshot.h"

namespace weir::session {

const tally::Tally* Snapshot::inboundTally() const {
    if (const auto& in = signs[std::size_t(flow::Direction::in)]) return &in->tally;
    return storedTally.get();
}

const SignData* activeSigns(const Snapshot& snapshot) {
    for (const auto d : {flow::Direction::in, flow::Direction::out})
        if (const auto& signs = snapshot.signs[std::size_t(d)]) return signs.get();
    return nullptr;
}

}  // namespace weir::session
