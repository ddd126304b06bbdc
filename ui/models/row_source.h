// Data source of the row view: any number of rows, fetched page by page.
#pragma once

#include "ui/code_look.h"
#include "ui/delegates/cell_paint.h"

#include <QColor>
#include <QObject>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <vector>

namespace weir::ui {

/// How a column is painted.
enum class CellKind : unsigned char { text, number, fixed, chip, codes };

/// One column of the row view.
struct RowColumn {
    QString id;  ///< stored in the project; never rename it
    QString title, help;
    CellKind kind = CellKind::text;
    double widthEm = 8;  ///< default width in widths of "0"
    bool shown = true;   ///< by default
    bool sortable = true;
};
/// Text and tone of one cell.
struct RowCell {
    QString text;
    Tone tone = Tone::normal;
};

/// GUI thread only. rowsReady() is emitted when missing rows have been fetched.
class RowSource : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    virtual const std::vector<RowColumn>& columns() const = 0;
    virtual std::uint64_t rows() const = 0;
    /// Tells which rows are on screen; called before painting them. Must return at once.
    virtual void want(std::uint64_t first, std::uint64_t n) = 0;
    /// A cell; nullptr while the row is being fetched. Valid until the next want().
    virtual const RowCell* cell(std::uint64_t row, std::size_t column) const = 0;
    /// Class names for a chip cell.
    virtual QStringList chip(std::uint64_t row, std::size_t column) const = 0;
    /// Marks for a cell of codes.
    virtual std::vector<CodeMark> codes(std::uint64_t, std::size_t) const { return {}; }

signals:
    void rowsReady();    ///< repaint
    void rowsChanged();  ///< another list: reset selection and scroll position
};

}  // namespace weir::ui
