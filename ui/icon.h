// Line icons in the colour of the text, whatever the palette is when they are painted.
#pragma once

#include <QIcon>
#include <QString>

namespace weir::ui {

/// `name` = a file below :/icons without suffix, drawn with stroke or fill `currentColor`.
QIcon icon(const QString& name);

}  // namespace weir::ui
