#include "tests/support/own_captures.h"

#include "core/session/project/resources.h"
#include "tests/support/nfcapd_writer.h"

#include <QDir>
#include <QProcess>

#include <fstream>
#include <random>

namespace weir::test {
namespace {

/// Every field with few values, so that filters on any of them find some rows.
void writeEveryField(const QString& path, int layout) {
    std::ofstream out(path.toStdString(), std::ios::binary);
    NfcapdOptions options;
    options.layout = layout;
    NfcapdWriter writer(out, options);
    std::mt19937 r(5);
    const auto upTo = [&](unsigned n) { return unsigned(r()) % n; };
    for (int i = 0; i < 3000; ++i) {
        NfcapdRow row;
        row.firstMs = 1'700'000'000'000 + std::uint64_t(i) * 10;
        row.lastMs = row.firstMs + upTo(3000);
        row.packets = 1 + upTo(20);
        row.bytes = row.packets * (40 + upTo(1000));
        row.src = flow::IpAddr::v4(0x0a000000 + upTo(8) * 0x01000000 + upTo(1u << 20));
        row.dst = flow::IpAddr::v4(0xc0a80000 + upTo(4) * 0x01000000 + upTo(1u << 16));
        row.srcPort = std::uint16_t(upTo(65536));
        row.dstPort = std::uint16_t(upTo(1024));
        row.protocol = upTo(2) ? 6 : 17;
        row.tcpFlags = row.protocol == 6 ? std::uint8_t(upTo(64)) : 0;
        row.tos = std::uint8_t(upTo(4) * 32);
        row.dstTos = std::uint8_t(upTo(3) * 40);
        row.srcMask = upTo(2) ? 24 : 16;
        row.dstMask = upTo(2) ? 24 : 0;
        row.srcVlan = std::uint16_t(upTo(3));
        row.dstVlan = std::uint16_t(upTo(4));
        writer.add(row);
    }
    writer.finish();
}

}  // namespace

QString sampleCapture() {
    const std::string path = session::samplePath();
    if (path.empty()) qFatal("the sample capture is missing");
    return QString::fromStdString(path);
}

QStringList ownNfcapd(const QString& folder) {
    const QDir dir(folder), metered(dir.filePath(QStringLiteral("sample")));
    QDir(metered.path()).removeRecursively();  // nfpcapd would append to what is there
    metered.mkpath(QStringLiteral("."));
    QProcess meter;
    meter.start(QStringLiteral("nfpcapd"),
                QStringList{QStringLiteral("-t"), QStringLiteral("900"), QStringLiteral("-r"), sampleCapture()}
                    << QStringLiteral("-w") << metered.path());
    if (!meter.waitForFinished(60'000) || meter.exitCode() != 0) return {};
    QStringList files;
    for (const QString& name : metered.entryList({QStringLiteral("nfcapd.2*")}, QDir::Files, QDir::Name))
        files << metered.filePath(name);
    for (const int layout : {1, 2}) {
        files << dir.filePath(QStringLiteral("every-field-%1.nfcapd").arg(layout));
        writeEveryField(files.back(), layout);
    }
    return files;
}

}  // namespace weir::test
