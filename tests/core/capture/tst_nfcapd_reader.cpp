// The nfcapd reader against nfdump on the same files, and against damage.
#include "core/capture/nfcapd_reader.h"
#include "tests/support/nfcapd_writer.h"
#include "tests/support/own_captures.h"
#include "tests/support/shared_data.h"
#include "tests/support/traffic.h"

#include <QtTest>

#include <map>
#include <random>
#include <sstream>

using namespace weir;
using namespace weir::capture;
using namespace weir::test;

namespace {

using Bytes = std::span<const std::byte>;

Bytes bytesOf(const std::string& s) { return std::as_bytes(std::span(s.data(), s.size())); }

/// One record as text: first|last|protocol|flags|source|port|destination|port|ICMP|packets|bytes|reverse
/// packets|reverse bytes, then ToS, AS, interfaces, VLANs, masks (each of source and destination) and exporter. TCP
/// flags of other protocols are left out, as nfdump does.
struct ReadBack {
    std::vector<std::string> rows;
    std::uint64_t packets = 0, bytes = 0;
    DropCounts drops;
    std::vector<flow::Exporter> exporters;
};

ReadBack decodeAll(Bytes bytes) {
    ReadBack out;
    auto file = openNfcapd(bytes);
    if (!file) return out;
    flow::RecordColumns r;
    for (std::size_t p = 0; (*file)->has(p); ++p) {
        flow::AddressDictionary d;
        (*file)->decode(p, d, r, out.drops);
        const auto text = [&](flow::HostId id) {
            const bool wide = id & flow::AddressDictionary::kV6Bit;
            return flow::toText(wide ? d.v6()[id & ~flow::AddressDictionary::kV6Bit] : flow::IpAddr::v4(d.v4()[id]));
        };
        for (std::size_t i = 0; i < r.size(); ++i) {
            std::ostringstream s;
            s << r.start[i] / 1000 << '|' << r.end[i] / 1000 << '|' << int(r.protocol[i]) << '|'
              << (r.protocol[i] == 6 ? int(r.tcpFlags[i]) : 0) << '|' << text(r.src[i]) << '|' << r.srcPort[i] << '|'
              << text(r.dst[i]) << '|' << r.dstPort[i] << '|' << r.icmpTypeCode[i] << '|' << r.packets[i] << '|'
              << r.bytes[i] << '|' << (r.reversePackets.empty() ? 0 : r.reversePackets[i]) << '|'
              << (r.reverseBytes.empty() ? 0 : r.reverseBytes[i]);
            const auto put = [&](const auto&... column) {
                ((s << '|' << (column.empty() ? 0u : unsigned(column[i]))), ...);
            };
            put(r.tos, r.dstTos, r.srcAs, r.dstAs, r.inIf, r.outIf, r.srcVlan, r.dstVlan, r.srcMask, r.dstMask,
                r.exporter);
            out.rows.push_back(s.str());
            out.packets += r.packets[i];
            out.bytes += r.bytes[i];
        }
    }
    DropCounts all = (*file)->openDrops();
    all.merge(out.drops);
    out.drops = std::move(all);
    out.exporters = (*file)->exporters();
    return out;
}

QByteArray run(const QString& program, const QStringList& arguments) {
    QProcess p;
    QProcessEnvironment e = QProcessEnvironment::systemEnvironment();
    e.insert(QStringLiteral("TZ"), QStringLiteral("UTC"));
    p.setProcessEnvironment(e);
    p.start(program, arguments);
    if (!p.waitForFinished(120000) || p.exitCode() != 0) return {};
    return p.readAllStandardOutput();
}

const QString kMostCompared = QStringLiteral("20000");

/// What `nfdump -o raw` says of each record, in the form of ReadBack; ToS from `-o csv`, because raw repeats the
/// source's as the destination's. Records without addresses are only counted.
std::vector<std::string> nfdumpRows(const QString& path, std::uint64_t* withoutAddresses = nullptr) {
    const QByteArray text = run(QStringLiteral("nfdump"),
                                {QStringLiteral("-r"), path, QStringLiteral("-c"), kMostCompared, QStringLiteral("-q"),
                                 QStringLiteral("-6"), QStringLiteral("-o"), QStringLiteral("raw")});
    QList<QByteArray> csv =
        run(QStringLiteral("nfdump"), {QStringLiteral("-r"), path, QStringLiteral("-c"), kMostCompared,
                                       QStringLiteral("-q"), QStringLiteral("-o"), QStringLiteral("csv")})
            .split('\n');
    csv.removeIf([](const QByteArray& line) { return line.count(',') < 40; });
    qsizetype records = 0;
    std::vector<std::string> rows;
    std::map<QByteArray, QByteArray> field;
    const auto flush = [&] {
        if (field.empty()) return;
        const QList<QByteArray> columns = csv.value(records++).split(',');
        if (!field.count("src addr")) {
            if (withoutAddresses) ++*withoutAddresses;
            field.clear();
            return;
        }
        const auto word = [&](const char* key) {
            return field.count(key) ? field[key].split(' ')[0].toStdString() : std::string("0");
        };
        const QList<QByteArray> icmp = QByteArray::fromStdString(word("ICMP")).split('.');
        const int typeCode = icmp.size() == 2 ? icmp[0].toInt() * 256 + icmp[1].toInt() : 0;
        const auto address = [&](const char* key) { return flow::toText(*flow::parseAddress(word(key))); };
        std::ostringstream s;
        s << word("first") << '|' << word("last") << '|' << word("proto") << '|'
          << QByteArray::fromStdString(word("tcp flags")).toInt(nullptr, 16) << '|' << address("src addr") << '|'
          << word("src port") << '|' << address("dst addr") << '|' << word("dst port") << '|' << typeCode << '|'
          << word("in packets") << '|' << word("in bytes") << '|' << word("out packets") << '|' << word("out bytes");
        s << '|' << columns.value(10).toStdString() << '|' << columns.value(21).toStdString();
        for (const char* key :
             {"src as", "dst as", "input", "output", "src vlan", "dst vlan", "src mask", "dst mask", "export sysid"})
            s << '|' << word(key);
        rows.push_back(s.str());
        field.clear();
    };
    for (const QByteArray& line : text.split('\n')) {
        if (line.startsWith("Flow Record")) flush();
        const auto equals = line.indexOf('=');
        if (equals > 0) field[line.left(equals).trimmed()] = line.mid(equals + 1).trimmed();
    }
    flush();
    return rows;
}

/// "number address domain gaps datagrams records"; no counts where nothing was sent.
QStringList exporterLines(const std::vector<flow::Exporter>& exporters) {
    QStringList out;
    for (std::size_t i = 0; i < exporters.size(); ++i) {
        const flow::Exporter& e = exporters[i];
        if (e.version == 0) continue;
        QString line =
            QStringLiteral("%1 %2 %3").arg(i + 1).arg(QString::fromStdString(flow::toText(e.address))).arg(e.domain);
        if (e.records) line += QStringLiteral(" %1 %2 %3").arg(e.gaps).arg(e.datagrams).arg(e.records);
        out << line;
    }
    return out;
}

/// The same of `nfdump -E`.
QStringList nfdumpExporters(const QString& path) {
    static const QRegularExpression exporter(
        QStringLiteral("SysID: (\\d+), IP: +(\\S+), version: \\d+, ID: +(\\d+)(?:, Sequence failures: (\\d+), packets: "
                       "(\\d+), flows: (\\d+))?"));
    QStringList out;
    const QString text = QString::fromUtf8(run(QStringLiteral("nfdump"), {QStringLiteral("-E"), path}));
    for (auto it = exporter.globalMatch(text); it.hasNext();) {
        const QStringList c = it.next().capturedTexts();
        const auto address = flow::parseAddress(c[2].toStdString());
        out << c[1] + QLatin1Char(' ') + QString::fromStdString(flow::toText(*address)) + QLatin1Char(' ') +
                   c.mid(3).join(QLatin1Char(' ')).trimmed();
    }
    return out;
}

std::string makeFile(std::uint64_t flows, const NfcapdOptions& options, unsigned ipv6Percent = 20,
                     bool reverse = false) {
    std::ostringstream out;
    NfcapdWriter writer(out, options);
    TrafficShape shape;
    shape.flows = flows;
    shape.ipv6Percent = ipv6Percent;
    Traffic traffic(shape);
    NfcapdRow row;
    for (std::uint64_t i = 0; traffic.next(row); ++i) {
        if (reverse && i % 3 == 0) {
            row.reversePackets = i;
            row.reverseBytes = i * 100;
            row.reverseTcpFlags = 18;
        }
        row.tos = std::uint8_t(i % 5 * 8);
        row.dstTos = std::uint8_t(i % 3);
        row.srcMask = std::uint8_t(i % 33);
        row.dstMask = std::uint8_t(i % 17);
        row.srcVlan = std::uint16_t(i % 4 ? 0 : i % 4096);
        row.dstVlan = std::uint16_t(i % 4 ? 0 : 7);
        writer.add(row);
    }
    writer.finish();
    return out.str();
}

QByteArray contents(const QString& path) {
    QFile f(path);
    return f.open(QFile::ReadOnly) ? f.readAll() : QByteArray();
}

}  // namespace

