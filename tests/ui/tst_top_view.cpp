// The dock Top: counts what the filter takes, filters by a row, drops late results, keeps its choice.
#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QComboBox>
#include <QLineEdit>
#include <QSpinBox>
#include <QTableView>

#include "core/session/evidence/open_project.h"
#include "core/session/evidence/prepare.h"
#include "core/session/project/import.h"
#include "tests/support/window_driver.h"

#include "ui/delegates/number_delegate.h"
#include "ui/text/table_copy.h"
#include "ui/views/top_view.h"

using namespace weir;

class TstTopView : public QObject {
    Q_OBJECT
public:
    explicit TstTopView(test::UiSandbox& sandbox) : sandbox_(sandbox) {}
private slots:
    void initTestCase();
    void init();
    void listsTheHighest();
    void modelKeepsTheContract();
    void severalKeys();
    void filtersByARow();
    void followsTheFilter();
    void unknownKeyIsSaidInPlace();
    void lateResultsAreDropped();
    void copies();
    void stateComesBack();
    void emptyStateSaysWhatToDo();

private:
    bool settle() {
        return QTest::qWaitFor([this] { return bench_->selection() && !view_->job().busy() && view_->groups().list(); },
                               30'000);
    }
    void choose(const char* element) {
        view_->element().setCurrentIndex(view_->element().findData(QLatin1String(element)));
    }
    QString cell(int row, ui::TopModel::Column column) {
        return view_->groups().index(row, view_->groups().columnOf(column)).data(ui::kRawRole).toString();
    }
    test::UiSandbox& sandbox_;
    session::ProjectPtr project_;
    std::unique_ptr<ui::Workbench> bench_;
    std::unique_ptr<ui::TopView> view_;
};

void TstTopView::initTestCase() {
    auto project = session::createProject(sandbox_.path(QStringLiteral("top.weir")).toStdString());
    QVERIFY(project);
    project_ = *project;
    session::ImportRequest request;
    request.paths = {std::string(WEIR_SOURCE_DIR) + "/resources/samples/lab.pcapng"};
    JobContext job;
    QVERIFY(session::importFiles(*project_, request, job));
    QVERIFY(session::ensureLocal(*project_, {}, job));
    QVERIFY(session::prepare(*project_, flow::Direction::in, job));
}

void TstTopView::init() {
    view_.reset();
    bench_ = std::make_unique<ui::Workbench>();
    view_ = std::make_unique<ui::TopView>(*bench_, nullptr);
    view_->resize(900, 300);
    view_->show();
    QVERIFY(QTest::qWaitForWindowExposed(view_.get()));
    bench_->setProject(project_);
    QVERIFY(settle());
}

void TstTopView::listsTheHighest() {
    choose("dstport");
    QVERIFY(settle());
    const auto& list = *view_->groups().list();
    QCOMPARE(view_->groups().rowCount(), int(std::min<std::size_t>(20, std::size_t(list.groups.count))));
    QVERIFY(list.groups.total.flows == bench_->selection()->count);
    for (int row = 1; row < view_->groups().rowCount(); ++row)
        QVERIFY(cell(row - 1, ui::TopModel::Column::flows).toULongLong() >=
                cell(row, ui::TopModel::Column::flows).toULongLong());
    view_->most().setValue(3);
    QVERIFY(settle());
    QCOMPARE(view_->groups().rowCount(), 3);
    QVERIFY(view_->scope().startsWith(QStringLiteral("3 of ")));
    view_->order().setCurrentIndex(view_->order().findData(QStringLiteral("bps")));
    QVERIFY(settle());
    QVERIFY(view_->groups().hasRate());
    QCOMPARE(view_->groups()
                 .headerData(view_->groups().columnOf(ui::TopModel::Column::rate), Qt::Horizontal, Qt::DisplayRole)
                 .toString(),
             QStringLiteral("Bits/s"));
    for (const char* element : {"class", "rule", "signs", "source", "icmp", "ip"}) {
        choose(element);
        QVERIFY(settle());
        QVERIFY2(view_->groups().rowCount() > 0, element);
    }
}

void TstTopView::modelKeepsTheContract() {
    ui::TopModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setList(view_->groups().list(), ui::Zone::utc);
    for (int column = 0; column < model.columnCount(); ++column) {
        model.sort(column, Qt::AscendingOrder);
        model.sort(column, Qt::DescendingOrder);
    }
    model.setZone(ui::Zone::local);
    model.setList(nullptr, ui::Zone::utc);
    QCOMPARE(model.rowCount(), 0);
}

void TstTopView::severalKeys() {
    view_->element().setCurrentIndex(view_->element().count() - 1);
    view_->keys().setText(QStringLiteral("proto, dstip4/24"));
    emit view_->keys().editingFinished();
    QVERIFY(settle());
    QCOMPARE(view_->groups().keyCount(), 2);
    QVERIFY(view_->groups().index(0, 1).data(ui::kRawRole).toString().contains(u'/'));
}

void TstTopView::filtersByARow() {
    choose("dstport");
    QVERIFY(settle());
    const QString port = cell(0, ui::TopModel::Column::key);
    const auto flows = cell(0, ui::TopModel::Column::flows).toULongLong();
    view_->table().setFocus();
    view_->table().setCurrentIndex(view_->groups().index(0, 0));
    QTest::keyClick(&view_->table(), Qt::Key_Return);
    QCOMPARE(bench_->filter().text(), QStringLiteral("dst port ") + port);
    QVERIFY(
        QTest::qWaitFor([&] { return bench_->selection()->query.filter == bench_->filter().text().toStdString(); }));
    QVERIFY(settle());
    QCOMPARE(bench_->selection()->count, flows);
    QTRY_COMPARE(view_->groups().rowCount(), 1);
    choose("srcip");
    QVERIFY(settle());
    view_->filterBy(0, ui::FilterMode::andNot);
    QVERIFY(
        bench_->filter().text().startsWith(QStringLiteral("dst port ") + port + QStringLiteral(" and not src ip ")));
}

void TstTopView::followsTheFilter() {
    bench_->filter().set(QStringLiteral("proto udp"));
    choose("proto");
    QTRY_VERIFY(view_->groups().list() && view_->groups().rowCount() == 1);
    QCOMPARE(cell(0, ui::TopModel::Column::key), QStringLiteral("17"));
    bench_->filter().setRows(session::Rows::records);
    QTRY_VERIFY(view_->groups().list() && view_->groups().list()->request.query.rows == session::Rows::records);
    bench_->filter().set(QStringLiteral("proto udp and proto tcp"));
    QTRY_VERIFY(!view_->table().isVisible());
    bench_->filter().set(QString());
    QTRY_VERIFY(view_->table().isVisible());
}

void TstTopView::unknownKeyIsSaidInPlace() {
    view_->element().setCurrentIndex(view_->element().count() - 1);
    view_->keys().setText(QStringLiteral("srcip,dstprt"));
    emit view_->keys().editingFinished();
    QTRY_VERIFY(!view_->table().isVisible());
    choose("srcas");
    QTRY_VERIFY(view_->table().isVisible());
}

void TstTopView::lateResultsAreDropped() {
    for (const char* element : {"srcip", "dstip", "port", "signs", "proto", "dstport"}) choose(element);
    view_->job().cancel();
    choose("proto");
    QVERIFY(settle());
    QTRY_COMPARE(int(view_->groups().list()->key(0).key), int(tally::Key::protocol));
}

void TstTopView::copies() {
    choose("proto");
    QVERIFY(settle());
    const QString csv = ui::tableText(view_->groups(), {0}, ui::CopyForm::csv, &view_->table());
    QCOMPARE(csv.count(u'\n'), 2);
    QVERIFY(csv.section(u'\n', 1).startsWith(cell(0, ui::TopModel::Column::key) + u','));
}

void TstTopView::stateComesBack() {
    choose("srcip");
    view_->order().setCurrentIndex(2);
    view_->most().setValue(7);
    ui::TopView other(*bench_, nullptr);
    other.restore(view_->state());
    QCOMPARE(other.state(), view_->state());
    other.restore({});
    QCOMPARE(other.element().currentData().toString(), QStringLiteral("dstport"));
}

void TstTopView::emptyStateSaysWhatToDo() {
    ui::Workbench none;
    ui::TopView view(none, nullptr);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    QVERIFY(!view.table().isVisible());
}

WEIR_UI_TEST_MAIN(TstTopView)
#include "tst_top_view.moc"
