// A rule file goes through the window byte for byte outside what is edited: line ends, blanks of any kind, marks at the
// start, comments.
#include "tests/support/window_driver.h"

#include "core/session/project/resources.h"
#include "ui/editors/rule_text_edit.h"
#include "ui/editors/source_text.h"
#include "ui/models/rule_table_model.h"
#include "ui/views/rule_editor_view.h"

#include <QTableView>
#include <QUndoStack>

#include <random>

using namespace weir;

class TstRuleBytes : public QObject {
    Q_OBJECT
public:
    explicit TstRuleBytes(test::UiSandbox& sandbox) : sandbox_(sandbox) {}
private slots:
    void initTestCase();
    void filesSurvive_data();
    void filesSurvive();
    void otherBytesAreRefused();
    void editsOfAnyKind();
    void cleanupTestCase() { window_.reset(); }

private:
    ui::Workbench& bench() { return window_->workbench(); }
    QByteArray written();

    test::UiSandbox& sandbox_;
    std::unique_ptr<ui::MainWindow> window_;
    ui::RuleEditorView* view_ = nullptr;
    ui::RuleTextEdit* editor_ = nullptr;
};

void TstRuleBytes::initTestCase() {
    QVERIFY2(!session::samplePath().empty(), "the sample capture is missing");
    window_ = test::openSample(QStringLiteral("refine"));
    QVERIFY(window_);
    view_ = window_->findChild<ui::RuleEditorView*>();
    editor_ = window_->findChild<ui::RuleTextEdit*>();
    QVERIFY(view_ && editor_);
}

QByteArray TstRuleBytes::written() {
    const QString path = sandbox_.path(QStringLiteral("out.rules"));
    QFile::remove(path);
    view_->writeTo(path);
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("not written");
}

void TstRuleBytes::filesSurvive_data() {
    QTest::addColumn<QByteArray>("bytes");
    const std::string_view shipped = session::resourceText("rules", "glatz-2012");
    const QByteArray unix(shipped.data(), qsizetype(shipped.size()));
    QByteArray dos = unix, mixed = unix;
    dos.replace("\n", "\r\n");
    mixed.replace("class ", "class\t ");
    mixed.insert(mixed.indexOf('\n'), '\r');
    QTest::newRow("as shipped") << unix;
    QTest::newRow("CRLF") << dos;
    QTest::newRow("ends of two kinds, tabs") << mixed;
    QTest::newRow("no line end at the end") << unix.trimmed();
    QTest::newRow("blanks behind lines, empty lines at the end") << QByteArray(unix).replace("\n", " \t\n") + "\n\n\n";
    QTest::newRow("byte order mark") << "\xef\xbb\xbf" + unix;
    QTest::newRow("mark and CRLF") << "\xef\xbb\xbf" + dos;
    QTest::newRow("no-break spaces and separators in comments")
        << "# a\xc2\xa0"
           "b \xe2\x80\xa8 c \xe2\x80\xa9 d \xf0\x9f\x90\x9f\n" +
               unix;
}

