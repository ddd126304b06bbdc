// Texts from files, paths and packets, made safe for widgets: without control characters and direction marks.
#pragma once

#include "core/base/printable.h"
#include "ui/text/format.h"

namespace weir::ui {

inline QString shownText(std::string_view s) { return fromUtf8(printable(s)); }
inline QString shownText(const QString& s) { return shownText(std::string_view(toUtf8(s))); }

}  // namespace weir::ui
