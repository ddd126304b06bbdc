// The row view and what feeds it: any row count, selection ranges, keyboard, columns, copies, filters of cells.
#include "ui/models/flow_copy.h"
#include "ui/row_view.h"
#include "ui/state/flow_filter.h"

#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include <random>
#include <set>

using namespace weir;
using namespace weir::ui;

namespace {

class NumberedRows final : public RowSource {
public:
    explicit NumberedRows(std::uint64_t rows) : rows_(rows) {
        for (int c = 0; c < 6; ++c)
            columns_.push_back({QStringLiteral("c%1").arg(c),
                                QStringLiteral("Column %1").arg(c),
                                {},
                                CellKind::number,
                                8,
                                c != 5,
                                true});
    }
    const std::vector<RowColumn>& columns() const override { return columns_; }
    std::uint64_t rows() const override { return rows_; }
    void want(std::uint64_t first, std::uint64_t n) override {
        wanted.emplace_back(first, n);
        most = std::max(most, n);
    }
    const RowCell* cell(std::uint64_t row, std::size_t) const override {
        cell_.text = QString::number(row);
        return &cell_;
    }
    QStringList chip(std::uint64_t, std::size_t) const override { return {}; }
    std::vector<std::pair<std::uint64_t, std::uint64_t>> wanted;
    std::uint64_t most = 0;

private:
    std::uint64_t rows_;
    std::vector<RowColumn> columns_;
    mutable RowCell cell_;
};

}  // namespace

class TstFlowView : public QObject {
    Q_OBJECT
private slots:
    void reachesEveryRow_data();
    void reachesEveryRow();
    void onlyRowsOnScreenAreFetched();
    void keyboard();
    void selectionAgainstASet();
    void sortClicks();
    void columnStateRoundTrip();
    void copies();
    void combinedFilters_data();
    void combinedFilters();
};

