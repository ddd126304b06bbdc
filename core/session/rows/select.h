// Which rows match a filter, in which order.
#pragma once

#include "core/base/diagnostic.h"
#include "core/base/job.h"
#include "core/base/result.h"
#include "core/session/evidence/judge.h"
#include "core/session/project/snapshot.h"
#include "core/session/rows/query.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace weir::session {

/// Immutable. Keeps the snapshot it was made on alive.
struct Selection {
    SnapshotPtr snapshot;
    JudgementPtr judgement;  ///< null when class terms are not available
    Query query;
    bool all = false;                    ///< every row in natural order: `picked` stays empty
    Buffer<std::uint32_t> picked;        ///< row numbers (records or derived) in shown order
    std::uint64_t count = 0, total = 0;  ///< rows taken, rows there are
    std::uint64_t directions =
        0;  ///< as `count`, but a bidirectional record counts once per direction that matches (nfdump's count)
    /// By place: 1 = forward, 2 = reverse, 3 = both directions match. Empty: every direction there is of the rows taken
    /// (`all`), forward only (one-directional records, derived flows), or not kept (sorted).
    Buffer<std::uint8_t> sides;
    std::uint64_t packets = 0, bytes = 0;  ///< of the directions taken
    std::uint32_t rowAt(std::uint64_t i) const { return all ? std::uint32_t(i) : picked[i]; }
};
using SelectionPtr = std::shared_ptr<const Selection>;

/// Filter errors come back as diagnostics with Errc::badFilter in the Result's error text; see checkFilter for
/// positions.
Result<SelectionPtr> selectRows(SnapshotPtr snapshot, JudgementPtr judgement, const Query& query, JobContext& job);
/// All problems of a filter text (empty = good). Cheap enough for every keystroke.
Diagnostics checkFilter(const SnapshotPtr& snapshot, const JudgementPtr& judgement, std::string_view filter,
                        const Questions& questions = {});
/// Words that can stand at `offset` of the text (for completion), with a one-line help each.
struct Completion {
    std::string text, help;
};
std::vector<Completion> completeFilter(const SnapshotPtr& snapshot, const JudgementPtr& judgement,
                                       std::string_view filter, std::size_t offset, const Questions& questions = {});

}  // namespace weir::session
