// Syntax colours of the filter language, and a wavy underline for errors.
#pragma once

#include "core/base/diagnostic.h"

#include <QList>
#include <QTextLayout>

namespace weir::ui {

/// Formats of the words in text order, then underlines in the order of the problems (they overlap words). Cost: linear
/// in the text and in the problems.
QList<QTextLayout::FormatRange> filterColours(const QString& text, const Diagnostics& problems);

}  // namespace weir::ui
