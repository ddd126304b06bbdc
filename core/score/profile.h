// Score profiles (language.md 3): tests, each with a code and points.
#pragma once

#include "core/base/diagnostic.h"
#include "core/flow/filter_ast.h"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace weir::score {

struct BuiltInDef;

enum class Kind : std::uint8_t { good, bad };

/// One `group by` key; `bin` = the start time in steps of binUs (µs).
struct GroupKey {
    enum class Value : std::uint8_t { src, dst, srcPort, dstPort, protocol, bin };
    Value value = Value::dstPort;
    std::int64_t binUs = 0;
};

/// Number of GroupKey::Value members.
inline constexpr std::size_t kValues = 6;

/// Sums over the flows of a group.
struct Sums {
    std::uint64_t flows = 0, packets = 0, bytes = 0;
    /// Number of distinct values, by GroupKey::Value; 0 where no condition uses it.
    std::array<std::uint64_t, kValues> distinct{};
};
enum class Measure : std::uint8_t { flows, packets, bytes };
enum class Compare : std::uint8_t { less, lessEqual, equal, notEqual, greaterEqual, greater };

/// A condition: "flows > 1000", "packets/flows < 4", "distinct(dst ip) > 50". Exact: ratios are compared without
/// division.
struct Having {
    Measure of = Measure::flows;
    std::optional<Measure> per;
    std::optional<GroupKey::Value> distinct;  ///< used instead of `of`
    Compare compare = Compare::greater;
    double value = 0;
    bool holds(const Sums& sums) const;
};

/// A test of a profile. A record that passes it gets `code`.
struct Test {
    Kind kind = Kind::bad;
    int points = 0;
    std::string code;
    std::shared_ptr<const flow::FilterNode> filter;  ///< never null; shared, since its lists may be long. Its terms
                                                     ///< refer to `condition`, those of a built-in test to its own text
    std::vector<GroupKey> keys;                      ///< empty: flow by flow
    std::vector<Having> having;                      ///< all must hold
    const BuiltInDef* builtIn = nullptr;  ///< when set, `filter` is the built-in test's own, and there are no keys
    std::vector<double> parameters;       ///< values of the built-in test's parameters
    std::string condition;                ///< the text after `when`, as written
    std::size_t line = 0;
    std::size_t pointsAt = 0, pointsSize = 0;  ///< byte range of the points in the profile text
};

inline constexpr std::size_t kMostTests = 64;  ///< bits of a code word
inline constexpr int kMostPoints = 1'000'000;

/// A score profile: what parseProfile() returns.
struct Profile {
    std::string name;
    std::vector<flow::Heading> apply{flow::Heading::inbound};
    std::vector<Test> tests;  ///< bit i of a word = tests[i]
};

/// A parsed profile and the problems of its text.
struct ParsedProfile {
    Profile profile;          ///< meaningful only when good()
    Diagnostics diagnostics;  ///< in text order
    bool good() const;
};

/// Parses a profile. Reports all problems at once, with their positions. Cost: linear in the text.
ParsedProfile parseProfile(std::string_view text, const flow::FilterTerms& terms);

}  // namespace weir::score
