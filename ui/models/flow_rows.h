// The rows of a selection for the row view: pages are fetched and formatted on a worker, and a few are cached.
#pragma once

#include "core/session/rows/row_reader.h"
#include "core/session/rows/select.h"
#include "ui/jobs/job_runner.h"
#include "ui/models/flow_columns.h"

#include <QHash>

#include <memory>
#include <vector>

namespace weir::ui {

/// GUI thread only; holds a few pages, whatever the size of the selection.
class FlowRows final : public RowSource {
    Q_OBJECT
public:
    FlowRows(JobList& jobs, QObject* parent);
    /// Sets the selection; nullptr = no rows. The old rows stay visible until the new ones are loaded.
    void setSelection(session::SelectionPtr selection);
    void setZone(Zone zone);
    void setUnstable(std::shared_ptr<const UnstableFlows> unstable);
    /// Sets the snapshot for the columns Tags and Notes. Marks are looked up in the background when anything they
    /// depend on has changed.
    void setMarks(const session::SnapshotPtr& snapshot);
    const session::SelectionPtr& selection() const { return text_.selection; }
    const FlowText& text() const { return text_; }
    /// Data of a row; nullptr while it is being fetched.
    const session::RowData* data(std::uint64_t row) const;

    const std::vector<RowColumn>& columns() const override { return columns_; }
    std::uint64_t rows() const override { return text_.selection ? text_.selection->count : 0; }
    void want(std::uint64_t first, std::uint64_t n) override;
    const RowCell* cell(std::uint64_t row, std::size_t column) const override;
    QStringList chip(std::uint64_t row, std::size_t column) const override;
    std::vector<CodeMark> codes(std::uint64_t row, std::size_t column) const override;

private:
    struct Row {
        session::RowData data;
        std::vector<RowCell> cells;
        QStringList classes;
    };
    using Page = std::vector<Row>;
    static Page format(const std::vector<session::RowData>& rows, const FlowText& text);
    void fetch(std::uint64_t page);
    const Row* find(std::uint64_t row) const;
    void showMarks(std::shared_ptr<const session::RowMarks> marks);

    std::vector<RowColumn> columns_;
    FlowText text_;
    CodeLook look_;
    std::shared_ptr<session::RowReader> reader_;  ///< used by the lane's one thread only
    JobRunner lane_, marking_;
    /// The inputs that the marks in text_ were looked up with.
    struct Marked {
        std::shared_ptr<const void> marks, records, flows, scores, judgement;
        session::Rows rows{};
        bool operator==(const Marked&) const = default;
    } marked_;
    QHash<std::uint64_t, Page> pages_;
    std::uint64_t wantFirst_ = 0, wantLast_ = 0;
    bool old_ = false;  ///< pages_ belong to the previous selection
};

}  // namespace weir::ui
