// Saved filters: kept in the project, counted, renamed and removed in the Sources dock; the history goes back and
// forward like a browser's.
#include <QAction>
#include <QInputDialog>
#include <QLineEdit>
#include <QTreeWidget>

#include "tests/support/window_driver.h"
#include "ui/actions.h"
#include "ui/editors/filter_edit.h"
#include "ui/shell/main_window.h"
#include "ui/text/format.h"

using namespace weir;

class TstSavedFilters : public QObject {
    Q_OBJECT
public:
    explicit TstSavedFilters(test::UiSandbox&) {}
private slots:
    void init();
    void cleanup();
    void countsFollowTheRows();
    void filterThatDoesNotParse();
    void renameAndRemove();
    void historyByKeys();

private:
    ui::FlowFilter& filter() { return window_->workbench().filter(); }
    QTreeWidget* tree() { return window_->findChild<QTreeWidget*>(QStringLiteral("sourceTree")); }
    /// The line of a saved filter; nullptr = there is none.
    QTreeWidgetItem* line(const QString& name) {
        const auto found = tree()->findItems(name, Qt::MatchExactly | Qt::MatchRecursive, 0);
        return found.isEmpty() ? nullptr : found.front();
    }
    bool showsCount(const QString& name, const QString& figure) {
        return QTest::qWaitFor([&] { return line(name) != nullptr && line(name)->text(1) == figure; }, 20'000);
    }
    /// Rows that the filter takes now, once the list shows them.
    std::optional<std::uint64_t> rowsOf(const QString& text) {
        filter().set(text);
        const bool shown = QTest::qWaitFor(
            [&] {
                const auto& s = window_->workbench().selection();
                return s && ui::fromUtf8(s->query.filter) == text && s->query.rows == filter().query().rows;
            },
            20'000);
        return shown ? std::optional(window_->workbench().selection()->count) : std::nullopt;
    }
    std::unique_ptr<ui::MainWindow> window_;
};

void TstSavedFilters::init() {
    window_ = std::make_unique<ui::MainWindow>();
    window_->resize(1280, 800);
    window_->show();
    window_->openSample();
    QVERIFY(QTest::qWaitFor(
        [&] {
            const auto& s = window_->workbench().snapshot();
            return s && s->flows && s->signs() && window_->workbench().selection();
        },
        60'000));
}
void TstSavedFilters::cleanup() { window_.reset(); }

/// Active timeouts cut some TCP flows of the sample into several records.
void TstSavedFilters::countsFollowTheRows() {
    filter().setRows(session::Rows::derived);
    const auto flows = rowsOf(QStringLiteral("proto tcp"));
    QVERIFY(flows && *flows > 0);
    filter().saved().save(QStringLiteral("connections"), QStringLiteral("proto tcp"));
    QVERIFY(showsCount(QStringLiteral("connections"), ui::count(*flows)));
    filter().setRows(session::Rows::records);
    const auto records = rowsOf(QStringLiteral("any and proto tcp"));
    QVERIFY(records && *records > *flows);
    QVERIFY(showsCount(QStringLiteral("connections"), ui::count(*records)));
}

void TstSavedFilters::filterThatDoesNotParse() {
    filter().saved().save(QStringLiteral("wrong"), QStringLiteral("proto tcp and class NoSuchClass"));
    filter().saved().save(QStringLiteral("right"), QStringLiteral("proto tcp"));
    const auto tcp = rowsOf(QStringLiteral("proto tcp"));
    QVERIFY(tcp);
    QVERIFY(showsCount(QStringLiteral("right"), ui::count(*tcp)));
    QVERIFY(showsCount(QStringLiteral("wrong"), QStringLiteral("invalid")));
    QVERIFY(line(QStringLiteral("wrong"))->toolTip(0).contains(QStringLiteral("NoSuchClass")));
}

void TstSavedFilters::renameAndRemove() {
    filter().saved().save(QStringLiteral("first"), QStringLiteral("proto tcp"));
    QVERIFY(line(QStringLiteral("first")) != nullptr);
    tree()->setCurrentItem(line(QStringLiteral("first")));
    tree()->setFocus();
    QTest::keyClick(tree(), Qt::Key_F2);
    auto* const dialog = window_->findChild<QInputDialog*>();
    QVERIFY(dialog != nullptr);
    dialog->findChild<QLineEdit*>()->setText(QStringLiteral("second"));
    dialog->accept();
    QVERIFY(QTest::qWaitFor([&] { return line(QStringLiteral("second")) != nullptr; }));
    QVERIFY(line(QStringLiteral("first")) == nullptr);
    QCOMPARE(filter().saved().list().size(), 1);
    QCOMPARE(filter().saved().list().front().text, QStringLiteral("proto tcp"));
    tree()->setCurrentItem(line(QStringLiteral("second")));
    QTest::keyClick(tree(), Qt::Key_Delete);
    QVERIFY(line(QStringLiteral("second")) == nullptr);
    QVERIFY(filter().saved().list().isEmpty());
}

void TstSavedFilters::historyByKeys() {
    auto* const edit = window_->findChild<ui::FilterEdit*>();
    const auto type = [&](const char* text) {
        edit->setFocus();
        edit->setPlainText(QString::fromLatin1(text));
        QTest::keyClick(edit, Qt::Key_Return);
        return filter().text() == QLatin1String(text);
    };
    QVERIFY(type("proto tcp"));
    QVERIFY(type("proto udp"));
    QVERIFY(type("port 53"));
    const auto press = [&](Qt::Key key) {
        for (const char* id : {"go.back", "go.forward"}) {
            QAction* const action = window_->workbench().actions().get(id);
            if (action->shortcuts().contains(QKeySequence(Qt::ALT | key))) action->trigger();
        }
    };
    press(Qt::Key_Left);
    QCOMPARE(filter().text(), QStringLiteral("proto udp"));
    QCOMPARE(edit->filter(), QStringLiteral("proto udp"));
    press(Qt::Key_Left);
    QCOMPARE(filter().text(), QStringLiteral("proto tcp"));
    press(Qt::Key_Right);
    QCOMPARE(filter().text(), QStringLiteral("proto udp"));
    QVERIFY(type("host 10.0.0.1"));  // a new filter drops what lay ahead
    QVERIFY(!filter().canGoForward());
    press(Qt::Key_Left);
    QCOMPARE(filter().text(), QStringLiteral("proto udp"));
}

WEIR_UI_TEST_MAIN(TstSavedFilters)
#include "tst_saved_filters.moc"
