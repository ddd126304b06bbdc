// See migration_view.h.
#include "ui/views/migration_view.h"

#include "ui/delegates/heat_table.h"
#include "ui/state/rule_figures.h"
#include "ui/state/workbench.h"
#include "ui/text/format.h"
#include "ui/text/table_copy.h"
#include "ui/theme.h"

#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QScrollBar>
#include <QStandardItemModel>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace weir::ui {
namespace {

QString moveText(const compare::Move& m, const rules::RuleSet& set) {
    return MigrationView::tr("%1 → %2 in %3 combination(s), for example %4", nullptr, pluralOf(m.words))
        .arg(fromUtf8(m.from), fromUtf8(m.to), count(m.words), fromUtf8(rules::signNamesOf(m.witness, set.signNames)));
}

/// The two changes with most combinations; the tool tip lists all.
QString movesText(const std::vector<compare::Move>& moves, const rules::RuleSet& set) {
    constexpr std::size_t kShown = 2;
    QStringList out;
    for (std::size_t i = 0; i < std::min(kShown, moves.size()); ++i) out << moveText(moves[i], set);
    QString text = out.join(QStringLiteral("; "));
    if (moves.size() > kShown) text += MigrationView::tr("; and %1 more").arg(moves.size() - kShown);
    return text;
}

QString allMovesText(const std::vector<compare::Move>& moves, const rules::RuleSet& set) {
    QStringList out;
    for (const compare::Move& m : moves) out << moveText(m, set);
    return out.join(u'\n');
}

}  // namespace

MigrationView::MigrationView(Workbench& workbench, QWidget* parent)
    : CompareView(workbench, parent), model_(new MigrationModel(this)), table_(new QTableView), statement_(new QLabel),
      measure_(new QComboBox(this)), lane_(workbench.jobs()) {
    measure_->hide();
    for (const auto& [text, measure] : {std::pair(tr("Flows"), MoveMeasure::flows),
                                        {tr("Packets"), MoveMeasure::packets},
                                        {tr("Bytes"), MoveMeasure::bytes},
                                        {tr("Sources"), MoveMeasure::sources}})
        measure_->addItem(text, int(measure));
    measure_->setAccessibleName(tr("Quantity to count"));
    build();
    connect(measure_, &QComboBox::currentIndexChanged, this, [this] {
        shown_.reset();
        refresh();
    });
    connect(&comparison(), &Comparison::cellPicked, this, [this] {
        const auto& cell = comparison().cell();
        const QModelIndex at = cell ? model_->cellOf(cell->first, cell->second) : QModelIndex();
        if (!at.isValid())
            table_->selectionModel()->clear();
        else if (table_->currentIndex() != at)
            table_->setCurrentIndex(at);
    });
    connect(&workbench, &Workbench::snapshotChanged, this, [this] {
        if (isVisible() && measure() == MoveMeasure::sources) countSources();
    });
    refresh();
}

void MigrationView::build() {
    table_->setModel(model_);
    table_->setObjectName(QStringLiteral("migration"));
    setUpHeatTable(*table_);
    table_->setAccessibleName(tr("Migration, class by class: rows champion, columns challenger"));
    statement_->setWordWrap(true);
    statement_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    statement_->setContentsMargins(8, 6, 8, 6);
    statement_->setTextFormat(Qt::PlainText);
    connect(table_->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& at) { comparison().setCell(model_->pairAt(at)); });
    connect(table_, &QAbstractItemView::activated, this, [this](const QModelIndex& at) {
        if (const auto pair = model_->pairAt(at)) comparison().filterCell(pair->first, pair->second);
    });
    makeCopyable(table_, [this](QMenu& menu, const QModelIndex& at) {
        if (const auto pair = model_->pairAt(at))
            menu.addAction(tr("Filter these flows"), this,
                           [this, pair = *pair] { comparison().filterCell(pair.first, pair.second); });
    });
    auto* content = new QWidget;
    content->setAutoFillBackground(true);
    content->setBackgroundRole(QPalette::Base);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 4, 0, 0);
    column->setSpacing(0);
    column->addWidget(table_, 100);  // up to its greatest height
    column->addWidget(statement_);
    column->addStretch(1);
    content->setFocusProxy(table_);
    setContent(content);
}

QList<QWidget*> MigrationView::titleControls() {
    measure_->show();
    return {measure_};
}

MoveMeasure MigrationView::measure() const { return MoveMeasure(measure_->currentData().toInt()); }
QString MigrationView::statement() const { return statement_->text(); }

