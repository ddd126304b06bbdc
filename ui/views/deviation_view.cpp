// The panel Deviation: two time ranges, or two projects, under the draft, and what one side has more or less of than
// the other lets expect.
#include "ui/delegates/bar_delegate.h"
#include "ui/delegates/class_chip_delegate.h"
#include "ui/delegates/table_look.h"
#include "ui/dialogs/period_dialog.h"
#include "ui/late_view.h"
#include "ui/models/combination_filter.h"
#include "ui/models/deviation_model.h"
#include "ui/state/deviation_question.h"
#include "ui/state/workbench.h"
#include "ui/text/format.h"
#include "ui/text/table_copy.h"

#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QTableView>

#include <algorithm>

namespace weir::ui {
namespace {

using Shown = DeviationQuestion::Shown;

class DeviationView final : public LateView {
    Q_OBJECT
public:
    DeviationView(Workbench& workbench, QWidget* parent)
        : LateView(workbench, parent), model_(new DeviationModel(this)), table_(new QTableView),
          sides_(new QWidget(this)), baseline_(new QComboBox(sides_)), now_(new QComboBox(sides_)),
          level_(new QComboBox(this)) {
        buildControls();
        build();
        connect(&workbench.filter(), &FlowFilter::changed, this, &DeviationView::outdate);
        connect(&workbench, &Workbench::zoneChanged, this, &DeviationView::fillSides);
        connect(&workbench, &Workbench::projectChanged, this, [this] {
            lane().cancel();
            answered_ = {};
            answer_ = {};
            problem_.clear();
            model_->set(nullptr, false);
            outdate();
        });
        fillSides();
        showPresent();
    }
    QList<QWidget*> titleControls() override {
        for (QWidget* w : std::initializer_list<QWidget*>{sides_, level_}) w->show();
        return {sides_, level_};
    }
    QJsonObject state() const override {
        return {{QStringLiteral("baseline"), sideBaseline_.state()},
                {QStringLiteral("now"), sideNow_.state()},
                {QStringLiteral("level"), level_->currentIndex()}};
    }
    void restore(const QJsonObject& state) override {
        sideBaseline_ =
            FlowSide::fromState(state.value(QStringLiteral("baseline")).toObject(), FlowSide::Kind::firstHalf);
        sideNow_ = FlowSide::fromState(state.value(QStringLiteral("now")).toObject(), FlowSide::Kind::secondHalf);
        level_->setCurrentIndex(std::clamp(state.value(QStringLiteral("level")).toInt(0), 0, 1));
        fillSides();
        outdate();
    }

protected:
    bool upToDate() const override {
        const auto& snapshot = workbench().snapshot();
        const auto& judgement = workbench().rules().judgement();
        if (!snapshot || !snapshot->flows || snapshot->flows->size() == 0 || !snapshot->signs() || !judgement)
            return true;
        return answered_.judgement == judgement && answered_.snapshot &&
               answered_.snapshot->signs() == snapshot->signs() && answered_.baseline == sideBaseline_ &&
               answered_.now == sideNow_ && answered_.shown == shown();
    }

    void work() override {
        const DeviationQuestion question{workbench().snapshot(),
                                         workbench().rules().judgement(),
                                         sideBaseline_,
                                         sideNow_,
                                         shown(),
                                         answer_.baseline,
                                         answer_.now};
        problem_.clear();
        const bool opens = sideBaseline_.kind == FlowSide::Kind::project;
        lane().start(
            tr("Compare flows"), [question](JobContext& job) { return answerTo(question, job); },
            [this, question](Result<DeviationAnswer> answer) { finish(question, std::move(answer)); }, opens);
        showPresent();
    }

    void showPresent() override {
        const auto& snapshot = workbench().snapshot();
        setScope({});
        if (!snapshot || !snapshot->flows || !snapshot->signs() || !workbench().rules().judgement())
            return showState(tr("No flows yet"),
                             tr("Open a capture to compare two time ranges, or two projects, under the draft."));
        if (!problem_.isEmpty()) return showError(problem_, tr("Choose other sides in the title row."));
        if (!answer_.comparison) return showState(tr("Comparing"), {});
        const session::FlowComparison& c = *answer_.comparison;
        QString scope = tr("%1 flows in %2, then %3 in %4")
                            .arg(count(c.was.oneWay.flows), durationText(c.baselineUs), count(c.is.oneWay.flows),
                                 durationText(c.nowUs));
        if (!answer_.baseline.path.isEmpty())
            for (const std::string& id : session::differingSettings(answer_.baseline.settings, snapshot->settings))
                scope += tr(" · different setting: %1").arg(fromUtf8(id));
        setScope(scope);
        if (model_->rowCount() == 0) return showState(tr("No one-way flows on either side"), {});
        showContent();
    }

private:
    void buildControls() {
        auto* row = new QHBoxLayout(sides_);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(4);
        for (QComboBox* box : {baseline_, now_}) box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
        baseline_->setAccessibleName(tr("Baseline"));
        baseline_->setToolTip(tr("Flows that set the expectation"));
        now_->setAccessibleName(tr("Compared with the baseline"));
        now_->setToolTip(tr("Flows to compare with the baseline"));
        row->addWidget(baseline_);
        row->addWidget(new QLabel(QStringLiteral("→"), sides_));
        row->addWidget(now_);
        level_->addItem(tr("Classes"));
        level_->addItem(tr("Sign combinations"));
        level_->setAccessibleName(tr("Rows"));
        for (QWidget* w : std::initializer_list<QWidget*>{sides_, level_}) w->hide();
        connect(baseline_, &QComboBox::activated, this, [this] { choose(*baseline_, sideBaseline_); });
        connect(now_, &QComboBox::activated, this, [this] { choose(*now_, sideNow_); });
        connect(level_, &QComboBox::currentIndexChanged, this, &DeviationView::fill);
    }

