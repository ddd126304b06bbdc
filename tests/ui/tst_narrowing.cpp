// The narrowing as a value with history, what takes parts out of it, and the figures that follow it: never two
// narrowings at once.
#include "tests/support/window_driver.h"

#include "core/session/project/resources.h"
#include "core/session/verbs/rule_sets.h"
#include "ui/editors/filter_edit.h"
#include "ui/state/iteration_history.h"
#include "ui/state/rule_figures.h"
#include "ui/text/format.h"
#include "ui/views/code_combination_view.h"
#include "ui/views/conflict_view.h"
#include "ui/views/metric_strip.h"
#include "ui/views/metric_strip_item.h"

#include <QLabel>
#include <QTableView>
#include <QUndoStack>

using namespace weir;
using ui::FlowFilter;
using ui::Heading;
using ui::Narrowing;

class TstNarrowing : public QObject {
    Q_OBJECT
public:
    explicit TstNarrowing(test::UiSandbox& sandbox) : sandbox_(sandbox) {}
private slots:
    void initTestCase();
    void cleanup();
    void cleanupTestCase() { window_.reset(); }
    void historyHoldsAllParts();
    void quickRowsAreOneStep();
    void forgettingCleansTheHistory();
    void queriesSayAllParts();
    void nothingIsAddedTwice();
    void oldFiguresStayUntilTheNewAreThere();
    void editsUnderAFilter();
    void iterationsAndAssertsCountAll();
    void emptySelectionSaysSo();
    void sortedAndRecordsCountTheSame();
    void codesOfAnotherProfileGo();
    void timesWithoutDataGo();
    void filterOnWhatIsGoneGoes();

private:
    ui::Workbench& bench() { return window_->workbench(); }
    FlowFilter& filter() { return bench().filter(); }
    ui::RuleFigures& figures() { return bench().figures(); }
    const ui::MetricStripView& strip() { return *window_->findChild<ui::MetricStripView*>(); }
    std::uint64_t countOf(const QString& text);
    bool settled() {
        return test::waitIdle(*window_) && QTest::qWaitFor([&] { return !figures().counting(); });
    }

    test::UiSandbox& sandbox_;
    std::unique_ptr<ui::MainWindow> window_;
};

void TstNarrowing::initTestCase() {
    window_ = test::openSample(QStringLiteral("refine"));
    QVERIFY(window_);
    test::trigger(*window_, "rules.loadBigler");
    QVERIFY(settled());
    QVERIFY(figures().judgement()->classes.conflicting > 0);
}

void TstNarrowing::cleanup() {
    if (!window_ || !bench().project()) return;
    filter().narrow({});
    filter().setRows(session::Rows::derived);
    filter().setSort(session::Field::id, false);
    QVERIFY(settled());
}

std::uint64_t TstNarrowing::countOf(const QString& text) {
    session::Query query;
    query.filter = ui::toUtf8(text);
    JobContext job;
    const auto rows = session::selectRows(bench().snapshot(), bench().rules().judgement(), query, job);
    return rows ? (*rows)->count : ~std::uint64_t{0};
}

void TstNarrowing::historyHoldsAllParts() {
    FlowFilter f;
    f.set(QStringLiteral("proto tcp"));
    f.setTimeRange(std::pair(1, 2));
    f.setCodes({QStringLiteral("SYN ONLY")});
    Narrowing all = f.narrowing();
    all.heading = Heading::inbound;
    f.narrow(all);
    QCOMPARE(f.narrowing(), all);
    f.back();
    QVERIFY(f.narrowing().heading == Heading::any && !f.narrowing().codes.isEmpty());
    f.back();
    QVERIFY(f.narrowing().codes.isEmpty() && f.timeRange());
    f.back();
    QVERIFY(!f.timeRange() && f.text() == QStringLiteral("proto tcp"));
    f.back();
    QVERIFY(f.narrowing().empty() && !f.canGoBack());
    for (int i = 0; i < 4; ++i) f.forward();
    QCOMPARE(f.narrowing(), all);
    QVERIFY(!f.canGoForward());
    f.back();
    f.set(QStringLiteral("proto udp"));  // another way: what was ahead is gone
    QVERIFY(!f.canGoForward());
    QSignalSpy changed(&f, &FlowFilter::changed);
    f.narrow(f.narrowing());
    QCOMPARE(changed.size(), 0);
}

