// The columns of a flow record: names, types, and a visitor over them.
#pragma once

#include "core/base/buffer.h"
#include "core/flow/host_id.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <type_traits>

namespace weir::flow {

/// Numbers are stored in project files and never reused.
enum class Col : std::uint8_t {
#define WEIR_COLUMN(name, type, ipfix, unit) name,
#include "core/flow/columns.def"
#undef WEIR_COLUMN
};

/// Columns that a batch and a file leave out where they are zero throughout.
constexpr bool isOptional(Col c) { return c >= Col::reverseTcpFlags; }

/// Of one record alone: derived flows show those of their first record.
constexpr bool isPerRecordOnly(Col c) { return c >= Col::srcAs; }

struct ColumnInfo {
    Col col;
    std::string_view ipfix;  ///< IPFIX information element: the canonical column id
    std::string_view unit;
};
/// By Col.
inline constexpr auto kColumns = std::to_array<ColumnInfo>({
#define WEIR_COLUMN(name, type, ipfix, unit) {Col::name, ipfix, unit},
#include "core/flow/columns.def"
#undef WEIR_COLUMN
});
inline constexpr std::size_t kColCount = kColumns.size();

/// A set of columns.
struct ColSet {
    std::uint64_t bits = 0;
    constexpr bool has(Col c) const { return bits >> unsigned(c) & 1u; }
    constexpr ColSet with(Col c) const { return {bits | std::uint64_t{1} << unsigned(c)}; }
    friend constexpr ColSet operator|(ColSet a, ColSet b) { return {a.bits | b.bits}; }
    static constexpr ColSet first(std::size_t n) { return {(std::uint64_t{1} << n) - 1}; }
    static constexpr ColSet all() { return first(kColCount); }
    /// What every batch has: all that is not optional.
    static constexpr ColSet required() { return first(std::size_t(Col::reverseTcpFlags)); }
    /// What a meter knows of a flow: all up to reverseBytes.
    static constexpr ColSet metered() { return first(std::size_t(Col::reverseBytes) + 1); }
};
static_assert(kColCount < 64, "ColSet has a bit for every column");
constexpr ColSet cols() { return {}; }
template <class... Rest>
constexpr ColSet cols(Col c, Rest... rest) {
    return cols(rest...).with(c);
}

/// A batch of records as columns. All non-empty columns have the same length; an empty column of a non-empty batch =
/// all zero (only optional columns). Times are µs since 1970 UTC; a record may end before it starts (kept as sent).
/// ICMP records have ports 0 and 256 x type + code in icmpTypeCode.
/// Counters are as sent; samplingInterval n > 1: one of n packets was seen, so n times the counter is the estimate; 0 =
/// not sampled or not known.
struct RecordColumns {
#define WEIR_COLUMN(name, type, ipfix, unit) Buffer<type> name;
#include "core/flow/columns.def"
#undef WEIR_COLUMN

    std::size_t size() const;  ///< length of the longest column
    void resize(std::size_t n, ColSet which);
    void clear();
};

/// The members in the order of Col.
inline constexpr auto kColumnMembers = std::tuple_cat(
#define WEIR_COLUMN(name, type, ipfix, unit) std::tuple{&RecordColumns::name},
#include "core/flow/columns.def"
#undef WEIR_COLUMN
    std::tuple<>());

/// Calls fn(Col, buffer) for each column of `r`, in order.
template <class Columns, class Fn>
void forEachColumn(Columns& r, Fn&& fn) {
    std::apply(
        [&](auto... member) {
            unsigned i = 0;
            (fn(Col(i++), r.*member), ...);
        },
        kColumnMembers);
}
/// Calls fn(Col, buffer of a, buffer of b) for each column, in order.
template <class A, class B, class Fn>
void forEachColumn(A& a, B& b, Fn&& fn) {
    std::apply(
        [&](auto... member) {
            unsigned i = 0;
            (fn(Col(i++), a.*member, b.*member), ...);
        },
        kColumnMembers);
}

/// The values of the column `col`, which is of that type.
template <class T>
const Buffer<T>& columnOf(const RecordColumns& columns, Col col) {
    const Buffer<T>* found = nullptr;
    forEachColumn(columns, [&](Col at, const auto& values) {
        if constexpr (std::is_same_v<std::remove_cvref_t<decltype(values)>, Buffer<T>>)
            if (at == col) found = &values;
    });
    return *found;
}

}  // namespace weir::flow