    void build() {
        setUpTable(*table_);
        table_->setModel(model_);
        table_->setObjectName(QStringLiteral("deviation"));
        table_->setAccessibleName(tr("Flows of the baseline, expected and observed"));
        table_->setSelectionMode(QAbstractItemView::SingleSelection);
        table_->setItemDelegateForColumn(DeviationModel::kClass, new ClassChipDelegate(table_));
        QHeaderView* header = table_->horizontalHeader();
        for (const int column : {DeviationModel::kExpectedBar, DeviationModel::kNowBar}) {
            table_->setItemDelegateForColumn(column, new BarDelegate(table_));
            header->setSectionResizeMode(column, QHeaderView::Stretch);
        }
        header->setMinimumSectionSize(24);
        header->setSectionResizeMode(DeviationModel::kClass, QHeaderView::ResizeToContents);
        header->setSectionResizeMode(DeviationModel::kSigns, QHeaderView::Stretch);
        const auto wide = [this](const QString& text) { return fontMetrics().horizontalAdvance(text) + 20; };
        for (const int column :
             {DeviationModel::kBaseline, DeviationModel::kExpected, DeviationModel::kNow, DeviationModel::kExcess})
            header->resizeSection(column, wide(QStringLiteral("00,000,000")));
        header->resizeSection(DeviationModel::kFactor, wide(QStringLiteral("×1,000.00")));
        connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& at) {
            if (at.isValid() && model_->itemAt(at.row()).word)
                workbench().pick().setCombination(model_->itemAt(at.row()).word);
        });
        connect(table_, &QAbstractItemView::activated, this,
                [this](const QModelIndex& at) { showFlows(at.row(), answer_.now); });
        makeCopyable(table_, [this](QMenu& menu, const QModelIndex& at) {
            if (!at.isValid()) return;
            menu.addAction(tr("Show these flows"), this, [this, row = at.row()] { showFlows(row, answer_.now); });
            if (answer_.baseline.path.isEmpty())
                menu.addAction(tr("Show flows of the baseline"), this,
                               [this, row = at.row()] { showFlows(row, answer_.baseline); });
        });
        setContent(table_);
    }

    Shown shown() const {
        const auto usesIt = [](const FlowSide& side) {
            return side.kind == FlowSide::Kind::shown || side.kind == FlowSide::Kind::notShown;
        };
        return usesIt(sideBaseline_) || usesIt(sideNow_) ? workbench().filter().timeRange() : Shown();
    }

    void fillSides() {
        using Kind = FlowSide::Kind;
        fillSide(*baseline_, sideBaseline_, {Kind::firstHalf, Kind::secondHalf, Kind::notShown, Kind::all}, true);
        fillSide(*now_, sideNow_, {Kind::secondHalf, Kind::firstHalf, Kind::shown, Kind::all}, false);
    }

    /// Fills a box. Entries have the side they select as data; those that open a dialog have a word.
    void fillSide(QComboBox& box, const FlowSide& side, std::initializer_list<FlowSide::Kind> kinds, bool projects) {
        const QSignalBlocker quiet(&box);
        box.clear();
        bool listed = false;
        for (const FlowSide::Kind kind : kinds) {
            const FlowSide one{kind};
            box.addItem(one.title(workbench().zone()), one.state());
            if (kind == side.kind) {
                box.setCurrentIndex(box.count() - 1);
                listed = true;
            }
        }
        if (!listed) {
            box.addItem(side.title(workbench().zone()), side.state());
            box.setCurrentIndex(box.count() - 1);
        }
        box.insertSeparator(box.count());
        box.addItem(tr("Time range…"), QStringLiteral("range"));
        if (projects) {
            box.addItem(tr("All but a time range…"), QStringLiteral("not-range"));
            box.addItem(tr("Another project…"), QStringLiteral("project"));
        }
    }

