// Iterations as a table and back, line diffs, and edits in one line.
#include "core/refine/blame.h"
#include "core/refine/iterations.h"

#include <QTest>

#include <random>

using namespace weir;
using namespace weir::refine;

namespace {

std::string joined(const std::vector<DiffLine>& diff) {
    std::string text;
    for (const DiffLine& d : diff)
        text += (d.kind == DiffKind::same ? " " : d.kind == DiffKind::added ? "+" : "-") + d.text + "\n";
    return text;
}
std::string side(const std::vector<DiffLine>& diff, DiffKind without) {
    std::string text;
    for (const DiffLine& d : diff)
        if (d.kind != without) text += d.text + "\n";
    return text;
}
std::size_t changes(const std::vector<DiffLine>& diff) {
    return std::size_t(
        std::count_if(diff.begin(), diff.end(), [](const DiffLine& d) { return d.kind != DiffKind::same; }));
}

}  // namespace

class TstRefine : public QObject {
    Q_OBJECT
private slots:
    void tableAndBack();
    void brokenTables();
    void diff_data();
    void diff();
    void diffRebuildsBothSides();
    void describe_data();
    void describe();
    void blamedEdits();
    void whenToStop();
};

void TstRefine::tableAndBack() {
    Iteration a;
    a.id = 1;
    a.name = "first";
    a.time = "2026-11-22T04:00:00.000Z";
    a.text = std::string("weir-rules 1\r\n# \0 \xc3\xbc\n", 21);
    Iteration b = a;
    b.id = 2;
    b.parent = 1;
    b.tag = "alpha";
    b.edit = "10: +!PotOk";
    b.oneWay = 1u << 31;
    b.conflicting = 3;
    b.unclassified = 4;
    b.observed = 5;
    const flow::Table table = toTable({a, b});
    QCOMPARE_EQ(table.name, "iteration");
    const auto back = fromTable(table);
    QVERIFY(bool(back));
    QCOMPARE_EQ(back->size(), 2u);
    QVERIFY((*back)[0].text == a.text);
    const Iteration& c = (*back)[1];
    QVERIFY(c.id == 2 && c.parent == 1 && c.tag == "alpha" && c.edit == b.edit && c.time == b.time &&
            c.name == "first");
    QVERIFY(c.oneWay == b.oneWay && c.conflicting == 3 && c.unclassified == 4 && c.observed == 5);
    QVERIFY(fromTable(toTable({}))->empty());
}

void TstRefine::brokenTables() {
    flow::Table table = toTable({Iteration{}});
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        flow::Table broken = table;
        broken.columns.erase(broken.columns.begin() + std::ptrdiff_t(i));
        QVERIFY(!fromTable(broken));
        broken = table;
        broken.columns[i].values = std::vector<double>{1.0};
        QVERIFY(!fromTable(broken));
    }
    QCOMPARE_EQ(fromTable({}).error().code, Errc::store);
}

void TstRefine::diff_data() {
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("equal") << QByteArray("a\nb\n") << QByteArray("a\nb") << QByteArray(" a\n b\n");
    QTest::newRow("both empty") << QByteArray("") << QByteArray("") << QByteArray("");
    QTest::newRow("all new") << QByteArray("") << QByteArray("a\nb\n") << QByteArray("+a\n+b\n");
    QTest::newRow("all gone") << QByteArray("a\n") << QByteArray("") << QByteArray("-a\n");
    QTest::newRow("middle") << QByteArray("a\nb\nc\n") << QByteArray("a\nx\nc\n") << QByteArray(" a\n-b\n+x\n c\n");
    QTest::newRow("moved") << QByteArray("a\nb\nc\nd\n") << QByteArray("b\nc\na\nd\n")
                           << QByteArray("-a\n b\n c\n+a\n d\n");
    QTest::newRow("repeated") << QByteArray("a\na\n") << QByteArray("a\na\na\n") << QByteArray(" a\n a\n+a\n");
    QTest::newRow("line ends") << QByteArray("a\r\nb\r\n") << QByteArray("a\nb\n") << QByteArray(" a\n b\n");
}
void TstRefine::diff() {
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    const std::string got = joined(diffLines(before.toStdString(), after.toStdString()));
    QTEST(QByteArray::fromStdString(got), "expected");
}

void TstRefine::diffRebuildsBothSides() {
    const quint64 seed = std::random_device{}();
    qInfo("seed %llu", seed);
    std::mt19937_64 random(seed);
    const auto text = [&] {
        std::string t;
        for (auto n = random() % 30; n-- > 0;) t += std::string(1, char('a' + random() % 4)) + "\n";
        return t;
    };
    for (int round = 0; round < 300; ++round) {
        const std::string a = text(), b = text();
        const auto diff = diffLines(a, b);
        QCOMPARE_EQ(side(diff, DiffKind::added), a);
        QCOMPARE_EQ(side(diff, DiffKind::removed), b);
        QCOMPARE_EQ(changes(diff), changes(diffLines(b, a)));  // both are shortest
    }
    std::string many;
    for (int i = 0; i < 6000; ++i) many += std::to_string(i) + "\n";
    QCOMPARE_EQ(side(diffLines("x\n" + many, many + "y\n"), DiffKind::added), "x\n" + many);
}

