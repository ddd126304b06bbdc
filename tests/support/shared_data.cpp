#include "tests/support/shared_data.h"

#include <QDir>

namespace weir::test {

QString sharedData(const QString& below) {
    return QDir(qEnvironmentVariable("WEIR_SHARED_DATA", QStringLiteral(WEIR_SHARED_DATA))).filePath(below);
}

}  // namespace weir::test