class TestNfcapdReader : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;

private slots:
    void everyRecordIsWhatNfdumpSays_data() {
        QTest::addColumn<QString>("path");
        for (const QString& own : ownNfcapd(folder_.path()))
            QTest::addRow("own %s", qPrintable(QFileInfo(own).fileName())) << own;
        for (QDirIterator it(sharedData(QStringLiteral("derived/nfcapd")), {QStringLiteral("*.nfcapd")});
             it.hasNext();) {
            it.next();
            QTest::newRow(it.fileName().toUtf8().constData()) << it.filePath();
        }
        for (const char* name : {"nfcapd-gonfdump/devtestdata/nfcapd.sample", "nfcapd-gonfdump/testdata/nfcapd-empty",
                                 "nfcapd-gonfdump/testdata/nfcapd-large-bz2", "slips/test1-malicious.nfdump"})
            QTest::newRow(name) << sharedData(QString::fromLatin1(name));
    }
    void everyRecordIsWhatNfdumpSays() {
        QFETCH(QString, path);
        NEEDS_SHARED_DATA(path);
        const std::string all = contents(path).toStdString();
        const ReadBack ours = decodeAll(bytesOf(all));
        std::uint64_t withoutAddresses = 0;
        const auto theirs = nfdumpRows(path, &withoutAddresses);
        if (!path.contains(QStringLiteral("empty"))) QVERIFY(theirs.size() + withoutAddresses > 0);
        std::uint64_t skipped = 0;
        for (const Drop& d : ours.drops.list()) skipped += d.count;
        QCOMPARE(skipped, withoutAddresses);
        if (QString::number(theirs.size()) == kMostCompared) {
            const QByteArray totals = run(QStringLiteral("nfdump"), {QStringLiteral("-r"), path, QStringLiteral("-I")});
            QVERIFY2(totals.contains("Flows: " + QByteArray::number(qulonglong(ours.rows.size())) + '\n'),
                     totals.constData());
            QVERIFY2(totals.contains("Packets: " + QByteArray::number(qulonglong(ours.packets)) + '\n'),
                     totals.constData());
        } else {
            QCOMPARE(ours.rows.size(), theirs.size());
        }
        for (std::size_t i = 0; i < theirs.size(); ++i)
            QCOMPARE(QByteArray::fromStdString(ours.rows[i]), QByteArray::fromStdString(theirs[i]));
        QCOMPARE(ours.drops.damaged(), std::uint64_t(0));
        QCOMPARE(probeNfcapd(bytesOf(all).first(4)), 100);
        QCOMPARE(exporterLines(ours.exporters), nfdumpExporters(path));
    }

    void generatedFiles_data() {
        QTest::addColumn<int>("layout");
        QTest::addColumn<int>("compression");
        QTest::addColumn<bool>("rich");
        QTest::addColumn<bool>("reverse");
        for (const int layout : {1, 2})
            for (const int c : {0, 1, 2, 3})
                for (const bool rich : {false, true})
                    for (const bool reverse : {false, true})
                        QTest::addRow("layout %d, compression %d, rich %d, two-way %d", layout, c, rich, reverse)
                            << layout << c << rich << reverse;
    }
    void generatedFiles() {
        QFETCH(int, layout);
        QFETCH(int, compression);
        QFETCH(bool, rich);
        QFETCH(bool, reverse);
        NfcapdOptions options;
        options.layout = layout;
        options.compression = NfcapdCompression(compression);
        options.rich = rich;
        options.sampler = true;
        options.blockBytes = 50000;
        const std::string all = makeFile(1500, options, 20, reverse);
        QTemporaryFile file;
        QVERIFY(file.open());
        file.write(all.data(), qint64(all.size()));
        file.close();
        const ReadBack ours = decodeAll(bytesOf(all));
        const auto theirs = nfdumpRows(file.fileName());
        QCOMPARE(theirs.size(), std::size_t(1500));
        for (std::size_t i = 0; i < theirs.size(); ++i)
            QCOMPARE(QByteArray::fromStdString(ours.rows[i]), QByteArray::fromStdString(theirs[i]));
        QCOMPARE(exporterLines(ours.exporters), nfdumpExporters(file.fileName()));
        QCOMPARE(ours.exporters.at(0).samplingInterval, 100u);
        const QByteArray info =
            run(QStringLiteral("nfdump"), {QStringLiteral("-r"), file.fileName(), QStringLiteral("-o"),
                                           QStringLiteral("null"), QStringLiteral("-N")});
        if (!reverse && layout == 2) {
            QVERIFY2(info.contains("total flows: 1500, total bytes: " + QByteArray::number(qulonglong(ours.bytes)) +
                                   ", total packets: " + QByteArray::number(qulonglong(ours.packets))),
                     info.constData());
        }
    }

    /// What nfdump cannot read here, or not this version of it, against what it can.
    void variantsReadTheSame_data() {
        QTest::addColumn<int>("layout");
        QTest::addColumn<int>("compression");
        QTest::addColumn<bool>("swapped");
        QTest::addColumn<bool>("oldRecords");
        for (const int c : {0, 1, 2, 3, 4})
            QTest::addRow("layout 2, compression %d, other byte order", c) << 2 << c << true << false;
        QTest::newRow("layout 2, Zstandard") << 2 << 4 << false << false;
        for (const bool old : {false, true})
            for (const int c : {0, 1, 2, 3})
                QTest::addRow("layout 1, compression %d, other byte order, old %d", c, old) << 1 << c << true << old;
        QTest::newRow("layout 1, old records") << 1 << 0 << false << true;
    }
    void variantsReadTheSame() {
        QFETCH(int, layout);
        QFETCH(int, compression);
        QFETCH(bool, swapped);
        QFETCH(bool, oldRecords);
        NfcapdOptions options;
        options.layout = layout;
        options.sampler = true;
        options.blockBytes = 100000;
        const ReadBack plain = decodeAll(bytesOf(makeFile(3000, options, 20, true)));
        options.compression = NfcapdCompression(compression);
        options.swapped = swapped;
        options.oldRecords = oldRecords;
        const std::string all = makeFile(3000, options, 20, true);
        const ReadBack ours = decodeAll(bytesOf(all));
        QCOMPARE(ours.rows.size(), std::size_t(3000));
        QVERIFY(ours.rows == plain.rows);
        QCOMPARE(exporterLines(ours.exporters), exporterLines(plain.exporters));
        QCOMPARE(ours.exporters.at(0).samplingInterval, 100u);
        QVERIFY(ours.drops.list().empty());
        QCOMPARE(probeNfcapd(bytesOf(all)), 100);
    }

    void mapsOfEarlierBlocksHoldInPartsReadAlone() {
        NfcapdOptions options;
        options.layout = 1;
        options.blockBytes = 300000;
        const std::string all = makeFile(150000, options);
        const ReadBack whole = decodeAll(bytesOf(all));
        QCOMPARE(whole.rows.size(), std::size_t(150000));
        const auto file = openNfcapd(bytesOf(all));
        QVERIFY(!(*file)->has(100));
        QVERIFY((*file)->parts() >= 3);
        flow::RecordColumns r;
        std::size_t rows = 0;
        DropCounts drops;
        for (std::size_t p = (*file)->parts(); p-- > 0; rows += r.size()) {
            flow::AddressDictionary d;
            (*file)->decode(p, d, r, drops);
        }
        QCOMPARE(rows, std::size_t(150000));
        QVERIFY(drops.list().empty());
    }

    void recordWithoutItsMapIsCounted() {
        NfcapdOptions options;
        options.layout = 1;
        options.compression = NfcapdCompression::none;
        options.exporterRecords = false;
        std::string all = makeFile(10, options);
        const ReadBack whole = decodeAll(bytesOf(all));
        all[276 + 12 + 4] = 9;  // the number of the first map
        const ReadBack ours = decodeAll(bytesOf(all));
        QCOMPARE(whole.rows.size(), std::size_t(10));
        QVERIFY(ours.rows.empty());
        QCOMPARE(ours.drops.damaged(), std::uint64_t(10));
        QCOMPARE(ours.drops.list()[0].reason, std::string_view("record without its extension map"));
    }

    void unknownExtensionHidesOnlyWhatFollows() {
        NfcapdOptions options;
        options.layout = 1;
        options.compression = NfcapdCompression::none;
        options.exporterRecords = false;
        std::string all = makeFile(10, options);
        all[276 + 12 + 8 + 2] = 60;  // the second extension of the first map: AS numbers become unknown
        const ReadBack ours = decodeAll(bytesOf(all));
        QCOMPARE(ours.rows.size(), std::size_t(10));
        QCOMPARE(ours.drops.damaged(), std::uint64_t(0));
        QCOMPARE(ours.drops.list().at(0).reason, std::string_view("unknown extension"));
        QCOMPARE(ours.drops.list().at(0).count, std::uint64_t(10));
    }

    void partsHoldAtMostAChunk() {
        NfcapdOptions options;
        options.blockBytes = 100000;
        const std::string all = makeFile(200000, options);
        const auto file = openNfcapd(bytesOf(all));
        QVERIFY((*file)->has(3));
        std::uint64_t bytes = 0;
        flow::RecordColumns r;
        for (std::size_t p = 0; (*file)->has(p); ++p) {
            flow::AddressDictionary d;
            DropCounts drops;
            (*file)->decode(p, d, r, drops);
            QVERIFY(r.size() <= (*file)->partRows(p));
            QVERIFY(r.size() <= 65536);
            bytes += (*file)->partBytes(p);
        }
        QCOMPARE(bytes, std::uint64_t(all.size() - 40));
    }

    void truncatedAnywhere_data() {
        QTest::addColumn<int>("layout");
        QTest::addColumn<int>("compression");
        for (const int layout : {1, 2})
            for (const int c : {0, 1, 2, 3, 4})
                if (layout == 2 || c < 4) QTest::addRow("layout %d, compression %d", layout, c) << layout << c;
    }
    void truncatedAnywhere() {
        QFETCH(int, layout);
        QFETCH(int, compression);
        NfcapdOptions options;
        options.layout = layout;
        options.compression = NfcapdCompression(compression);
        options.blockBytes = 2000;
        const std::string all = makeFile(30, options);
        const auto whole = decodeAll(bytesOf(all)).rows;
        QCOMPARE(whole.size(), std::size_t(30));
        for (std::size_t n = 0; n < all.size(); ++n) {
            const std::string cut =
                all.substr(0, n);  // its own allocation, so that an over-read is seen by the sanitizer
            const ReadBack part = decodeAll(bytesOf(cut));
            QVERIFY(part.rows.size() <= whole.size());
            QVERIFY(std::equal(part.rows.begin(), part.rows.end(), whole.begin()));
            if (n > 276 && part.rows.size() < whole.size()) {
                // Only a cut exactly between two blocks of a layout 2 file without appendix cannot be seen.
                if (layout == 1)
                    QVERIFY(part.drops.damaged() > 0);
                else if (part.drops.damaged() == 0)
                    QVERIFY(decodeAll(bytesOf(all.substr(n))).rows.empty());
            }
        }
    }

    void flippedBitsNeverCrash() {
        const std::uint64_t seed = std::random_device{}();
        qInfo("seed %llu", static_cast<unsigned long long>(seed));
        std::mt19937_64 rng(seed);
        for (const int variant : {0, 1, 2, 3, 4, 10, 11, 12, 13}) {
            NfcapdOptions options;
            options.layout = variant >= 10 ? 1 : 2;
            options.compression = NfcapdCompression(variant % 10);
            options.blockBytes = 4000;
            const std::string all = makeFile(200, options);
            for (int round = 0; round < 300; ++round) {
                std::string bad = all;
                for (int k = 0; k < 1 + round % 4; ++k) bad[rng() % bad.size()] ^= char(1 << rng() % 8);
                (void)decodeAll(bytesOf(bad));
            }
        }
    }

    void damageNamesItsPlaceAndKeepsTheRest() {
        NfcapdOptions options;
        options.blockBytes = 4000;
        const std::string all = makeFile(300, options);
        const auto whole = decodeAll(bytesOf(all)).rows;
        std::string bad = all;
        std::uint32_t size = 0;
        std::memcpy(&size, bad.data() + 44, 4);
        const std::size_t second = 40 + 12 + size;
        for (std::size_t i = 0; i < 40; ++i) bad[second + 12 + i] = char(0xff);
        const ReadBack kept = decodeAll(bytesOf(bad));
        QCOMPARE(kept.drops.damaged(), std::uint64_t(1));
        QCOMPARE(kept.drops.list()[0].reason, std::string_view("damaged block"));
        QCOMPARE(kept.drops.list()[0].firstOffset, std::uint64_t(second));
        QVERIFY(kept.rows.size() < whole.size() && kept.rows.size() > whole.size() / 2);
        QCOMPARE(kept.rows.front(), whole.front());
        QCOMPARE(kept.rows.back(), whole.back());
    }

    void refusals_data() {
        QTest::addColumn<int>("at");
        QTest::addColumn<int>("value");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("layout 9") << 2 << 9 << QByteArray("layout 9");
        QTest::newRow("unknown compression") << 16 << 77 << QByteArray("compression 77");
        QTest::newRow("encrypted") << 17 << 1 << QByteArray("encrypted");
    }
    void refusals() {
        QFETCH(int, at);
        QFETCH(int, value);
        QFETCH(QByteArray, says);
        std::string all = makeFile(10, {});
        all[std::size_t(at)] = char(value);
        const auto file = openNfcapd(bytesOf(all));
        QVERIFY(!file);
        QCOMPARE(int(file.error().code), int(Errc::unsupported));
        QVERIFY2(file.error().detail.find(says.toStdString()) != std::string::npos, file.error().detail.c_str());
    }
};

QTEST_APPLESS_MAIN(TestNfcapdReader)
#include "tst_nfcapd_reader.moc"
