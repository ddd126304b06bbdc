// What rules are evaluated on: the words of one run, and the meaning of their bits.
#pragma once

#include "core/rules/rule_set.h"
#include "core/session/project/snapshot.h"
#include "core/signs/sign_family.h"

#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace weir::session {

/// Ids of the one-way signs by bit: the built-in signs that rules can name.
inline std::span<const std::string_view> signNames() { return signs::oneWay().names; }

/// Immutable; keeps its data alive. A default-constructed basis has no flows and the built-in signs.
class SignBasis {
public:
    SignBasis();
    /// The signs of the run; until they are computed, the stored tally of the default run.
    explicit SignBasis(const SnapshotPtr& snapshot, const RunId& run = {});
    /// The same signs with the counts of a part of the flows.
    SignBasis counting(std::span<const tally::WordCount> tally, std::shared_ptr<const void> holder) const;
    /// A tally with built-in signs only.
    SignBasis(std::span<const tally::WordCount> tally, std::shared_ptr<const void> holder);

    std::span<const tally::WordCount> tally() const { return tally_; }
    const std::shared_ptr<const void>& holder() const { return holder_; }
    /// User signs that the words have, each with its bit.
    std::span<const rules::UserSign> known() const { return known_; }
    rules::Vocabulary vocabulary() const { return {signNames(), known_, terms_.get()}; }
    /// Names by bit, empty for an unused bit.
    std::vector<std::string> names() const;

private:
    std::span<const tally::WordCount> tally_;
    std::shared_ptr<const void> holder_;
    std::vector<rules::UserSign> known_;
    std::shared_ptr<const flow::FilterTerms> terms_;
};

}  // namespace weir::session
