// What narrows the view, as one value: filter text, time range, a combination of codes, a direction. The chips of the
// filter bar show it.
#pragma once

#include "core/score/profile.h"
#include "core/session/rows/select.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>
#include <utility>

namespace weir::ui {

enum class FilterMode : unsigned char { replace, andAlso, orElse, andNot };

/// "(a) and (b)" with parentheses only where they are needed; an empty `old` gives `added` (or its negation). What is
/// there already is not added twice.
QString combineFilters(const QString& old, const QString& added, FilterMode mode);

/// As seen from the local networks.
enum class Heading : unsigned char { any, inbound, outbound, internal, transit };
/// "inbound", as the filter language has it; empty for any.
QString headingWord(Heading heading);
Heading headingOf(const QString& word);

struct Narrowing {
    using Times = std::optional<std::pair<std::int64_t, std::int64_t>>;  ///< µs, [from, to)
    QString filter;
    Times times;
    QStringList codes;  ///< exactly these codes of the score profile, in its order; empty = any
    Heading heading = Heading::any;

    bool empty() const { return *this == Narrowing(); }
    /// All parts but the codes, over rows of that kind in natural order.
    session::Query query(session::Rows rows) const;
    /// All parts. Nothing where the profile does not have the codes.
    std::optional<session::Query> query(session::Rows rows, const score::Profile& profile) const;
    friend bool operator==(const Narrowing&, const Narrowing&) = default;
};

/// Names of the codes of a word, in the profile's order.
QStringList codesOfWord(const score::Profile& profile, std::uint64_t word);
/// Nothing where the profile lacks one of them, or without codes.
std::optional<std::uint64_t> wordOfCodes(const score::Profile& profile, const QStringList& codes);

}  // namespace weir::ui
