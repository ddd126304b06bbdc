// The columns of the flow list: one line each, with the text that people read and the filter for a cell.
#pragma once

#include "core/session/rows/row_marks.h"
#include "core/session/rows/row_reader.h"
#include "core/session/rows/select.h"
#include "ui/models/row_source.h"
#include "ui/state/workbench.h"

#include <optional>
#include <span>

namespace weir::ui {

/// What formatting needs besides the row. Used on worker threads; immutable.
struct UnstableFlows;

struct FlowText {
    session::SelectionPtr selection;
    Zone zone = Zone::utc;
    bool showDate = false;                           ///< the data spans more than one day
    std::shared_ptr<const session::RowMarks> marks;  ///< nullptr = none, or not loaded yet
    std::shared_ptr<const UnstableFlows> unstable;   ///< nullptr = no sweep

    const session::JudgementPtr& judgement() const { return selection->judgement; }
    /// Names of all classes that claim the row; empty when it is not classified.
    QStringList classesOf(const session::RowData& row) const;
    /// Number of values of a swept setting under which the row has another class; 0 = none, or not swept.
    std::uint32_t flipsOf(const session::RowData& row) const;
    QString captureName(std::uint32_t source) const;
};

/// One column: static data, one line of the table in flow_columns.cpp.
struct FlowColumn {
    const char* id;
    const char* title;
    const char* help;
    CellKind kind;
    double widthEm;
    bool shown;
    std::optional<session::Field> sort;
    QString (*text)(const session::RowData&, const FlowText&);  ///< for people
    QString (*raw)(const session::RowData&, const FlowText&);   ///< for copies: no separators, RFC 3339 UTC
    QString (*filter)(const session::RowData&,
                      const FlowText&);  ///< filter for rows with this value; nullptr or empty = none
};
/// All columns, in default order.
std::span<const FlowColumn> flowColumns();
/// The same columns for the row view, translated.
std::vector<RowColumn> flowRowColumns();

}  // namespace weir::ui