void TstNarrowing::quickRowsAreOneStep() {
    FlowFilter f;
    for (const char* code : {"A", "B", "C"}) f.setCodes({QString::fromLatin1(code)});
    QCOMPARE(f.narrowing().codes, QStringList{QStringLiteral("C")});
    f.back();
    QVERIFY(f.narrowing().empty() && !f.canGoBack());
    f.forward();
    f.set(QStringLiteral("proto tcp"));
    f.setCodes({QStringLiteral("D")});  // after another step it is a step of its own
    f.back();
    QCOMPARE(f.narrowing().codes, QStringList{QStringLiteral("C")});
}

void TstNarrowing::forgettingCleansTheHistory() {
    FlowFilter f;
    f.setCodes({QStringLiteral("A")});
    f.set(QStringLiteral("proto tcp"));
    f.forget([](Narrowing& n) { n.codes.clear(); });
    QVERIFY(f.narrowing().codes.isEmpty());
    QCOMPARE(f.text(), QStringLiteral("proto tcp"));
    f.back();
    QVERIFY(f.narrowing().empty());
    QVERIFY(!f.canGoBack());  // two steps became equal
    QSignalSpy changed(&f, &FlowFilter::changed);
    f.forget([](Narrowing& n) { n.codes.clear(); });
    QCOMPARE(changed.size(), 0);
}

void TstNarrowing::queriesSayAllParts() {
    const auto& profile = bench().scores().profile();
    Narrowing n;
    n.filter = QStringLiteral("proto tcp or proto udp");
    n.heading = Heading::inbound;
    n.times = std::pair(5, 9);
    QCOMPARE(n.query(session::Rows::records).filter, std::string("(proto tcp or proto udp) and inbound"));
    QCOMPARE(n.query(session::Rows::records).fromUs, 5);
    n.codes = {QStringLiteral("SYN ONLY")};
    const auto query = n.query(session::Rows::records, profile);
    QVERIFY(query && query->filter.find("code \"SYN ONLY\"") != std::string::npos &&
            query->filter.find("not code \"DARK IP\"") != std::string::npos);
    n.codes << QStringLiteral("NO SUCH CODE");
    QVERIFY(!n.query(session::Rows::records, profile));
    QCOMPARE(ui::codesOfWord(profile, *ui::wordOfCodes(profile, {QStringLiteral("SYN ONLY")})),
             QStringList{QStringLiteral("SYN ONLY")});
    for (const Heading h : {Heading::any, Heading::inbound, Heading::outbound, Heading::internal, Heading::transit})
        QCOMPARE(ui::headingOf(ui::headingWord(h)), h);
}

void TstNarrowing::nothingIsAddedTwice() {
    const QString once =
        ui::combineFilters(QStringLiteral("proto tcp"), QStringLiteral("port 22"), ui::FilterMode::andAlso);
    QCOMPARE(ui::combineFilters(once, QStringLiteral("port 22"), ui::FilterMode::andAlso), once);
    QCOMPARE(ui::combineFilters(QStringLiteral("port 22"), QStringLiteral("port 22"), ui::FilterMode::andAlso),
             QStringLiteral("port 22"));
    QCOMPARE(ui::combineFilters(QStringLiteral("proto udp or proto tcp and port 22"), QStringLiteral("port 22"),
                                ui::FilterMode::andAlso),
             QStringLiteral("(proto udp or proto tcp and port 22) and port 22"));
}

