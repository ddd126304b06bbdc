// Tests that filters cannot express: `when test NAME [key=value …]`.
#pragma once

#include "core/base/diagnostic.h"
#include "core/flow/address_table.h"
#include "core/score/rows.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace weir::score {

/// State of a built-in test over all records that its filter matches. Not thread-safe: each thread fills an object of
/// its own; merge() combines them.
class BuiltIn {
public:
    virtual ~BuiltIn() = default;
    /// Columns that add(), counts() and evidence() read.
    virtual flow::ColSet columns() const = 0;
    virtual void add(const Rows& rows) = 0;
    /// REQUIRES: `other` is of the same test; it is left empty.
    virtual void merge(BuiltIn& other) = 0;
    /// Call once after the last record. The result does not depend on the order of the records.
    virtual void judge() = 0;
    /// True when the row gets the code. REQUIRES: judge() was called, and the row was passed to add().
    virtual bool counts(const flow::RecordColumns& columns, flow::Side side, std::size_t row) const = 0;
    /// One line that says what was measured. REQUIRES: counts() is true for the row.
    virtual std::string evidence(const flow::RecordColumns& columns, flow::Side side, std::size_t row,
                                 const flow::AddressTable& addresses) const = 0;
};

enum class Unit : std::uint8_t {
    count,  ///< 12, 50M
    ratio,  ///< 0.1
    time,   ///< 30s, 5m, 1h, 1d: µs
    word    ///< one of `words`: its index
};

/// A parameter of a built-in test. Limits and values are in units of `unit`.
struct Parameter {
    std::string_view name;
    Unit unit = Unit::count;
    std::string_view initial;  ///< the default, as a profile spells it
    double least = 0, most = 0;
    std::string_view help;
    std::span<const std::string_view> words = {};
};

/// A built-in test: one entry of the registry.
struct BuiltInDef {
    std::string_view name;
    std::string_view filter;  ///< records that the test sees
    std::string_view help;    ///< one line: which records get the code
    /// Why a record that the test saw does not get the code: "its contacts are too few or too irregular".
    std::string_view lacks;
    std::span<const Parameter> parameters;
    std::unique_ptr<BuiltIn> (*make)(std::span<const double> values);  ///< one value per parameter
};

/// All built-in tests.
std::span<const BuiltInDef* const> builtIns();
const BuiltInDef* findBuiltIn(std::string_view name);  ///< ignores case; nullptr = no such test

/// Parses the value after `=`; nullopt when it is malformed or outside the limits.
std::optional<double> parameterValue(const Parameter& parameter, std::string_view text);
/// For error messages: "a time within the limits, such as 10s".
std::string expectedValue(const Parameter& parameter);

}  // namespace weir::score
