// The marks that match each row, for lists and exports that show tags with rows.
#pragma once

#include "core/session/rows/marks.h"
#include "core/session/rows/select.h"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace weir::session {

/// The marks of all rows. Immutable. Memory: 4 bytes per mark and matching row.
class RowMarks {
public:
    /// Evaluates the snapshot's marks; one whose filter is no longer valid matches no row. Errors: store, cancelled.
    static Result<std::shared_ptr<const RowMarks>> of(const SnapshotPtr& snapshot, const JudgementPtr& judgement,
                                                      Rows rows, JobContext& job);

    bool empty() const { return taken_.empty(); }
    /// The marks of a row, oldest first. A record matches if either of its directions does. Cost: one search per mark.
    std::vector<const Mark*> at(std::uint32_t row) const;

private:
    struct Taken {
        const Mark* mark;
        SelectionPtr rows;  ///< in natural order
    };
    std::shared_ptr<const std::vector<Mark>> marks_;
    std::vector<Taken> taken_;
};

/// The marks that match one record, in either direction. Cost: decodes one chunk per mark. Errors: store.
Result<std::vector<Mark>> marksOf(const SnapshotPtr& snapshot, const JudgementPtr& judgement, std::uint32_t record);

/// Each tag once, in the order of the marks.
std::vector<std::string> tagsOf(std::span<const Mark* const> marks);
/// The notes that are not empty, each once.
std::vector<std::string> notesOf(std::span<const Mark* const> marks);

}  // namespace weir::session