    void choose(const QComboBox& box, FlowSide& side) {
        const QVariant chosen = box.currentData();
        if (chosen.typeId() == QMetaType::QString)
            ask(chosen.toString(), side);
        else
            side = FlowSide::fromState(chosen.toJsonObject(), side.kind);
        // A range is compared with everything else unless the user chose otherwise.
        if (&side == &sideNow_ && side.kind == FlowSide::Kind::shown) sideBaseline_ = {FlowSide::Kind::notShown};
        if (&side == &sideNow_ && side.kind == FlowSide::Kind::range && sideBaseline_.kind != FlowSide::Kind::project &&
            sideBaseline_.kind != FlowSide::Kind::range)
            sideBaseline_ = {FlowSide::Kind::notRange, side.fromUs, side.toUs, {}};
        fillSides();
        outdate();
    }

    void ask(const QString& what, FlowSide& side) {
        if (what == QStringLiteral("project")) {
            const QString path = QFileDialog::getOpenFileName(this, tr("Project of the baseline"), {},
                                                              tr("Weir projects (*.weir);;All files (*)"));
            if (!path.isEmpty()) side = {FlowSide::Kind::project, 0, 0, path};
            return;
        }
        const auto& snapshot = workbench().snapshot();
        if (!snapshot || !snapshot->flows || snapshot->flows->size() == 0) return;
        const auto [first, last] =
            std::ranges::minmax(std::span(snapshot->flows->start.data(), snapshot->flows->start.size()));
        PeriodDialog dialog({first, last}, workbench().zone(), this);
        if (dialog.exec() != QDialog::Accepted) return;
        const auto [from, to] = dialog.period();
        side = {what == QStringLiteral("range") ? FlowSide::Kind::range : FlowSide::Kind::notRange, from, to, {}};
    }

    void finish(const DeviationQuestion& question, Result<DeviationAnswer> answer) {
        problem_ = answer ? QString() : fromUtf8(answer.error().detail);
        answered_ = question;
        answered_.keptBaseline = answered_.keptNow = {};
        answer_ = answer ? std::move(*answer) : DeviationAnswer();
        fill();
        showPresent();
    }

    void fill() {
        const bool byCombination = level_->currentIndex() == 1;
        table_->setColumnHidden(DeviationModel::kSigns, !byCombination);
        for (const int bar : {DeviationModel::kExpectedBar, DeviationModel::kNowBar}) {
            table_->horizontalHeader()->setSectionResizeMode(
                bar, byCombination ? QHeaderView::Interactive : QHeaderView::Stretch);
            if (byCombination) table_->horizontalHeader()->resizeSection(bar, 6 * fontMetrics().height());
        }
        model_->set(answer_.comparison, byCombination);
    }

    /// Sides that follow the range shown stay where they are from now on.
    void keepShown() {
        const Shown range = shown();
        if (!range) return;
        for (FlowSide* side : {&sideBaseline_, &sideNow_}) {
            if (side->kind == FlowSide::Kind::shown) *side = {FlowSide::Kind::range, range->first, range->second, {}};
            if (side->kind == FlowSide::Kind::notShown)
                *side = {FlowSide::Kind::notRange, range->first, range->second, {}};
        }
        fillSides();
    }

    /// Exactly the flows of a row on that side, whatever filter and times were shown.
    void showFlows(int row, const KeptPopulation& side) {
        if (row < 0 || row >= model_->rowCount() || !side.path.isEmpty()) return;
        const DeviationModel::Item item = model_->itemAt(row);
        QString filter = item.word                ? filterOfWord(item.word, answer_.comparison->parsed.set)
                         : item.conflicting       ? QStringLiteral("conflicting")
                         : item.className.empty() ? QStringLiteral("inbound and oneway")
                                                  : QStringLiteral("class \"%1\"").arg(fromUtf8(item.className));
        if (const std::string period = side.period.filter(); !period.empty())
            filter = combineFilters(filter, fromUtf8(period), FilterMode::andAlso);
        keepShown();
        workbench().filter().setTimeRange({});
        workbench().filter().setRows(session::Rows::derived);
        workbench().filter().set(filter);
    }

    DeviationModel* model_;
    QTableView* table_;
    QWidget* sides_;
    QComboBox *baseline_, *now_, *level_;
    FlowSide sideBaseline_{FlowSide::Kind::firstHalf}, sideNow_{FlowSide::Kind::secondHalf};
    DeviationQuestion answered_;  ///< what answer_ is of
    DeviationAnswer answer_;
    QString problem_;
};

}  // namespace

View* makeDeviationView(Workbench& workbench, QWidget* parent) { return new DeviationView(workbench, parent); }

}  // namespace weir::ui

#include "deviation_view.moc"
