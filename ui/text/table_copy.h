// Copying of tables: as text for a mail, as CSV for a program. Numbers are raw, headers are included.
#pragma once

#include <QList>
#include <QString>

#include <functional>

class QAbstractItemModel;
class QAbstractItemView;
class QMenu;
class QModelIndex;

namespace weir::ui {

/// Format of a copy: tab-separated text or CSV.
enum class CopyForm { text, csv };

/// Text of these rows in the given order (empty = all rows), with the visible columns of `view`, or all columns without
/// one. Reads kRawRole, falling back to DisplayRole.
QString tableText(const QAbstractItemModel& model, const QList<int>& rows, CopyForm form,
                  const QAbstractItemView* view = nullptr);

/// Gives the view Ctrl+C, Ctrl+Shift+C (CSV) and a context menu with both; `more` may add entries above them.
void makeCopyable(QAbstractItemView* view, const std::function<void(QMenu&, const QModelIndex&)>& more = {});

}  // namespace weir::ui