void TstRefine::describe_data() {
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    const QByteArray base =
        "weir-rules 1\nname n\nclass A # c\n  4: TCP\n  10: Backsc !P2P\nclass B\n  15: TRWnom !Backsc\norder B\n";
    const auto row = [&](const char* expected, const char* from, const char* to) {
        QByteArray after = base;
        if (*from) after.replace(from, to);
        QTest::newRow(expected) << base << after;
    };
    row("", "", "");
    row(" ", "class A # c\n  4: TCP", "\n# other\nclass   \"A\"\n4 :TCP # x");
    row("10: +!PotOk", "!P2P", "!P2P !PotOk");
    row("10: +!PotOk; 18: new; 4: removed", "  4: TCP\n  10: Backsc !P2P", "10: !PotOk Backsc !P2P\n18: UDP");
    row("15: +P2P \u2212!Backsc", "!Backsc", "P2P");
    row("4: to B", "  4: TCP\n  10: Backsc !P2P\nclass B\n", "  10: Backsc !P2P\nclass B\n  4: TCP\n");
    row("order: changed", "order B", "order A B");
    row("exclusions: changed", "order B", "order B\nnever TCP with UDP");
    row("classes: changed", "class B", "class B attack T1595");
    row("name: changed", "name n", "name m");
    row("rules: reordered", "  4: TCP\n  10: Backsc !P2P", "  10: Backsc !P2P\n  4: TCP");
    QTest::newRow("1: new; classes: changed; weir-rules: changed")
        << QByteArray() << QByteArray("weir-rules 1\nclass A\n1: TCP\n");
}
void TstRefine::describe() {
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    const std::string got = describeEdit(before.toStdString(), after.toStdString());
    QCOMPARE_EQ(got, QByteArray(QTest::currentDataTag()).trimmed().toStdString());
}

namespace {
constexpr std::string_view kNames[] = {"A", "B", "C"};
Iteration saved(std::int64_t id, std::int64_t parent, std::string text, std::string edit) {
    Iteration i;
    i.id = id;
    i.parent = parent;
    i.text = "weir-rules 1\n" + text;
    i.edit = std::move(edit);
    return i;
}
}  // namespace

/// Along the parents, not in the order of saving.
void TstRefine::blamedEdits() {
    const std::vector<Iteration> all{
        saved(1, 0, "class X\n1: A\nclass Y\n2: B\n", ""),
        saved(2, 1, "class X\n1: A !B\nclass Y\n2: B\n", "1: +!B"),
        saved(3, 2, "class X\n1: A NoSign\n", "broken"),
        saved(4, 1, "class X\n1: A\nclass Y\n2: B !C\n", "2: +!C"),  // a branch off the first
        saved(5, 2, "class X\n1: A !B\nclass Y\n2: B !A\n", "2: +!A"),
        saved(6, 5, "class X\n1: A !B\nclass Y\n2: B !A\n# same\n", ""),
    };
    const auto ab = blame(all, 3, {kNames, {}, nullptr});  // A and B
    QCOMPARE(ab.size(), 3u);
    QVERIFY(ab[0].iteration == 1 && ab[0].from.empty() && ab[0].to == "X" && ab[0].isConflict);
    QVERIFY(ab[1].iteration == 2 && ab[1].from == "X" && ab[1].wasConflict && ab[1].to == "Y" && !ab[1].isConflict &&
            ab[1].edit == "1: +!B");
    QVERIFY(ab[2].iteration == 5 && ab[2].from == "Y" && ab[2].to == "Other" && ab[2].edit == "2: +!A");
    const auto abc = blame(all, 7, {kNames, {}, nullptr});
    QCOMPARE(abc.size(), 4u);
    QVERIFY(abc[2].iteration == 4 && abc[2].from == "X" && abc[2].to == "X" && abc[2].wasConflict &&
            !abc[2].isConflict);  // out of conflict
    QVERIFY(blame({}, 3, {kNames, {}, nullptr}).empty());
}

void TstRefine::whenToStop() {
    Iteration before, now;
    before.oneWay = now.oneWay = 100'000;
    before.unclassified = 500;
    now.unclassified = 401;
    QVERIFY(stopCriterion(now, before).reached);  // 0.099 %
    QCOMPARE(stopCriterion(now, before).gained, 99);
    now.unclassified = 400;
    QVERIFY(!stopCriterion(now, before).reached);  // 0.1 %: go on
    now.unclassified = 500;
    QVERIFY(stopCriterion(now, before).reached);
    now.conflicting = 1;
    QVERIFY(!stopCriterion(now, before).reached);
    now.conflicting = 0;
    now.oneWay = 99'999;
    QVERIFY(!stopCriterion(now, before).reached);  // other flows
    QVERIFY(!stopCriterion({}, {}).reached);
}

QTEST_APPLESS_MAIN(TstRefine)
#include "tst_refine.moc"
