// A text as its file has it, beside the text as an editor shows it: line ends and blanks of any kind survive whatever
// is edited elsewhere.
#pragma once

#include <QString>

namespace weir::ui {

class SourceText {
public:
    void set(const QString& source);
    /// The shown text became this one. The source changes where they differ, and nowhere else; new lines end as the
    /// first line of the file does.
    void edit(const QString& shown);

    const QString& source() const { return source_; }
    /// Lines end with \n; what a text document would turn into blanks or further lines is a blank.
    const QString& shown() const { return shown_; }

private:
    QString source_, shown_;
};

}  // namespace weir::ui