void TstRuleBytes::filesSurvive() {
    QFETCH(QByteArray, bytes);
    const QString path = sandbox_.path(QStringLiteral("in.rules"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    file.close();
    view_->readFrom(path);
    QVERIFY(!bench().rules().stale());
    QCOMPARE(written(), bytes);
    // Typed into a line: that line alone is another.
    const auto at = [&](const char* line) { return editor_->document()->find(QString::fromLatin1(line)); };
    QTextCursor cursor = at("13: PotOk");
    QVERIFY(!cursor.isNull());
    cursor.setPosition(cursor.selectionEnd());
    editor_->setTextCursor(cursor);
    editor_->setFocus();
    QTest::keyClicks(editor_, QStringLiteral(" !Large"));
    QByteArray expected = bytes;
    expected.replace("13: PotOk", "13: PotOk !Large");
    QCOMPARE(written(), expected);
    QVERIFY(!bench().rules().stale());
    // A new line ends as the file's lines do.
    cursor = at("13: PotOk");
    cursor.setPosition(cursor.block().position());
    editor_->setTextCursor(cursor);
    QTest::keyClicks(editor_, QStringLiteral("# here"));
    QTest::keyClick(editor_, Qt::Key_Return);
    const qsizetype first = bytes.indexOf('\n');
    const bool dos = first > 0 && bytes[first - 1] == '\r';
    const qsizetype line = expected.lastIndexOf('\n', expected.indexOf("13: PotOk")) + 1;
    const QByteArray indent = expected.mid(line, expected.indexOf("13: PotOk") - line);
    const QByteArray now = written();
    QVERIFY2(now.startsWith(expected.left(line)) && now.endsWith(expected.mid(line + indent.size())),
             now.mid(line, 80).constData());
    const QByteArray fresh = now.mid(line, now.size() - expected.size() + indent.size());
    QVERIFY2(fresh.startsWith(dos ? "# here\r\n" : "# here\n"), fresh.constData());
    // Taken back, all of it; then by the rule table.
    while (bench().undo().canUndo() && written() != bytes) bench().undo().undo();
    QCOMPARE(written(), bytes);
    window_->docks().raise(QStringLiteral("ruleTable"));
    auto* table = window_->findChild<QTableView*>(QStringLiteral("ruleTable"));
    QVERIFY(table);
    QString text = bench().rules().text();
    bench().rules().edit(text.replace(QStringLiteral("13: PotOk"), QStringLiteral("13: PotOk !Large")),
                         QStringLiteral("test"));
    expected = bytes;
    expected.replace("13: PotOk", "13: PotOk !Large");
    QCOMPARE(written(), expected);
    QVERIFY(editor_->toPlainText().contains(QStringLiteral("13: PotOk !Large")));
    bench().undo().undo();
    QCOMPARE(written(), bytes);
    bench().undo().undo();  // the file
}

void TstRuleBytes::otherBytesAreRefused() {
    const QString path = sandbox_.path(QStringLiteral("latin.rules"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("weir-rules 1\n# caf\xe9\nclass A\n1: TCP\n") > 0);
    file.close();
    const QString before = bench().rules().text();
    view_->readFrom(path);
    QCOMPARE(bench().rules().text(), before);
    QVERIFY(editor_->hintText().contains(QStringLiteral("is not UTF-8")));
}

/// Random edits of random texts: the source always shows the edited text, and lines that were not touched keep their
/// bytes.
void TstRuleBytes::editsOfAnyKind() {
    std::mt19937 random(std::random_device{}());
    const QList<QString> pieces{QStringLiteral("a"),   QStringLiteral("b"),           QString(QChar::Nbsp),
                                QStringLiteral("\rx"), QString(QChar::LineSeparator), QStringLiteral(" ")};
    const auto randomText = [&](std::size_t most, qsizetype kinds) {
        QString out;
        for (std::size_t n = random() % most; n > 0; --n) out += pieces[qsizetype(random() % std::size_t(kinds))];
        return out;
    };
    /// Lines that look different: of two that look alike nobody can say which one was taken out.
    const auto randomLines = [&] {
        QString out;
        for (char16_t line = u'A'; line < u'A' + char16_t(random() % 6); ++line)
            out += QChar(line) + randomText(6, pieces.size()) +
                   (random() % 2 ? QStringLiteral("\r\n") : QStringLiteral("\n"));
        return out;
    };
    for (int round = 0; round < 20'000; ++round) {
        ui::SourceText text;
        const QString source = randomLines();
        text.set(source);
        QCOMPARE(text.source(), source);
        QVERIFY(!text.shown().contains(u'\r') && !text.shown().contains(QChar::Nbsp));
        QString shown = text.shown();
        const qsizetype at = qsizetype(random() % std::size_t(shown.size() + 1)),
                        length = std::min<qsizetype>(qsizetype(random() % 5), shown.size() - at);
        QString fresh = randomText(5, 2);
        if (random() % 3 == 0) fresh += QStringLiteral("\nc");
        const QString head = shown.left(at), tail = shown.mid(at + length);
        shown = head + fresh + tail;
        text.edit(shown);
        QCOMPARE(text.shown(), shown);
        ui::SourceText again;
        again.set(text.source());
        QCOMPARE(again.shown(), shown);
        // Whole lines before and behind the edit.
        const qsizetype linesBefore = head.count(u'\n'), linesBehind = tail.count(u'\n');
        const auto lines = [](const QString& s) { return s.split(u'\n'); };
        QCOMPARE(lines(text.source()).mid(0, linesBefore), lines(source).mid(0, linesBefore));
        const auto wasLines = lines(source), isLines = lines(text.source());
        QCOMPARE(isLines.mid(isLines.size() - linesBehind), wasLines.mid(wasLines.size() - linesBehind));
        text.edit(text.shown());
        QCOMPARE(text.source(), again.source());
    }
}

WEIR_UI_TEST_MAIN(TstRuleBytes)
#include "tst_rule_bytes.moc"
