// The Flows panel: every row that the chips of the filter bar leave, in a list that scrolls at any length.
#include "ui/actions.h"
#include "ui/jobs/job_runner.h"
#include "ui/models/flow_copy.h"
#include "ui/models/flow_rows.h"
#include "ui/row_view.h"
#include "ui/rule_jumps.h"
#include "ui/state/workbench.h"
#include "ui/text/format.h"
#include "ui/view.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>
#include <QToolButton>

#include <algorithm>
#include <optional>

namespace weir::ui {
namespace {

constexpr std::uint64_t kMostCopied = 100'000;  ///< rows a copy may hold

constexpr std::size_t kMostTagged = 200;  ///< rows that are named one by one in a mark

/// Records between these ends to this port.
std::string knownFilterOf(const session::RowData& r) {
    const bool icmp = r.protocol == 1 || r.protocol == 58;
    return session::knownFilter(flow::toText(r.src), flow::toText(r.dst),
                                std::to_string(icmp ? r.icmpTypeCode : r.dstPort));
}

/// Why no row is left, in the words of the chips.
QString emptyText(const Narrowing& n) {
    QStringList by;
    if (!n.filter.isEmpty()) by << QObject::tr("the filter");
    if (n.times) by << QObject::tr("the time range");
    if (!n.codes.isEmpty()) by << QObject::tr("the selected codes");
    if (n.heading != Heading::any) by << QObject::tr("the direction");
    if (by.size() < 2)
        return QObject::tr("No rows match %1").arg(by.isEmpty() ? QObject::tr("the filter") : by.front());
    const QString last = by.takeLast();
    return QObject::tr("No rows match %1 and %2 together").arg(by.join(QStringLiteral(", ")), last);
}

class FlowView final : public View {
    Q_OBJECT
public:
    FlowView(Workbench& workbench, QWidget* parent);
    QJsonObject state() const override { return {{QStringLiteral("columns"), table_->columnState()}}; }
    void restore(const QJsonObject& state) override {
        table_->restoreColumns(state.value(QStringLiteral("columns")).toObject());
    }

    QList<QWidget*> titleControls() override {
        auto* columns = new QToolButton(this);
        columns->setText(tr("Columns"));
        columns->setAutoRaise(true);
        columns->setToolTip(tr("Choose columns; drag headers to reorder them"));
        connect(columns, &QToolButton::clicked, this,
                [this, columns] { table_->chooseColumns(columns->mapToGlobal(QPoint(0, columns->height()))); });
        return {columns};
    }

private:
    void update();
    void showCounts();
    void sort(int column, bool descending);
    void pick(std::uint64_t row);
    void menu(const QPoint& at);
    void addFilterActions(QMenu& menu, const QString& filter);
    void addMarkActions(QMenu& menu, const session::RowData& shown);
    void addInspectActions(QMenu& menu, const session::RowData& shown);
    void tagSelected();
    void copy(RowCopyForm form);

