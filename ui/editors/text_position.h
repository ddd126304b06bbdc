// Conversion between the core's positions (line and byte column, from 1) and those of a text document.
#pragma once

#include "core/base/diagnostic.h"

#include <QString>
#include <QTextCursor>
#include <QTextDocument>

namespace weir::ui {

/// UTF-16 column (from 0) of a byte column (from 1) of a line.
int columnOfByte(const QString& line, std::size_t byteColumn);

/// A cursor that selects the text of the diagnostic, at least one character if the line has any. A null cursor when the
/// line no longer exists.
QTextCursor cursorAt(QTextDocument* document, const Diagnostic& diagnostic);

}  // namespace weir::ui
