// Tags, known-good silences and portraits in the real window: dialogs, the dock Marks, columns of the flow list, the
// Inspector; all of it undoable.
#include "tests/support/window_driver.h"

#include "core/session/evidence/silences.h"
#include "core/session/project/resources.h"
#include "core/session/verbs/portrait.h"
#include "ui/delegates/number_delegate.h"
#include "ui/dialogs/mark_dialog.h"
#include "ui/models/flow_columns.h"
#include "ui/models/flow_rows.h"
#include "ui/models/inspector_share_model.h"
#include "ui/models/mark_model.h"
#include "ui/row_view.h"
#include "ui/text/format.h"
#include "ui/views/inspector_shares.h"
#include "ui/views/inspector_view.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QUndoStack>

#include <numeric>

using namespace weir;

class TstMarksWindow : public QObject {
    Q_OBJECT
public:
    explicit TstMarksWindow(test::UiSandbox&) {}
private slots:
    void initTestCase();
    void cleanup();
    void cleanupTestCase() { window_.reset(); }
    void rowsAreTagged();
    void dialogsSayWhatIsWrong();
    void tagsInTheFlowList();
    void silencedAndBack();
    void changedAndRemoved();
    void portraits_data();
    void portraits();
    void codesShowTheirTargets();
    void linesLeadOn();

private:
    ui::Workbench& bench() { return window_->workbench(); }
    ui::InspectorView& inspector() { return *window_->findChild<ui::InspectorView*>(); }
    ui::MarkModel& marks() {
        return *qobject_cast<ui::MarkModel*>(window_->findChild<QTableView*>(QStringLiteral("markTable"))->model());
    }
    ui::RowView& flows() { return *window_->findChild<ui::RowView*>(QStringLiteral("flowTable")); }
    template <class Dialog>
    Dialog* opened() {
        Dialog* dialog = nullptr;
        const bool there =
            QTest::qWaitFor([&] { return (dialog = window_->findChild<Dialog*>()) != nullptr && dialog->isVisible(); });
        return there ? dialog : nullptr;
    }
    void pickFirstRow();
    std::uint64_t flowsOf(const char* code);

    std::unique_ptr<ui::MainWindow> window_;
};

void TstMarksWindow::initTestCase() {
    QVERIFY2(!session::samplePath().empty(), "the sample capture is missing");
    window_ = test::openSample(QStringLiteral("triage"));
    QVERIFY(window_);
    QTRY_VERIFY(bench().scores().result() && bench().scores().byRecord());
    new QAbstractItemModelTester(&marks(), QAbstractItemModelTester::FailureReportingMode::QtTest, this);
}

void TstMarksWindow::cleanup() {
    if (!window_ || !bench().project()) return;
    while (bench().undo().canUndo()) bench().undo().undo();
    bench().filter().set({});
    bench().pick().clear();
    QTRY_VERIFY(bench().snapshot()->marks->empty() && bench().snapshot()->silences->empty());
    QVERIFY(test::waitIdle(*window_));
}

/// The first row of what passes the filter, selected as a click does.
void TstMarksWindow::pickFirstRow() {
    QTRY_VERIFY(bench().selection() && bench().selection()->query.filter == ui::toUtf8(bench().filter().text()) &&
                bench().selection()->count > 0);
    QVERIFY(test::waitIdle(*window_));
    flows().setCurrentRow(0);
    QTRY_VERIFY(bench().pick().record().has_value());
    QVERIFY(test::waitIdle(*window_));
}

std::uint64_t TstMarksWindow::flowsOf(const char* code) {
    const auto& tests = bench().scores().profile().tests;
    const auto at = std::find_if(tests.begin(), tests.end(), [&](const score::Test& t) { return t.code == code; });
    return bench().scores().perCode().at(std::size_t(at - tests.begin()));
}

