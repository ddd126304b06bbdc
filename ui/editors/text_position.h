// Between the core's positions (line and byte column, from 1) and a text document's.
#pragma once

#include "core/base/diagnostic.h"

#include <QString>
#include <QTextCursor>
#include <QTextDocument>

namespace weir::ui {

/// UTF-16 column (from 0) of a byte column (from 1) of a line.
int columnOfByte(const QString& line, std::size_t byteColumn);

/// Selects what the diagnostic is about, at least one character where the line has any. Null cursor when the line is
/// gone.
QTextCursor cursorAt(QTextDocument* document, const Diagnostic& diagnostic);

}  // namespace weir::ui
