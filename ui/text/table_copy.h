// Every table can be copied: as text for a mail, as CSV for a program. Numbers raw, headers included.
#pragma once

#include <QList>
#include <QString>

#include <functional>

class QAbstractItemModel;
class QAbstractItemView;
class QMenu;
class QModelIndex;

namespace weir::ui {

enum class CopyForm { text, csv };

/// Rows in the given order (empty = all), all columns that `view` shows when it is given. Reads kRawRole, else
/// DisplayRole.
QString tableText(const QAbstractItemModel& model, const QList<int>& rows, CopyForm form,
                  const QAbstractItemView* view = nullptr);

/// Gives the view Ctrl+C, Ctrl+Shift+C (CSV) and a context menu with both; `more` may add lines above them.
void makeCopyable(QAbstractItemView* view, const std::function<void(QMenu&, const QModelIndex&)>& more = {});

}  // namespace weir::ui
