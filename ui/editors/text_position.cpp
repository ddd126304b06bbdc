// Byte columns of UTF-8 as columns of a QString line.
#include "ui/editors/text_position.h"

#include <QTextBlock>

#include <algorithm>

namespace weir::ui {

int columnOfByte(const QString& line, std::size_t byteColumn) {
    const QByteArray bytes = line.toUtf8();
    const auto n = std::min<qsizetype>(qsizetype(byteColumn > 0 ? byteColumn - 1 : 0), bytes.size());
    return int(QString::fromUtf8(bytes.left(n)).size());
}

QTextCursor cursorAt(QTextDocument* document, const Diagnostic& diagnostic) {
    const auto block = document->findBlockByNumber(int(diagnostic.line) - 1);
    if (!block.isValid()) return {};
    const QString line = block.text();
    int from = columnOfByte(line, diagnostic.column);
    const int to = std::max(columnOfByte(line, diagnostic.column + std::max<std::size_t>(diagnostic.length, 1)), from);
    if (from == to && from > 0) --from;
    QTextCursor cursor(document);
    cursor.setPosition(block.position() + from);
    cursor.setPosition(block.position() + std::min(to, int(line.size())), QTextCursor::KeepAnchor);
    return cursor;
}

}  // namespace weir::ui