/// Between the filter and its figures everything shown is of the selection before, and says so.
void TstNarrowing::oldFiguresStayUntilTheNewAreThere() {
    filter().set(QStringLiteral("proto tcp"));
    QVERIFY(settled());
    const auto before = figures().judgement();
    const QString figure = strip().conflicting().shown().figure;
    QCOMPARE(before->classes.oneWay.flows, countOf(QStringLiteral("proto tcp and oneway and inbound")));
    filter().set(QStringLiteral("proto udp"));
    QVERIFY(figures().counting());
    QCOMPARE(figures().judgement(), before);
    QCOMPARE(strip().conflicting().shown().figure, figure);
    QVERIFY2(strip().selection().text().startsWith(QStringLiteral("Counting the selection. Showing the previous one")),
             qPrintable(strip().selection().text()));
    // Every change on the way shows figures of one narrowing alone.
    bool mixed = false;
    connect(&figures(), &ui::RuleFigures::changed, this, [&] {
        const auto& j = figures().judgement();
        mixed |= figures().counting()
                     ? j->classes.oneWay.flows != before->classes.oneWay.flows
                     : j->classes.oneWay.flows != countOf(QStringLiteral("proto udp and oneway and inbound"));
    });
    QVERIFY(settled());
    disconnect(&figures(), &ui::RuleFigures::changed, this, nullptr);
    QVERIFY(!mixed);
    QCOMPARE(figures().judgement()->classes.oneWay.flows, countOf(QStringLiteral("proto udp and oneway and inbound")));
    QVERIFY(strip().selection().text().startsWith(QStringLiteral("Selection: ")));
    // There and back before anything was counted: the figures are right at once.
    const auto now = figures().judgement();
    filter().set(QStringLiteral("proto icmp"));
    filter().back();
    QVERIFY(!figures().counting());
    QCOMPARE(figures().judgement(), now);
}

/// Every key is answered at once, on the selection.
void TstNarrowing::editsUnderAFilter() {
    filter().set(QStringLiteral("proto tcp"));
    QVERIFY(settled());
    QString text = bench().rules().text();
    bench().rules().edit(text + QStringLiteral("\nclass Extra\n  99: TCP\n"), QStringLiteral("test"));
    QVERIFY(!figures().counting());
    QCOMPARE(figures().judgement()->parsed.set.text, ui::toUtf8(bench().rules().text()));
    const auto index = figures().judgement()->parsed.set.classes.size() - 1;
    QCOMPARE(figures().judgement()->parsed.set.classes[index].name, std::string("Extra"));
    QCOMPARE(figures().judgement()->classes.ruleMatches.back(),
             countOf(QStringLiteral("proto tcp and oneway and inbound")));
    QVERIFY(bench().rules().judgement()->classes.oneWay.flows > figures().judgement()->classes.oneWay.flows);
    bench().undo().undo();
    QVERIFY(settled());
}

void TstNarrowing::iterationsAndAssertsCountAll() {
    const auto all = bench().rules().judgement()->classes;
    filter().set(QStringLiteral("proto udp"));
    QVERIFY(settled());
    QVERIFY(figures().judgement()->classes.conflicting != all.conflicting);
    auto& history = bench().iterations();
    history.save(QStringLiteral("alpha"));
    QTRY_VERIFY(!history.saving());
    QCOMPARE(history.all().back().conflicting, all.conflicting);
    QCOMPARE(history.all().back().oneWay, all.oneWay.flows);
    QCOMPARE(history.baseJudgement()->classes.oneWay.flows,
             figures().judgement()->classes.oneWay.flows);  // the strip's change is against the same flows
    QVERIFY(strip().selection().text().contains(QStringLiteral("saved iterations count all flows")));
    auto* iterations =
        window_->docks().dock(QStringLiteral("iterations"))->findChild<ui::View*>(QStringLiteral("iterations"));
    QVERIFY2(iterations->scope().contains(QStringLiteral("all flows")), qPrintable(iterations->scope()));
    bench().undo().undo();
}

void TstNarrowing::emptySelectionSaysSo() {
    filter().set(QStringLiteral("port 1 and proto icmp"));
    QVERIFY(settled());
    QCOMPARE(figures().judgement()->classes.oneWay.flows, 0u);
    QVERIFY(strip().selection().text().startsWith(QStringLiteral("Selection: 0 of ")));
    QCOMPARE(strip().conflicting().shown().figure, QStringLiteral("0"));
}

