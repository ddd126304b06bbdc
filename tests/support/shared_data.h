// The folder of real captures, which is no part of the project: what needs it skips where it is missing.
#pragma once

#include <QFileInfo>
#include <QString>

namespace weir::test {

/// The folder (WEIR_SHARED_DATA of the environment, else the one CMake was given), or a path below it; an absolute path
/// is itself.
QString sharedData(const QString& below = {});

}  // namespace weir::test

/// Skips the test function unless this path of the folder is there; {} asks for the folder itself.
#define NEEDS_SHARED_DATA(path)                                                                                  \
    do {                                                                                                         \
        if (const QString wanted = weir::test::sharedData(path); !QFileInfo::exists(wanted))                     \
            QSKIP(qPrintable(QStringLiteral("no real captures: %1 is missing (WEIR_SHARED_DATA)").arg(wanted))); \
    } while (false)
