// A text exactly as in its file, together with the text as an editor shows it: line ends and blanks of any kind survive
// edits elsewhere.
#pragma once

#include <QString>

namespace weir::ui {

/// Positions of edits are found by comparing texts; each edit costs time linear in the text.
class SourceText {
public:
    void set(const QString& source);
    /// Applies an edit of the shown text. The source changes only where they differ; new lines end as the first line of
    /// the file does.
    void edit(const QString& shown);

    const QString& source() const { return source_; }
    /// The text for the editor: lines end with \n; characters that a text document would change are replaced by blanks.
    const QString& shown() const { return shown_; }

private:
    QString source_, shown_;
};

}  // namespace weir::ui
