// See snapshot.h.
#include "core/session/project/snapshot.h"

#include <algorithm>

namespace weir::session {

const std::shared_ptr<const SignData>& Snapshot::signs(const RunId& run) const {
    static const std::shared_ptr<const SignData> kNone;
    const auto found = std::ranges::find_if(runs, [&](const auto& data) { return data->run == run; });
    return found == runs.end() ? kNone : *found;
}

void Snapshot::setSigns(std::shared_ptr<const SignData> data) {
    std::erase_if(runs, [&](const auto& old) { return old->run == data->run; });
    runs.push_back(std::move(data));
}

const tally::Tally* Snapshot::tally() const {
    const auto& data = signs();
    return data ? &data->tally : storedTally.get();
}

const SignData* activeSigns(const Snapshot& snapshot) {
    if (const auto& data = snapshot.signs()) return data.get();
    return snapshot.runs.empty() ? nullptr : snapshot.runs.front().get();
}

}  // namespace weir::session
