// The same filter on the same file by nfdump and by Weir: equal counts, over files made here and every shared nfcapd
// file.
#include "core/base/job.h"
#include "core/session/evidence/open_project.h"
#include "core/session/project/import.h"
#include "core/session/rows/select.h"
#include "tests/support/nfcapd_writer.h"
#include "tests/support/own_captures.h"
#include "tests/support/shared_data.h"

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <fstream>
#include <memory>

using namespace weir;

namespace {

/// Filters that nfdump 1.7.1 accepts, for the terms that Weir knows. IPv6 and odd prefixes, every comparison, every
/// precedence.
const char* const kFilters[] = {
    "any",
    "ANY",
    "",
    "not any",
    "ipv4",
    "ipv6",
    "inet",
    "inet6",
    "not ipv4",
    "IPV6",
    "any and not any",
    "any or not any",
    "proto tcp",
    "proto TCP",
    "PROTO udp",
    "proto icmp",
    "proto icmp6",
    "proto 6",
    "proto 17",
    "proto 0",
    "proto gre",
    "proto igmp",
    "not proto tcp",
    "proto 58",
    "proto 255",
    "proto esp",
    "proto sctp",
    "proto 0x11",
    "port 80",
    "src port 80",
    "dst port 80",
    "port = 53",
    "port == 53",
    "port > 1024",
    "port < 1024",
    "port >= 1024",
    "port <= 1024",
    "port < 1k",
    "port eq 53",
    "port EQ 443",
    "port gt 1024",
    "port GT 60000",
    "port lt 1024",
    "port LT 100",
    "port ge 443",
    "port le 443",
    "src port le 53",
    "dst port ge 49152",
    "src port > 1024",
    "dst port <= 1023",
    "src and dst port > 1024",
    "src or dst port 443",
    "dst or src port 443",
    "dst and src port < 1024",
    "dst or src port > 60000",
    "port in [22 80 443]",
    "port in [22,80,443]",
    "port in [22, 80 443]",
    "port in [53]",
    "src port in [53 80]",
    "dst port in [ 53 ]",
    "src and dst port in [137 138 53 5353]",
    "src or dst port in [443 80]",
    "not port in [53 80 443]",
    "port 0",
    "src port 0",
    "dst port 2048",
    "dst port 771",
    "dst port > 2047 and proto icmp",
    "port 0x50",
    "not port 53",
    "port 65535",
    "port 1k",
    "bytes > 1000",
    "bytes > 1k",
    "bytes < 100",
    "bytes = 60",
    "bytes 40",
    "bytes >= 1M",
    "bytes == 40",
    "bytes eq 60",
    "bytes le 60",
    "bytes ge 60",
    "bytes gt 1m",
    "bytes lt 1g",
    "bytes > 1T",
    "bytes > 0x100",
    "bytes 0",
    "not bytes 40",
    "bytes > 100 and bytes < 1000",
    "packets 1",
    "packets > 1",
    "packets < 3",
    "packets >= 10",
    "packets = 2",
    "packets le 2",
    "packets gt 100",
    "packets 0",
    "not packets 1",
    "packets > 1k",
    "flows 1",
    "flows > 1",
    "flows < 2",
    "flows = 1",
    "flows >= 1",
    "flows 0",
    "duration = 0",
    "duration 0",
    "duration > 0",
    "duration > 1000",
    "duration < 50",
    "duration >= 1k",
    "duration <= 1",
    "not duration > 0",
    "bps > 0",
    "bps > 10k",
    "bps < 1000",
    "bps = 0",
    "bps >= 1M",
    "bps le 100",
    "pps > 10",
    "pps = 0",
    "pps < 2",
    "pps >= 1",
    "pps gt 1k",
    "bpp > 100",
    "bpp < 60",
    "bpp = 40",
    "bpp 60",
    "bpp >= 1000",
    "bpp ge 100 and bpp le 200",
    "flags S",
    "flags SA",
    "flags AS",
    "flags R",
    "flags F",
    "flags P",
    "flags U",
    "flags X",
    "flags SFRPAU",
    "flags 2",
    "flags = 2",
    "flags > 2",
    "flags < 20",
    "flags 0",
    "flags A",
    "flags RA",
    "flags FPA",
    "flags >= 18",
    "flags <= 2",
    "flags == 18",
    "flags eq 16",
    "flags 0x12",
    "flags 63",
    "FLAGS S",
    "not flags S",
    "not flags SA",
    "not (flags SA)",
    "not not flags SA",
    "not (not flags SA)",
    "not (flags SA and port 80)",
    "not (flags S or flags R)",
    "flags S and not flags A",
    "flags S and not flags AFRPU",
    "not (not flags S and not flags A)",
    "not flags 2",
    "not flags X",
    "proto tcp and flags S and not flags ARPFU and dst port 23",
    "flags S and not flags ARPFU",
    "not (proto tcp and not flags SA)",
    "icmp-type 8",
    "icmp-type 3",
    "icmp-type 0",
    "icmp-code 0",
    "icmp-code 3",
    "icmp-type 3 and icmp-code 3",
    "not icmp-type 8",
    "icmp-type 135 or icmp-type 136",
    "icmp-type 255",
    "icmp-code 1 or icmp-code 13",
    "ICMP-TYPE 8",
    "proto tcp or proto udp and port 53",
    "not proto tcp and proto udp",
    "not proto tcp or proto udp and port 53",
    "(proto tcp or proto udp) and port 53",
    "proto tcp && port 80",
    "proto tcp || port 53",
    "!proto tcp",
    "! (proto tcp)",
    "proto tcp AND NOT port 80 # comment",
    "((any))",
    "not ((proto tcp))",
    "not (proto tcp or proto udp or proto icmp)",
    "proto udp and not (port 53 or port 123) and bytes > 100",
    "not (ipv4 and proto tcp)",
    "ipv6 or proto udp and bytes < 100",
    "proto udp and (src port 53 or dst port 53) and not (bytes > 200 or packets > 2)",
    "(packets > 3 or bytes > 10k) and (proto tcp or proto udp)",
    "net 10.0.0.0/8",
    "net 192.168.0.0/16",
    "src net 192.168.0.0/16",
    "dst net 192.168.0.0/16",
    "src and dst net 192.168.0.0/16",
    "net 192.168/16",
    "net 192.168.0.0 255.255.0.0",
    "net 64.0.0.0/2",
    "net 128.0.0.0/1",
    "not src net 10.0.0.0/8",
    "net 192.168.1.77/24",
    "src or dst net 172.16.0.0/12",
    "dst and src net 10.0.0.0/8",
    "net 10.0.0.0/32",
    "net 224.0.0.0/4",
    "src net 10.1.2.3/30",
    "NET 192.168.0.0/16",
    "dst net 192.168.0.0 255.255.255.0",
    "net fe80::/10",
    "net ff00::/8",
    "net 2001::/16",
    "src net 2000::/3",
    "dst net ff02::/16",
    "net 2001:db8::/32",
    "net fe80::1/64",
    "not net fe80::/10",
    "ip 224.0.0.251",
    "dst ip 255.255.255.255",
    "host 8.8.8.8",
    "src or dst host 8.8.4.4",
    "ip ff02::fb",
    "ip ff02::1 or ip ff02::2",
    "ip in [8.8.8.8 8.8.4.4 224.0.0.251 192.168.0.0/16]",
    "src ip in [10.0.0.0/8]",
    "dst ip in [10.0.0.0/8 172.16.0.0/12 192.168.0.0/16]",
    "ip in [8.8.8.8,8.8.4.4]",
    "as 0",
    "src as 0",
    "dst as 64501",
    "as 64498",
    "as = 32934",
    "as == 64503",
    "as > 64503",
    "src as < 64502",
    "dst as >= 64498",
    "as le 789",
    "as in [64500 64503 789]",
    "src as in [64501,64502]",
    "dst as in [64500]",
    "src and dst as > 64500",
    "src or dst as 64496",
    "not as 64496",
    "dst and src as 64503",
    "AS 64500",
    "src as 4294967295",
    "if 3",
    "in if 3",
    "out if 3",
    "if 0",
    "in if 0",
    "out if 0",
    "in if 10 and out if 9",
    "not if 7",
    "IF 158",
    "in if 2 or out if 158",
    "not (in if 7 or proto tcp)",
    "tos 0",
    "tos > 0",
    "src tos 96",
    "dst tos 0",
    "dst tos > 0",
    "tos 0x20",
    "src and dst tos 0",
    "src or dst tos 40",
    "tos >= 32",
    "tos lt 8",
    "not tos 0",
    "dst tos < 100",
    "vlan 0",
    "vlan 290",
    "src vlan 290",
    "dst vlan 290",
    "src vlan 2",
    "dst vlan 0",
    "src and dst vlan 0",
    "src or dst vlan 1",
    "not vlan 0",
    "vlan 4095",
    "VLAN 3",
    "mask 0",
    "mask 24",
    "src mask 16",
    "dst mask 24",
    "src and dst mask 24",
    "src or dst mask 16",
    "not src mask 24",
    "mask 129",
    "src mask 24 and dst mask 16",
    "src as 64501 and (out if 3 or dst vlan 2) and not tos 0",
    "proto tcp and in if 7 and dst mask 24 or src vlan 1",
};
/// Of a file that is asked without WEIR_FULL.
constexpr std::uint64_t kMostRows = 10'000;

struct Opened {
    session::ProjectPtr project;
    QString file;
    std::uint64_t rows = 0;
    bool backwards = false;  ///< holds records that end before they start
};

bool endsBeforeStart(const flow::ChunkSource& records) {
    flow::RecordColumns c;
    for (std::size_t chunk = 0; chunk < records.chunks().size(); ++chunk) {
        if (!records.read(chunk, flow::cols(flow::Col::start, flow::Col::end), c)) return true;
        for (std::size_t i = 0; i < c.start.size(); ++i)
            if (c.end[i] < c.start[i]) return true;
    }
    return false;
}

}  // namespace

