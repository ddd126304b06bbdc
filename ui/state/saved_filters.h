// Filters that the project saves under names.
#pragma once

#include <QList>
#include <QObject>
#include <QString>

namespace weir::ui {

/// A filter text with its name.
struct SavedFilter {
    QString name, text;
};

/// GUI thread only. Emits changed() after every change.
class SavedFilters : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    /// All saved filters, ordered by name.
    const QList<SavedFilter>& list() const { return list_; }
    void set(const QList<SavedFilter>& filters);
    /// Saves a filter under a name, replacing the one of that name. An empty text removes it.
    void save(const QString& name, const QString& text);

signals:
    void changed();

private:
    QList<SavedFilter> list_;
};

}  // namespace weir::ui
