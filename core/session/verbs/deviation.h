// Verb: two time ranges of a project, or two projects, under one rule set.
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/compare/deviation.h"
#include "core/rules/rule_set.h"
#include "core/session/project/project.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace weir::session {

/// When flows start: in [from, to), or at any other time. By default always.
struct Period {
    std::int64_t fromUs = INT64_MIN, toUs = INT64_MAX;
    bool outside = false;

    bool always() const { return fromUs == INT64_MIN && toUs == INT64_MAX; }
    bool holds(std::int64_t us) const { return (fromUs <= us && us < toUs) != outside; }
    /// Takes exactly its flows; empty = any. Whole words of the filter language.
    std::string filter() const;
    friend bool operator==(const Period&, const Period&) = default;
};
/// From the first start to half of the time; what is outside of it is the second half. `flows` has rows.
Period firstHalf(const flow::DerivedFlows& flows);
/// "FROM/TO" as RFC 3339 times, either end may be missing; "all". Errors (usage).
Result<Period> parsePeriod(std::string_view text);

/// The one-way flows of a period by their signs. Immutable.
struct Population {
    tally::Tally tally;
    std::vector<rules::UserSign> known;  ///< user signs that the words have, each with its bit
    std::int64_t observedUs =
        0;  ///< time within the period during which the project has flows of any kind, in steps of the pairing interval
};
/// Errors: notFound (no signs of the direction yet, or no flow of any kind in the period), cancelled. Cost: one pass
/// over start and words.
Result<Population> populationOf(const Snapshot& snapshot, const Period& period, flow::Direction direction,
                                JobContext& job);

struct FlowComparison {
    rules::Parsed parsed;
    std::vector<std::string> missing;  ///< user signs that a population was not asked for: they hold nowhere there
    std::int64_t baselineUs = 0, nowUs = 0;  ///< observed
    classify::Classification was, is;        ///< in the words of `parsed`
    compare::Deviation deviation;
    bool good() const { return parsed.good(); }
};
/// Words are brought together by the names of signs. What is expected goes by observed time. Cost: words x rules.
FlowComparison compareFlows(std::string_view rules, const Population& baseline, const Population& now);

/// Settings that decide flows or signs and differ, by their names; local networks are left out.
std::vector<std::string> differingSettings(const Settings& a, const Settings& b);

}  // namespace weir::session
