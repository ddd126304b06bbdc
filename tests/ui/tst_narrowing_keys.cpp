// What narrows the view, by real keys and clicks: every narrowing is a chip, part of the history, survives a restart
// visibly, and Refine and Compare count it.
#include "tests/support/real_frame.h"
#include "tests/support/real_window.h"

#include "core/session/project/resources.h"
#include "core/session/rows/select.h"
#include "ui/delegates/number_delegate.h"
#include "ui/editors/filter_edit.h"
#include "ui/row_view.h"
#include "ui/text/format.h"
#include "ui/view.h"
#include "ui/views/code_combination_view.h"
#include "ui/views/combination_view.h"
#include "ui/views/metric_strip.h"
#include "ui/views/metric_strip_item.h"
#include "ui/views/migration_view.h"

#include <QLabel>
#include <QTableView>
#include <QToolButton>

using namespace weir;

class TstNarrowingKeys : public QObject {
    Q_OBJECT
public:
    explicit TstNarrowingKeys(test::UiSandbox& sandbox) : sandbox_(sandbox) {}
private slots:
    void init();
    void cleanup() { window_.reset(); }
    void selectedRowIsAChip();
    void restartShowsTheSame();
    void chipsDoNotWidenTheWindow();
    void refineCountsTheFilter();
    void compareCountsTheFilter();

private:
    ui::Workbench& bench() { return window_->workbench(); }
    bool open(const QString& perspective);
    bool type(const QString& filter);
    bool clickRow(QTableView& table, int row);
    std::uint64_t countOf(const QString& filter, session::Rows rows);
    QString listed();
    QString header();
    QWidget* chip(const char* name);

    test::UiSandbox& sandbox_;
    std::unique_ptr<ui::MainWindow> window_;
};

void TstNarrowingKeys::init() {
    if (session::samplePath().empty()) QFAIL("the sample capture is not there");
}

bool TstNarrowingKeys::open(const QString& perspective) {
    window_ = std::make_unique<ui::MainWindow>();
    window_->resize(window_->screen()->availableSize() - QSize(20, 40));
    if (!test::showActive(*window_)) return false;
    test::trigger(*window_, "file.openSample");
    if (!test::waitIdle(*window_)) return false;
    window_->docks().show(perspective);
    return test::waitIdle(*window_);
}

/// As a person: the filter field, the text, Enter, whether or not something is offered.
bool TstNarrowingKeys::type(const QString& filter) {
    if (!test::press("ctrl+k") || !test::type(filter)) return false;
    if (!test::press("Return")) return false;
    return test::waitIdle(*window_) && bench().filter().text() == filter;
}

bool TstNarrowingKeys::clickRow(QTableView& table, int row) {
    const QRect at = table.visualRect(table.model()->index(row, 0));
    return test::clickAt(table.viewport()->mapToGlobal(at.center())) && test::waitIdle(*window_);
}

std::uint64_t TstNarrowingKeys::countOf(const QString& filter, session::Rows rows) {
    session::Query query;
    query.rows = rows;
    query.filter = ui::toUtf8(filter);
    JobContext job;
    const auto selected = session::selectRows(bench().snapshot(), bench().rules().judgement(), query, job);
    return selected ? (*selected)->count : ~std::uint64_t{0};
}

/// The figure that the flow list shows of itself.
QString TstNarrowingKeys::listed() {
    QWidget* at = window_->findChild<ui::RowView*>(QStringLiteral("flowTable"));
    while (at != nullptr && qobject_cast<ui::View*>(at) == nullptr) at = at->parentWidget();
    return at == nullptr ? QString() : qobject_cast<ui::View*>(at)->scope().section(u' ', 0, 0);
}

/// The figure of the filter bar.
QString TstNarrowingKeys::header() {
    return window_->findChild<QLabel*>(QStringLiteral("rowCounts"))->text().section(u'>', 1).section(u'<', 0, 0);
}

QWidget* TstNarrowingKeys::chip(const char* name) {
    auto* found = window_->findChild<QWidget*>(QString::fromLatin1(name));
    return found != nullptr && found->isVisible() ? found : nullptr;
}