class TstSelectNfdump : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void counts_data();
    void counts();
    void addresses();
    void lists();

private:
    std::unique_ptr<QProcess> startNfdump(const QString& file, const QString& filter);
    static int countOf(QProcess& process);
    int nfdumpCount(const QString& file, const QString& filter);
    qint64 ourCount(const session::ProjectPtr& project, const QString& filter);
    QTemporaryDir dir_;
    QString noPlaces_;     ///< nfdump asks for AS numbers only beside a database of places: an empty one
    std::size_t own_ = 0;  ///< files made here
    std::vector<Opened> opened_;
};

void TstSelectNfdump::initTestCase() {
    QStringList files = test::ownNfcapd(dir_.path());
    own_ = std::size_t(files.size());
    QVERIFY(own_ == 5);
    const QDir data(test::sharedData(QStringLiteral("derived/nfcapd")));
    for (const QString& name : data.entryList({QStringLiteral("*.nfcapd")}, QDir::Files, QDir::Name))
        files << data.filePath(name);
    for (const char* name : {"nfcapd-gonfdump/devtestdata/nfcapd.sample", "nfcapd-gonfdump/testdata/nfcapd-large-bz2",
                             "slips/test1-malicious.nfdump"})
        files << test::sharedData(QLatin1String(name));
    noPlaces_ = dir_.filePath(QStringLiteral("no-places.nfcapd"));
    std::ofstream none(noPlaces_.toStdString(), std::ios::binary);
    test::NfcapdWriter(none, {}).finish();
    none.close();
    for (const QString& file : files) {
        if (!QFile::exists(file)) continue;
        session::ImportRequest request;
        request.paths = {file.toStdString()};
        const QString path = dir_.filePath(QFileInfo(file).fileName() + QStringLiteral(".weir"));
        auto project = session::createProject(path.toStdString());
        QVERIFY(project);
        JobContext job;
        auto report = session::importFiles(**project, request, job);
        QVERIFY(report);
        QVERIFY2(report->anyUsable(), qPrintable(file));
        // Records without addresses (of one exporter's option data) are no flows here.
        const store::SourceInfo source = (*project)->snapshot()->sources.front();
        if (source.drops.empty())
            opened_.push_back({*project, file, source.flows, endsBeforeStart(*(*project)->snapshot()->records)});
    }
    // The real files come on top where they are at hand.
    QVERIFY(opened_.size() >= own_ + (data.exists() ? 13 : 0));
}

