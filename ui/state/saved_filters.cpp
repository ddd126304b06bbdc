// See saved_filters.h.
#include "ui/state/saved_filters.h"

#include <algorithm>

namespace weir::ui {

void SavedFilters::set(const QList<SavedFilter>& filters) {
    list_ = filters;
    emit changed();
}

void SavedFilters::save(const QString& name, const QString& text) {
    list_.removeIf([&](const SavedFilter& f) { return f.name == name; });
    const auto at = std::find_if(list_.begin(), list_.end(),
                                 [&](const SavedFilter& f) { return f.name.localeAwareCompare(name) > 0; });
    if (!text.isEmpty()) list_.insert(at, {name, text});
    emit changed();
}

}  // namespace weir::ui
