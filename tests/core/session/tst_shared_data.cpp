// Every real file at hand is imported: no crash, no hang, bounded memory; the output says what each gave.
#include "core/session/evidence/open_project.h"
#include "core/session/project/import.h"
#include "tests/support/shared_data.h"

#include <QDirIterator>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

using namespace weir;

namespace {

const QString kData = test::sharedData();
constexpr qsizetype kFilesOfProject = 24;  ///< few enough that publishing sources costs little
constexpr qint64 kMostMs = 10'000;         ///< for one file
constexpr qint64 kMostKiB = 1 << 20;

/// Peak memory of this process; 0 where the system does not tell.
qint64 peakKiB() {
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QFile::ReadOnly)) return 0;
    for (const QByteArray& line : status.readAll().split('\n'))
        if (line.startsWith("VmHWM:")) return line.mid(6).simplified().split(' ')[0].toLongLong();
    return 0;
}

/// One line: file, reader, flows, packets, then what was dropped, or why it was refused.
QByteArray lineOf(const session::ImportedFile& f) {
    QByteArray line = QByteArray::fromStdString(f.path).mid(kData.toUtf8().size() + 1) + '\t';
    if (!f.notice.empty()) return line + "-\t\t\t" + QByteArray::fromStdString(f.notice);
    const store::SourceInfo& s = f.source;
    line += QByteArray::fromStdString(s.kind) + '\t' + QByteArray::number(qulonglong(s.flows)) + '\t' +
            QByteArray::number(qulonglong(s.packets)) + '\t';
    for (const store::DropLine& d : s.drops)
        line += QByteArray::fromStdString(d.reason) + ": " + QByteArray::number(qulonglong(d.count)) + "; ";
    return line;
}

}  // namespace

class TstSharedData : public QObject {
    Q_OBJECT
private slots:
    void everyFileIsImportedOrRefusedWithAReason();

private:
    /// Imports into a project of its own.
    std::vector<session::ImportedFile> imported(const QStringList& files);
    QTemporaryDir dir_;
    int projects_ = 0;
};

std::vector<session::ImportedFile> TstSharedData::imported(const QStringList& files) {
    const std::string path = dir_.filePath(QString::number(projects_++)).toStdString();
    std::vector<session::ImportedFile> out;
    {
        auto project = session::createProject(path);
        if (!project) return out;
        session::ImportRequest request;
        request.again = true;
        request.hashNow = false;
        for (const QString& f : files) request.paths.push_back(f.toStdString());
        JobContext job({}, {}, 2);
        auto report = session::importFiles(**project, request, job);
        if (report) out = std::move(report->files);
    }
    QFile::remove(QString::fromStdString(path));
    return out;
}

void TstSharedData::everyFileIsImportedOrRefusedWithAReason() {
    NEEDS_SHARED_DATA({});
    QStringList files;
    for (QDirIterator it(kData, QDir::Files, QDirIterator::Subdirectories); it.hasNext();) files << it.next();
    files.sort();
    QStringList slow, silent;
    qsizetype read = 0, damaged = 0;
    for (qsizetype from = 0; from < files.size(); from += kFilesOfProject) {
        const QStringList some = files.mid(from, kFilesOfProject);
        QElapsedTimer timer;
        timer.start();
        const auto gave = imported(some);
        QCOMPARE(qsizetype(gave.size()), some.size());
        for (const session::ImportedFile& f : gave) {
            std::puts(lineOf(f).constData());
            read += !f.failed;
            damaged += f.damaged;
            if (f.failed && f.notice.empty()) silent << QString::fromStdString(f.path);
        }
        if (timer.elapsed() <= kMostMs) continue;
        for (const QString& file : some) {
            timer.restart();
            (void)imported({file});
            if (timer.elapsed() > kMostMs) slow << file;
        }
    }
    std::printf("%lld files: %lld read, %lld of them damaged; peak memory %lld MiB\n",
                static_cast<long long>(files.size()), static_cast<long long>(read), static_cast<long long>(damaged),
                static_cast<long long>(peakKiB() / 1024));
    QVERIFY2(slow.isEmpty(), qPrintable(slow.join(u'\n')));
    QVERIFY2(silent.isEmpty(), qPrintable(silent.join(u'\n')));
    QVERIFY(read > 1000);
    QVERIFY(peakKiB() < kMostKiB);
}

QTEST_APPLESS_MAIN(TstSharedData)
#include "tst_shared_data.moc"