std::unique_ptr<QProcess> TstSelectNfdump::startNfdump(const QString& file, const QString& filter) {
    QStringList arguments{QStringLiteral("-r"),       file,  QStringLiteral("-q"), QStringLiteral("-o"),
                          QStringLiteral("fmt:=%pr"), filter};
    if (filter.contains(QLatin1String("as "), Qt::CaseInsensitive)) arguments << QStringLiteral("-G") << noPlaces_;
    auto p = std::make_unique<QProcess>();
    p->start(QStringLiteral("nfdump"), arguments);
    return p;
}

int TstSelectNfdump::countOf(QProcess& p) {
    p.waitForFinished();
    if (p.exitCode() != 0)
        qWarning("nfdump refuses `%s`: %s", qPrintable(p.arguments().at(5)),
                 qPrintable(QString::fromUtf8(p.readAllStandardError())));
    return int(p.readAllStandardOutput().count('='));
}

int TstSelectNfdump::nfdumpCount(const QString& file, const QString& filter) {
    return countOf(*startNfdump(file, filter));
}

qint64 TstSelectNfdump::ourCount(const session::ProjectPtr& project, const QString& filter) {
    session::Query query;
    query.rows = session::Rows::records;
    query.filter = filter.toStdString();
    JobContext job;
    const auto selection = session::selectRows(project->snapshot(), nullptr, query, job);
    if (!selection) {
        qWarning("%s", selection.error().detail.c_str());
        return -1;
    }
    if ((*selection)->count != (*selection)->directions) return -2;
    return qint64((*selection)->count);
}

