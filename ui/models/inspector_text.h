// Translation of the Inspector's texts, which several files make.
#pragma once

#include <QCoreApplication>
#include <QString>

namespace weir::ui::inspector {

inline QString tr(const char* text) { return QCoreApplication::translate("Inspector", text); }

}  // namespace weir::ui::inspector
