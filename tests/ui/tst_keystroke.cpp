// From a key in the rule editor to painted feedback in the whole window, at 100,000 distinct words: answered at every
// key, and measured (goal 16 ms: figures in NOTES.md).
#include "tests/support/window_driver.h"

#include "core/session/project/resources.h"
#include "ui/editors/rule_text_edit.h"
#include "ui/state/rule_figures.h"

#include <QTextCursor>

#include <algorithm>
#include <random>
#include <set>

using namespace weir;

class TstKeystroke : public QObject {
    Q_OBJECT
public:
    explicit TstKeystroke(test::UiSandbox&) {}
private slots:
    void toPaintedFeedback_data();
    void toPaintedFeedback();
};

namespace {

constexpr std::size_t kWords = 100'000;
constexpr int kKeys = 31;

constexpr int kUserSigns = 5;  ///< the built-in signs alone admit 5,976 words

std::vector<rules::UserSign> userSigns() {
    std::vector<rules::UserSign> out;
    for (unsigned i = 0; i < kUserSigns; ++i)
        out.push_back({"U" + std::to_string(i), "port " + std::to_string(i + 1), 18 + i, 0, {}});
    return out;
}

/// Words that the exclusions of glatz-2012 admit, with any of the user signs.
tally::Tally randomTally(const rules::RuleSet& set) {
    std::mt19937_64 random(1);
    std::vector<rules::Word> words = rules::WordSpace::of(set, 18 + kUserSigns).words;
    std::ranges::shuffle(words, random);
    words.resize(kWords);
    tally::Tally out;
    for (const rules::Word w : words) out.push_back({w, 1 + random() % 1000, 1, 1});
    std::ranges::sort(out, std::ranges::greater{}, &tally::WordCount::flows);
    return out;
}

template <class T>
Buffer<T> repeated(const Buffer<T>& of, std::size_t rows) {
    Buffer<T> out(rows);
    for (std::size_t i = 0; i < rows; ++i) out[i] = of[i % of.size()];
    return out;
}

/// The flows of the sample again and again, as many as there are words.
std::shared_ptr<const flow::DerivedFlows> manyFlows(const flow::DerivedFlows& f, std::size_t n) {
    auto out = std::make_shared<flow::DerivedFlows>();
    out->start = repeated(f.start, n), out->end = repeated(f.end, n);
    out->local = repeated(f.local, n), out->remote = repeated(f.remote, n);
    out->localPort = repeated(f.localPort, n), out->remotePort = repeated(f.remotePort, n),
    out->icmpTypeCode = repeated(f.icmpTypeCode, n);
    out->protocol = repeated(f.protocol, n), out->kind = repeated(f.kind, n), out->flagsOut = repeated(f.flagsOut, n),
    out->flagsIn = repeated(f.flagsIn, n);
    out->packetsOut = repeated(f.packetsOut, n), out->packetsIn = repeated(f.packetsIn, n),
    out->bytesOut = repeated(f.bytesOut, n), out->bytesIn = repeated(f.bytesIn, n);
    out->firstRecord = repeated(f.firstRecord, n);
    out->flowOfRecord = repeated(f.flowOfRecord, f.flowOfRecord.size());
    return out;
}

/// Counts paint events of a widget.
class Paints final : public QObject {
public:
    explicit Paints(QWidget* of) { of->installEventFilter(this); }
    int count = 0;

protected:
    bool eventFilter(QObject*, QEvent* event) override {
        count += event->type() == QEvent::Paint;
        return false;
    }
};

}  // namespace

void TstKeystroke::toPaintedFeedback_data() {
    QTest::addColumn<QString>("filter");
    QTest::newRow("all flows") << QString();
    QTest::newRow("a selection of them") << QStringLiteral(
        "packets > 0");  // every word: the most that a selection can cost
}

