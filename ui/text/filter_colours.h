// Colours of the filter language, and the wave under what is wrong.
#pragma once

#include "core/base/diagnostic.h"

#include <QList>
#include <QTextLayout>

namespace weir::ui {

/// Words in text order, then waves in the order of the problems; a wave lies over words. Cost: linear in the text and
/// in the problems.
QList<QTextLayout::FormatRange> filterColours(const QString& text, const Diagnostics& problems);

}  // namespace weir::ui
