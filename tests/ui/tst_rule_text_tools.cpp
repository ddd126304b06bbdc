// Tools of the rule text without a project: find and replace, comments, folding.
#include "core/session/project/resources.h"
#include "ui/editors/find_bar.h"
#include "ui/editors/rule_edits.h"
#include "ui/editors/rule_folds.h"
#include "ui/editors/rule_text_edit.h"
#include "ui/editors/rule_tokens.h"

#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QTextBlock>
#include <QToolButton>
#include <QVBoxLayout>

#include <memory>

using namespace weir;
using namespace weir::ui;

class TstRuleTextTools : public QObject {
    Q_OBJECT
private slots:
    void init();
    void matchesFollowTheText();
    void matchesGoRound();
    void replacingAllIsOneEdit();
    void replacingOneByOne();
    void commentsComeAndGo_data();
    void commentsComeAndGo();
    void foldedLinesKeepTheText();
    void whatIsReachedIsShown();
    void lostFoldsAreShown();

private:
    QTextBlock lineWith(const QString& text) const;
    int visibleLines() const;

    std::unique_ptr<QWidget> window_;
    RuleTextEdit* edit_ = nullptr;
    FindBar* find_ = nullptr;
};

void TstRuleTextTools::init() {
    window_ = std::make_unique<QWidget>();
    edit_ = new RuleTextEdit;
    find_ = new FindBar(*edit_);
    auto* column = new QVBoxLayout(window_.get());
    column->addWidget(edit_, 1);
    column->addWidget(find_);
    const auto text = session::resourceText("rules", "glatz-2012");
    edit_->setText(QString::fromUtf8(text.data(), qsizetype(text.size())));
    connect(find_, &FindBar::matchesChanged, edit_, &RuleTextEdit::setFound);
    window_->resize(700, 600);
    window_->show();
    QVERIFY(QTest::qWaitForWindowExposed(window_.get()) && QTest::qWaitForWindowActive(window_.get()));
    edit_->setFocus();
}

QTextBlock TstRuleTextTools::lineWith(const QString& text) const { return edit_->document()->find(text).block(); }

int TstRuleTextTools::visibleLines() const {
    int n = 0;
    for (auto line = edit_->document()->begin(); line.isValid(); line = line.next()) n += line.isVisible();
    return n;
}

void TstRuleTextTools::matchesFollowTheText() {
    QSignalSpy matches(find_, &FindBar::matchesChanged);
    find_->open(false);
    QVERIFY(find_->isVisible());
    QTest::keyClicks(&find_->findField(), QStringLiteral("potok"));
    const auto found = matches.last().first().value<QList<QTextCursor>>();
    QCOMPARE(qsizetype(found.size()), edit_->toPlainText().count(QStringLiteral("potok"), Qt::CaseInsensitive));
    QVERIFY(found.size() > 3);
    for (const QTextCursor& c : found) QCOMPARE(c.selectedText().toLower(), QStringLiteral("potok"));
    QCOMPARE(find_->scope(), QStringLiteral("1 of %1").arg(found.size()));  // the first one is chosen
    QTextCursor end = edit_->textCursor();
    end.movePosition(QTextCursor::End);
    end.insertText(QStringLiteral("\n# PotOk"));
    QCOMPARE(matches.last().first().value<QList<QTextCursor>>().size(), found.size() + 1);
    for (auto* b : find_->findChildren<QToolButton*>())
        if (b->text() == u"Aa") b->click();
    QCOMPARE(qsizetype(matches.last().first().value<QList<QTextCursor>>().size()),
             edit_->toPlainText().count(QStringLiteral("potok"), Qt::CaseSensitive));
    QTest::keyClick(&find_->findField(), Qt::Key_Escape);
    QVERIFY(!find_->isVisible());
    QTRY_VERIFY(edit_->hasFocus());
    QVERIFY(matches.last().first().value<QList<QTextCursor>>().isEmpty());
}

void TstRuleTextTools::matchesGoRound() {
    find_->open(false);
    QTest::keyClicks(&find_->findField(), QStringLiteral("Onepkt"));
    const qsizetype all = edit_->toPlainText().count(QStringLiteral("Onepkt"), Qt::CaseInsensitive);
    QList<int> places;
    for (qsizetype i = 0; i < all; ++i) {
        places << edit_->textCursor().selectionStart();
        QVERIFY(find_->findNext());
    }
    QCOMPARE(edit_->textCursor().selectionStart(), places.front());  // round the end
    QVERIFY(std::ranges::is_sorted(places));
    QVERIFY(find_->findPrevious());
    QCOMPARE(edit_->textCursor().selectionStart(), places.back());
    QVERIFY(find_->findPrevious());
    QCOMPARE(edit_->textCursor().selectionStart(), places[places.size() - 2]);
    find_->findField().setText(QStringLiteral("nowhere to be found"));
    QVERIFY(!find_->findNext());
    QCOMPARE(find_->scope(), QStringLiteral("no matches"));
}

void TstRuleTextTools::replacingAllIsOneEdit() {
    find_->open(true);
    find_->findField().setText(QStringLiteral("Onepkt"));
    find_->replaceField().setText(QStringLiteral("Onepkt Large"));  // holds what is looked for
    QSignalSpy edits(edit_, &RuleTextEdit::textEdited);
    QString expected = edit_->toPlainText();
    expected.replace(QStringLiteral("Onepkt"), QStringLiteral("Onepkt Large"), Qt::CaseInsensitive);
    QVERIFY(find_->replaceAll() > 2);
    QCOMPARE(edit_->toPlainText(), expected);
    QCOMPARE(edits.size(), 1);
}

