// See table_copy.h.
#include "ui/text/table_copy.h"

#include "ui/delegates/number_delegate.h"

#include <QAbstractItemView>
#include <QAction>
#include <QClipboard>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLocale>
#include <QMenu>
#include <QTableView>

#include <algorithm>
#include <set>

namespace weir::ui {
namespace {

QString copyText(const char* text) { return QCoreApplication::translate("TableCopy", text); }

QString quoted(QString field, CopyForm form) {
    if (form == CopyForm::text) return field.replace(u'\t', u' ').replace(u'\n', u' ');
    const bool needs = field.contains(u',') || field.contains(u'"') || field.contains(u'\n');
    return needs ? QString(u'"' + field.replace(u'"', QStringLiteral("\"\"")) + u'"') : field;
}

QString cellText(const QAbstractItemModel& model, const QModelIndex& index) {
    const QVariant raw = model.data(index, kRawRole);
    if (raw.typeId() == QMetaType::Double) return QLocale::c().toString(raw.toDouble(), 'g', 6);
    return raw.isValid() ? raw.toString() : model.data(index).toString();
}

bool hidden(const QAbstractItemView* view, int column) {
    const auto* table = qobject_cast<const QTableView*>(view);
    return table && table->isColumnHidden(column);
}

QList<int> selectedRows(const QAbstractItemView& view) {
    std::set<int> rows;
    for (const auto& index : view.selectionModel()->selectedIndexes()) rows.insert(index.row());
    return {rows.begin(), rows.end()};
}

void toClipboard(const QString& text) { QGuiApplication::clipboard()->setText(text); }

}  // namespace

QString tableText(const QAbstractItemModel& model, const QList<int>& rows, CopyForm form,
                  const QAbstractItemView* view) {
    const QString separator = form == CopyForm::csv ? QStringLiteral(",") : QStringLiteral("\t");
    QStringList lines, fields;
    for (int column = 0; column < model.columnCount(); ++column) {
        if (hidden(view, column)) continue;
        const QVariant title = model.headerData(column, Qt::Horizontal, Qt::DisplayRole);
        fields << quoted(title.typeId() == QMetaType::QString ? title.toString() : QString(), form);
    }
    if (std::ranges::any_of(fields, [](const QString& f) { return !f.isEmpty(); })) lines << fields.join(separator);
    QList<int> all = rows;
    if (all.isEmpty())
        for (int row = 0; row < model.rowCount(); ++row) all << row;
    for (const int row : all) {
        fields.clear();
        for (int column = 0; column < model.columnCount(); ++column)
            if (!hidden(view, column)) fields << quoted(cellText(model, model.index(row, column)), form);
        lines << fields.join(separator);
    }
    return lines.join(u'\n') + u'\n';
}

void makeCopyable(QAbstractItemView* view, const std::function<void(QMenu&, const QModelIndex&)>& more) {
    const auto copy = [view](CopyForm form, bool all) {
        if (view->model()) toClipboard(tableText(*view->model(), all ? QList<int>() : selectedRows(*view), form, view));
    };
    const auto add = [view](const QString& text, const QKeySequence& key) {
        auto* action = new QAction(text, view);
        action->setShortcut(key);
        action->setShortcutContext(Qt::WidgetShortcut);
        view->addAction(action);
        return action;
    };
    auto* asText = add(copyText("Copy"), QKeySequence::Copy);
    auto* asCsv = add(copyText("Copy as CSV"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C));
    auto* allCsv = add(copyText("Copy all as CSV"), {});
    QObject::connect(asText, &QAction::triggered, view, [copy] { copy(CopyForm::text, false); });
    QObject::connect(asCsv, &QAction::triggered, view, [copy] { copy(CopyForm::csv, false); });
    QObject::connect(allCsv, &QAction::triggered, view, [copy] { copy(CopyForm::csv, true); });
    view->setContextMenuPolicy(Qt::CustomContextMenu);
    QObject::connect(view, &QWidget::customContextMenuRequested, view,
                     [view, more, asText, asCsv, allCsv](const QPoint& at) {
                         auto* menu = new QMenu(view);
                         menu->setAttribute(Qt::WA_DeleteOnClose);
                         if (more) more(*menu, view->indexAt(at));
                         if (!menu->isEmpty()) menu->addSeparator();
                         menu->addActions({asText, asCsv, allCsv});
                         menu->popup(view->viewport()->mapToGlobal(at));
                     });
}

}  // namespace weir::ui
