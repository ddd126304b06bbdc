// Which marks take a row: for lists and exports that show tags beside rows.
#pragma once

#include "core/session/rows/marks.h"
#include "core/session/rows/select.h"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace weir::session {

/// Immutable. Memory: 4 bytes a row and mark that takes it.
class RowMarks {
public:
    /// Of the snapshot's marks; one whose filter does not hold any more takes no row. Errors: store, cancelled.
    static Result<std::shared_ptr<const RowMarks>> of(const SnapshotPtr& snapshot, const JudgementPtr& judgement,
                                                      Rows rows, JobContext& job);

    bool empty() const { return taken_.empty(); }
    /// In the order in which they were made. A record is taken when either of its directions is. Cost: a search a mark.
    std::vector<const Mark*> at(std::uint32_t row) const;

private:
    struct Taken {
        const Mark* mark;
        SelectionPtr rows;  ///< in natural order
    };
    std::shared_ptr<const std::vector<Mark>> marks_;
    std::vector<Taken> taken_;
};

/// The marks that take one record, in either direction. Cost: a chunk a mark. Errors: store.
Result<std::vector<Mark>> marksOf(const SnapshotPtr& snapshot, const JudgementPtr& judgement, std::uint32_t record);

/// Each tag once, in the order of the marks.
std::vector<std::string> tagsOf(std::span<const Mark* const> marks);
/// The notes that are not empty, each once.
std::vector<std::string> notesOf(std::span<const Mark* const> marks);

}  // namespace weir::session