void TstSelectNfdump::counts_data() {
    QTest::addColumn<QString>("filter");
    int n = 0;
    for (const char* filter : kFilters) QTest::addRow("%d %s", ++n, filter) << QString::fromLatin1(filter);
    QVERIFY(n >= 200);
}

void TstSelectNfdump::counts() {
    QFETCH(QString, filter);
    // nfdump gives records that end before they start a huge duration; here it is 0.
    const bool timed = filter.contains(QLatin1String("duration")) || filter.contains(QLatin1String("bps")) ||
                       filter.contains(QLatin1String("pps"));
    std::vector<std::pair<const Opened*, std::unique_ptr<QProcess>>> asked;
    for (const Opened& o : opened_)
        if (!(timed && o.backwards) && (o.rows <= kMostRows || qEnvironmentVariableIsSet("WEIR_FULL")))
            asked.emplace_back(&o, startNfdump(o.file, filter));
    QVERIFY(asked.size() >= own_);
    for (const auto& [o, process] : asked) {
        const int theirs = countOf(*process);
        const qint64 ours = ourCount(o->project, filter);
        QVERIFY2(ours == theirs,
                 qPrintable(QStringLiteral("%1: ours %2, nfdump %3").arg(o->file).arg(ours).arg(theirs)));
    }
}

/// Some addresses of each file, on either end and as a network around it.
void TstSelectNfdump::addresses() {
    int asked = 0;
    for (const Opened& o : opened_) {
        const auto snapshot = o.project->snapshot();
        const flow::AddressTable& table = snapshot->records->addresses();
        const std::size_t step = std::max<std::size_t>(1, table.size() / 4);
        for (std::size_t id = 0; id < table.size(); id += step) {
            const auto address = table[flow::HostId(id)];
            if (address == flow::IpAddr::v4(0))
                continue;  // nfdump keeps IPv4 as ::a.b.c.d, so there 0.0.0.0 is also ::
            const QString text = QString::fromStdString(flow::toText(address));
            const QString wide = text + (address.isV4() ? QStringLiteral("/20") : QStringLiteral("/48"));
            for (const QString& filter : {QStringLiteral("ip %1").arg(text), QStringLiteral("src host %1").arg(text),
                                          QStringLiteral("not dst ip %1").arg(text), QStringLiteral("net %1").arg(wide),
                                          QStringLiteral("dst net %1 and not src net %1").arg(wide)}) {
                QVERIFY2(ourCount(o.project, filter) == nfdumpCount(o.file, filter),
                         qPrintable(o.file + u' ' + filter));
                ++asked;
            }
        }
    }
    QVERIFY(asked > int(opened_.size()) * 10);
}

/// Lists of addresses: the answers nfdump gives, for IPv4 addresses and networks.
void TstSelectNfdump::lists() {
    for (const Opened& o : opened_) {
        const auto& v4 = o.project->snapshot()->records->addresses().v4();
        if (v4.size() < 2) continue;
        QStringList few;
        for (std::size_t i = v4[0] == 0; i < v4.size(); i += std::max<std::size_t>(1, v4.size() / 7))
            few << QString::fromStdString(flow::toText(flow::IpAddr::v4(v4[i])));
        const QString list = few.join(u' ');
        for (const QString& filter :
             {QStringLiteral("ip in [%1]").arg(list), QStringLiteral("src ip in [%1]").arg(list),
              QStringLiteral("not dst ip in [%1]").arg(list), QStringLiteral("ip in [%1/24]").arg(few.first())})
            QVERIFY2(ourCount(o.project, filter) == nfdumpCount(o.file, filter), qPrintable(o.file + u' ' + filter));
    }
}

QTEST_GUILESS_MAIN(TstSelectNfdump)
#include "tst_select_nfdump.moc"