void TstNarrowingKeys::selectedRowIsAChip() {
    QVERIFY(open(QStringLiteral("triage")));
    auto& codes = *window_->findChild<ui::CodeCombinationView*>();
    const auto& model = codes.combinations();
    const QString all = header();
    QVERIFY(clickRow(codes.table(), 1));
    const auto records = model.index(1, ui::CodeCombinationModel::kRecords).data(ui::kRawRole).toULongLong();
    QTRY_COMPARE(listed(), ui::count(records));
    QCOMPARE(header(), listed());  // the two figures of one window say the same
    QVERIFY(chip("codesChip"));
    QCOMPARE(model.rowCount() > 2, true);  // the table it was chosen in still shows the others
    // Another filter: the list says why it is empty, and the chip is still there.
    QVERIFY(type(QStringLiteral("outbound")));
    QTRY_COMPARE(header(), QStringLiteral("0"));
    QCOMPARE(header(), listed());
    QVERIFY(chip("codesChip") && chip("clearFilter"));
    // Another perspective.
    QVERIFY(test::press("ctrl+2") && test::waitIdle(*window_));
    QVERIFY(chip("codesChip"));
    QCOMPARE(header(), listed());
    QVERIFY(test::press("ctrl+1") && test::waitIdle(*window_));
    // The history has the filter and the row, one after the other, and brings them back.
    QVERIFY(test::press("alt+Left"));
    QTRY_COMPARE(header(), ui::count(records));
    QVERIFY(chip("codesChip") && !chip("clearFilter"));
    QVERIFY(test::press("alt+Left"));
    QTRY_COMPARE(header(), all);
    QVERIFY(!chip("codesChip"));
    QVERIFY(codes.table().selectionModel()->selectedRows().isEmpty());
    QVERIFY(test::press("alt+Right"));
    QTRY_COMPARE(header(), ui::count(records));
    QVERIFY(chip("codesChip"));
    test::shot(*window_, QStringLiteral("narrowing-codes-%1").arg(window_->width()));
    // The ✕.
    QVERIFY(test::click(*chip("codesChip")->findChild<QToolButton*>()));
    QTRY_COMPARE(header(), all);
    QVERIFY(!chip("codesChip"));
    QTRY_COMPARE(listed(), all);
    window_->control().close(true);
}

void TstNarrowingKeys::restartShowsTheSame() {
    QVERIFY(open(QStringLiteral("triage")));
    const QString path = sandbox_.path(QStringLiteral("narrowed%1.weir").arg(window_->screen()->size().width()));
    window_->control().saveAs(path);
    QVERIFY(test::waitIdle(*window_));
    auto& codes = *window_->findChild<ui::CodeCombinationView*>();
    QVERIFY(clickRow(codes.table(), 1));
    QVERIFY(type(QStringLiteral("proto tcp")));
    const QString before = header();
    QCOMPARE(listed(), before);
    QVERIFY(window_->keeper().store().isEmpty());
    window_.reset();
    window_ = std::make_unique<ui::MainWindow>();
    QVERIFY(test::showActive(*window_));
    window_->openFiles({path});
    QTRY_VERIFY(bench().project() != nullptr);
    QVERIFY(test::waitIdle(*window_));
    QTRY_COMPARE(header(), before);
    QTRY_COMPARE(listed(), before);
    QVERIFY(chip("codesChip") && chip("clearFilter"));
    QCOMPARE(window_->findChild<ui::FilterEdit*>()->filter(), QStringLiteral("proto tcp"));
    window_->control().close(true);
}

