// Every export file at hand (the seeds of the fuzz targets at least), whole and truncated at every byte: no crash, and
// never more records than the whole has. Prints what each gave.
#include "tests/support/export_reading.h"
#include "tests/support/shared_data.h"

#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QTest>

using namespace weir;

class TstExportsHostile : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void whatEachGives();
    void truncatedAtEveryByte_data();
    void truncatedAtEveryByte();
    void malformedDatagramsInventNothing();

private:
    QStringList files_;
    bool shared_ = false;  ///< real ones are among them
};

namespace {

const QString kData = test::sharedData() + u'/';

QByteArray contentOf(const QString& path) {
    QFile f(path);
    return f.open(QIODevice::ReadOnly) ? f.readAll() : QByteArray();
}
QString nameOf(const QString& path) { return path.startsWith(kData) ? path.mid(kData.size()) : path.section(u'/', -2); }
std::span<const std::byte> bytesOf(const QByteArray& b) {
    return std::as_bytes(std::span(b.constData(), std::size_t(b.size())));
}

std::size_t recordsIn(std::span<const std::byte> bytes) {
    const auto file = capture::openDatagrams(bytes, {});
    return file ? testing::readFlows(**file).size() : 0;
}

}  // namespace

void TstExportsHostile::initTestCase() {
    for (const char* folder :
         {"netflow-logstash", "netflow-beats/pcap", "netflow-pmacct", "netflow-ipfixcol2", "netflow-libnetflow9",
          "netflow-graylog", "netflow-akvorado/netflow", "netflow-akvorado/sflow"}) {
        QDirIterator it(kData + QLatin1String(folder), QDir::Files, QDirIterator::Subdirectories);
        while (it.hasNext())
            if (const QString path = it.next(); !path.endsWith(u".json")) files_ << path;
    }
    shared_ = !files_.isEmpty();
    for (const char* seeds : {"netflow", "ipfix", "sflow"})
        for (QDirIterator it(QStringLiteral(WEIR_SOURCE_DIR "/tests/fuzz/corpus/") + QLatin1String(seeds), QDir::Files);
             it.hasNext();)
            files_ << it.next();
    files_.sort();
    QVERIFY(files_.size() > 15);
}

void TstExportsHostile::whatEachGives() {
    std::size_t records = 0;
    for (const QString& path : std::as_const(files_)) {
        const QByteArray content = contentOf(path);
        const auto f = testing::readFlows(bytesOf(content));
        QString drops;
        for (const capture::Drop& d : f.drops.list())
            drops += QStringLiteral("  %1 x %2")
                         .arg(d.count)
                         .arg(QString::fromUtf8(d.reason.data(), qsizetype(d.reason.size())));
        qInfo("%6zu records  %s%s%s", f.size(), qPrintable(nameOf(path)), qPrintable(drops),
              f.error.empty() ? "" : ("  " + f.error).c_str());
        records += f.size();
    }
    QVERIFY(records > (shared_ ? 5000u : 10u));
}

/// A row a file: Qt Test's watchdog counts for each of them, and the sanitizers take their time.
void TstExportsHostile::truncatedAtEveryByte_data() {
    constexpr qint64 kSmall = 1600;
    QTest::addColumn<QString>("path");
    for (const QString& path : std::as_const(files_))
        if (QFileInfo(path).size() <= kSmall) QTest::addRow("%s", qPrintable(nameOf(path))) << path;
}

void TstExportsHostile::truncatedAtEveryByte() {
    QFETCH(const QString, path);
    const QByteArray content = contentOf(path);
    const auto whole = bytesOf(content);
    const bool trace = path.endsWith(u".pcap");
    const std::size_t most = trace ? testing::readFlows(whole).size() : recordsIn(whole);
    for (std::size_t n = 0; n < whole.size(); ++n) {
        // A copy of its own: whatever reads beyond it is seen by the sanitizers.
        const std::vector<std::byte> cut(whole.begin(), whole.begin() + std::ptrdiff_t(n));
        const std::size_t found = trace ? testing::readFlows(std::span(cut)).size() : recordsIn(cut);
        QVERIFY2(found <= most,
                 qPrintable(QStringLiteral("cut to %1 bytes: %2 records of %3").arg(n).arg(found).arg(most)));
    }
}

/// Their templates are damaged: nothing can be decoded by them.
void TstExportsHostile::malformedDatagramsInventNothing() {
    NEEDS_SHARED_DATA(QStringLiteral("netflow-libnetflow9"));
    for (const char* name : {"malformed-OT", "malformed_1", "malformed_2", "malformed_3"}) {
        const QByteArray content =
            contentOf(kData + QStringLiteral("netflow-libnetflow9/testcases/%1.pcap").arg(QLatin1String(name)));
        QVERIFY(!content.isEmpty());
        const auto f = testing::readFlows(bytesOf(content));
        QCOMPARE(f.size(), 0u);
        QVERIFY(f.dropped("damaged template") > 0);
    }
}

QTEST_APPLESS_MAIN(TstExportsHostile)
#include "tst_exports_hostile.moc"
