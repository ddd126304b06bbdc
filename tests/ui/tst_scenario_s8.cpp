// S8: open a damaged capture: the good part is read, damage is counted by reason with offsets, no storm of boxes.
#include "tests/support/packet_generator.h"
#include "tests/support/window_driver.h"

#include <QFile>
#include <QMessageBox>
#include <QTreeWidget>

using namespace weir;

class TstScenarioS8 : public QObject {
    Q_OBJECT
public:
    explicit TstScenarioS8(test::UiSandbox& sandbox) : sandbox_(sandbox) {}
private slots:
    void truncatedCapture();
    void oneDamagedAmongMany();
    void notACapture();

private:
    QString write(const QString& name, std::uint64_t packets, std::uint64_t seed, qsizetype cut);
    static int openBoxes() {
        int n = 0;
        for (const QWidget* w : QApplication::topLevelWidgets())
            n += w->isVisible() && qobject_cast<const QMessageBox*>(w) != nullptr;
        return n;
    }
    test::UiSandbox& sandbox_;
};

QString TstScenarioS8::write(const QString& name, std::uint64_t packets, std::uint64_t seed, qsizetype cut) {
    weir::testing::TraceSpec spec;
    spec.packets = packets;
    spec.seed = seed;
    const std::vector<std::byte> bytes = weir::testing::traceBytes(spec);
    const QString path = sandbox_.path(name);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly)) qFatal("cannot write %s", qPrintable(path));
    file.write(reinterpret_cast<const char*>(bytes.data()), qsizetype(bytes.size()) - cut);
    return path;
}

void TstScenarioS8::truncatedCapture() {
    const QString path = write(QStringLiteral("cut.pcap"), 5000, 1, 20);
    ui::MainWindow window;
    window.show();
    window.openFiles({path});
    QVERIFY(test::acceptLocal(window));
    QVERIFY(test::waitIdle(window));
    const session::SnapshotPtr snapshot = window.workbench().snapshot();
    QCOMPARE(snapshot->sources.size(), std::size_t(1));
    const store::SourceInfo& source = snapshot->sources.front();
    QVERIFY(source.flows > 100);
    const auto damage =
        std::find_if(source.drops.begin(), source.drops.end(), [](const store::DropLine& d) { return d.damage; });
    QVERIFY(damage != source.drops.end());
    QVERIFY(damage->firstOffset > 24);

    QCOMPARE(window.notices().count(), 1);
    QVERIFY(window.notices().text().contains(QString::fromStdString(damage->reason)));
    QVERIFY(window.notices().text().contains(QLocale().toString(qulonglong(damage->firstOffset))));
    QCOMPARE(openBoxes(), 0);
    auto* tree = window.findChild<QTreeWidget*>(QStringLiteral("sourceTree"));
    QCOMPARE(tree->findItems(QString::fromStdString(damage->reason), Qt::MatchExactly | Qt::MatchRecursive).size(), 1);
    test::shot(window, QStringLiteral("s8-truncated"));
    window.control().close(true);
}

void TstScenarioS8::oneDamagedAmongMany() {
    QStringList paths;
    for (int i = 0; i < 12; ++i)
        paths << write(QStringLiteral("part%1.pcap").arg(i), 500, 10 + std::uint64_t(i), i % 2 == 0 ? 7 : 0);
    ui::MainWindow window;
    window.show();
    window.openFiles(paths);
    QVERIFY(test::acceptLocal(window));
    QVERIFY(test::waitIdle(window));
    QCOMPARE(window.workbench().snapshot()->sources.size(), std::size_t(12));
    QCOMPARE(window.notices().count(), 6);  // one row, the others counted in it
    QCOMPARE(openBoxes(), 0);
    window.control().close(true);
}

void TstScenarioS8::notACapture() {
    const QString path = sandbox_.path(QStringLiteral("letter.pcap"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("Dear reader, this is no capture.\n");
    file.close();
    ui::MainWindow window;
    window.show();
    window.openFiles({path});
    QVERIFY(test::waitIdle(window));
    QCOMPARE(window.notices().count(), 1);
    QVERIFY(window.notices().text().contains(QStringLiteral("letter.pcap")));
    QVERIFY(window.workbench().project() == nullptr);
    QCOMPARE(openBoxes(), 0);
}

WEIR_UI_TEST_MAIN(TstScenarioS8)
#include "tst_scenario_s8.moc"