void TstMarksWindow::rowsAreTagged() {
    bench().filter().set(QStringLiteral("flow 1:596"));
    pickFirstRow();
    test::trigger(*window_, "edit.tag");
    auto* dialog = opened<ui::MarkDialog>();
    QVERIFY(dialog);
    QCOMPARE(dialog->mark().filter, std::string("flow 1:596"));
    dialog->findChildren<QComboBox*>().at(0)->setCurrentText(QStringLiteral("case-7"));
    for (auto* line : dialog->findChildren<QLineEdit*>())
        if (line->placeholderText().startsWith(QStringLiteral("why"))) line->setText(QStringLiteral("first contact"));
    test::shot(*dialog, QStringLiteral("tag-dialog"));
    dialog->accept();
    QTRY_COMPARE(bench().snapshot()->marks->size(), 1u);
    QCOMPARE(bench().snapshot()->marks->at(0).note, std::string("first contact"));
    // The dock lists and counts it, the Inspector names it.
    window_->docks().raise(QStringLiteral("marks"));
    QTRY_COMPARE(marks().index(0, ui::MarkModel::kRecords).data().toString(), QStringLiteral("1"));
    QCOMPARE(marks().index(0, ui::MarkModel::kName).data().toString(), QStringLiteral("case-7"));
    test::shot(*window_, QStringLiteral("marks"));
    QTRY_VERIFY(inspector().subject().facts.contains(QStringLiteral("tagged case-7: first contact")));
    bench().undo().undo();
    QTRY_COMPARE(bench().snapshot()->marks->size(), 0u);
    QTRY_COMPARE(marks().rowCount(), 0);
    bench().undo().redo();
    QTRY_COMPARE(bench().snapshot()->marks->size(), 1u);
    window_->docks().raise(QStringLiteral("flows"));
}

void TstMarksWindow::dialogsSayWhatIsWrong() {
    emit bench().markAsked({"two words", "port 80", {}, {}});
    auto* tag = opened<ui::MarkDialog>();
    QVERIFY(tag);
    const auto ok = [](QDialog* dialog) {
        return dialog->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok);
    };
    QVERIFY(!ok(tag)->isEnabled());
    tag->findChildren<QComboBox*>().at(0)->setCurrentText(QStringLiteral("fine"));
    QVERIFY(ok(tag)->isEnabled());
    delete tag;
    emit bench().silenceAsked({"SYN ONLY", "badness > 10", {}, "soon", {}});
    auto* silence = opened<ui::SilenceDialog>();
    QVERIFY(silence);
    QVERIFY(!ok(silence)->isEnabled());
    silence->findChildren<QComboBox*>().at(1)->setCurrentText(QStringLiteral("2099-01-31"));
    QVERIFY(!ok(silence)->isEnabled());  // a code that asks for codes
    delete silence;
}

void TstMarksWindow::tagsInTheFlowList() {
    emit bench().markAsked({"scan", "flow in [1:596 1:600]", "seen before", {}});
    auto* dialog = opened<ui::MarkDialog>();
    QVERIFY(dialog);
    dialog->accept();
    QTRY_COMPARE(bench().snapshot()->marks->size(), 1u);
    bench().filter().set(QStringLiteral("flow in [1:595 1:596 1:600]"));
    QTRY_VERIFY(bench().selection() && bench().selection()->count == 3);
    auto* rows = window_->findChild<ui::FlowRows*>();
    const auto columns = ui::flowColumns();
    const auto at = [&](const char* id) {
        return std::size_t(std::find_if(columns.begin(), columns.end(),
                                        [&](const ui::FlowColumn& c) { return std::string_view(c.id) == id; }) -
                           columns.begin());
    };
    const auto text = [&](std::uint64_t row, const char* id) {
        const ui::RowCell* cell = rows->cell(row, at(id));
        return cell ? cell->text : QStringLiteral("?");
    };
    QTRY_COMPARE(text(1, "tags"), QStringLiteral("scan"));
    QCOMPARE(text(0, "tags"), QString());
    QCOMPARE(text(2, "notes"), QStringLiteral("seen before"));
    bench().undo().undo();
    QTRY_COMPARE(text(1, "tags"), QString());
}

