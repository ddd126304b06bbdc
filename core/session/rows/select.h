// Selects and orders the rows that match a filter.
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

/// The selected rows. Immutable. Keeps its snapshot alive.
struct Selection {
    SnapshotPtr snapshot;
    JudgementPtr judgement;  ///< null when class terms are not available
    Query query;
    bool all = false;                    ///< every row in natural order: `picked` is empty
    Buffer<std::uint32_t> picked;        ///< row numbers (records or derived) in shown order
    std::uint64_t count = 0, total = 0;  ///< selected rows, all rows
    /// As `count`, but a bidirectional record counts once per direction that matches (nfdump's count).
    std::uint64_t directions = 0;
    /// By index in `picked`: 1 = forward, 2 = reverse, 3 = both directions match. Empty: all directions (`all`),
    /// forward only (one-directional records, derived flows), or not recorded (sorted).
    Buffer<std::uint8_t> sides;
    std::uint64_t packets = 0, bytes = 0;  ///< of the selected directions
    std::uint32_t rowAt(std::uint64_t i) const { return all ? std::uint32_t(i) : picked[i]; }
};
using SelectionPtr = std::shared_ptr<const Selection>;

/// Selects the rows. A filter error is Errc::badFilter with the first problem as text; see checkFilter() for all with
/// positions.
Result<SelectionPtr> selectRows(SnapshotPtr snapshot, JudgementPtr judgement, const Query& query, JobContext& job);
/// All problems of a filter text (empty = valid). Fast enough for every keystroke.
Diagnostics checkFilter(const SnapshotPtr& snapshot, const JudgementPtr& judgement, std::string_view filter,
                        const Questions& questions = {});
/// A word that can continue a filter, with one line of help.
struct Completion {
    std::string text, help;
};
/// The words that can follow at byte `offset` of the text.
std::vector<Completion> completeFilter(const SnapshotPtr& snapshot, const JudgementPtr& judgement,
                                       std::string_view filter, std::size_t offset, const Questions& questions = {});

}  // namespace weir::session
