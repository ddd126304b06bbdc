// The panel Sensitivity: tries several values of one setting and finds the flows whose class depends on it. The flow
// list shows them hatched.
#include "core/session/project/settings.h"
#include "core/session/rows/row_reader.h"
#include "core/session/rows/select.h"
#include "core/session/verbs/sweep.h"
#include "ui/delegates/table_look.h"
#include "ui/jobs/job_runner.h"
#include "ui/models/sweep_model.h"
#include "ui/state/rule_figures.h"
#include "ui/state/unstable_flows.h"
#include "ui/state/workbench.h"
#include "ui/text/format.h"
#include "ui/text/table_copy.h"
#include "ui/view.h"

#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QTableView>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace weir::ui {
namespace {

constexpr std::size_t kMostIds = 1000;  ///< flows that a mark names one by one

/// Initial values to try: around the current value, the other values of a switch, none for lists.
QStringList valuesToTry(const session::SettingDef& def, const session::Settings& now) {
    const QString present = fromUtf8(def.get(now));
    QStringList tries;
    bool number = false;
    const double v = present.toDouble(&number);
    if (number && v > 0 && v < 1)
        tries = {QString::number(v / 2), present, QString::number((1 + v) / 2)};
    else if (number)
        tries = {QString::number(std::floor(v / 2)), present, QString::number(v * 2), QString::number(v * 4)};
    else
        tries = {QStringLiteral("yes"), QStringLiteral("no")};
    QStringList out;
    for (const QString& t : tries) {
        session::Settings other = now;
        if (def.set(other, toUtf8(t)) && !out.contains(t)) out << t;
    }
    return out;
}

class SweepView final : public View {
    Q_OBJECT
public:
    SweepView(Workbench& workbench, QWidget* parent)
        : View(workbench, parent), model_(new SweepModel(this)), table_(new QTableView), setting_(new QComboBox(this)),
          values_(new QLineEdit(this)), run_(new QToolButton(this)), lane_(workbench.jobs()) {
        build();
        connect(&workbench.figures(), &RuleFigures::changed, this, &SweepView::showPresent);
        connect(&workbench, &Workbench::snapshotChanged, this, [this] {
            proposeValues(false);
            showPresent();
        });
        connect(&workbench, &Workbench::projectChanged, this, [this] {
            lane_.cancel();
            swept_.reset();
            model_->set(nullptr, 0);
            showPresent();
        });
        connect(&lane_, &JobRunner::busyChanged, this, &SweepView::showPresent);
        proposeValues(true);
        showPresent();
    }
    QList<QWidget*> titleControls() override {
        for (QWidget* w : std::initializer_list<QWidget*>{setting_, values_, run_}) w->show();
        return {setting_, values_, run_};
    }

private:
    void build() {
        for (const session::SettingDef& d : session::settingTable())
            if (d.redo != session::Redo::packets && d.redo != session::Redo::nothing && d.id != "local")
                setting_->addItem(fromUtf8(d.label), fromUtf8(d.id));
        setting_->setAccessibleName(tr("Setting to vary"));
        setting_->setCurrentIndex(setting_->findData(QStringLiteral("window.bins")));
        values_->setAccessibleName(tr("Values to try"));
        values_->setPlaceholderText(tr("values, comma-separated"));
        values_->setMinimumWidth(140);
        run_->setText(tr("Try"));
        run_->setAutoRaise(true);
        run_->setToolTip(tr("Compute the classes for each value without changing the project"));
        for (QWidget* w : std::initializer_list<QWidget*>{setting_, values_, run_}) w->hide();
        setUpTable(*table_);
        table_->setObjectName(QStringLiteral("sweep"));
        table_->setAccessibleName(tr("Values of the setting and flows that change class"));
        table_->setModel(model_);
        table_->setSelectionMode(QAbstractItemView::SingleSelection);
        table_->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
        table_->horizontalHeader()->setStretchLastSection(true);
        connect(setting_, &QComboBox::currentIndexChanged, this, [this] { proposeValues(true); });
        connect(run_, &QToolButton::clicked, this, &SweepView::run);
        connect(values_, &QLineEdit::returnPressed, this, &SweepView::run);
        connect(table_, &QAbstractItemView::activated, this, [this](const QModelIndex& at) { showFlips(at.row()); });
        makeCopyable(table_, [this](QMenu& menu, const QModelIndex& at) {
            const session::SweepRun* run = at.isValid() ? model_->at(at.row()) : nullptr;
            if (!run || run->rows->empty()) return;
            menu.addAction(tr("Show flows that change class"), this, [this, row = at.row()] { showFlips(row); });
            menu.addAction(tr("Show flows that change class under any value"), this,
                           [this] { this->workbench().filter().set(QStringLiteral("unstable")); });
            menu.addAction(
                run->rows->size() > kMostIds ? tr("Tag the first %1…").arg(count(kMostIds)) : tr("Tag them…"), this,
                [this, row = at.row()] {
                    if (const std::string filter = flipsOf(row); !filter.empty())
                        emit workbench().markAsked({{}, filter, {}, {}});
                });
        });
        setContent(table_);
    }

