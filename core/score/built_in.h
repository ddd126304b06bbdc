// Tests that no filter can say: `when test NAME [key=value …]`.
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

/// What a test made of all records that took part. Filled by one thread, or by several into one each that are merged
/// then.
class BuiltIn {
public:
    virtual ~BuiltIn() = default;
    /// What add(), counts() and evidence() read of records.
    virtual flow::ColSet columns() const = 0;
    virtual void add(const Rows& rows) = 0;
    /// REQUIRES: `other` is of the same test. It is empty afterwards.
    virtual void merge(BuiltIn& other) = 0;
    /// After the last record. The same for any order of the records.
    virtual void judge() = 0;
    /// The row gets the code. REQUIRES judge(), and that the row took part.
    virtual bool counts(const flow::RecordColumns& columns, flow::Side side, std::size_t row) const = 0;
    /// What was measured, for people. REQUIRES that the row counts.
    virtual std::string evidence(const flow::RecordColumns& columns, flow::Side side, std::size_t row,
                                 const flow::AddressTable& addresses) const = 0;
};

enum class Unit : std::uint8_t {
    count,  ///< 12, 50M
    ratio,  ///< 0.1
    time,   ///< 30s, 5m, 1h, 1d: µs
    word    ///< one of some: its place among them
};

struct Parameter {
    std::string_view name;
    Unit unit = Unit::count;
    std::string_view initial;  ///< as it would be written
    double least = 0, most = 0;
    std::string_view help;
    std::span<const std::string_view> words = {};
};

struct BuiltInDef {
    std::string_view name;
    std::string_view filter;  ///< records that take part
    std::string_view help;    ///< one line: who gets the code
    std::string_view
        lacks;  ///< of a record that took part and does not get it: "its contacts are too few or too irregular"
    std::span<const Parameter> parameters;
    std::unique_ptr<BuiltIn> (*make)(std::span<const double> values);  ///< one value a parameter
};

std::span<const BuiltInDef* const> builtIns();
const BuiltInDef* findBuiltIn(std::string_view name);  ///< in any case; nullptr = no such test

/// A value as it stands behind `=`; nothing when it is no such value or out of bounds.
std::optional<double> parameterValue(const Parameter& parameter, std::string_view text);
/// "a time from 1s to 30d, such as 10s"
std::string expectedValue(const Parameter& parameter);

}  // namespace weir::score
