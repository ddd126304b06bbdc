// Filters that the project saves under names.
#pragma once

#include <QList>
#include <QObject>
#include <QString>

namespace weir::ui {

struct SavedFilter {
    QString name, text;
};

class SavedFilters : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    /// By name.
    const QList<SavedFilter>& list() const { return list_; }
    void set(const QList<SavedFilter>& filters);
    /// Replaces a filter of that name; an empty text removes it.
    void save(const QString& name, const QString& text);

signals:
    void changed();

private:
    QList<SavedFilter> list_;
};

}  // namespace weir::ui