    const session::SettingDef* setting() const {
        return session::findSetting(toUtf8(setting_->currentData().toString()));
    }

    /// Typed values stay until another setting is selected.
    void proposeValues(bool always) {
        const session::SettingDef* def = setting();
        if (!def || (!always && values_->isModified())) return;
        const auto& snapshot = workbench().snapshot();
        setting_->setToolTip(fromUtf8(def->help));
        values_->setText(
            valuesToTry(*def, snapshot ? snapshot->settings : session::Settings()).join(QStringLiteral(", ")));
        values_->setModified(false);
    }

    void run() {
        if (lane_.busy()) return lane_.cancel();
        const auto snapshot = workbench().snapshot();
        const auto judgement = workbench().rules().judgement();
        const session::SettingDef* def = setting();
        if (!snapshot || !snapshot->signs() || !judgement || !def) return;
        std::vector<std::string> values;
        for (const QString& v : values_->text().split(u',', Qt::SkipEmptyParts))
            if (!v.trimmed().isEmpty()) values.push_back(toUtf8(v.trimmed()));
        lane_.start(
            tr("Try values of %1").arg(setting_->currentText()),
            [snapshot, judgement, id = std::string(def->id), values](JobContext& job) {
                return session::sweepSetting(snapshot, *judgement, id, values, session::RunId(), job);
            },
            [this, snapshot, judgement](Result<session::Sweep> sweep) {
                finish(snapshot, judgement, std::move(sweep));
            });
    }

    void finish(const session::SnapshotPtr& snapshot, const session::JudgementPtr& judgement,
                Result<session::Sweep> sweep) {
        problem_.clear();
        if (!sweep) {
            if (sweep.error().code != Errc::cancelled) problem_ = fromUtf8(sweep.error().detail);
            return showPresent();
        }
        swept_ = snapshot;
        judgement_ = judgement;
        auto unstable = std::make_shared<UnstableFlows>();
        unstable->of = snapshot->flows;
        unstable->setting = fromUtf8(sweep->setting);
        unstable->tried =
            std::size_t(std::ranges::count_if(sweep->runs, [](const session::SweepRun& r) { return !r.present; }));
        for (std::size_t i = 0; i < sweep->times.size(); ++i)
            unstable->values.emplace((*sweep->unstable)[i], sweep->times[i]);
        workbench().setUnstable(std::move(unstable));
        const auto shared = std::make_shared<const session::Sweep>(std::move(*sweep));
        workbench().setSweep(shared);  // filters can name it
        model_->set(shared, judgement->classes.oneWay.flows);
        showPresent();
    }

    /// Ids, since a mark outlives what was tried.
    std::string flipsOf(int row) const {
        const session::SweepRun* run = model_->at(row);
        if (!run || !swept_ || run->rows->empty()) return {};
        std::string filter = "flow in [";
        for (std::size_t i = 0; i < std::min(run->rows->size(), kMostIds); ++i)
            filter.append(i ? " " : "").append(session::flowIdOf(*swept_, (*run->rows)[i]));
        return filter.append("]");
    }

    void showFlips(int row) {
        const session::SweepRun* run = model_->at(row);
        if (run && !run->rows->empty())
            workbench().filter().set(QStringLiteral("flips \"%1\"").arg(fromUtf8(run->value)));
    }

    void showPresent() {
        const auto& snapshot = workbench().snapshot();
        const bool can = snapshot && snapshot->flows && snapshot->signs();
        run_->setEnabled(can);
        run_->setText(lane_.busy() ? tr("Cancel") : tr("Try"));
        setScope({});
        if (!can)
            return showState(tr("No signs yet"),
                             tr("Once flows have signs, test here how a setting affects their classes."));
        if (!problem_.isEmpty()) return showError(problem_, tr("Change the values in the title row."));
        if (lane_.busy()) return showState(tr("Trying"), tr("One pass over the flows for each value."));
        if (!swept_)
            return showState(tr("How sensitive are the classes?"),
                             tr("Choose a setting and values above, then Try: flows whose class depends on it are "
                                "listed and hatched."));
        const bool old = swept_->flows != snapshot->flows || judgement_ != workbench().rules().judgement();
        const auto& unstable = workbench().unstable();
        setScope((workbench().figures().part() ? tr("all flows: ") : QString()) +
                 (old ? tr("outdated, rules or flows changed · ") : QString()) +
                 tr("%1 flow(s) would change class (hatched in the list)", nullptr,
                    pluralOf(unstable ? unstable->values.size() : 0))
                     .arg(count(unstable ? unstable->values.size() : 0)));
        showContent();
    }

    SweepModel* model_;
    QTableView* table_;
    QComboBox* setting_;
    QLineEdit* values_;
    QToolButton* run_;
    JobRunner lane_;
    session::SnapshotPtr swept_;
    session::JudgementPtr judgement_;
    QString problem_;
};

}  // namespace

View* makeSweepView(Workbench& workbench, QWidget* parent) { return new SweepView(workbench, parent); }

}  // namespace weir::ui

#include "sweep_view.moc"
