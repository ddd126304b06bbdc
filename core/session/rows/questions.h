// What one window has computed beside the project, and what its filters can name of it: a comparison, a sweep of a
// setting.
#pragma once

#include "core/flow/filter_terms.h"
#include "core/session/project/snapshot.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace weir::session {

/// A result with filter terms of its own, such as `champion "Malicious Scanning"`. Immutable.
class Question {
public:
    virtual ~Question() = default;
    /// The rows that a term selects. `problem` is set where the result is not of this snapshot; the answer is all
    /// default where there is no such name.
    virtual flow::TermAnswer find(const Snapshot& snapshot, std::string_view keyword, std::string_view name) const = 0;
    /// Names that can follow the keyword, for completion.
    virtual std::vector<std::string> names(std::string_view keyword) const = 0;
};

/// The results of one window. They travel with its filters, not with the project: another window has others.
struct Questions {
    std::shared_ptr<const Question> comparison;  ///< terms `champion` and `challenger`; null = nothing is compared
    std::shared_ptr<const Question> sweep;       ///< terms `unstable` and `flips`; null = no setting was tried
    friend bool operator==(const Questions&, const Questions&) = default;
};

/// Those that a filter, or the mark of a tag in it, has terms of: a filter without such terms does not depend on them.
Questions questionsIn(const Snapshot& snapshot, std::string_view filter, const Questions& questions);

}  // namespace weir::session
