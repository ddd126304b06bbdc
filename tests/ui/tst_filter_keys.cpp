// The filter field under real keys: Enter applies what is there, Tab completes, Esc closes, and typing never stops the
// window.
#include "tests/support/real_window.h"

#include "ui/editors/filter_edit.h"

#include <QAbstractItemView>

using namespace weir;

class TstFilterKeys : public QObject {
    Q_OBJECT
public:
    explicit TstFilterKeys(test::UiSandbox&) {}
private slots:
    void initTestCase();
    void init();
    void enterAppliesWhatIsThere_data();
    void enterAppliesWhatIsThere();
    void enterAfterFastTyping();
    void tabCompletes();
    void arrowsChooseThenEnterCompletes();
    void arrowsBackToNothing();
    void escapeClosesTheListOnly();
    void keysKeepTheirOrder();
    void typingNeverStopsTheWindow_data();
    void typingNeverStopsTheWindow();
    void cleanupTestCase() { window_->control().close(true); }

private:
    QString applied() const { return window_->workbench().filter().text(); }
    /// Types, and waits for the list of completions.
    bool typeAndSeeList(const char* text) {
        return test::type(QString::fromLatin1(text)) && QTest::qWaitFor([&] { return edit_->completing(); }, 10'000);
    }
    static QModelIndex chosen() {
        return qobject_cast<QAbstractItemView*>(QApplication::activePopupWidget())->currentIndex();
    }

    std::unique_ptr<ui::MainWindow> window_;
    ui::FilterEdit* edit_ = nullptr;
};

void TstFilterKeys::initTestCase() {
    window_ = std::make_unique<ui::MainWindow>();
    QVERIFY(test::showActive(*window_));
    window_->openSample();
    QVERIFY(test::waitIdle(*window_));
    edit_ = window_->findChild<ui::FilterEdit*>();
}

/// An empty field that has the focus.
void TstFilterKeys::init() {
    window_->workbench().filter().set({});
    edit_->setFilter({});
    QVERIFY(test::press("ctrl+k"));
    QVERIFY(edit_->hasFocus());
}

void TstFilterKeys::enterAppliesWhatIsThere_data() {
    QTest::addColumn<QString>("text");
    for (const char* text : {"proto udp", "proto tcp and flags S", "src port 5", "any", "class Other or sign TRWscan"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

/// The field's own example among them.
void TstFilterKeys::enterAppliesWhatIsThere() {
    QFETCH(QString, text);
    QVERIFY(test::type(text));
    QTest::qWait(60);
    if (edit_->completing()) QVERIFY(!chosen().isValid());
    QVERIFY(test::press("Return"));
    QCOMPARE(applied(), text);
    QCOMPARE(edit_->toPlainText(), text);
    QVERIFY(!edit_->completing());
}

/// Without waiting for anything between the last letter and Enter.
void TstFilterKeys::enterAfterFastTyping() {
    QVERIFY(test::xdotool({QStringLiteral("type"), QStringLiteral("--delay"), QStringLiteral("0"),
                           QStringLiteral("--args"), QStringLiteral("1"), QStringLiteral("proto udp and flags S"),
                           QStringLiteral("key"), QStringLiteral("Return")}));
    QCOMPARE(applied(), QStringLiteral("proto udp and flags S"));
}

void TstFilterKeys::tabCompletes() {
    QVERIFY(typeAndSeeList("proto ud"));
    QVERIFY(!chosen().isValid());
    QVERIFY(test::press("Tab"));
    QCOMPARE(edit_->toPlainText(), QStringLiteral("proto udp "));
    QVERIFY(edit_->hasFocus());
    QCOMPARE(applied(), QString());
    QVERIFY(test::press("Return"));
    QCOMPARE(applied(), QStringLiteral("proto udp"));
}

void TstFilterKeys::arrowsChooseThenEnterCompletes() {
    QVERIFY(typeAndSeeList("proto ud"));
    QVERIFY(test::press({QStringLiteral("Down"), QStringLiteral("Down")}));
    QCOMPARE(chosen().row(), 1);
    QVERIFY(test::press("Return"));
    QCOMPARE(edit_->toPlainText(), QStringLiteral("proto udplite "));
    QCOMPARE(applied(), QString());
    QVERIFY(test::press("Return"));
    QCOMPARE(applied(), QStringLiteral("proto udplite"));
}

void TstFilterKeys::arrowsBackToNothing() {
    QVERIFY(typeAndSeeList("proto udp"));
    QVERIFY(test::press({QStringLiteral("Down"), QStringLiteral("Up")}));
    QVERIFY(edit_->completing());
    QVERIFY(test::press("Return"));
    QCOMPARE(applied(), QStringLiteral("proto udp"));
}

void TstFilterKeys::escapeClosesTheListOnly() {
    QVERIFY(typeAndSeeList("proto ud"));
    QVERIFY(test::press("Escape"));
    QVERIFY(!edit_->completing());
    QCOMPARE(edit_->toPlainText(), QStringLiteral("proto ud"));
    QVERIFY(test::press("Escape"));
    QCOMPARE(edit_->toPlainText(), QString());
}

void TstFilterKeys::keysKeepTheirOrder() {
    QVERIFY(test::xdotool({QStringLiteral("type"), QStringLiteral("--delay"), QStringLiteral("0"),
                           QStringLiteral("--args"), QStringLiteral("1"), QStringLiteral("rt 5"), QStringLiteral("key"),
                           QStringLiteral("Home"), QStringLiteral("p"), QStringLiteral("o"), QStringLiteral("End"),
                           QStringLiteral("4"), QStringLiteral("BackSpace"), QStringLiteral("3")}));
    QTRY_COMPARE(edit_->toPlainText(), QStringLiteral("port 53"));
}

void TstFilterKeys::typingNeverStopsTheWindow_data() {
    QTest::addColumn<QString>("begin");
    QTest::addColumn<QString>("part");  // again and again; %1 is a number below 250
    QTest::addColumn<QString>("end");
    QTest::addColumn<bool>("good");
    QTest::newRow("addresses") << QStringLiteral("src ip in [") << QStringLiteral("10.0.7.%1 ")
                               << QStringLiteral("10.0.0.1]") << true;
    QTest::newRow("terms") << QString()
                           << QStringLiteral("(proto tcp and flags S and not class Bogon and src port %1) or ")
                           << QStringLiteral("proto udp") << true;
    QTest::newRow("unknown words") << QString() << QStringLiteral("nonsense%1 ") << QStringLiteral("x") << false;
    QTest::newRow("one word") << QString() << QStringLiteral("a%1") << QStringLiteral("b") << false;
}

/// Keys faster than anyone's: the text is worked on by frames, not by keys. 10 kB with WEIR_FULL, where an old tree is
/// away for seconds.
void TstFilterKeys::typingNeverStopsTheWindow() {
    QFETCH(QString, begin);
    QFETCH(QString, part);
    QFETCH(QString, end);
    QFETCH(bool, good);
    const bool full = qEnvironmentVariableIsSet("WEIR_FULL");
    QString text = begin;
    for (int i = 0; text.size() < (full ? 10'000 : 1'500); ++i) text += part.arg(i * 7 % 250);
    text += end;
    QVERIFY(test::waitIdle(*window_));  // what the filter before has set going is not typing
    int edits = 0;
    QObject scope;
    connect(edit_, &QPlainTextEdit::textChanged, &scope, [&] { ++edits; });
    QElapsedTimer clock;
    clock.start();
    test::StallWatch watch;
    QVERIFY(test::type(text, 0, 120'000));
    QTRY_COMPARE(edit_->toPlainText().size(), text.size());
    qInfo("%d keys in %lld ms: %d edits, longest pause %.1f ms, of it work %.1f ms", int(text.size()),
          static_cast<long long>(clock.elapsed()), edits, watch.worstMs(), watch.worstWorkMs());
    QCOMPARE(edit_->toPlainText(), text);
    QVERIFY2(edits <= clock.elapsed() / 10 + 5, QByteArray::number(edits));
    QVERIFY2(watch.worstWorkMs() <= 50, QByteArray::number(watch.worstWorkMs()));
    QVERIFY(test::press("Return"));
    QCOMPARE(applied(), good ? text : QString());
}

WEIR_REAL_WINDOW_TEST_MAIN(TstFilterKeys)
#include "tst_filter_keys.moc"
