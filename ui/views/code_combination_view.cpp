// See code_combination_view.h.
#include "ui/views/code_combination_view.h"

#include "ui/actions.h"
#include "ui/delegates/bar_delegate.h"
#include "ui/delegates/codes_delegate.h"
#include "ui/delegates/table_look.h"
#include "ui/state/workbench.h"
#include "ui/text/format.h"
#include "ui/text/table_copy.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QScrollBar>
#include <QSpinBox>
#include <QTableView>
#include <QToolButton>

namespace weir::ui {
namespace {

constexpr int kNarrow = 680;  ///< px

constexpr int kAnyGoodness = 1000;

/// Shows "any" at the highest value, where it does not limit anything.
class LimitBox final : public QSpinBox {
public:
    using QSpinBox::QSpinBox;

protected:
    QString textFromValue(int value) const override {
        return value == kAnyGoodness ? CodeCombinationView::tr("any") : QSpinBox::textFromValue(value);
    }
    int valueFromText(const QString& text) const override {
        return text == CodeCombinationView::tr("any") ? kAnyGoodness : QSpinBox::valueFromText(text);
    }
    QValidator::State validate(QString& text, int& at) const override {
        return text == CodeCombinationView::tr("any") ? QValidator::Acceptable : QSpinBox::validate(text, at);
    }
};

QSpinBox* limitBox(QWidget* parent, const QString& name, int value) {
    auto* box = new LimitBox(parent);
    box->setRange(0, kAnyGoodness);
    box->setSingleStep(5);
    box->setValue(value);
    box->setAccessibleName(name);
    return box;
}

}  // namespace

CodeCombinationView::CodeCombinationView(Workbench& workbench, QWidget* parent)
    : View(workbench, parent), model_(new CodeCombinationModel(this)), table_(new QTableView),
      codes_(new CodesDelegate(table_)), presets_(new QWidget(this)), limits_(new QWidget(this)),
      all_(new QToolButton(presets_)), worst_(new QToolButton(presets_)),
      badness_(limitBox(limits_, tr("Minimum badness"), 0)),
      goodness_(limitBox(limits_, tr("Maximum goodness"), kAnyGoodness)) {
    presets_->hide();
    limits_->hide();
    buildControls();
    build();
    connect(&workbench.scores(), &ScoreBoard::ranked, this, &CodeCombinationView::refresh);
    connect(&workbench, &Workbench::snapshotChanged, this, &CodeCombinationView::refresh);
    connect(&workbench.filter(), &FlowFilter::changed, this, &CodeCombinationView::onPicked);
    refresh();
}

void CodeCombinationView::buildControls() {
    auto* group = new QButtonGroup(presets_);
    auto* row = new QHBoxLayout(presets_);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    all_->setText(tr("All"));
    all_->setToolTip(tr("Every combination with a code"));
    worst_->setText(tr("≥ %1").arg(kWorstBadness));
    worst_->setToolTip(tr("Combinations with a badness of %1 or more").arg(kWorstBadness));
    for (QToolButton* button : {all_, worst_}) {
        button->setCheckable(true);
        group->addButton(button);
        row->addWidget(button);
    }
    auto* limits = new QHBoxLayout(limits_);
    limits->setContentsMargins(6, 0, 0, 0);
    limits->setSpacing(4);
    limits->addWidget(new QLabel(tr("Badness ≥")));
    limits->addWidget(badness_);
    limits->addWidget(new QLabel(tr("Goodness ≤")));
    limits->addWidget(goodness_);
    connect(all_, &QToolButton::clicked, this, [this] {
        badness_->setValue(0);
        goodness_->setValue(kAnyGoodness);
    });
    connect(worst_, &QToolButton::clicked, this, [this] { badness_->setValue(kWorstBadness); });
    for (QSpinBox* box : {badness_, goodness_})
        connect(box, &QSpinBox::valueChanged, this, &CodeCombinationView::applyQuery);
    showPreset();
}

void CodeCombinationView::resizeEvent(QResizeEvent* event) {
    View::resizeEvent(event);
    const bool narrow = width() < kNarrow;
    table_->setColumnHidden(CodeCombinationModel::kShare, narrow);
    table_->setColumnHidden(CodeCombinationModel::kBadnessBar, narrow);
}

void CodeCombinationView::build() {
    setUpTable(*table_);
    table_->setModel(model_);
    table_->setObjectName(QStringLiteral("codeTable"));
    table_->setAccessibleName(tr("Code combinations"));
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->setItemDelegateForColumn(CodeCombinationModel::kCodes, codes_);
    auto* bars = new BarDelegate(table_);
    table_->setItemDelegateForColumn(CodeCombinationModel::kBadnessBar, bars);
    table_->setItemDelegateForColumn(CodeCombinationModel::kShare, bars);
    const auto digits = [this](const QString& text) { return table_->fontMetrics().horizontalAdvance(text) + 18; };
    QHeaderView* header = table_->horizontalHeader();
    header->resizeSection(CodeCombinationModel::kBadness, digits(tr("Badness")) + 10);
    header->resizeSection(CodeCombinationModel::kBadnessBar, 52);
    header->resizeSection(CodeCombinationModel::kDiscounted, digits(tr("Discounted")));
    header->resizeSection(CodeCombinationModel::kGoodness, digits(tr("Goodness")));
    header->resizeSection(CodeCombinationModel::kRecords, digits(QStringLiteral("0,000,000")));
    header->resizeSection(CodeCombinationModel::kShare, 64);
    header->resizeSection(CodeCombinationModel::kPercent, digits(QStringLiteral("100.0")) - 4);
    header->resizeSection(CodeCombinationModel::kCumulative, digits(tr("Cum. %")) - 4);
    header->setSectionResizeMode(CodeCombinationModel::kCodes, QHeaderView::Stretch);
    table_->setSortingEnabled(true);
    header->setSortIndicator(CodeCombinationModel::kBadness, Qt::DescendingOrder);
    connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &CodeCombinationView::onCurrent);
    connect(table_, &QAbstractItemView::activated, this, [this](const QModelIndex& at) { filterBy(at.row(), false); });
    makeCopyable(table_, [this](QMenu& menu, const QModelIndex& at) {
        if (!at.isValid()) return;
        menu.addAction(tr("Filter by these codes"), this, [this, row = at.row()] { filterBy(row, false); });
        menu.addAction(tr("Filter by these codes and the current filter"), this,
                       [this, row = at.row()] { filterBy(row, true); });
    });
    setContent(table_);
}