void TstMarksWindow::silencedAndBack() {
    const std::uint64_t before = flowsOf("SYN ONLY");
    bench().filter().set(QStringLiteral("src ip 44.128.92.33 and code \"SYN ONLY\" and dst port 22"));
    pickFirstRow();
    QTRY_VERIFY(!inspector().subject().knownFilter.isEmpty());
    QVERIFY(inspector().subject().knownFilter.startsWith(QStringLiteral("src ip 44.128.92.33 and dst ip ")));
    QCOMPARE(inspector().subject().silenceCode, std::string("POSSIBLE TCP SCAN"));  // the code with most points
    bench().filter().set({});
    emit bench().silenceAsked({"SYN ONLY", "src ip 44.128.92.33", {}, {}, {}});
    auto* dialog = opened<ui::SilenceDialog>();
    QVERIFY(dialog);
    QCOMPARE(dialog->silence().code, std::string("SYN ONLY"));
    test::shot(*dialog, QStringLiteral("silence-dialog"));
    dialog->accept();
    QTRY_VERIFY(bench().snapshot()->scores && bench().snapshot()->scores->silenced.size() == 1);
    const std::uint64_t taken = bench().snapshot()->scores->silenced[0].records;
    QVERIFY(taken > 1000);
    QTRY_COMPARE(flowsOf("SYN ONLY"), before - taken);
    QTRY_COMPARE(marks().index(0, ui::MarkModel::kRecords).data(ui::kRawRole).toULongLong(), taken);
    QVERIFY(test::waitIdle(*window_));
    bench().undo().undo();
    QTRY_COMPARE(flowsOf("SYN ONLY"), before);
    QTRY_VERIFY(bench().snapshot()->silences->empty());
}

void TstMarksWindow::changedAndRemoved() {
    emit bench().silenceAsked({{}, "dst port 445", {}, "2099-01-31", {}});
    opened<ui::SilenceDialog>()->accept();
    QTRY_COMPARE(bench().snapshot()->silences->size(), 1u);
    QVERIFY(test::waitIdle(*window_));
    const session::Silence old = bench().snapshot()->silences->at(0);
    emit bench().silenceAsked(old, true);
    ui::SilenceDialog* dialog = nullptr;
    QTRY_VERIFY((dialog = window_->findChild<ui::SilenceDialog*>()) != nullptr && dialog->isVisible());
    QCOMPARE(dialog->silence().until, std::string("2099-01-31"));
    for (auto* line : dialog->findChildren<QLineEdit*>())
        if (line->text() == QStringLiteral("dst port 445")) line->setText(QStringLiteral("dst port 446"));
    dialog->accept();
    QTRY_COMPARE(bench().snapshot()->silences->at(0).filter, std::string("dst port 446"));
    QTRY_COMPARE(bench().snapshot()->silences->size(), 1u);
    QVERIFY(test::waitIdle(*window_));
    emit bench().silenceRemovalAsked(bench().snapshot()->silences->at(0));
    QTRY_VERIFY(bench().snapshot()->silences->empty());
    QVERIFY(test::waitIdle(*window_));
    bench().undo().undo();
    QTRY_COMPARE(bench().snapshot()->silences->size(), 1u);
    QVERIFY(test::waitIdle(*window_));
}

void TstMarksWindow::portraits_data() {
    QTest::addColumn<QString>("subject");
    QTest::newRow("scanner") << "44.128.92.33";
    QTest::newRow("server") << "44.128.17.22";
    QTest::newRow("port") << "22";
}

