// Line icons that are painted in the current text colour of the palette.
#pragma once

#include <QIcon>
#include <QString>

namespace weir::ui {

/// The icon of that name: a file in :/icons without suffix, drawn with stroke or fill `currentColor`.
QIcon icon(const QString& name);

}  // namespace weir::ui
