// The rule editor without a project: words of a line, completion, marks, edits, gutter and hint.
#include "core/session/evidence/judge.h"
#include "core/session/project/resources.h"
#include "ui/editors/rule_completer.h"
#include "ui/editors/rule_edits.h"
#include "ui/editors/rule_marks.h"
#include "ui/editors/rule_text_edit.h"
#include "ui/editors/rule_tokens.h"
#include "ui/editors/text_position.h"
#include "ui/theme.h"

#include <QAbstractItemView>
#include <QSignalSpy>
#include <QTest>
#include <QTextBlock>
#include <QTextLayout>

using namespace weir;
using namespace weir::ui;

namespace {

QString shipped(const char* name) {
    const auto text = session::resourceText("rules", name);
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

rules::Word wordOf(std::initializer_list<std::string_view> signs) {
    rules::Word w = 0;
    for (const auto name : signs) {
        const auto names = session::signNames();
        const auto at = std::find(names.begin(), names.end(), name);
        Q_ASSERT(at != names.end());
        w |= rules::Word{1} << (at - names.begin());
    }
    return w;
}

session::JudgementPtr judged(const QString& text, const std::vector<tally::WordCount>& words) {
    auto held = std::make_shared<std::vector<tally::WordCount>>(words);
    session::Judge judge;
    return judge.judge(text.toStdString(), *held, held);
}

}  // namespace

class TstRuleEditor : public QObject {
    Q_OBJECT
private slots:
    void tokens_data();
    void tokens();
    void slotsOfLine_data();
    void slotsOfLine();
    void completionReplacesTheWholeWord();
    void marksFollowRulesByName();
    void editsAgainstBase();
    void signIsAddedBeforeTheComment();
    void renamingReachesEveryPlace();
    void replaceTextTouchesOnlyTheDifference();
    void columnsCountBytes();
    void deadRulesAreGrey();
    void oneSignalPerChange();
    void undoAndRedoAreAskedFor();
};

void TstRuleEditor::tokens_data() {
    QTest::addColumn<QString>("line");
    QTest::addColumn<QStringList>("kinds");
    QTest::newRow("rule") << QStringLiteral("  10: Backsc !P2P # why")
                          << QStringList{QStringLiteral("rule 10"), QStringLiteral("other :"),
                                         QStringLiteral("sign Backsc"), QStringLiteral("sign !P2P"),
                                         QStringLiteral("comment # why")};
    QTest::newRow("class") << QStringLiteral("class \"Malicious Scanning\" attack T1595")
                           << QStringList{QStringLiteral("keyword class"),
                                          QStringLiteral("class \"Malicious Scanning\""),
                                          QStringLiteral("keyword attack"), QStringLiteral("number T1595")};
    QTest::newRow("never") << QStringLiteral("never Retry with !TCP")
                           << QStringList{QStringLiteral("keyword never"), QStringLiteral("sign Retry"),
                                          QStringLiteral("keyword with"), QStringLiteral("sign !TCP")};
    QTest::newRow("assert") << QStringLiteral("assert GreyIP TCP is Bogon")
                            << QStringList{QStringLiteral("keyword assert"), QStringLiteral("sign GreyIP"),
                                           QStringLiteral("sign TCP"), QStringLiteral("keyword is"),
                                           QStringLiteral("class Bogon")};
    QTest::newRow("order") << QStringLiteral("order Bogon \"Benign P2P\"")
                           << QStringList{QStringLiteral("keyword order"), QStringLiteral("class Bogon"),
                                          QStringLiteral("class \"Benign P2P\"")};
    QTest::newRow("comment") << QStringLiteral("# class Bogon") << QStringList{QStringLiteral("comment # class Bogon")};
    QTest::newRow("open string") << QStringLiteral("class \"Half")
                                 << QStringList{QStringLiteral("keyword class"), QStringLiteral("class \"Half")};
    QTest::newRow("nonsense") << QStringLiteral("foo bar")
                              << QStringList{QStringLiteral("other foo"), QStringLiteral("other bar")};
    QTest::newRow("empty") << QStringLiteral("   ") << QStringList{};
}

void TstRuleEditor::tokens() {
    QFETCH(QString, line);
    QFETCH(QStringList, kinds);
    QStringList got;
    for (const auto& t : tokensOfRuleLine(line)) {
        const char* kind = "other";
        switch (t.kind) {
            case RuleTokenKind::keyword: kind = "keyword"; break;
            case RuleTokenKind::ruleName: kind = "rule"; break;
            case RuleTokenKind::className: kind = "class"; break;
            case RuleTokenKind::sign: kind = "sign"; break;
            case RuleTokenKind::number: kind = "number"; break;
            case RuleTokenKind::comment: kind = "comment"; break;
            default: break;
        }
        got << QString::fromLatin1(kind) + u' ' + t.in(line).toString();
    }
    QCOMPARE(got, kinds);
}

void TstRuleEditor::slotsOfLine_data() {
    QTest::addColumn<QString>("before");
    QTest::addColumn<int>("slot");
    QTest::newRow("start") << QStringLiteral("") << int(RuleSlot::keyword);
    QTest::newRow("in word") << QStringLiteral("cla") << int(RuleSlot::keyword);
    QTest::newRow("after colon") << QStringLiteral("10: ") << int(RuleSlot::sign);
    QTest::newRow("after sign") << QStringLiteral("10: Backsc !Po") << int(RuleSlot::sign);
    QTest::newRow("class") << QStringLiteral("class ") << int(RuleSlot::className);
    QTest::newRow("order") << QStringLiteral("order Bogon ") << int(RuleSlot::className);
    QTest::newRow("assert") << QStringLiteral("assert TCP ") << int(RuleSlot::sign);
    QTest::newRow("assert is") << QStringLiteral("assert TCP is ") << int(RuleSlot::className);
    QTest::newRow("comment") << QStringLiteral("10: TCP # No") << int(RuleSlot::none);
}

void TstRuleEditor::slotsOfLine() {
    QFETCH(QString, before);
    QFETCH(int, slot);
    QCOMPARE(int(slotAt(before, int(before.size()))), slot);
}

void TstRuleEditor::completionReplacesTheWholeWord() {
    RuleTextEdit editor;
    editor.resize(500, 300);
    editor.show();
    QVERIFY(QTest::qWaitForWindowExposed(&editor));
    editor.setText(QStringLiteral("class A\n  1: !Onxxx TCP"));
    auto cursor = editor.textCursor();
    cursor.setPosition(int(editor.toPlainText().indexOf(QStringLiteral("xxx"))));
    editor.setTextCursor(cursor);
    editor.setFocus();
    QTest::keyClick(&editor, Qt::Key_Space, Qt::ControlModifier);
    auto* completer = editor.findChild<RuleCompleter*>();
    QVERIFY(completer->isOpen());
    QCOMPARE(completer->completionCount(), 1);
    QTest::keyClick(completer->popup(), Qt::Key_Return);
    QCOMPARE(editor.toPlainText(), QStringLiteral("class A\n  1: !Onepkt TCP"));

    const auto all =
        ruleCompletions(QStringLiteral("order "), 6, declaredClasses(QStringLiteral("class A\nclass \"Two words\"\n")));
    QCOMPARE(all.size(), std::size_t(2));
    QCOMPARE(all[1].text, QStringLiteral("\"Two words\""));
    // User signs come behind the built-in ones; behind their `=` stands a filter, without what rules and scores say.
    const QString text = QStringLiteral("weir-rules 1\nsign Beacon = dst port 4444 and packets < 3\nclass A\n1: \n");
    const auto signs = ruleCompletions(QStringLiteral("1: "), 3, {}, declaredSigns(text));
    QCOMPARE(signs.size(), std::size_t(19));
    QCOMPARE(signs.back().text, QStringLiteral("Beacon"));
    QCOMPARE(signs.back().help, QStringLiteral("dst port 4444 and packets < 3"));
    const QString line = QStringLiteral("sign Beacon = dst po");
    QStringList words;
    for (const auto& c : ruleCompletions(line, int(line.size()), {})) words << c.text;
    QVERIFY(words.contains(QStringLiteral("port")) && words.contains(QStringLiteral("sign")));
    for (const char* judged : {"class", "rule", "code", "badness", "tag", "unclassified", "dpi", "champion"})
        QVERIFY(!words.contains(QLatin1String(judged)));
    QVERIFY(ruleCompletions(QStringLiteral("sign Bea"), 8, {}).empty());
}

void TstRuleEditor::marksFollowRulesByName() {
    const QString text = shipped("bigler-2011");
    const auto meets = wordOf({"Backsc", "PotOk", "TCP"});
    const auto good = judged(text, {{meets, 70, 70, 70}, {wordOf({"bogon", "TCP"}), 5, 5, 5}});
    QVERIFY(good->parsed.good());
    auto lines = text.split(u'\n');
    const auto lineOf = [&lines](const QString& rule) {
        for (qsizetype i = 0; i < lines.size(); ++i)
            if (ruleNameOfLine(lines[i]) == rule) return std::size_t(i);
        return std::size_t(9999);
    };
    auto marks = markLines(lines, good.get(), {}, text);
    QCOMPARE(marks.size(), std::size_t(lines.size()));
    QCOMPARE(marks[lineOf(QStringLiteral("Backscatter1"))].mark, RuleMark::meets);
    QCOMPARE(marks[lineOf(QStringLiteral("Backscatter1"))].flows, std::uint64_t(70));
    QCOMPARE(marks[lineOf(QStringLiteral("Benign1"))].mark, RuleMark::meets);
    QCOMPARE(marks[lineOf(QStringLiteral("Benign3"))].mark, RuleMark::canMeet);  // never seen in this tally
    QCOMPARE(marks[lineOf(QStringLiteral("Bogon"))].mark, RuleMark::none);
    QVERIFY(marks[lineOf(QStringLiteral("Benign3"))].help.contains(QStringLiteral("Backscatter1")));

    // The text has an error and its lines have moved: marks stay beside their rules, the error has its own.
    lines.insert(0, QStringLiteral("# a new line"));
    lines[qsizetype(lineOf(QStringLiteral("Bogon")))] += QStringLiteral(" Nonsense");
    const auto broken = judged(lines.join(u'\n'), {});
    QVERIFY(!broken->parsed.good());
    marks = markLines(lines, good.get(), broken->parsed.diagnostics, text);
    QCOMPARE(marks[lineOf(QStringLiteral("Backscatter1"))].mark, RuleMark::meets);
    QCOMPARE(marks[lineOf(QStringLiteral("Bogon"))].mark, RuleMark::error);
    QCOMPARE(marks[0].edit, LineEdit::added);
    QCOMPARE(marks[lineOf(QStringLiteral("Bogon"))].edit, LineEdit::changed);
    QCOMPARE(marks[lineOf(QStringLiteral("Scan1"))].edit, LineEdit::same);
}

void TstRuleEditor::editsAgainstBase() {
    const QString base = QStringLiteral("class A\n  1: TCP\n  2: UDP\n");
    const auto edits = editsOf(QStringLiteral("class A\n  1: TCP !Large\n  2: UDP\n  3: ICMP\n").split(u'\n'), base);
    QCOMPARE(edits, (std::vector<LineEdit>{LineEdit::same, LineEdit::changed, LineEdit::same, LineEdit::added,
                                           LineEdit::same}));
    QVERIFY(std::ranges::all_of(editsOf(base.split(u'\n'), base), [](LineEdit e) { return e == LineEdit::same; }));
}

void TstRuleEditor::signIsAddedBeforeTheComment() {
    const QString text = QStringLiteral("class A\n  1: TCP # why\n  10: UDP\n");
    QCOMPARE(withSignAdded(text, QStringLiteral("1"), QStringLiteral("!PotOk")),
             QStringLiteral("class A\n  1: TCP !PotOk # why\n  10: UDP\n"));
    QCOMPARE(withSignAdded(text, QStringLiteral("9"), QStringLiteral("!PotOk")), text);
}

void TstRuleEditor::renamingReachesEveryPlace() {
    QTextDocument document(
        QStringLiteral("class Bogon\n  Bogon: bogon\norder Bogon\nassert bogon TCP is Bogon # Bogon"));
    QCOMPARE(renameEverywhere(&document, {RuleName::ruleClass, QStringLiteral("Bogon")}, QStringLiteral("Bad space")),
             3);
    QCOMPARE(
        document.toPlainText(),
        QStringLiteral(
            "class \"Bad space\"\n  Bogon: bogon\norder \"Bad space\"\nassert bogon TCP is \"Bad space\" # Bogon"));
    const auto at = nameAt(&document, document.findBlockByNumber(1).position() + 3);
    QCOMPARE(int(at.kind), int(RuleName::rule));
    QCOMPARE(renameEverywhere(&document, at, QStringLiteral("17")), 1);
    QVERIFY(document.toPlainText().contains(QStringLiteral("  17: bogon")));
}

void TstRuleEditor::replaceTextTouchesOnlyTheDifference() {
    QTextDocument document(QStringLiteral("one two three"));
    int removed = -1, added = -1;
    connect(&document, &QTextDocument::contentsChange, this, [&](int, int r, int a) { removed = r, added = a; });
    replaceText(&document, QStringLiteral("one 2 three"));
    QCOMPARE(document.toPlainText(), QStringLiteral("one 2 three"));
    QVERIFY(removed <= 4 && added <= 2);
}

void TstRuleEditor::columnsCountBytes() {
    const QString line = QString::fromUtf8("né: TRWScan");
    QCOMPARE(columnOfByte(line, 1), 0);
    QCOMPARE(columnOfByte(line, 4), 2);  // é has two bytes
    QTextDocument document(line);
    Diagnostic d;
    d.column = 6;
    d.length = 7;
    QCOMPARE(cursorAt(&document, d).selectedText(), QStringLiteral("TRWScan"));
    d.line = 9;
    QVERIFY(cursorAt(&document, d).isNull());
    d.line = 1;
    d.column = 500;
    QCOMPARE(cursorAt(&document, d).selectedText().size(), 1);  // past the end: the last character
}

void TstRuleEditor::deadRulesAreGrey() {
    RuleTextEdit editor;
    editor.setText(QStringLiteral("class A\n  1: TCP UDP\n  2: TCP"));
    std::vector<LineMark> marks(3);
    marks[1].mark = RuleMark::dead;
    editor.setMarks(marks);
    const auto colours = [&editor](int line) {
        QSet<QRgb> out;
        for (const auto& f : editor.document()->findBlockByNumber(line).layout()->formats())
            out << f.format.foreground().color().rgb();
        return out;
    };
    QCOMPARE(colours(1), QSet<QRgb>{Theme::current().dim.rgb()});
    QVERIFY(colours(2).isEmpty());
}

void TstRuleEditor::oneSignalPerChange() {
    RuleTextEdit editor;
    QSignalSpy edited(&editor, &RuleTextEdit::textEdited);
    editor.setText(QStringLiteral("class A\n  1: TCP"));
    QCOMPARE(edited.count(), 0);
    editor.moveCursor(QTextCursor::End);
    QTest::keyClicks(&editor, QStringLiteral(" !P"));
    QCOMPARE(edited.count(), 3);
    editor.setMarks(std::vector<LineMark>(2));
    Diagnostic d;
    d.line = 2;
    d.message = "unknown sign `P`";
    editor.setDiagnostics({d});
    QCOMPARE(edited.count(), 3);  // formats are no edit
    QVERIFY(editor.hintText().startsWith(QStringLiteral("Unknown sign")));
    editor.setDiagnostics({});
    QCOMPARE(editor.hintText(), QString());
}

void TstRuleEditor::undoAndRedoAreAskedFor() {
    RuleTextEdit editor;
    editor.setText(QStringLiteral("class A"));
    QSignalSpy undo(&editor, &RuleTextEdit::undoRequested), redo(&editor, &RuleTextEdit::redoRequested);
    QTest::keySequence(&editor, QKeySequence(QKeySequence::Undo));
    QTest::keySequence(&editor, QKeySequence(QKeySequence::Redo));
    QCOMPARE(undo.count(), 1);
    QCOMPARE(redo.count(), 1);
}

int main(int argc, char** argv) {
    QApplication app(argc, argv);
    setUpLook(app, Scheme::light);
    TstRuleEditor test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_rule_editor.moc"