/// The Inspector's numbers are those of the verb.
void TstMarksWindow::portraits() {
    QFETCH(QString, subject);
    const auto what = *session::parseSubject(ui::toUtf8(subject));
    bench().pick().setSubject(what);
    QTRY_COMPARE(int(inspector().subject().kind), int(ui::InspectorSubject::portrait));
    JobContext job;
    const auto expected = session::portraitOf(bench().snapshot(), bench().rules().judgement(), what, job);
    QVERIFY(expected);
    const auto& shown = inspector().subject();
    QVERIFY(shown.title.endsWith(subject));
    QCOMPARE(shown.figures.at(0).value, ui::count(expected->toNear.flows));
    QCOMPARE(shown.figures.at(1).value, ui::count(expected->toFar.flows));
    QCOMPARE(std::accumulate(shown.time.to.begin(), shown.time.to.end(), std::uint64_t(0)), expected->toNear.flows);
    std::size_t lists = 0;
    for (const auto* list : {&expected->nearHosts, &expected->farHosts, &expected->nearPorts, &expected->farPorts}) {
        if (list == &expected->nearHosts && std::holds_alternative<session::HostSubject>(what)) continue;
        if (list->lines.empty()) continue;
        const auto* model = inspector().shares().models().at(lists++);
        QCOMPARE(model->rowCount(), int(list->lines.size()));
        QCOMPARE(model->index(0, ui::InspectorShareModel::kValue).data(ui::kRawRole).toString(),
                 ui::fromUtf8(list->lines[0].value));
        QCOMPARE(model->index(0, ui::InspectorShareModel::kTo).data(ui::kRawRole).toULongLong(),
                 list->lines[0].toNear.flows);
        QCOMPARE(model->index(0, ui::InspectorShareModel::kFrom).data(ui::kRawRole).toULongLong(),
                 list->lines[0].toFar.flows);
    }
    for (const auto* found : {&expected->codes, &expected->classes})
        if (!found->empty())
            QCOMPARE(inspector()
                         .shares()
                         .models()
                         .at(lists++)
                         ->index(0, ui::InspectorShareModel::kTo)
                         .data(ui::kRawRole)
                         .toULongLong(),
                     found->front().flows);
    QCOMPARE(inspector().shares().models().size(), lists);
    test::shot(*window_, QStringLiteral("inspect-%1").arg(subject));
}

void TstMarksWindow::codesShowTheirTargets() {
    const auto& words = bench().scores().tally().words;
    const auto at = std::max_element(words.begin(), words.end(), [](const auto& a, const auto& b) {
        return (a.word != 0 ? a.flows : 0) < (b.word != 0 ? b.flows : 0);
    });
    bench().filter().setCodes(ui::codesOfWord(bench().scores().profile(), at->word));
    QTRY_COMPARE(int(inspector().subject().kind), int(ui::InspectorSubject::codes));
    QVERIFY(inspector().subject().shares.at(0).title == QStringLiteral("Targets"));
    QVERIFY(!inspector().shares().models().at(0)->bothWays());
    QVERIFY(std::any_of(inspector().subject().facts.begin(), inspector().subject().facts.end(),
                        [](const QString& f) { return f.contains(QStringLiteral("flows per target")); }));
}

/// A click on a line goes on to that host or port; a double click filters its records, as many as the line says.
void TstMarksWindow::linesLeadOn() {
    bench().pick().setSubject(*session::parseSubject("44.128.17.22"));
    QTRY_COMPARE(inspector().subject().title, QStringLiteral("44.128.17.22"));
    for (const auto* model : inspector().shares().models())
        for (const auto& line : model->list().lines) {
            if (line.filter.isEmpty()) continue;
            JobContext job;
            session::Query query;
            query.rows = session::Rows::records;
            query.filter = ui::toUtf8(line.filter);
            query.list = false;
            const auto rows = session::selectRows(bench().snapshot(), bench().rules().judgement(), query, job);
            QVERIFY2(rows, query.filter.c_str());
            QCOMPARE((*rows)->directions, line.to + line.from);
        }
    const auto line = inspector().shares().models().at(0)->list().lines.at(0);
    emit inspector().shares().picked(line);
    QTRY_COMPARE(inspector().subject().title, line.value);
    emit inspector().shares().activated(line);
    QTRY_COMPARE(bench().filter().text(), line.filter);
}

WEIR_UI_TEST_MAIN(TstMarksWindow)
#include "tst_marks_window.moc"
