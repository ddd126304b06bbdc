// The panel By badness: one bar per badness, records without a code at 0. Enter filters by it.
#include "ui/actions.h"
#include "ui/charts/code_bars.h"
#include "ui/state/workbench.h"
#include "ui/text/format.h"
#include "ui/view.h"

namespace weir::ui {
namespace {

class BadnessChartView final : public View {
    Q_OBJECT
public:
    BadnessChartView(Workbench& workbench, QWidget* parent) : View(workbench, parent), bars_(new CodeBars) {
        bars_->setObjectName(QStringLiteral("badnessBars"));
        bars_->setAccessibleName(tr("Records by badness"));
        setContent(bars_);
        connect(&workbench.scores(), &ScoreBoard::ranked, this, &BadnessChartView::refresh);
        connect(&workbench, &Workbench::snapshotChanged, this, &BadnessChartView::refresh);
        connect(bars_, &CodeBars::activated, this,
                [this](int badness) { this->workbench().filter().set(QStringLiteral("badness = %1").arg(badness)); });
        refresh();
    }

private:
    void refresh() {
        auto& board = workbench().scores();
        std::vector<CodeBars::Bar> bars;
        const auto counts = score::flowsPerBadness(board.profile(), board.tally().words);
        for (auto it = counts.rbegin(); it != counts.rend(); ++it)
            bars.push_back({it->first, QString::number(it->first), badnessColor(it->first), it->second});
        bars_->setBars(std::move(bars));
        setScope(board.result() ? tr("of %1 scored").arg(count(board.tally().scored)) : QString());
        if (!workbench().snapshot() || workbench().snapshot()->sources.empty())
            return showState(tr("No captures yet"), tr("Open a capture to see how many records have which badness."),
                             workbench().actions().get("file.openCapture"));
        if (!board.result()) return showState(tr("Scoring"), {});
        showContent();
    }

    CodeBars* bars_;
};

}  // namespace

View* makeBadnessChartView(Workbench& workbench, QWidget* parent) { return new BadnessChartView(workbench, parent); }

}  // namespace weir::ui

#include "badness_chart_view.moc"
