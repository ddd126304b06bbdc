// The columns of the flow list: one line each, with the text a person reads and the filter a cell stands for.
#pragma once

#include "core/session/rows/row_marks.h"
#include "core/session/rows/row_reader.h"
#include "core/session/rows/select.h"
#include "ui/models/row_source.h"
#include "ui/state/workbench.h"

#include <optional>
#include <span>

namespace weir::ui {

/// What formatting needs beside the row. Used on worker threads: nothing in it changes.
struct UnstableFlows;

struct FlowText {
    session::SelectionPtr selection;
    Zone zone = Zone::utc;
    bool showDate = false;                           ///< the data spans more than one day
    std::shared_ptr<const session::RowMarks> marks;  ///< nullptr = none, or on their way
    std::shared_ptr<const UnstableFlows> unstable;   ///< nullptr = nothing was swept

    const session::JudgementPtr& judgement() const { return selection->judgement; }
    /// Names of all classes that claim the row; empty when it is not classified.
    QStringList classesOf(const session::RowData& row) const;
    /// Values of a swept setting under which the row has another class; 0 = it is sure, or not known.
    std::uint32_t flipsOf(const session::RowData& row) const;
    QString captureName(std::uint32_t source) const;
};

struct FlowColumn {
    const char* id;
    const char* title;
    const char* help;
    CellKind kind;
    double widthEm;
    bool shown;
    std::optional<session::Field> sort;
    QString (*text)(const session::RowData&, const FlowText&);    ///< for people
    QString (*raw)(const session::RowData&, const FlowText&);     ///< for copies: no separators, RFC 3339 UTC
    QString (*filter)(const session::RowData&, const FlowText&);  ///< rows like this one; nullptr or empty = none
};
std::span<const FlowColumn> flowColumns();
/// The same as the row view wants them, translated.
std::vector<RowColumn> flowRowColumns();

}  // namespace weir::ui
