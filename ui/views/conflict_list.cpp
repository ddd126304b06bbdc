// See conflict_list.h.
#include "ui/views/conflict_list.h"

#include "ui/delegates/bar_delegate.h"
#include "ui/delegates/cell_paint.h"
#include "ui/delegates/table_look.h"
#include "ui/jobs/job_runner.h"
#include "ui/models/combination_filter.h"
#include "ui/models/combination_text.h"
#include "ui/models/conflict_list_model.h"
#include "ui/models/conflict_sample_model.h"
#include "ui/rule_jumps.h"
#include "ui/state/rule_figures.h"
#include "ui/state/workbench.h"
#include "ui/text/format.h"
#include "ui/text/table_copy.h"
#include "ui/views/conflict_pair_title.h"

#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

namespace weir::ui {
namespace {

constexpr std::size_t kSamples = 5;

QTableView* makeList(ConflictListModel* model, bool withRules, QWidget* parent) {
    auto* table = new QTableView(parent);
    setUpTable(*table);
    table->setModel(model);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setItemDelegateForColumn(ConflictListModel::kShare, new BarDelegate(table));
    auto* header = table->horizontalHeader();
    header->setSectionResizeMode(QHeaderView::ResizeToContents);
    header->setSectionResizeMode(ConflictListModel::kSigns, QHeaderView::Stretch);
    header->setSectionResizeMode(ConflictListModel::kShare, QHeaderView::Fixed);
    header->resizeSection(ConflictListModel::kShare, 64);
    table->setColumnHidden(ConflictListModel::kRules, !withRules);
    table->setAccessibleName(ConflictList::tr("Sign combinations by popularity"));
    return table;
}

}  // namespace

ConflictList::ConflictList(Workbench& workbench, bool withRules, QWidget* parent)
    : QWidget(parent), workbench_(workbench), model_(new ConflictListModel(this)),
      samples_(new ConflictSampleModel(this)), title_(new ConflictPairTitle), stack_(new QStackedWidget),
      table_(makeList(model_, withRules, this)), empty_(new QLabel), fold_(new QToolButton),
      sampleTable_(new QTableView), lane_(std::make_unique<JobRunner>(workbench.jobs())) {
    empty_->setAlignment(Qt::AlignCenter);
    empty_->setWordWrap(true);
    empty_->setMargin(12);
    stack_->addWidget(table_);
    stack_->addWidget(empty_);
    fold_->setCheckable(true);
    fold_->setAutoRaise(true);
    fold_->setArrowType(Qt::RightArrow);
    fold_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    fold_->setText(tr("Sample flows"));
    fold_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setUpTable(*sampleTable_);
    sampleTable_->setModel(samples_);
    sampleTable_->setSelectionMode(QAbstractItemView::SingleSelection);
    sampleTable_->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    sampleTable_->setFixedHeight(int(kSamples + 1) * sampleTable_->verticalHeader()->defaultSectionSize() + 6);
    sampleTable_->setAccessibleName(tr("Sample flows of the selected combination"));
    sampleTable_->hide();

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(title_);
    column->addWidget(stack_, 1);
    column->addWidget(fold_);
    column->addWidget(sampleTable_);

    makeCopyable(table_, [this](QMenu& menu, const QModelIndex& at) {
        const auto word = model_->wordAt(at.row());
        if (word == 0) return;
        menu.addAction(tr("Show flows"), this, [this, word] {
            workbench_.filter().set(filterOfWord(word, workbench_.figures().judgement()->parsed.set),
                                    FilterMode::andAlso);
        });
        menu.addAction(tr("Show flows without the current filter"), this, [this, word] {
            workbench_.filter().set(filterOfWord(word, workbench_.figures().judgement()->parsed.set));
        });
        addRuleJumps(menu, workbench_, rules::matchingRules(workbench_.figures().judgement()->parsed.set, word));
    });
    makeCopyable(sampleTable_);
    connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ConflictList::onCurrent);
    connect(table_, &QAbstractItemView::activated, this, [this](const QModelIndex& at) {
        workbench_.filter().set(filterOfWord(model_->wordAt(at.row()), workbench_.figures().judgement()->parsed.set),
                                FilterMode::andAlso);
    });
    connect(&workbench.pick(), &Pick::combinationPicked, this, &ConflictList::onPicked);
    connect(fold_, &QToolButton::toggled, this, &ConflictList::showSamples);
    connect(sampleTable_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& at) {
                if (at.isValid()) workbench_.pick().setFlow(samples_->flowAt(at.row()).derivedRow);
            });
    connect(sampleTable_, &QAbstractItemView::activated, this, [this] {
        workbench_.filter().set(
            filterOfWord(model_->wordAt(table_->currentIndex().row()), workbench_.figures().judgement()->parsed.set),
            FilterMode::andAlso);
    });
    connect(&workbench, &Workbench::zoneChanged, this, [this] { samples_->setZone(workbench_.zone()); });
}

