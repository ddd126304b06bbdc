// A table of any number of rows: only the rows on screen are fetched, measured and painted.
#pragma once

#include "ui/models/row_source.h"
#include "ui/row_selection.h"
#include "ui/text/quick_text.h"

#include <QAbstractScrollArea>
#include <QJsonObject>

#include <cstdint>
#include <memory>

class QHeaderView;
class QStandardItemModel;

namespace weir::ui {

/// Row positions are 64-bit; the scroll bar scales them when there are more rows than an int can count. Memory does not
/// grow with the number of rows.
class RowView final : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit RowView(QWidget* parent = nullptr);
    ~RowView() override;
    void setSource(RowSource* source);  ///< not owned; nullptr = none
    QHeaderView* header() const { return header_; }

    std::uint64_t topRow() const { return top_; }
    void scrollTo(std::uint64_t row);  ///< scrolls as little as needed to show the row
    void setTopRow(std::uint64_t row);
    std::uint64_t pageRows() const;  ///< whole rows on screen
    bool hasCurrent() const { return hasCurrent_; }
    std::uint64_t currentRow() const { return current_; }
    void setCurrentRow(std::uint64_t row);
    const RowSelection& selected() const { return selected_; }
    /// Column of the last click or right click, -1 = none.
    int clickedColumn() const { return clickedColumn_; }

    QJsonObject columnState() const;  ///< order, widths, hidden columns
    void restoreColumns(const QJsonObject& state);
    void showSort(int column, bool descending);
    void chooseColumns(const QPoint& global);  ///< the header's menu

signals:
    void currentChanged(std::uint64_t row);
    void activated(std::uint64_t row);  ///< double click or Enter
    void sortRequested(int column, bool descending);
    void menuRequested(const QPoint& global);
    void columnsChanged();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void changeEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool viewportEvent(QEvent* event) override;

private:
    void buildHeader();
    void measure();
    void updateBars();
    void moveBy(std::int64_t rows, Qt::KeyboardModifiers modifiers);
    void moveTo(std::uint64_t row, Qt::KeyboardModifiers modifiers);
    void announce();
    std::uint64_t rowAt(int y) const;  ///< may be past the end
    std::uint64_t rowCount() const { return source_ ? source_->rows() : 0; }
    std::uint64_t lastTop() const;
    int lineHeight() const;

    RowSource* source_ = nullptr;
    QHeaderView* header_;
    QStandardItemModel* columnModel_;
    std::unique_ptr<QuickText> normal_, fixed_;
    RowSelection selected_;
    std::uint64_t top_ = 0, current_ = 0, anchor_ = 0;
    std::uint64_t scale_ = 1;  ///< rows per step of the scroll bar
    bool hasCurrent_ = false, movingBar_ = false;
    int wheelRest_ = 0, clickedColumn_ = -1;
};

}  // namespace weir::ui