void TstFlowView::reachesEveryRow_data() {
    QTest::addColumn<quint64>("rows");
    QTest::newRow("none") << quint64(0);
    QTest::newRow("one") << quint64(1);
    QTest::newRow("screen") << quint64(20);
    QTest::newRow("37 M") << quint64(37'000'000);
    QTest::newRow("1 G") << quint64(1'000'000'000);
    QTest::newRow("more than an int") << quint64(20'000'000'000);
}

void TstFlowView::reachesEveryRow() {
    QFETCH(quint64, rows);
    NumberedRows source(rows);
    RowView view;
    view.resize(600, 400);
    view.setSource(&source);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    view.verticalScrollBar()->setValue(view.verticalScrollBar()->maximum());
    const std::uint64_t last = rows > view.pageRows() ? rows - view.pageRows() : 0;
    QCOMPARE(view.topRow(), last);
    view.verticalScrollBar()->setValue(0);
    QCOMPARE(view.topRow(), std::uint64_t(0));
    std::mt19937_64 random(7);
    for (int i = 0; i < 50 && last > 0; ++i) {
        const std::uint64_t row = random() % last;
        view.setTopRow(row);
        QCOMPARE(view.topRow(), row);  // exact, whatever the scroll bar can count
    }
    if (rows > 0) {
        view.setCurrentRow(rows - 1);
        QCOMPARE(view.topRow(), last);
    }
}

void TstFlowView::onlyRowsOnScreenAreFetched() {
    NumberedRows source(37'000'000);
    RowView view;
    view.resize(600, 400);
    view.setSource(&source);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    for (int i = 0; i < 100; ++i) {
        view.setTopRow(std::uint64_t(i) * 370'000);
        view.viewport()->repaint();
    }
    QVERIFY(source.wanted.size() >= 100);
    QVERIFY(source.most <= view.pageRows() + 1);
}

void TstFlowView::keyboard() {
    NumberedRows source(1000);
    RowView view;
    view.resize(600, 400);
    view.setSource(&source);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    view.setFocus(Qt::TabFocusReason);
    view.setCurrentRow(0);
    QTest::keyClick(&view, Qt::Key_Down);
    QCOMPARE(view.currentRow(), std::uint64_t(1));
    QTest::keyClick(&view, Qt::Key_End);
    QCOMPARE(view.currentRow(), std::uint64_t(999));
    QTest::keyClick(&view, Qt::Key_PageUp);
    QCOMPARE(view.currentRow(), 999 - view.pageRows());
    QTest::keyClick(&view, Qt::Key_Home);
    QTest::keyClick(&view, Qt::Key_Down, Qt::ShiftModifier);
    QTest::keyClick(&view, Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(view.selected().count(), std::uint64_t(3));
    QTest::keyClick(&view, Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(view.selected().count(), std::uint64_t(1000));
    QSignalSpy activated(&view, &RowView::activated);
    QTest::keyClick(&view, Qt::Key_Return);
    QCOMPARE(activated.count(), 1);
}

void TstFlowView::selectionAgainstASet() {
    const unsigned seed = 20261122;
    qInfo("seed %u", seed);
    std::mt19937 random(seed);
    RowSelection selection;
    std::set<std::uint64_t> model;
    for (int i = 0; i < 3000; ++i) {
        const std::uint64_t a = random() % 60, b = random() % 60;
        if (random() % 3 == 0) {
            selection.add(a, b);
            for (auto r = std::min(a, b); r <= std::max(a, b); ++r) model.insert(r);
        } else {
            selection.toggle(a);
            if (!model.erase(a)) model.insert(a);
        }
        if (random() % 200 == 0) {
            selection.clear();
            model.clear();
        }
        QCOMPARE(selection.count(), std::uint64_t(model.size()));
        for (std::uint64_t r = 0; r < 61; ++r) QCOMPARE(selection.contains(r), model.count(r) == 1);
        for (std::size_t k = 1; k < selection.ranges().size(); ++k)
            QVERIFY(selection.ranges()[k - 1].last + 1 < selection.ranges()[k].first);
    }
}

void TstFlowView::sortClicks() {
    NumberedRows source(100);
    RowView view;
    view.resize(700, 300);
    view.setSource(&source);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    QSignalSpy sorted(&view, &RowView::sortRequested);
    const QPoint at(view.header()->sectionViewportPosition(2) + 20, 8);
    QTest::mouseClick(view.header()->viewport(), Qt::LeftButton, {}, at);
    QCOMPARE(sorted.count(), 1);
    QCOMPARE(sorted.back()[0].toInt(), 2);
    QTest::mouseClick(view.header()->viewport(), Qt::LeftButton, {}, at);
    QCOMPARE(sorted.count(), 2);
    QVERIFY(sorted[0][1].toBool() != sorted[1][1].toBool());
}

void TstFlowView::columnStateRoundTrip() {
    NumberedRows source(100);
    RowView a, b;
    a.setSource(&source);
    b.setSource(&source);
    a.header()->moveSection(0, 3);
    a.header()->resizeSection(2, 177);
    a.header()->setSectionHidden(1, true);
    a.header()->setSectionHidden(5, false);
    b.restoreColumns(a.columnState());
    QCOMPARE(b.columnState(), a.columnState());
    QCOMPARE(b.header()->sectionSize(2), 177);
    QVERIFY(b.header()->isSectionHidden(1));
    QVERIFY(!b.header()->isSectionHidden(5));
    b.restoreColumns({});
    QCOMPARE(b.columnState(), a.columnState());  // a state without columns changes nothing
}

void TstFlowView::copies() {
    session::RowData row;
    row.id = "1:42";
    row.first = 1'700'000'000'123'000;
    row.last = row.first + 1'500'000;
    row.src = *flow::parseAddress("198.51.100.7");
    row.dst = *flow::parseAddress("10.20.0.9");
    row.srcPort = 40000;
    row.dstPort = 443;
    row.protocol = 6;
    row.flags = 2;
    row.packets = 12'345;
    row.bytes = 678;
    FlowText text;
    text.selection = std::make_shared<session::Selection>();
    std::vector<std::size_t> columns;
    for (std::size_t i = 0; i < flowColumns().size(); ++i)
        for (const char* id : {"first", "src", "packets"})
            if (QLatin1String(flowColumns()[i].id) == QLatin1String(id)) columns.push_back(i);
    QCOMPARE(copyFlows({row}, text, columns, RowCopyForm::csv),
             QStringLiteral("first,src,packets\n2023-11-14T22:13:20.123Z,198.51.100.7,12345\n"));
    QCOMPARE(copyFlows({row}, text, columns, RowCopyForm::text),
             QStringLiteral("first\tsrc\tpackets\n2023-11-14T22:13:20.123Z\t198.51.100.7\t12345\n"));
    const auto json = QJsonDocument::fromJson(copyFlows({row}, text, columns, RowCopyForm::json).toUtf8()).array();
    QCOMPARE(json.size(), 1);
    QCOMPARE(json[0].toObject().value(QStringLiteral("packets")).toInt(), 12345);
    QCOMPARE(
        copyFlows({row}, text, {}, RowCopyForm::nfdump),
        QStringLiteral("proto 6 and src ip 198.51.100.7 and dst ip 10.20.0.9 and src port 40000 and dst port 443"));
    QCOMPARE(copyFlows({row}, text, {}, RowCopyForm::wireshark),
             QStringLiteral("ip.addr == 198.51.100.7 && ip.addr == 10.20.0.9 && tcp.port == 40000 && tcp.port == 443"));
    QCOMPARE(copyFlows({row, row}, text, {}, RowCopyForm::nfdump).count(QStringLiteral("proto")),
             1);  // the same term once
}

void TstFlowView::combinedFilters_data() {
    QTest::addColumn<QString>("old");
    QTest::addColumn<QString>("added");
    QTest::addColumn<int>("mode");
    QTest::addColumn<QString>("result");
    const auto row = [](const char* old, const char* added, FilterMode mode, const char* result) {
        QTest::addRow("%s | %s | %d", old, added, int(mode))
            << QString::fromLatin1(old) << QString::fromLatin1(added) << int(mode) << QString::fromLatin1(result);
    };
    row("", "proto tcp", FilterMode::andAlso, "proto tcp");
    row("any", "proto tcp", FilterMode::andNot, "not proto tcp");
    row("port 22", "proto tcp", FilterMode::replace, "proto tcp");
    row("port 22", "proto tcp", FilterMode::andAlso, "port 22 and proto tcp");
    row("port 22 or port 23", "proto tcp", FilterMode::andAlso, "(port 22 or port 23) and proto tcp");
    row("port 22", "proto tcp or proto udp", FilterMode::andAlso, "port 22 and (proto tcp or proto udp)");
    row("port 22", "proto tcp and flags S", FilterMode::andNot, "port 22 and not (proto tcp and flags S)");
    row("port 22 and flags S", "proto udp", FilterMode::orElse, "port 22 and flags S or proto udp");
}

void TstFlowView::combinedFilters() {
    QFETCH(QString, old);
    QFETCH(QString, added);
    QFETCH(int, mode);
    QTEST(combineFilters(old, added, FilterMode(mode)), "result");
}

QTEST_MAIN(TstFlowView)
#include "tst_flow_view.moc"