void TstNarrowing::sortedAndRecordsCountTheSame() {
    filter().set(QStringLiteral("proto tcp"));
    QVERIFY(settled());
    const std::uint64_t flows = figures().judgement()->classes.oneWay.flows;
    filter().setSort(session::Field::bytes, true);
    QVERIFY(settled());
    QCOMPARE(figures().judgement()->classes.oneWay.flows, flows);
    filter().setRows(session::Rows::records);
    filter().set(QStringLiteral("dst port 22"));
    QVERIFY(settled());
    QCOMPARE(figures().judgement()->classes.oneWay.flows,
             countOf(QStringLiteral("dst port 22 and oneway and inbound")));
}

void TstNarrowing::codesOfAnotherProfileGo() {
    filter().setCodes({QStringLiteral("SYN ONLY")});
    filter().set(QStringLiteral("proto tcp"));
    QVERIFY(settled());
    bench().scores().edit(QStringLiteral("weir-score 1\nbad 5 \"ANY TCP\" when proto tcp\n"), QStringLiteral("test"));
    QTRY_VERIFY(bench().snapshot()->scores && bench().snapshot()->scores->parsed.profile.tests.size() == 1);
    QVERIFY(filter().narrowing().codes.isEmpty());
    QCOMPARE(filter().text(), QStringLiteral("proto tcp"));
    QVERIFY(!window_->findChild<QWidget*>(QStringLiteral("codesChip"))->isVisible());
    filter().back();
    QVERIFY(filter().narrowing().codes.isEmpty());
    QVERIFY(settled());
    bench().undo().undo();
    QTRY_VERIFY(bench().snapshot()->scores->parsed.profile.tests.size() > 1);
}

void TstNarrowing::timesWithoutDataGo() {
    const std::int64_t first = bench().snapshot()->sources.front().first,
                       last = bench().snapshot()->sources.front().last;
    filter().setTimeRange(std::pair(first, first + 60'000'000));
    bench().project()->publish([](session::Snapshot&) {});
    bench().refreshSnapshot();
    QVERIFY(filter().timeRange());
    filter().setTimeRange(std::pair(last + 1'000'000, last + 2'000'000));
    bench().project()->publish([](session::Snapshot&) {});
    bench().refreshSnapshot();
    QVERIFY(!filter().timeRange());
    QVERIFY(settled());
}

/// Not while it may come back, as at every letter of a name that is being typed.
void TstNarrowing::filterOnWhatIsGoneGoes() {
    const QString before = bench().rules().text();
    const QString named = QStringLiteral("class Backscatter");
    filter().set(named);
    QVERIFY(settled());
    bench().rules().edit(QStringLiteral("weir-rules 1\nclass Only\n  1: TCP\n"), QStringLiteral("test"));
    QTRY_VERIFY(!bench().selectionError().isEmpty());
    QCOMPARE(filter().text(), named);
    bench().undo().undo();
    QTRY_VERIFY(bench().selectionError().isEmpty());
    QTest::qWait(1'700);
    QCOMPARE(filter().text(), named);
    bench().rules().edit(QStringLiteral("weir-rules 1\nclass Only\n  1: TCP\n"), QStringLiteral("test"));
    QTRY_COMPARE_WITH_TIMEOUT(filter().text(), QString(), 5'000);
    QTRY_COMPARE(bench().selection()->count, bench().selection()->total);
    auto* edit = window_->findChild<ui::FilterEdit*>();
    QCOMPARE(edit->filter(), named);  // to be corrected
    QVERIFY(!edit->good());
    QVERIFY2(window_->notices().text().contains(QStringLiteral("The filter was removed")),
             qPrintable(window_->notices().text()));
    QVERIFY(filter().canGoBack());
    bench().undo().undo();
    QCOMPARE(bench().rules().text(), before);
    edit->setFilter({});
}

WEIR_UI_TEST_MAIN(TstNarrowing)
#include "tst_narrowing.moc"
