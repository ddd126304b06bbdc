// Saved mappings of delimited texts, by the columns of the file.
#pragma once

#include <QString>

#include <string>

namespace weir::ui {

/// A file that can only be read with a mapping: its first bytes, and the key under which its mapping is saved. Empty
/// key = no mapping is needed.
struct UnknownText {
    QString key;
    std::string head;
};
/// Checks whether the file needs a mapping. Reads at most 1 MiB, unpacked.
UnknownText unknownText(const QString& path);
/// The saved mapping; empty when there is none.
QString keptMapping(const QString& key);
/// Saves a mapping under a key in the user settings.
void keepMapping(const QString& key, const QString& mapping);

}  // namespace weir::ui
