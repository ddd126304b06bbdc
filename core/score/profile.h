// Score profiles (language.md 3): tests that give a flow a code each, and the points of the codes.
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

/// One value that flows are grouped by; `bin` = the start time in steps of binUs.
struct GroupKey {
    enum class Value : std::uint8_t { src, dst, srcPort, dstPort, protocol, bin };
    Value value = Value::dstPort;
    std::int64_t binUs = 0;
};

/// Values there are, of either kind of use.
inline constexpr std::size_t kValues = 6;

/// Of the flows of a group.
struct Sums {
    std::uint64_t flows = 0, packets = 0, bytes = 0;
    std::array<std::uint64_t, kValues>
        distinct{};  ///< different values, by GroupKey::Value, where a condition asks for them
};
enum class Measure : std::uint8_t { flows, packets, bytes };
enum class Compare : std::uint8_t { less, lessEqual, equal, notEqual, greaterEqual, greater };

/// "flows > 1000", "packets/flows < 4", "distinct(dst ip) > 50": exact, ratios are compared without dividing.
struct Having {
    Measure of = Measure::flows;
    std::optional<Measure> per;
    std::optional<GroupKey::Value> distinct;  ///< in the place of `of`
    Compare compare = Compare::greater;
    double value = 0;
    bool holds(const Sums& sums) const;
};

struct Test {
    Kind kind = Kind::bad;
    int points = 0;
    std::string code;
    std::shared_ptr<const flow::FilterNode> filter;  ///< never null; shared, since lists in it may be long. Its terms
                                                     ///< stand in `condition`, those of a built-in test in its own text
    std::vector<GroupKey> keys;                      ///< empty: flow by flow
    std::vector<Having> having;                      ///< all must hold
    const BuiltInDef* builtIn = nullptr;             ///< then `filter` is its own, and there are no keys
    std::vector<double> parameters;                  ///< of the built-in test, one each
    std::string condition;                           ///< what stands behind `when`, as it was written
    std::size_t line = 0;
    std::size_t pointsAt = 0, pointsSize = 0;  ///< where the number of points stands in the text, bytes
};

inline constexpr std::size_t kMostTests = 64;  ///< a code word has so many bits
inline constexpr int kMostPoints = 1'000'000;

struct Profile {
    std::string name;
    std::vector<flow::Heading> apply{flow::Heading::inbound};
    std::vector<Test> tests;  ///< bit i of a word = tests[i]
};

struct ParsedProfile {
    Profile profile;          ///< meaningful only when good()
    Diagnostics diagnostics;  ///< in text order
    bool good() const;
};

/// All problems at once, with their places. Cost: linear in the text.
ParsedProfile parseProfile(std::string_view text, const flow::FilterTerms& terms);

}  // namespace weir::score
