// The row view with 37 M and 1 G rows: time to open and to scroll, and the slowest steps of a thousand.
#include "ui/row_view.h"
#include "ui/theme.h"

#include <benchmark/benchmark.h>

#include <QApplication>
#include <QElapsedTimer>
#include <QHeaderView>

#include <algorithm>
#include <array>
#include <random>
#include <vector>

namespace {

using namespace weir::ui;

/// Rows made up from their number; as quick as a page that is in memory.
class MadeRows final : public RowSource {
public:
    explicit MadeRows(std::uint64_t rows) : rows_(rows) {
        for (const char* title : {"First seen", "Duration", "Proto", "Source", "Port", "Destination", "Port", "Flags",
                                  "Packets", "Bytes", "Class", "Rule"})
            columns_.push_back({QString::fromLatin1(title),
                                QString::fromLatin1(title),
                                {},
                                columns_.size() > 7 ? CellKind::number : CellKind::text,
                                9.0,
                                true,
                                true});
        columns_[10].kind = CellKind::chip;
    }
    const std::vector<RowColumn>& columns() const override { return columns_; }
    std::uint64_t rows() const override { return rows_; }
    void want(std::uint64_t first, std::uint64_t n) override {
        first_ = first;
        cells_.resize(std::size_t(n));
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t c = 0; c < 12; ++c)
                cells_[i][c].text = columns_[c].kind == CellKind::chip
                                        ? QString()
                                        : QStringLiteral("%1.%2").arg((first + i) * 2654435761u % 1000003).arg(c);
    }
    const RowCell* cell(std::uint64_t row, std::size_t column) const override {
        return &cells_[std::size_t(row - first_)][column];
    }
    QStringList chip(std::uint64_t, std::size_t) const override { return {QStringLiteral("Backscatter")}; }

private:
    std::uint64_t rows_, first_ = 0;
    std::vector<RowColumn> columns_;
    std::vector<std::array<RowCell, 12>> cells_;
};

void open(benchmark::State& state) {
    for (auto _ : state) {
        MadeRows rows(std::uint64_t(state.range(0)));
        RowView view;
        view.setSource(&rows);
        view.resize(1300, 900);
        view.show();
        view.repaint();
        QCoreApplication::processEvents();
    }
}

/// One step = place the list somewhere and paint it. Prints the 99th percentile; the goal is 8 ms.
void scroll(benchmark::State& state, bool anywhere) {
    MadeRows rows(std::uint64_t(state.range(0)));
    RowView view;
    view.setSource(&rows);
    view.resize(1300, 900);
    view.show();
    QCoreApplication::processEvents();
    std::mt19937_64 random(1);
    std::vector<double> steps;
    for (auto _ : state) {
        QElapsedTimer clock;
        clock.start();
        view.setTopRow(anywhere ? random() % rows.rows() : view.topRow() + 3);
        view.viewport()->repaint();
        steps.push_back(double(clock.nsecsElapsed()) / 1e6);
    }
    std::sort(steps.begin(), steps.end());
    state.counters["p50_ms"] = steps[steps.size() / 2];
    state.counters["p99_ms"] = steps[steps.size() * 99 / 100];
    state.SetItemsProcessed(state.iterations());
}

BENCHMARK(open)->Arg(37'000'000)->Arg(1'000'000'000)->Unit(benchmark::kMillisecond)->Iterations(20);
BENCHMARK_CAPTURE(scroll, wheel, false)
    ->Arg(37'000'000)
    ->Arg(1'000'000'000)
    ->Unit(benchmark::kMillisecond)
    ->Iterations(1000);
BENCHMARK_CAPTURE(scroll, jump, true)
    ->Arg(37'000'000)
    ->Arg(1'000'000'000)
    ->Unit(benchmark::kMillisecond)
    ->Iterations(1000);

}  // namespace

int main(int argc, char** argv) {
    QApplication app(argc, argv);
    setUpLook(app, Scheme::light);
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