QList<QWidget*> CodeCombinationView::titleControls() {
    presets_->show();
    limits_->show();
    return {presets_, limits_};
}

void CodeCombinationView::refresh() {
    auto& board = workbench().scores();
    codes_->setLook(CodeLook(board.profile()));
    following_ = true;
    const int scroll = table_->verticalScrollBar()->value();
    model_->setRanking(board.ranking(), board.profile(), board.overlap());
    table_->verticalScrollBar()->setValue(scroll);
    following_ = false;
    onPicked();
    const auto& snapshot = workbench().snapshot();
    setScope({});
    if (!snapshot || snapshot->sources.empty())
        return showState(tr("No captures yet"),
                         tr("Open a capture to score its records. The worst code combinations are listed first."),
                         workbench().actions().get("file.openCapture"));
    if (!board.result()) return showState(tr("Scoring"), {});
    if (snapshot->settings.pairing.local.empty())
        return showState(tr("No inbound records"), tr("Only inbound records are scored. Set the local networks."),
                         workbench().actions().get("edit.localNetworks"));
    if (board.tally().scored == 0 && board.result()->scores->scored != 0)
        return showState(tr("No scored records match the filter"), {}, workbench().actions().get("go.clear"));
    if (model_->known() == 0)
        return showState(tr("No record has a code"),
                         tr("%1 record(s) scored.", nullptr, pluralOf(board.result()->scores->scored))
                             .arg(count(board.result()->scores->scored)));
    if (model_->rowCount() == 0)
        return showState(tr("No combination within these limits"),
                         tr("Outside these limits: %1. Choose All to show them.").arg(count(model_->known())));
    setScope(
        tr("%1 of %2 · %3 record(s) = 100 %", nullptr, pluralOf(model_->listedRecords()))
            .arg(count(std::uint64_t(model_->rowCount())), count(model_->known()), count(model_->listedRecords())));
    showContent();
}

void CodeCombinationView::showPreset() {
    all_->setChecked(false);
    const bool any = goodness_->value() == kAnyGoodness;
    auto* group = all_->group();
    group->setExclusive(false);
    all_->setChecked(any && badness_->value() == 0);
    worst_->setChecked(any && badness_->value() == kWorstBadness);
    group->setExclusive(all_->isChecked() || worst_->isChecked());
}

void CodeCombinationView::applyQuery() {
    showPreset();
    following_ = true;
    model_->setQuery({badness_->value(), goodness_->value() == kAnyGoodness ? score::kMostPoints : goodness_->value()});
    following_ = false;
    refresh();
}

void CodeCombinationView::onCurrent() {
    if (following_) return;
    if (const auto word = model_->wordAt(table_->currentIndex().row()))
        workbench().filter().setCodes(codesOfWord(workbench().scores().profile(), word));
}

void CodeCombinationView::onPicked() {
    const auto word = wordOfCodes(workbench().scores().profile(), workbench().filter().narrowing().codes);
    const int row = word ? model_->rowOf(*word) : -1;
    following_ = true;
    if (row < 0)
        table_->selectionModel()->clear();
    else if (table_->currentIndex().row() != row || !table_->selectionModel()->isRowSelected(row, {}))
        table_->selectRow(row);
    following_ = false;
}

void CodeCombinationView::filterBy(int row, bool andAlso) {
    const auto word = model_->wordAt(row);
    if (word == 0) return;
    Narrowing to = workbench().filter().narrowing();
    to.filter = combineFilters(to.filter, fromUtf8(session::codesFilter(workbench().scores().profile(), word)),
                               andAlso ? FilterMode::andAlso : FilterMode::replace);
    to.codes.clear();  // the filter already contains it
    workbench().filter().narrow(to);
}

QJsonObject CodeCombinationView::state() const {
    const QHeaderView* header = table_->horizontalHeader();
    return {{QStringLiteral("badness"), badness_->value()},
            {QStringLiteral("goodness"), goodness_->value()},
            {QStringLiteral("sort"), header->sortIndicatorSection()},
            {QStringLiteral("descending"), header->sortIndicatorOrder() == Qt::DescendingOrder}};
}

void CodeCombinationView::restore(const QJsonObject& state) {
    badness_->setValue(state.value(QStringLiteral("badness")).toInt(0));
    goodness_->setValue(state.value(QStringLiteral("goodness")).toInt(kAnyGoodness));
    const bool descending = state.value(QStringLiteral("descending")).toBool(true);
    table_->horizontalHeader()->setSortIndicator(
        state.value(QStringLiteral("sort")).toInt(CodeCombinationModel::kBadness),
        descending ? Qt::DescendingOrder : Qt::AscendingOrder);
}

View* makeCodeCombinationView(Workbench& workbench, QWidget* parent) {
    return new CodeCombinationView(workbench, parent);
}

}  // namespace weir::ui
