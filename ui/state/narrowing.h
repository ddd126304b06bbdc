// Everything that narrows the view, as one value: filter text, time range, a combination of codes, a direction. The
// chips of the filter bar show it.
#pragma once

#include "core/score/profile.h"
#include "core/session/rows/select.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>
#include <utility>

namespace weir::ui {

/// How a new filter combines with the existing one.
enum class FilterMode : unsigned char { replace, andAlso, orElse, andNot };

/// Combines two filters, with parentheses only where needed: "(a) and (b)". With an empty `old`: `added`, or its
/// negation. Does not add a part that is already there.
QString combineFilters(const QString& old, const QString& added, FilterMode mode);

/// Direction relative to the local networks.
enum class Heading : unsigned char { any, inbound, outbound, internal, transit };
/// The word of the filter language, for example "inbound"; empty for `any`.
QString headingWord(Heading heading);
/// The direction of a word of the filter language; `any` for other words.
Heading headingOf(const QString& word);

/// A value; the default narrows nothing.
struct Narrowing {
    using Times = std::optional<std::pair<std::int64_t, std::int64_t>>;  ///< µs, [from, to)
    QString filter;
    Times times;
    QStringList codes;  ///< exactly these codes of the score profile, in its order; empty = any
    Heading heading = Heading::any;

    bool empty() const { return *this == Narrowing(); }
    /// Query with all parts except the codes, on rows of this kind in natural order.
    session::Query query(session::Rows rows) const;
    /// Query with all parts; nullopt when the profile does not have the codes.
    std::optional<session::Query> query(session::Rows rows, const score::Profile& profile) const;
    friend bool operator==(const Narrowing&, const Narrowing&) = default;
};

/// Names of the codes in a code word, in the order of the profile.
QStringList codesOfWord(const score::Profile& profile, std::uint64_t word);
/// The code word of these names; nullopt when the profile lacks one of them or `codes` is empty.
std::optional<std::uint64_t> wordOfCodes(const score::Profile& profile, const QStringList& codes);

}  // namespace weir::ui