void TstNarrowingKeys::chipsDoNotWidenTheWindow() {
    QVERIFY(open(QStringLiteral("triage")));
    const test::Frame before = test::settledFrame(*window_);
    auto& codes = *window_->findChild<ui::CodeCombinationView*>();
    int most = 0;  // the row with the most codes has the widest chip
    for (int row = 0; row < codes.combinations().rowCount(); ++row)
        if (codes.combinations().index(row, ui::CodeCombinationModel::kCodes).data(ui::kRawRole).toString().size() >
            codes.combinations().index(most, ui::CodeCombinationModel::kCodes).data(ui::kRawRole).toString().size())
            most = row;
    codes.table().scrollTo(codes.combinations().index(most, 0));
    QVERIFY(clickRow(codes.table(), most));
    const std::int64_t first = bench().snapshot()->sources.front().first;
    bench().filter().setTimeRange(std::pair(first, first + 600'000'000));
    QVERIFY(type(
        QStringLiteral("proto tcp and (dst port 22 or dst port 23 or dst port 80 or dst port 443) and packets < 10")));
    QVERIFY(test::press("ctrl+shift+d") &&
            test::press({QStringLiteral("Down"), QStringLiteral("Down"), QStringLiteral("Return")}) &&
            test::waitIdle(*window_));
    for (const char* name : {"codesChip", "timeChip", "directionChip"}) {
        QVERIFY2(chip(name), name);
        const QWidget& c = *chip(name);
        QVERIFY2(c.width() >= c.sizeHint().width(), name);  // nothing is elided
        QVERIFY2(c.parentWidget()->rect().contains(c.geometry()), name);
        for (const char* other : {"codesChip", "timeChip", "directionChip"})
            if (chip(other) != &c) QVERIFY2(!c.geometry().intersects(chip(other)->geometry()), name);
        QVERIFY2(!c.geometry().intersects(window_->findChild<ui::FilterEdit*>()->geometry()), name);
    }
    QVERIFY(window_->findChild<ui::FilterEdit*>()->width() >= 200);
    test::shot(*window_, QStringLiteral("narrowing-all-%1").arg(window_->width()));
    QCOMPARE(test::settledFrame(*window_), before);
    window_->control().close(true);
}

void TstNarrowingKeys::refineCountsTheFilter() {
    QVERIFY(open(QStringLiteral("refine")));
    test::trigger(*window_, "rules.loadBigler");
    QVERIFY(test::waitIdle(*window_));
    const auto& strip = *window_->findChild<ui::MetricStripView*>();
    const QString conflicts = strip.conflicting().shown().figure;
    QVERIFY(type(QStringLiteral("packets = 1 or dst port 22")));
    const QString in = QStringLiteral("(packets = 1 or dst port 22) and ");
    const auto derived = [&](const char* more) {
        return ui::count(countOf(in + QString::fromLatin1(more), session::Rows::derived));
    };
    QTRY_COMPARE(strip.conflicting().shown().figure, derived("conflicting"));
    QVERIFY(strip.conflicting().shown().figure != conflicts);
    QCOMPARE(strip.unclassified().shown().figure, derived("unclassified"));
    const QString flows = derived("oneway and inbound");
    auto* scope = window_->findChild<QLabel*>(QStringLiteral("selectionScope"));
    QVERIFY(scope && scope->isVisible());
    QVERIFY2(scope->text().startsWith(QStringLiteral("Selection: %1 of %2 flows")
                                          .arg(flows, ui::count(bench().rules().judgement()->classes.oneWay.flows))),
             qPrintable(scope->text()));
    QVERIFY(scope->fontMetrics().horizontalAdvance(scope->text()) <= scope->width());  // no figure is cut off
    QVERIFY2(window_->findChild<ui::CombinationView*>()->scope().contains(flows + QStringLiteral(" flows = 100 %")),
             qPrintable(window_->findChild<ui::CombinationView*>()->scope()));
    test::shot(*window_, QStringLiteral("narrowing-refine-%1").arg(window_->width()));
    // All flows again, from one key to the next.
    QVERIFY(test::press("alt+Left") && test::waitIdle(*window_));
    QTRY_COMPARE(strip.conflicting().shown().figure, conflicts);
    QVERIFY(!scope->isVisible());
    window_->control().close(true);
}

void TstNarrowingKeys::compareCountsTheFilter() {
    QVERIFY(open(QStringLiteral("compare")));
    auto& migration = *window_->findChild<ui::MigrationView*>();
    const auto total = [&] {
        return migration.matrix()
            .index(migration.matrix().rowCount() - 1, migration.matrix().columnCount() - 1)
            .data(ui::kRawRole)
            .toULongLong();
    };
    QVERIFY(total() > 0);
    QVERIFY(type(QStringLiteral("proto udp or proto icmp")));
    QTRY_COMPARE(total(), qulonglong(countOf(QStringLiteral("(proto udp or proto icmp) and oneway and inbound"),
                                             session::Rows::derived)));
    QVERIFY(total() > 0);
    QVERIFY2(migration.statement().startsWith(QStringLiteral("Selection: %1 of ").arg(ui::count(total()))),
             qPrintable(migration.statement()));
    test::shot(*window_, QStringLiteral("narrowing-compare-%1").arg(window_->width()));
    window_->control().close(true);
}

WEIR_REAL_WINDOW_TEST_MAIN(TstNarrowingKeys)
#include "tst_narrowing_keys.moc"
