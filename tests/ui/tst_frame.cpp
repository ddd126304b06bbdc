// Pieces of the frame by themselves: actions, theme, settings and network dialogs, filter field, notices, picks.
#include "ui/actions.h"
#include "ui/dialogs/local_networks_dialog.h"
#include "ui/dialogs/settings_dialog.h"
#include "ui/editors/filter_edit.h"
#include "ui/fitting_row.h"
#include "ui/shell/notice_bar.h"
#include "ui/shell/view_registry.h"
#include "ui/state/pick.h"
#include "ui/state/workbench.h"
#include "ui/state_pane.h"
#include "ui/text/filter_colours.h"
#include "ui/text/format.h"
#include "ui/theme.h"

#include <QDialogButtonBox>
#include <QFontMetricsF>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSet>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QTreeWidget>
#include <QUndoStack>

#include <cmath>

using namespace weir;
using namespace weir::ui;

class TstFrame : public QObject {
    Q_OBJECT
private slots:
    void everyActionHasHelpAndKeysDiffer();
    void everyViewHasAnIcon();
    void stateOffersOneAction();
    void digitsAreEquallyWide();
    void textIsReadable_data();
    void textIsReadable();
    void heatKeepsZeroFewAndManyApart();
    void numbersAndTimes();
    void settingsDialogKeepsOnlyGoodValues();
    void networksAreCheckedWhileTyping();
    void filterFieldSaysWhatIsWrong();
    void burstOfKeysIsOneEdit();
    void wavesLieUnderTheirCharacters();
    void noticesAreOneRow();
    void rowLeavesOutWhatDoesNotFit();
    void picksSignalOnlyChanges();
    void ruleEditsMergeAndUndo();
};

void TstFrame::everyActionHasHelpAndKeysDiffer() {
    const Actions actions;
    QSet<QString> keys;
    for (const QAction* action : actions.all()) {
        QVERIFY2(!action->statusTip().isEmpty(), qPrintable(action->objectName()));
        if (action->shortcut().isEmpty()) continue;
        const QString key = action->shortcut().toString(QKeySequence::PortableText);
        QVERIFY2(!key.isEmpty() && !keys.contains(key), qPrintable(action->objectName() + u' ' + key));
        keys.insert(key);
    }
}

/// What a view offers changes with its state; the button offers the last one, and no menu of all of them.
void TstFrame::stateOffersOneAction() {
    StatePane pane;
    QAction first(QStringLiteral("First")), second(QStringLiteral("Second"));
    pane.set(QStringLiteral("Nothing"), {}, &first, false);
    pane.set(QStringLiteral("Nothing"), {}, &second, false);
    const auto* const button = pane.findChild<QToolButton*>();
    QCOMPARE(button->defaultAction(), &second);
    QCOMPARE(button->actions(), QList<QAction*>{&second});
}

void TstFrame::everyViewHasAnIcon() {
    for (const ViewDef& view : viewTable()) {
        QVERIFY2(QFile::exists(QStringLiteral(":/icons/%1.svg").arg(QLatin1String(view.icon))), view.icon);
        QVERIFY(view.make != nullptr);
    }
}

void TstFrame::digitsAreEquallyWide() {
    const QFontMetricsF metrics(QApplication::font());
    for (char16_t digit = u'0'; digit <= u'9'; ++digit)
        QCOMPARE(metrics.horizontalAdvance(QChar(digit)), metrics.horizontalAdvance(u'0'));
}

void TstFrame::textIsReadable_data() {
    QTest::addColumn<int>("scheme");
    QTest::newRow("light") << int(Scheme::light);
    QTest::newRow("dark") << int(Scheme::dark);
}

