// See csv_mappings.h. Kept in the user's settings under a digest of the names.
#include "ui/dialogs/csv_mappings.h"

#include "core/base/mapped_file.h"
#include "core/capture/csv_mapping.h"
#include "core/capture/unpack.h"
#include "ui/text/format.h"

#include <QCryptographicHash>
#include <QSettings>

#include <algorithm>

namespace weir::ui {
namespace {

constexpr std::size_t kHeadBytes = 1u << 20;

QString settingOf(const QString& key) {
    return QStringLiteral("csvMappings/") +
           QString::fromLatin1(QCryptographicHash::hash(key.toUtf8(), QCryptographicHash::Sha256).toHex().left(32));
}

}  // namespace

UnknownText unknownText(const QString& path) {
    UnknownText out;
    const auto file = MappedFile::open(toUtf8(path));
    if (!file) return out;
    std::span<const std::byte> head = file->bytes();
    const bool packed = !capture::packingOf(head).empty();
    const Buffer<std::byte> inside = packed ? capture::unpackedHead(file->file(), kHeadBytes) : Buffer<std::byte>();
    head = packed ? inside.span() : head.first(std::min(head.size(), kHeadBytes));
    if (!capture::wantsMapping(head)) return out;
    out.head.assign(reinterpret_cast<const char*>(head.data()), head.size());
    if (const auto proposal = capture::proposeMapping(out.head)) out.key = fromUtf8(proposal->headKey());
    return out;
}

QString keptMapping(const QString& key) { return QSettings().value(settingOf(key)).toString(); }
void keepMapping(const QString& key, const QString& mapping) { QSettings().setValue(settingOf(key), mapping); }

}  // namespace weir::ui