ConflictList::~ConflictList() = default;

void ConflictList::set(const session::JudgementPtr& judgement, const conflict::Combinations* combinations) {
    following_ = true;
    model_->set(judgement, combinations);
    following_ = false;
    stack_->setCurrentIndex(model_->rowCount() > 0 ? 0 : 1);
    fold_->setVisible(model_->rowCount() > 0);
    onPicked();
    loadSamples();
}

void ConflictList::setTitle(const QStringList& classes, const QString& counts) { title_->set(classes, counts); }

void ConflictList::setEmptyText(const QString& text, bool good) {
    empty_->setText(text);
    good_ = good;
    paintEmptyText();
}

void ConflictList::paintEmptyText() {
    QPalette palette = empty_->palette();
    palette.setColor(QPalette::WindowText, toneColor(good_ ? Tone::good : Tone::secondary));
    empty_->setPalette(palette);
}

void ConflictList::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) paintEmptyText();
}

QString ConflictList::emptyText() const { return stack_->currentIndex() == 1 ? empty_->text() : QString(); }

void ConflictList::setCutOff(std::uint64_t flows) {
    following_ = true;
    model_->setCutOff(flows);
    following_ = false;
    stack_->setCurrentIndex(model_->rowCount() > 0 ? 0 : 1);
    onPicked();
}

bool ConflictList::samplesShown() const { return fold_->isChecked(); }

void ConflictList::showSamples(bool show) {
    fold_->setChecked(show);
    fold_->setArrowType(show ? Qt::DownArrow : Qt::RightArrow);
    sampleTable_->setVisible(show);
    loadSamples();
}

void ConflictList::onCurrent() {
    if (following_) return;
    const auto word = model_->wordAt(table_->currentIndex().row());
    if (word != 0) workbench_.pick().setCombination(word);
    loadSamples();
}

void ConflictList::onPicked() {
    const auto& word = workbench_.pick().combination();
    const int row = word ? model_->rowOf(*word) : -1;
    following_ = true;
    if (row >= 0)
        table_->selectRow(row);
    else
        table_->selectionModel()->clear();
    following_ = false;
    loadSamples();
}

void ConflictList::loadSamples() {
    const auto word = model_->wordAt(table_->currentIndex().row());
    fold_->setText(word ? tr("Sample flows of %1").arg(signsText(word, workbench_.figures().judgement()->parsed.set))
                        : tr("Sample flows: select a combination"));
    if (!samplesShown() || word == 0) {
        lane_->cancel();
        samples_->setFlows({});
        return;
    }
    lane_->start(
        tr("Sample flows"),
        [snapshot = workbench_.snapshot(), judgement = workbench_.figures().judgement(),
         part = workbench_.figures().part(), word](JobContext& job) {
            return part ? sampleFlows(*part, judgement, word, kSamples, job)
                        : sampleFlows(snapshot, judgement, word, kSamples, job);
        },
        [this](Result<std::vector<session::RowData>> result) {
            if (result) samples_->setFlows(std::move(*result));
        },
        false);
}

}  // namespace weir::ui