void TstKeystroke::toPaintedFeedback() {
    QFETCH(QString, filter);
    QVERIFY2(!session::samplePath().empty(), "the sample capture is missing");
    const auto opened = test::openSample(QStringLiteral("refine"));
    QVERIFY(opened);
    ui::MainWindow& window = *opened;
    QString text = window.workbench().rules().text();
    for (const rules::UserSign& u : userSigns())
        text += QStringLiteral("sign %1 = %2\n").arg(QString::fromStdString(u.name), QString::fromStdString(u.filter));
    const rules::RuleSet set = rules::parseRules(text.toStdString(), session::signNames()).set;
    window.workbench().project()->publish([&](session::Snapshot& s) {
        auto many = std::make_shared<session::SignData>();
        s.flows = manyFlows(*s.flows, kWords);
        many->tally = randomTally(set);
        many->words = Buffer<std::uint64_t>(kWords);
        for (std::size_t i = 0; i < kWords; ++i) many->words[i] = many->tally[i].word;
        many->userSigns = userSigns();
        s.setSigns(std::move(many));
    });
    window.workbench().refreshSnapshot();
    window.workbench().rules().edit(text, QStringLiteral("user signs"));
    QVERIFY(test::waitIdle(window));
    QVERIFY(!window.workbench().rules().stale());
    window.workbench().filter().set(filter);
    QVERIFY(test::waitIdle(window));
    QTRY_VERIFY2(!window.workbench().figures().counting(),
                 qPrintable(window.workbench().figures().problem() + u'|' + window.workbench().selectionError()));
    QCOMPARE(window.workbench().figures().part() != nullptr, !filter.isEmpty());
    QCOMPARE(window.workbench().rules().judgement()->check.admissible, std::uint64_t(5'976) << kUserSigns);
    auto* editor = window.findChild<ui::RuleTextEdit*>();
    QVERIFY(editor);
    editor->setFocus();
    QTextCursor cursor = editor->document()->find(QStringLiteral("13: PotOk"));
    QVERIFY(!cursor.isNull());
    cursor.movePosition(QTextCursor::EndOfLine);
    editor->setTextCursor(cursor);

    // Signs one letter at a time: some keys leave an unknown sign behind, some a good text. Both must be answered.
    const QString typed = QStringLiteral(" !Retry !Artef Large !InOut Onepkt !Retry !Artef Large !InOut");
    std::vector<double> all, good, judged;
    for (int k = 0; k < std::min<int>(kKeys, int(typed.size())); ++k) {
        QCoreApplication::processEvents();
        Paints painted(editor->viewport());
        QElapsedTimer clock;
        clock.start();
        QTest::keyClick(editor, typed[k].toLatin1());
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents(QEventLoop::ExcludeUserInputEvents);
        const double ms = double(clock.nsecsElapsed()) / 1e6;
        QVERIFY(painted.count > 0);
        all.push_back(ms);
        QCOMPARE(window.workbench().rules().text(), editor->toPlainText());
        if (window.workbench().rules().stale()) continue;
        good.push_back(ms);
        judged.push_back(window.workbench().figures().judgement()->seconds * 1e3);
        QCOMPARE(window.workbench().figures().judgement()->parsed.set.text,
                 window.workbench().rules().judgement()->parsed.set.text);
        QCOMPARE(QString::fromStdString(window.workbench().rules().judgement()->parsed.set.text),
                 editor->toPlainText());  // the numbers are those of this text
        QTest::qWait(2);
    }
    std::ranges::sort(all);
    std::ranges::sort(good);
    std::ranges::sort(judged);
    qInfo(
        "%zu words: median %.1f ms of %zu keys (%.1f to %.1f); %zu of them left a good text, median %.1f ms, of which "
        "judging is %.1f ms",
        kWords, all[all.size() / 2], all.size(), all.front(), all.back(), good.size(), good[good.size() / 2],
        judged[judged.size() / 2]);
    QVERIFY(good.size() > 5);
    QCOMPARE(window.workbench().figures().judgement()->tally.size(), kWords);
}

WEIR_UI_TEST_MAIN(TstKeystroke)
#include "tst_keystroke.moc"
