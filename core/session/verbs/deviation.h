// Verb: compares two time ranges of a project, or two projects, under one rule set.
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

/// A set of start times: [from, to), or its complement. By default all times.
struct Period {
    std::int64_t fromUs = INT64_MIN, toUs = INT64_MAX;
    bool outside = false;

    bool always() const { return fromUs == INT64_MIN && toUs == INT64_MAX; }
    bool holds(std::int64_t us) const { return (fromUs <= us && us < toUs) != outside; }
    /// Filter for exactly its flows; empty = all.
    std::string filter() const;
    friend bool operator==(const Period&, const Period&) = default;
};
/// The first half of the time span; its complement is the second half. REQUIRES: `flows` is not empty.
Period firstHalf(const flow::DerivedFlows& flows);
/// Parses "FROM/TO" (RFC 3339 times, either may be omitted) or "all". Errors: usage.
Result<Period> parsePeriod(std::string_view text);

/// The one-way flows of a period by their signs. Immutable.
struct Population {
    tally::Tally tally;
    std::vector<rules::UserSign> known;  ///< user signs that the words have, each with its bit
    /// Total length (µs) of the pairing intervals in the period that have flows of any kind.
    std::int64_t observedUs = 0;
};
/// The population of a period. Cost: one pass over start times and words. Errors: notFound (no signs of the run
/// yet, or no flow in the period), cancelled.
Result<Population> populationOf(const Snapshot& snapshot, const Period& period, const RunId& run, JobContext& job);

/// Two populations under one rule set. Immutable.
struct FlowComparison {
    rules::Parsed parsed;
    std::vector<std::string> missing;  ///< user signs that a population was not evaluated for: they match no flow there
    std::int64_t baselineUs = 0, nowUs = 0;  ///< observed
    classify::Classification was, is;        ///< in the words of `parsed`
    compare::Deviation deviation;
    bool good() const { return parsed.good(); }
};
/// Compares the populations. Words are matched by sign names. Expected numbers are proportional to the observed time.
/// Cost: words x rules.
FlowComparison compareFlows(std::string_view rules, const Population& baseline, const Population& now);

/// Names of the settings that affect flows or signs and differ, except local networks.
std::vector<std::string> differingSettings(const Settings& a, const Settings& b);

}  // namespace weir::session