/// WCAG contrast of every text colour on the ground it stands on: 4.5 or more.
void TstFrame::textIsReadable() {
    QFETCH(int, scheme);
    setScheme(Scheme(scheme));
    const Theme& t = Theme::current();
    const auto luminance = [](const QColor& c) {
        const auto linear = [](double v) { return v <= 0.03928 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
        return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF());
    };
    const auto contrast = [&](const QColor& a, const QColor& b) {
        const double x = luminance(a), y = luminance(b);
        return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
    };
    for (const QColor& ground : {t.surface, t.header, t.window})
        for (const QColor& ink : {t.text, t.secondary})
            QVERIFY2(contrast(ink, ground) >= 4.5, qPrintable(ink.name() + ground.name()));
    for (const QColor& ink : {t.dim, t.error, t.warning, t.good, t.keyword, t.string, t.negated, t.comment, t.accent})
        QVERIFY2(contrast(ink, t.surface) >= 4.5, qPrintable(ink.name()));
    QVERIFY(contrast(t.text, t.selection) >= 4.5);
    QVERIFY(contrast(t.warning, t.warningField) >= 4.5);
    QVERIFY(contrast(t.error, t.errorField) >= 4.5);
    for (double n : {1.0, 10.0, 1000.0, 1e6}) {
        const QColor field = Theme::heat(n, 1e6);
        QVERIFY(contrast(Theme::textOn(field), field) >= 4.0);
    }
    setScheme(Scheme::light);
}

void TstFrame::heatKeepsZeroFewAndManyApart() {
    QCOMPARE(Theme::heat(0, 1000).alpha(), 0);
    QVERIFY(Theme::heat(1, 1000) != Theme::heat(1000, 1000));
    QVERIFY(Theme::heat(100, 1000) != Theme::heat(1000, 1000));
    QCOMPARE(Theme::heat(1000, 1000), Theme::current().accent);
}