void MigrationView::refresh() {
    setScope({});
    const bool profiles = comparison().ofProfiles();
    if (profiles && measure() == MoveMeasure::sources)
        return measure_->setCurrentIndex(0);  // hosts are counted of flows only
    qobject_cast<QStandardItemModel*>(measure_->model())->item(int(MoveMeasure::sources))->setEnabled(!profiles);
    if (profiles) return refreshScores();
    const auto result = rulesToShow();
    if (!result) return shown_.reset();
    if (result != shown_) {
        shown_ = result;
        const bool known = counted_ == result;
        fill(known ? sources_ : std::vector<std::uint64_t>());
        if (measure() == MoveMeasure::sources && !known) countSources();
    }
    const compare::Migration& m = result->migration;
    setScope(tr("rows champion, columns challenger · %1 of %2 flows change")
                 .arg(count(m.changed.flows), count(m.changed.flows + m.unchanged.flows)));
    const auto unseen = result->unseen();
    const rules::RuleSet& set = result->champion->parsed.set;
    const QString words =
        result->proof.open ? tr("the search reached its limit, undecided cases: %1").arg(count(result->proof.open))
        : result->proof.counted
            ? tr("proven over all %1 admissible combinations of signs").arg(count(result->proof.words))
            : tr("proven over all admissible combinations of signs");
    if (result->proof.open)
        setStatement(tr("Not proven: %1.").arg(words));
    else if (result->proof.moves.empty())
        setStatement(tr("Nothing can change: %1.").arg(words));
    else if (unseen.empty())
        setStatement(tr("Nothing else can change: %1.").arg(words));
    else
        setStatement(
            tr("Possible but not observed: %1. Nothing else can change: %2.").arg(movesText(unseen, set), words));
    statement_->setToolTip(allMovesText(unseen, set));
    showContent();
}

void MigrationView::refreshScores() {
    const auto scores = scoresToShow();
    if (!scores) return shown_.reset();
    if (scores != shown_) {
        shown_ = scores;
        fill({});
    }
    const compare::Migration& m = scores->migration;
    setScope(tr("badness: rows champion, columns challenger · %1 of %2 records change")
                 .arg(count(m.changed.flows), count(m.changed.flows + m.unchanged.flows)));
    setStatement(m.changed.flows == 0 && scores->otherCodes == 0 ? tr("No record changes its badness or codes.")
                 : scores->otherCodes == 0
                     ? tr("Records with unchanged badness and codes: %1. Each direction of a record counts.")
                           .arg(count(m.unchanged.flows))
                     : tr("Records with unchanged badness: %1, of those with other codes: %2. Each direction of a "
                          "record counts.")
                           .arg(count(m.unchanged.flows), count(scores->otherCodes)));
    statement_->setToolTip({});
    showContent();
}

/// Shows the statement, and below it what is counted if that is not everything.
void MigrationView::setStatement(const QString& text) {
    const QString scope = comparison().scope();
    statement_->setText(scope.isEmpty() ? text : scope + u'\n' + text);
}

void MigrationView::fill(const std::vector<std::uint64_t>& sources) {
    model_->set(comparison().migration(), measure(), sources, !comparison().ofProfiles());
    const auto& cell = comparison().cell();
    if (cell && model_->cellOf(cell->first, cell->second).isValid())
        table_->setCurrentIndex(model_->cellOf(cell->first, cell->second));
    else
        comparison().setCell({});
    stretch();
}

void MigrationView::countSources() {
    const auto result = comparison().result();
    if (!result || !result->good() || counted_ == result) return;
    lane_.start(
        tr("Count sources"),
        [snapshot = workbench().snapshot(), part = workbench().figures().part(),
         result](JobContext&) -> Result<std::vector<std::uint64_t>> {
            if (part) return session::sourcesOfCells(*part, *result);
            return session::sourcesOfCells(*snapshot, *result);
        },
        [this, result](Result<std::vector<std::uint64_t>> sources) {
            if (!sources || comparison().result() != result) return;
            sources_ = std::move(*sources);
            counted_ = result;
            model_->set(comparison().migration(), measure(), sources_, true);
            stretch();
        },
        false);
}

void MigrationView::stretch() {
    stretchHeatColumns(*table_);
    const int width = table_->verticalHeader()->sizeHint().width() + table_->horizontalHeader()->length();
    const int bar = width > table_->width() ? table_->horizontalScrollBar()->sizeHint().height() : 0;
    table_->setMaximumHeight(table_->horizontalHeader()->sizeHint().height() +
                             model_->rowCount() * table_->verticalHeader()->defaultSectionSize() + 2 + bar);
}

void MigrationView::showEvent(QShowEvent* event) {
    CompareView::showEvent(event);
    stretch();
}

void MigrationView::resizeEvent(QResizeEvent* event) {
    View::resizeEvent(event);
    stretch();
}

QJsonObject MigrationView::state() const { return {{QStringLiteral("measure"), measure_->currentIndex()}}; }
void MigrationView::restore(const QJsonObject& state) {
    measure_->setCurrentIndex(std::clamp(state.value(QStringLiteral("measure")).toInt(0), 0, 3));
}

View* makeMigrationView(Workbench& workbench, QWidget* parent) { return new MigrationView(workbench, parent); }

}  // namespace weir::ui
