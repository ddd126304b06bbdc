// The panel Records per code: one bar per code (Fig. 1 of the paper). A click shows the code's sources and ports, Enter
// filters.
#include "ui/actions.h"
#include "ui/charts/code_bars.h"
#include "ui/state/workbench.h"
#include "ui/text/format.h"
#include "ui/view.h"

#include <algorithm>

namespace weir::ui {
namespace {

class CodeChartView final : public View {
    Q_OBJECT
public:
    CodeChartView(Workbench& workbench, QWidget* parent) : View(workbench, parent), bars_(new CodeBars) {
        bars_->setObjectName(QStringLiteral("codeBars"));
        setContent(bars_);
        auto& pick = workbench.pick();
        connect(&workbench.scores(), &ScoreBoard::ranked, this, &CodeChartView::refresh);
        connect(&workbench, &Workbench::snapshotChanged, this, &CodeChartView::refresh);
        connect(&pick, &Pick::codePicked, this, [this] { bars_->setCurrent(this->workbench().pick().code()); });
        connect(bars_, &CodeBars::picked, &pick, &Pick::setCode);
        connect(bars_, &CodeBars::activated, this, [this](int test) {
            this->workbench().filter().set(
                fromUtf8(session::codeFilter(this->workbench().scores().profile().tests[std::size_t(test)].code)));
        });
        refresh();
    }

private:
    void refresh() {
        auto& board = workbench().scores();
        const CodeLook look(board.profile());
        std::vector<CodeBars::Bar> bars;
        for (std::size_t t = 0; t < look.size(); ++t)
            bars.push_back({int(t), fromUtf8(board.profile().tests[t].code), look.of(t).color, board.perCode()[t]});
        std::stable_sort(bars.begin(), bars.end(), [](const auto& a, const auto& b) { return a.records > b.records; });
        bars_->setBars(std::move(bars));
        setScope(board.result() ? tr("of %1 scored").arg(count(board.tally().scored)) : QString());
        if (!workbench().snapshot() || workbench().snapshot()->sources.empty())
            return showState(tr("No captures yet"), tr("Open a capture to see how many records have each code."),
                             workbench().actions().get("file.openCapture"));
        if (!board.result()) return showState(tr("Scoring"), {});
        showContent();
    }

    CodeBars* bars_;
};

}  // namespace

View* makeCodeChartView(Workbench& workbench, QWidget* parent) { return new CodeChartView(workbench, parent); }

}  // namespace weir::ui

#include "code_chart_view.moc"