    RowView* table_;
    FlowRows* rows_;
    JobRunner copies_;
    std::uint64_t toPick_ = ~std::uint64_t(0);  ///< current row whose data is still on its way
};

FlowView::FlowView(Workbench& workbench, QWidget* parent)
    : View(workbench, parent), table_(new RowView), rows_(new FlowRows(workbench.jobs(), this)),
      copies_(workbench.jobs()) {
    table_->setObjectName(QStringLiteral("flowTable"));
    table_->setAccessibleName(tr("Flows"));
    table_->setSource(rows_);
    setContent(table_);
    connect(&workbench, &Workbench::selectionChanged, this, &FlowView::update);
    connect(&workbench, &Workbench::snapshotChanged, this, &FlowView::update);
    connect(&workbench, &Workbench::zoneChanged, this, [this] { rows_->setZone(this->workbench().zone()); });
    connect(&workbench.jobs(), &JobList::changed, this, [this] {
        if (rows_->rows() == 0) update();
    });
    connect(table_, &RowView::sortRequested, this, &FlowView::sort);
    connect(table_, &RowView::currentChanged, this, &FlowView::pick);
    connect(table_, &RowView::menuRequested, this, &FlowView::menu);
    connect(table_, &RowView::activated, this, [this](std::uint64_t row) {
        const session::RowData* shown = rows_->data(row);
        const int column = std::max(0, table_->clickedColumn());
        const auto filter = flowColumns()[std::size_t(column)].filter;
        if (shown != nullptr && filter != nullptr)
            if (const QString text = filter(*shown, rows_->text()); !text.isEmpty())
                this->workbench().filter().set(text, FilterMode::andAlso);
    });
    connect(rows_, &RowSource::rowsReady, this, [this] {
        if (toPick_ != ~std::uint64_t(0)) pick(toPick_);
    });
    auto* copyAction = new QAction(tr("Copy rows"), this);
    copyAction->setShortcut(QKeySequence::Copy);
    copyAction->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    table_->addAction(copyAction);
    connect(copyAction, &QAction::triggered, this, [this] { copy(RowCopyForm::text); });
    connect(&workbench, &Workbench::unstableChanged, this,
            [this] { rows_->setUnstable(this->workbench().unstable()); });
    workbench.actions().bind("edit.tag", this, [this] { tagSelected(); });
    update();
}

void FlowView::update() {
    const session::SelectionPtr& selection = workbench().selection();
    rows_->setUnstable(workbench().unstable());
    rows_->setSelection(selection);
    rows_->setMarks(workbench().snapshot());
    showCounts();
    if (!workbench().selectionError().isEmpty())
        return showError(workbench().selectionError(), tr("Correct the filter, or clear it."));
    if (selection && selection->count > 0) return showContent();
    if (selection && selection->total > 0)
        return showState(emptyText(workbench().filter().narrowing()),
                         tr("%1 row(s) loaded.", nullptr, pluralOf(selection->total)).arg(count(selection->total)),
                         workbench().actions().get("go.clear"));
    if (workbench().snapshot() && workbench().snapshot()->records) return showState(tr("Reading rows"), {});
    for (const JobInfo& job : workbench().jobs().jobs())
        if (job.state == JobState::running && job.total > 0)
            return showState(job.name, tr("%1 of %2 %3").arg(count(job.finished), count(job.total), job.unit));
    showState(tr("No flows"), tr("Open a capture, or drop files anywhere in this window."));
}

void FlowView::showCounts() {
    const session::SelectionPtr& s = workbench().selection();
    if (!s) return setScope({});
    const QString unit = s->query.rows == session::Rows::records ? tr("records") : tr("flows");
    const QString of = s->count == s->total ? QString() : tr(" of %1").arg(count(s->total));
    setScope(tr("%1%2 %3 · %4 packets · %5").arg(count(s->count), of, unit, count(s->packets), byteCount(s->bytes)));
    const auto& query = s->query;
    for (std::size_t i = 0; i < flowColumns().size(); ++i)
        if (flowColumns()[i].sort == query.sort)
            table_->showSort(query.sort == session::Field::id && !query.descending ? -1 : int(i), query.descending);
}

void FlowView::sort(int column, bool descending) {
    const auto field = column < 0 ? std::optional(session::Field::id) : flowColumns()[std::size_t(column)].sort;
    if (field)
        workbench().filter().setSort(*field, column >= 0 && descending);
    else
        showCounts();
}

void FlowView::pick(std::uint64_t row) {
    const session::RowData* shown = rows_->data(row);
    toPick_ = shown == nullptr ? row : ~std::uint64_t(0);
    if (shown == nullptr) return;
    QStringList spoken;  // for screen readers
    for (const FlowColumn& column : flowColumns())
        if (column.shown)
            if (const QString text = column.text(*shown, rows_->text()); !text.isEmpty()) spoken << text;
    table_->setAccessibleDescription(spoken.join(QStringLiteral(", ")));
    // The Inspector shows what is selected last.
    if (shown->word != 0) workbench().pick().setCombination(shown->word);
    if (shown->derivedRow != ~0u) workbench().pick().setFlow(shown->derivedRow);
    const session::SelectionPtr& selection = rows_->selection();
    if (selection->query.rows == session::Rows::records) workbench().pick().setRecord(selection->rowAt(row));
}

void FlowView::addFilterActions(QMenu& menu, const QString& filter) {
    FlowFilter& target = workbench().filter();
    const QString shown = fontMetrics().elidedText(filter, Qt::ElideMiddle, 320);
    const auto section = [&](const QString& title, auto&& act) {
        QMenu* sub = menu.addMenu(title.arg(shown));
        sub->setEnabled(!filter.isEmpty());
        const std::pair<QString, FilterMode> modes[] = {{tr("Selected"), FilterMode::replace},
                                                        {tr("… and"), FilterMode::andAlso},
                                                        {tr("… or"), FilterMode::orElse},
                                                        {tr("… and not"), FilterMode::andNot}};
        for (const auto& [text, mode] : modes)
            connect(sub->addAction(text), &QAction::triggered, this, [act, mode = mode] { act(mode); });
    };
    section(tr("Apply as filter: %1"), [&target, filter](FilterMode mode) { target.set(filter, mode); });
    section(tr("Prepare as filter: %1"), [&target, filter](FilterMode mode) { target.prepare(filter, mode); });
}

/// Hosts and ports of the row, for the Inspector.
void FlowView::addInspectActions(QMenu& menu, const session::RowData& shown) {
    QMenu* sub = menu.addMenu(tr("Inspect"));
    const auto add = [&](const QString& text, const session::PortraitSubject& subject) {
        connect(sub->addAction(text), &QAction::triggered, this,
                [this, subject] { workbench().pick().setSubject(subject); });
    };
    add(addressText(shown.src), session::HostSubject{shown.src});
    add(addressText(shown.dst), session::HostSubject{shown.dst});
    const bool icmp = shown.protocol == 1 || shown.protocol == 58;
    const std::uint16_t port = icmp ? shown.icmpTypeCode : shown.dstPort;
    if (icmp || port != 0) add(tr("Port %1").arg(port), session::PortSubject{port});
    const auto& judgement = workbench().rules().judgement();
    if (shown.word != 0 && judgement)
        addRuleJumps(*sub, workbench(), rules::matchingRules(judgement->parsed.set, shown.word));
}

void FlowView::addMarkActions(QMenu& menu, const session::RowData& shown) {
    menu.addAction(workbench().actions().get("edit.tag"));
    for (const flow::IpAddr& host : {shown.src, shown.dst})
        connect(menu.addAction(tr("Tag %1…").arg(addressText(host))), &QAction::triggered, this, [this, host] {
            emit workbench().markAsked({{}, "ip " + flow::toText(host), {}, {}});
        });
    connect(menu.addAction(tr("Known good…")), &QAction::triggered, this, [this, filter = knownFilterOf(shown)] {
        emit workbench().silenceAsked({{}, filter, {}, {}, {}});
    });
}

/// Names the rows by id, so that the mark stays on them when the filter changes.
void FlowView::tagSelected() {
    std::string ids;
    std::size_t n = 0;
    for (const RowSelection::Range& range : table_->selected().ranges())
        for (std::uint64_t row = range.first; row <= range.last; ++row) {
            const session::RowData* shown = rows_->data(row);
            if (shown == nullptr || ++n > kMostTagged)
                return emit workbench().failed(
                    tr("These rows were not tagged"),
                    tr("At most %1 rows can be tagged one by one. For more, tag a filter instead: Filter, then Tag….")
                        .arg(kMostTagged));
            ids += (ids.empty() ? "" : " ") + shown->id;
        }
    if (n == 0) return;
    emit workbench().markAsked({{}, n == 1 ? "flow " + ids : "flow in [" + ids + "]", {}, {}});
}

void FlowView::menu(const QPoint& at) {
    const session::RowData* shown = rows_->data(table_->currentRow());
    if (shown == nullptr) return;
    const int column = table_->clickedColumn();
    const auto filter = column < 0 ? nullptr : flowColumns()[std::size_t(column)].filter;
    QMenu menu(this);
    addFilterActions(menu, filter == nullptr ? QString() : filter(*shown, rows_->text()));
    menu.addSeparator();
    addInspectActions(menu, *shown);
    addMarkActions(menu, *shown);
    menu.addSeparator();
    QMenu* copies =
        menu.addMenu(tr("Copy %n row(s) as", nullptr, int(std::min(table_->selected().count(), kMostCopied))));
    const std::pair<QString, RowCopyForm> forms[] = {{tr("Text"), RowCopyForm::text},
                                                     {tr("CSV"), RowCopyForm::csv},
                                                     {tr("JSON"), RowCopyForm::json},
                                                     {tr("nfdump filter"), RowCopyForm::nfdump},
                                                     {tr("Wireshark filter"), RowCopyForm::wireshark}};
    for (const auto& [text, form] : forms)
        connect(copies->addAction(text), &QAction::triggered, this, [this, form = form] { copy(form); });
    connect(menu.addAction(tr("Copy cell")), &QAction::triggered, this, [this, column] {
        const session::RowData* row = rows_->data(table_->currentRow());
        if (row != nullptr && column >= 0)
            QGuiApplication::clipboard()->setText(flowColumns()[std::size_t(column)].raw(*row, rows_->text()));
    });
    menu.exec(at);
}

void FlowView::copy(RowCopyForm form) {
    if (!rows_->selection() || table_->selected().empty()) return;
    std::vector<std::size_t> columns;
    const QHeaderView* header = table_->header();
    for (int visual = 0; visual < header->count(); ++visual)
        if (const int column = header->logicalIndex(visual); !header->isSectionHidden(column))
            columns.push_back(std::size_t(column));
    copies_.start(
        tr("Copy rows"),
        [text = rows_->text(), columns, form,
         ranges = table_->selected().ranges()](JobContext& job) -> Result<QString> {
            session::RowReader reader(text.selection);
            std::vector<session::RowData> all;
            for (const RowSelection::Range& range : ranges)
                for (std::uint64_t row = range.first; row <= range.last && all.size() < kMostCopied; row += 1024) {
                    if (!job.step(all.size(), 0, "copying", "rows")) return cancelledError();
                    auto part = reader.read(
                        row,
                        std::size_t(std::min({std::uint64_t(1024), range.last - row + 1, kMostCopied - all.size()})));
                    if (!part) return part.error();
                    all.insert(all.end(), std::make_move_iterator(part->begin()), std::make_move_iterator(part->end()));
                }
            return copyFlows(all, text, columns, form);
        },
        [](Result<QString> text) {
            if (text) QGuiApplication::clipboard()->setText(*text);
        },
        table_->selected().count() > 1000);
}

}  // namespace

View* makeFlowView(Workbench& workbench, QWidget* parent) { return new FlowView(workbench, parent); }

}  // namespace weir::ui

#include "flow_view.moc"
