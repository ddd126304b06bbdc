// Mappings of delimited texts that a person said before, by the columns of the file.
#pragma once

#include <QString>

#include <string>

namespace weir::ui {

/// A file that only a mapping can read: its first bytes, and what its mapping is kept by. Empty key: no mapping is
/// needed.
struct UnknownText {
    QString key;
    std::string head;
};
/// Reads at most 1 MiB, unpacked.
UnknownText unknownText(const QString& path);
/// Empty when none is kept.
QString keptMapping(const QString& key);
void keepMapping(const QString& key, const QString& mapping);

}  // namespace weir::ui
