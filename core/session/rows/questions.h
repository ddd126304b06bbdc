// Results that one window has computed besides the project, and their filter terms: a comparison, a sweep of a setting.
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
    /// The rows that a term selects. `problem` is set when the result is not of this snapshot; the answer is
    /// default-constructed for an unknown name.
    virtual flow::TermAnswer find(const Snapshot& snapshot, std::string_view keyword, std::string_view name) const = 0;
    /// Names that can follow the keyword, for completion.
    virtual std::vector<std::string> names(std::string_view keyword) const = 0;
};

/// The results of one window. They are passed along with its filters and are not part of the project: each window has
/// its own.
struct Questions {
    std::shared_ptr<const Question> comparison;  ///< terms `champion` and `challenger`; null = no comparison
    std::shared_ptr<const Question> sweep;       ///< terms `unstable` and `flips`; null = no setting was varied
    friend bool operator==(const Questions&, const Questions&) = default;
};

/// The results that a filter, or the marks of its tags, have terms of; the filter does not depend on any others.
Questions questionsIn(const Snapshot& snapshot, std::string_view filter, const Questions& questions);

}  // namespace weir::session