void TstRuleTextTools::replacingOneByOne() {
    find_->open(true);
    QTest::keyClicks(&find_->findField(), QStringLiteral("GreyIP"));
    find_->replaceField().setText(QStringLiteral("bogon"));
    const int first = edit_->textCursor().selectionStart();
    const qsizetype before = edit_->toPlainText().count(QStringLiteral("GreyIP"));
    find_->replaceField().setFocus();
    QTest::keyClick(&find_->replaceField(), Qt::Key_Return);
    QCOMPARE(edit_->toPlainText().mid(first, 5), QStringLiteral("bogon"));
    QCOMPARE(edit_->toPlainText().count(QStringLiteral("GreyIP")), before - 1);
    QCOMPARE(edit_->textCursor().selectedText(), QStringLiteral("GreyIP"));  // on to the next one
    QVERIFY(edit_->textCursor().selectionStart() > first);
}

void TstRuleTextTools::commentsComeAndGo_data() {
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::newRow("one") << "  1: TCP"
                         << "  # 1: TCP";
    QTest::newRow("several keep their margin") << "class A\n  1: TCP\n\n  2: UDP # why"
                                               << "# class A\n#   1: TCP\n\n#   2: UDP # why";
    QTest::newRow("one of them is a comment already") << "# 1: TCP\n2: UDP"
                                                      << "# # 1: TCP\n# 2: UDP";
}

void TstRuleTextTools::commentsComeAndGo() {
    QFETCH(const QString, before);
    QFETCH(const QString, after);
    edit_->setText(before);
    edit_->selectAll();
    QTest::keyClick(edit_, Qt::Key_Slash, Qt::ControlModifier);
    QCOMPARE(edit_->toPlainText(), after);
    edit_->selectAll();
    edit_->toggleComment();
    QCOMPARE(edit_->toPlainText(), before);
}

void TstRuleTextTools::foldedLinesKeepTheText() {
    const QString text = edit_->toPlainText();
    const int all = visibleLines();
    QSignalSpy edits(edit_, &RuleTextEdit::textEdited);
    edit_->folds().setAllFolded(true);
    int rules = 0, hidden = 0;
    for (auto line = edit_->document()->begin(); line.isValid(); line = line.next()) {
        rules += !ruleNameOfLine(line.text()).isEmpty();
        QVERIFY(ruleNameOfLine(line.text()).isEmpty() || !line.isVisible());
        if (edit_->folds().isFolded(line)) hidden += edit_->folds().hiddenRules(line);
    }
    QCOMPARE(rules, 17);
    QCOMPARE(hidden, 17);
    QVERIFY(visibleLines() < all);
    QCOMPARE(edit_->toPlainText(), text);
    QCOMPARE(edits.size(), 0);
    edit_->folds().setAllFolded(false);
    QCOMPARE(visibleLines(), all);
    QVERIFY(!edit_->folds().anyFolded());
    auto cursor = QTextCursor(lineWith(QStringLiteral("13: PotOk")));
    edit_->setTextCursor(cursor);
    QTest::keyClick(edit_, Qt::Key_BracketLeft, Qt::ControlModifier);
    QVERIFY(!lineWith(QStringLiteral("13: PotOk")).isVisible());
    QVERIFY(edit_->textCursor().block().isVisible());  // the cursor went to the class
    QTest::keyClick(edit_, Qt::Key_BracketLeft, Qt::ControlModifier);
    QVERIFY(lineWith(QStringLiteral("13: PotOk")).isVisible());
}

void TstRuleTextTools::whatIsReachedIsShown() {
    edit_->folds().setAllFolded(true);
    const QTextBlock line = lineWith(QStringLiteral("13: PotOk"));
    QVERIFY(!line.isVisible());
    find_->open(false);
    QTest::keyClicks(&find_->findField(), QStringLiteral("13: PotOk"));
    QVERIFY(line.isVisible());
    QVERIFY(!lineWith(QStringLiteral(" 17: bogon")).isVisible());  // the other classes stay folded
    QString changed = edit_->toPlainText();
    changed.replace(QStringLiteral(" 17: bogon"), QStringLiteral(" 17: bogon GreyIP"));
    edit_->setText(changed);  // undo, or another dock
    QVERIFY(lineWith(QStringLiteral(" 17: bogon GreyIP")).isVisible());
}

void TstRuleTextTools::lostFoldsAreShown() {
    edit_->setText(QStringLiteral("weir-rules 1\nclass A\n1: TCP\n2: UDP\nclass B\n3: ICMP\n"));
    edit_->folds().setAllFolded(true);
    QVERIFY(!lineWith(QStringLiteral("1: TCP")).isVisible());
    auto cursor = QTextCursor(lineWith(QStringLiteral("class A")));
    cursor.insertText(QStringLiteral("# "));
    QVERIFY(lineWith(QStringLiteral("1: TCP")).isVisible() && lineWith(QStringLiteral("2: UDP")).isVisible());
    QVERIFY(!lineWith(QStringLiteral("3: ICMP")).isVisible());
}

QTEST_MAIN(TstRuleTextTools)
#include "tst_rule_text_tools.moc"