void TstFrame::numbersAndTimes() {
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    QCOMPARE(count(1'234'567), QStringLiteral("1,234,567"));
    QCOMPARE(signedCount(-1695), QStringLiteral("−1,695"));
    QCOMPARE(signedCount(0), QStringLiteral("±0"));
    QCOMPARE(shortCount(40'000), QStringLiteral("40 k"));
    QCOMPARE(shortCount(1'200'000), QStringLiteral("1.2 M"));
    QCOMPARE(shortCount(999), QStringLiteral("999"));
    QCOMPARE(shortCount(999'999), QStringLiteral("1 M"));
    QCOMPARE(timeOfDay(1'700'000'000'123'456, Zone::utc), QStringLiteral("22:13:20.123"));
    QCOMPARE(timeRange(1'700'000'000'000'000 / 3'600'000'000 * 3'600'000'000,
                       1'700'000'000'000'000 / 3'600'000'000 * 3'600'000'000 + 3'600'000'000, Zone::utc),
             QStringLiteral("14 Nov 22:00 – 23:00"));
    QCOMPARE(flagsText(0x12), QStringLiteral("...A..S."));
    QCOMPARE(flagsText(0xff), QStringLiteral("CEUAPRSF"));
    QCOMPARE(durationText(2'114'000), QStringLiteral("2.114 s"));
}

void TstFrame::settingsDialogKeepsOnlyGoodValues() {
    SettingsDialog dialog(session::Settings(), nullptr);
    dialog.show();
    auto* table = dialog.findChild<QTreeWidget*>();
    QCOMPARE(table->topLevelItemCount(), int(session::settingTable().size()));
    auto* apply = dialog.findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok);
    QVERIFY(!apply->isEnabled());
    QTreeWidgetItem* idle = nullptr;
    int packets = 0;
    for (int i = 0; i < table->topLevelItemCount(); ++i) {
        const auto& def = session::settingTable()[std::size_t(i)];
        if (def.redo == session::Redo::packets) {
            ++packets;
            idle = table->topLevelItem(i);
        }
    }
    QVERIFY(packets >= 2);
    const QString before = idle->text(1);
    idle->setText(1, QStringLiteral("not a number"));
    QCOMPARE(idle->text(1), before);
    QVERIFY(!apply->isEnabled());
    idle->setText(1, QStringLiteral("7"));
    QCOMPARE(idle->text(1), QStringLiteral("7"));
    QVERIFY(apply->isEnabled());
    QVERIFY(idle->text(4).contains(QStringLiteral("read again")));
    QVERIFY(session::toJson(dialog.settings()) != session::toJson(session::Settings()));
}

void TstFrame::networksAreCheckedWhileTyping() {
    const std::vector<meter::LocalSuggestion> found = {
        {*flow::parsePrefix("10.0.0.0/8"), 900, 12, "private space"},
        {*flow::parsePrefix("192.0.2.0/24"), 10, 2, "most flows end here"}};
    LocalNetworksDialog dialog(found, {}, nullptr);
    dialog.show();
    auto* use = dialog.findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok);
    QVERIFY(use->isEnabled());
    QCOMPARE(dialog.networks(), std::vector<flow::Prefix>{*flow::parsePrefix("10.0.0.0/8")});
    auto* text = dialog.findChild<QPlainTextEdit*>();
    text->setPlainText(QStringLiteral("203.0.113.0/33"));
    QVERIFY(!use->isEnabled());
    text->setPlainText(QStringLiteral("203.0.113.0/24, 2001:db8::/32"));
    QVERIFY(use->isEnabled());
    QCOMPARE(dialog.networks().size(), std::size_t(3));
    text->clear();
    dialog.findChild<QTreeWidget*>()->topLevelItem(0)->setCheckState(0, Qt::Unchecked);
    QVERIFY(!use->isEnabled());
}

void TstFrame::filterFieldSaysWhatIsWrong() {
    FilterEdit edit;
    edit.setChecker([](const QString& text) {
        Diagnostics out;
        if (const auto at = text.indexOf(u"bogus"); at >= 0)
            out.push_back({Severity::error, 1, std::size_t(at) + 1, 5, "unknown word `bogus`", {}});
        return out;
    });
    edit.show();
    edit.setFocus();
    QSignalSpy applied(&edit, &FilterEdit::applied);
    QTest::keyClicks(&edit, QStringLiteral("proto bogus"));
    QVERIFY(!edit.good());
    QCOMPARE(edit.problem(), QStringLiteral("unknown word `bogus`"));
    QTest::keyClick(&edit, Qt::Key_Return);
    QCOMPARE(applied.count(), 0);
    QCOMPARE(edit.toPlainText().count(u'\n'), 0);
    edit.setPlainText(QStringLiteral("proto tcp"));
    QTest::keyClick(&edit, Qt::Key_Return);
    QCOMPARE(applied.count(), 1);
    QTest::keyClicks(&edit, QStringLiteral(" and"));
    QTest::keyClick(&edit, Qt::Key_Escape);
    QCOMPARE(edit.toPlainText(), QStringLiteral("proto tcp"));
    edit.insertPlainText(QStringLiteral("x"));
    QApplication::processEvents();
    QVERIFY(edit.document()->blockCount() == 1);
}

/// What a change of the text costs does not come once per key.
void TstFrame::burstOfKeysIsOneEdit() {
    FilterEdit edit;
    int checks = 0, completions = 0;
    edit.setChecker([&](const QString&) {
        ++checks;
        return Diagnostics();
    });
    edit.setCompletions([&](const QString&, std::size_t) {
        ++completions;
        return FilterEdit::Completions();
    });
    edit.show();
    edit.setFocus();
    const QString text = QString(2'000, u'a');
    QTest::keyClicks(&edit, text);  // the event loop does not run meanwhile
    QCOMPARE(checks, 1);
    QVERIFY(edit.good());
    QCOMPARE(edit.toPlainText(), text);
    QCOMPARE(checks, 2);
    QCOMPARE(completions, 2);
}

void TstFrame::wavesLieUnderTheirCharacters() {
    const QString text = QStringLiteral("tag \"\u00e4\U0001f600\" bogus");
    const QByteArray bytes = text.toUtf8();
    const auto column = [&](const char* part) { return std::size_t(bytes.indexOf(part)) + 1; };
    const Diagnostics problems = {{Severity::error, 1, column("\xf0"), 4, {}, {}},
                                  {Severity::error, 1, column("bogus"), 5, {}, {}},
                                  {Severity::error, 1, column("bogus") + 5, 1, {}, {}}};
    QList<std::pair<int, int>> waves;
    for (const QTextLayout::FormatRange& r : filterColours(text, problems))
        if (r.format.underlineStyle() == QTextCharFormat::WaveUnderline) waves << std::pair(r.start, r.length);
    QCOMPARE(waves, (QList<std::pair<int, int>>{{6, 2}, {10, 5}}));  // nothing is under the end
}

void TstFrame::noticesAreOneRow() {
    NoticeBar bar(nullptr);
    QVERIFY(!bar.isVisible());
    bar.show(QStringLiteral("a.pcap"), QStringLiteral("damaged"), false);
    bar.show(QStringLiteral("b.pcap"), QStringLiteral("empty"), true);
    QVERIFY(bar.isVisible());
    QCOMPARE(bar.count(), 2);
    QVERIFY(bar.text().startsWith(QStringLiteral("a.pcap: damaged")));
    QVERIFY(bar.toolTip().contains(QStringLiteral("b.pcap: empty")));
    bar.dismiss();
    QVERIFY(!bar.isVisible());
}

/// However narrow: nothing is cut, nothing is asked of the window, and the least important goes first.
void TstFrame::rowLeavesOutWhatDoesNotFit() {
    QWidget bar;
    auto* row = new FittingRow(&bar);
    row->setContentsMargins(5, 0, 5, 0);
    row->setSpacing(10);
    QList<QWidget*> parts;
    const std::pair<int, Qt::AlignmentFlag> places[] = {
        {2, Qt::AlignLeft}, {0, Qt::AlignLeft}, {3, Qt::AlignRight}, {1, Qt::AlignLeft}};
    for (const auto& [rank, side] : places) {
        parts << new QWidget(&bar);
        parts.back()->setFixedSize(100, 20);
        row->add(parts.back(), rank, side);
    }
    bar.show();
    QCOMPARE(row->minimumSize(), QSize(10, 20));
    QCOMPARE(row->sizeHint(), QSize(440, 20));
    const auto shown = [&](int width) {
        bar.resize(width, 20);
        row->setGeometry(bar.rect());
        QList<int> lefts;
        for (QWidget* part : std::as_const(parts)) {
            const bool inside = bar.rect().adjusted(5, 0, -5, 0).contains(part->geometry());
            if (row->fits(part) != inside) return QList<int>{-2};
            lefts << (inside ? part->x() : -1);
        }
        return lefts;
    };
    QCOMPARE(shown(500), (QList<int>{5, 115, 395, 225}));
    QCOMPARE(shown(440), (QList<int>{5, 115, 335, 225}));
    QCOMPARE(shown(439), (QList<int>{5, 115, -1, 225}));
    QCOMPARE(shown(329), (QList<int>{-1, 5, -1, 115}));
    QCOMPARE(shown(110), (QList<int>{-1, 5, -1, -1}));
    QCOMPARE(shown(109), (QList<int>{-1, -1, -1, -1}));
    parts[1]->hide();  // leaves its room to the others
    (void)shown(330);
    QCOMPARE(parts[0]->x(), 5);
    QCOMPARE(parts[3]->x(), 115);
    QCOMPARE(parts[2]->x(), 225);
}

void TstFrame::picksSignalOnlyChanges() {
    Pick pick;
    QSignalSpy flow(&pick, &Pick::flowPicked);
    QSignalSpy word(&pick, &Pick::combinationPicked);
    pick.setFlow(3);
    pick.setFlow(3);
    pick.setCombination(9);
    pick.clear();
    QCOMPARE(flow.count(), 2);
    QCOMPARE(word.count(), 2);
}

void TstFrame::ruleEditsMergeAndUndo() {
    Workbench bench;
    bench.setProject(nullptr);
    const QString start = bench.rules().text();
    QVERIFY(!start.isEmpty());
    QVERIFY(!bench.rules().stale());
    const auto good = bench.rules().judgement();
    QCOMPARE(good->check.possible, std::uint64_t(262'144));
    QCOMPARE(good->check.admissible, std::uint64_t(5'976));
    bench.rules().edit(start + QStringLiteral("\nclass"), QStringLiteral("typing"));
    bench.rules().edit(start + QStringLiteral("\nclass X\n  99: NoSuchSign\n"), QStringLiteral("typing"));
    QCOMPARE(bench.undo().count(), 1);
    QVERIFY(bench.rules().stale());
    QCOMPARE(bench.rules().judgement()->check.admissible, std::uint64_t(5'976));  // the last good result stays
    QVERIFY(!bench.rules().latest()->parsed.good());
    bench.undo().undo();
    QCOMPARE(bench.rules().text(), start);
    QVERIFY(!bench.rules().stale());
}

int main(int argc, char** argv) {
    QApplication app(argc, argv);
    setUpLook(app, Scheme::light);
    TstFrame test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_frame.moc"
