// Importing captures: counts, refusals, duplicates, cancel, and kill -9 at any moment.
#include "core/session/evidence/open_project.h"
#include "core/session/project/import.h"
#include "tests/support/export_bytes.h"
#include "tests/support/nfcapd_writer.h"
#include "tests/support/own_captures.h"
#include "tests/support/shared_data.h"
#include "tests/support/traffic.h"

#include <QtTest>

#include <sqlite3.h>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <mutex>
#include <random>
#include <thread>

using namespace weir;
using namespace weir::session;
using namespace weir::test;

namespace {

/// WEIR_KILLS: more of them.
int kills() {
    const int asked = qEnvironmentVariableIntValue("WEIR_KILLS");
    return asked > 0 ? asked : 50;
}

void makeFile(const std::string& path, std::uint64_t flows, std::uint64_t seed = 1,
              NfcapdCompression how = NfcapdCompression::lz4, unsigned v6 = 10) {
    std::ofstream out(path, std::ios::binary);
    NfcapdOptions options;
    options.compression = how;
    NfcapdWriter writer(out, options);
    TrafficShape shape;
    shape.flows = flows;
    shape.seed = seed;
    shape.ipv6Percent = v6;
    shape.remoteHosts = 50000;
    Traffic traffic(shape);
    NfcapdRow row;
    while (traffic.next(row)) writer.add(row);
    writer.finish();
}

std::string integrityOf(const std::string& path) {
    sqlite3* db = nullptr;
    sqlite3_stmt* stmt = nullptr;
    std::string says = "not readable";
    if (sqlite3_open(path.c_str(), &db) == SQLITE_OK &&
        sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &stmt, nullptr) == SQLITE_OK &&
        sqlite3_step(stmt) == SQLITE_ROW)
        says = reinterpret_cast<const char*>(sqlite3_column_text(stmt, 0));
    sqlite3_finalize(stmt);
    sqlite3_close(db);
    return says;
}

std::int64_t sqlNumber(const std::string& path, const char* sql) {
    sqlite3* db = nullptr;
    sqlite3_stmt* stmt = nullptr;
    std::int64_t v = -1;
    if (sqlite3_open(path.c_str(), &db) == SQLITE_OK && sqlite3_prepare_v2(db, sql, -1, &stmt, nullptr) == SQLITE_OK &&
        sqlite3_step(stmt) == SQLITE_ROW)
        v = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    sqlite3_close(db);
    return v;
}

/// All records as text, sorted by nothing: project order.
std::vector<std::string> recordsOf(const Project& project) {
    std::vector<std::string> out;
    const auto records = project.snapshot()->records;
    if (!records) return out;
    flow::RecordColumns r;
    for (std::size_t c = 0; c < records->chunks().size(); ++c) {
        if (!records->read(c, flow::ColSet::all(), r)) return {};
        for (std::size_t i = 0; i < r.size(); ++i)
            out.push_back(std::to_string(r.start[i]) + '|' + flow::toText(records->addresses()[r.src[i]]) + '|' +
                          std::to_string(r.srcPort[i]) + '|' + flow::toText(records->addresses()[r.dst[i]]) + '|' +
                          std::to_string(r.dstPort[i]) + '|' + std::to_string(r.icmpTypeCode[i]) + '|' +
                          std::to_string(r.packets[i]) + '|' + std::to_string(r.bytes[i]));
    }
    return out;
}

/// `tst_import --import PROJECT FILE…`: what the kill test kills. Prints a line per finished source.
int importAndSay(int argc, char** argv) {
    auto project = std::filesystem::exists(argv[2]) ? openProject(argv[2]) : createProject(argv[2]);
    if (!project) return 3;
    JobContext job({}, {}, 2);
    for (int i = 3; i < argc; ++i) {
        ImportRequest request;
        request.paths = {argv[i]};
        request.again = true;
        if (!importFiles(**project, request, job)) return 4;
        std::cout << i << std::endl;
    }
    return 0;
}

QByteArray run(const QString& program, const QStringList& arguments) {
    QProcess p;
    p.start(program, arguments);
    if (!p.waitForFinished(120000) || p.exitCode() != 0) return {};
    return p.readAllStandardOutput();
}

}  // namespace

class TestImport : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> dir_;
    std::string path(const char* name) const { return dir_->filePath(QString::fromUtf8(name)).toStdString(); }
    void write(const char* name, const std::vector<std::byte>& bytes) const {
        std::ofstream(path(name), std::ios::binary)
            .write(reinterpret_cast<const char*>(bytes.data()), std::streamsize(bytes.size()));
    }
    static ImportReport import(Project& p, std::vector<std::string> paths, bool again = false, unsigned threads = 2) {
        ImportRequest request;
        request.paths = std::move(paths);
        request.again = again;
        JobContext job({}, {}, threads);
        auto r = importFiles(p, request, job);
        if (!r) qWarning("%s", r.error().detail.c_str());
        return r ? *r : ImportReport{};
    }
private slots:
    void init() { dir_ = std::make_unique<QTemporaryDir>(); }

    /// Parts are decoded while the trace is still looked through: the records stand in its order all the same.
    void exportsInTheOrderOfTheTrace() {
        constexpr unsigned kDatagrams = 9000, kRecords = 30;
        testing::TraceBytes trace = testing::ethernetTrace();
        for (unsigned i = 0; i < kDatagrams; ++i)
            testing::addFrame(
                trace,
                testing::udpFrame(testing::netflow5(kRecords, i * kRecords, 100'000, 90'000 - i).bytes(), 1, 2055));
        write("t.pcap", trace.bytes());
        std::vector<std::string> first;
        for (const unsigned threads : {1u, 2u, 3u}) {
            auto project = *createProject(path(("p" + std::to_string(threads) + ".weir").c_str()));
            QCOMPARE(import(*project, {path("t.pcap")}, false, threads).files.size(), 1u);
            const std::vector<std::string> records = recordsOf(*project);
            QCOMPARE(records.size(), std::size_t(kDatagrams) * kRecords);
            for (std::size_t i = kRecords; i < records.size(); ++i)
                QVERIFY(i % kRecords != 0 || records[i] < records[i - kRecords]);
            if (threads == 1)
                first = records;
            else
                QVERIFY(records == first);
            QCOMPARE(project->snapshot()->sources.at(0).exporters.at(0).datagrams, std::uint64_t(kDatagrams));
        }
    }

    /// Its begin looks like a trace of exports, and its records are in the project already when the end shows that it
    /// is none.
    void tracesThatTurnOutToBeNone() {
        testing::TraceBytes trace = testing::ethernetTrace();
        for (unsigned i = 0; i < 9000; ++i)
            testing::addFrame(trace, testing::udpFrame(testing::netflow5(30, i * 30).bytes(), 1, 2055));
        for (unsigned i = 0; i < 1200; ++i)
            testing::addFrame(trace,
                              testing::udpFrame(std::vector<std::byte>(30, std::byte{0x61}), 0x0a010000 + i, 53));
        write("t.pcap", trace.bytes());
        for (const bool further : {false, true}) {
            auto project = *createProject(path(further ? "b.weir" : "a.weir"));
            if (further) {
                makeFile(path("g.nfcapd"), 1000, 5);
                QCOMPARE(import(*project, {path("g.nfcapd")}).files.size(), 1u);
            }
            QCOMPARE(import(*project, {path("t.pcap")}).files.size(), 1u);
            const store::SourceInfo source = project->snapshot()->sources.back();
            QCOMPARE(QString::fromStdString(source.kind), QStringLiteral("pcap"));
            QCOMPARE(source.flows, 1201u);
            QCOMPARE(source.packets, 10200u);
            QCOMPARE(recordsOf(*project).size(), 1201u + (further ? 1000u : 0u));
            QCOMPARE(sqlNumber(path(further ? "b.weir" : "a.weir"), "SELECT count(*) FROM chunk WHERE id >> 56 = 0"),
                     further ? 2 : 1);
        }
    }

    void countsAreNfdumps_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<int>("generated");
        for (const char* name : {"v5-mixed", "ipfix-mikrotik", "pcap-synack-reflection", "pcap-ndpi-synscan",
                                 "pcap-icmp-scan", "pcap-slips-test7"})
            QTest::newRow(name) << sharedData(QStringLiteral("derived/nfcapd/%1.nfcapd").arg(QLatin1String(name)))
                                << -1;
        for (const int how : {0, 2, 3}) QTest::addRow("generated, compression %d", how) << QString() << how;
    }
    void countsAreNfdumps() {
        QFETCH(QString, file);
        QFETCH(int, generated);
        if (generated >= 0) {
            makeFile(path("g.nfcapd"), 150000, 5, NfcapdCompression(generated));
            file = QString::fromStdString(path("g.nfcapd"));
        }
        NEEDS_SHARED_DATA(file);
        auto project = *createProject(path("p.weir"));
        const auto report = import(*project, {file.toStdString()});
        QCOMPARE(report.files.size(), std::size_t(1));
        const store::SourceInfo& s = report.files[0].source;
        const QByteArray total = run(QStringLiteral("nfdump"), {QStringLiteral("-r"), file, QStringLiteral("-N"),
                                                                QStringLiteral("-o"), QStringLiteral("null")});
        const QByteArray want = "total flows: " + QByteArray::number(qulonglong(s.flows)) +
                                ", total bytes: " + QByteArray::number(qulonglong(s.bytes)) +
                                ", total packets: " + QByteArray::number(qulonglong(s.packets));
        QVERIFY2(total.contains(want), (want + " / " + total).constData());

        // Flows per destination port, ICMP read as nfdump does: 256 x type + code.
        std::map<int, std::uint64_t> ours, theirs;
        flow::RecordColumns r;
        const auto records = project->snapshot()->records;
        QCOMPARE(records->rows(), s.flows);
        for (std::size_t c = 0; c < records->chunks().size(); ++c) {
            QVERIFY(bool(records->read(c, flow::cols(flow::Col::dstPort, flow::Col::icmpTypeCode), r)));
            for (std::size_t i = 0; i < r.dstPort.size(); ++i) ++ours[r.dstPort[i] + r.icmpTypeCode[i]];
        }
        const QByteArray ports = run(QStringLiteral("nfdump"),
                                     {QStringLiteral("-r"), file, QStringLiteral("-q"), QStringLiteral("-N"),
                                      QStringLiteral("-n"), QStringLiteral("0"), QStringLiteral("-s"),
                                      QStringLiteral("dstport/flows"), QStringLiteral("-o"), QStringLiteral("csv")});
        for (const QByteArray& line : ports.split('\n')) {
            const auto fields = line.split(',');
            if (fields.size() > 5 && !fields[0].startsWith("ts")) theirs[fields[4].toInt()] = fields[5].toULongLong();
        }
        QVERIFY(!theirs.empty());
        QVERIFY(ours == theirs);
    }

    void recordsDoNotDependOnThreadsOrSourcesBefore() {
        makeFile(path("a"), 90000, 1);
        makeFile(path("b"), 30000, 2, NfcapdCompression::none);
        std::vector<std::string> first;
        for (const unsigned threads : {1u, 2u, 5u}) {
            const std::string name = path("p.weir") + std::to_string(threads);
            auto project = *createProject(name);
            (void)import(*project, {path("b"), path("a")}, false, threads);
            auto got = recordsOf(*project);
            QCOMPARE(got.size(), std::size_t(120000));
            if (first.empty())
                first = std::move(got);
            else
                QVERIFY(first == got);
        }
        auto alone = *createProject(path("alone.weir"));
        (void)import(*alone, {path("a")});
        const auto a = recordsOf(*alone);
        QVERIFY(std::equal(a.begin(), a.end(), first.begin() + 30000));
    }

    void packetTracesBecomeSources() {
        auto project = *createProject(path("p.weir"));
        const auto report = import(*project, {sampleCapture().toStdString()});
        const store::SourceInfo& s = report.files.at(0).source;
        QCOMPARE(s.kind, std::string("pcapng"));
        QVERIFY(s.flows > 1000);
        QVERIFY(s.packets > 0 && s.packets <= s.packetsSeen);
        QCOMPARE(project->snapshot()->records->rows(), s.flows);
    }

    void filesThatCannotBeRead() {
        QDir(dir_->path()).mkpath(QStringLiteral("in/deep"));
        makeFile(path("in/deep/z.nfcapd"), 2000, 1);
        makeFile(path("in/b.nfcapd"), 1000, 2);
        std::ofstream(path("in/a.empty")).flush();
        std::ofstream(path("in/c.txt")) << "just some text, nothing else in it\n";
        makeFile(path("in/d.cut"), 3000, 3, NfcapdCompression::none);
        std::filesystem::resize_file(path("in/d.cut"), 100001);
        makeFile(path("in/e.header"), 3000, 3);
        std::filesystem::resize_file(path("in/e.header"), 60);
        auto project = *createProject(path("p.weir"));
        const auto report = import(*project, {path("in"), path("missing")});
        QStringList says;
        for (const ImportedFile& f : report.files)
            says << QString::fromStdString(std::filesystem::path(f.path).filename()) +
                        QStringLiteral(":%1:%2:%3").arg(f.source.number).arg(f.failed).arg(f.damaged);
        QCOMPARE(says, (QStringList{QStringLiteral("a.empty:0:1:0"), QStringLiteral("b.nfcapd:1:0:0"),
                                    QStringLiteral("c.txt:0:1:0"), QStringLiteral("d.cut:2:0:1"),
                                    QStringLiteral("z.nfcapd:3:0:0"), QStringLiteral("e.header:0:1:0"),
                                    QStringLiteral("missing:0:1:0")}));
        for (const ImportedFile& f : report.files) QVERIFY(f.failed == !f.notice.empty());
        QVERIFY(report.anyUsable() && report.anyDamaged());
        QCOMPARE(project->snapshot()->sources.size(), std::size_t(3));
        QVERIFY(!project->snapshot()->sources[1].drops.empty());
        JobContext job;
        ImportRequest wrong;
        wrong.format = "nonsense";
        QVERIFY(!importFiles(*project, wrong, job));
    }

    void sameBytesAreRefusedOnce() {
        makeFile(path("a"), 2000, 1);
        makeFile(path("other"), 2100, 2);
        QFile::copy(QString::fromStdString(path("a")), QString::fromStdString(path("copy")));
        auto project = *createProject(path("p.weir"));
        (void)import(*project, {path("a")});
        QVERIFY(project->snapshot()->sources[0].sha256.empty());
        const auto second = import(*project, {path("copy"), path("other"), path("a")});
        QCOMPARE(second.files[0].notice, std::string("already in the project as source 1"));
        QVERIFY(!second.files[0].failed);
        QCOMPARE(second.files[1].source.number, 2u);
        QCOMPARE(second.files[2].source.number, 0u);
        QCOMPARE(import(*project, {path("copy")}, true).files[0].source.number, 3u);
        JobContext job;
        QVERIFY(bool(hashSources(*project, job)));
        for (const auto& s : project->snapshot()->sources) QCOMPARE(s.sha256.size(), std::size_t(64));
        QCOMPARE(project->snapshot()->sources[0].sha256, project->snapshot()->sources[2].sha256);
    }

    void cancelIsQuickAndLeavesNothing_data() {
        QTest::addColumn<int>("percent");
        QTest::addColumn<bool>("first");
        for (const int percent : {0, 1, 30, 60})
            for (const bool first : {true, false})
                QTest::addRow("%d %%, %s", percent, first ? "first source" : "second source") << percent << first;
    }
    void cancelIsQuickAndLeavesNothing() {
        QFETCH(int, percent);
        QFETCH(bool, first);
        static QTemporaryDir shared;
        const std::string large = shared.filePath(QStringLiteral("large")).toStdString();
        if (!QFile::exists(QString::fromStdString(large))) makeFile(large, 2'000'000, 1, NfcapdCompression::lz4, 0);
        makeFile(path("small"), 1000, 2);
        auto project = *createProject(path("p.weir"));
        if (!first) (void)import(*project, {path("small")});
        std::stop_source stop;
        constexpr std::uint64_t kNever = ~std::uint64_t{0};
        std::atomic<std::uint64_t> atStop{kNever}, last{0}, total{0};  // progress, not time: machines stall
        const auto cancelAt = [&](const Progress& p) {
            std::uint64_t unset = kNever;
            last = std::max<std::uint64_t>(last, p.done);
            total = p.total;
            const bool reached = percent == 0 || (p.total > 0 && p.done * 100 >= p.total * std::uint64_t(percent));
            if (reached && atStop.compare_exchange_strong(unset, p.done)) stop.request_stop();
        };
        if (percent == 0) cancelAt({});
        JobContext job(stop.get_token(), cancelAt, 2);
        ImportRequest request;
        request.paths = {large};
        const auto got = importFiles(*project, request, job);
        QVERIFY2(!got, "the import ended in spite of the cancel");
        QCOMPARE(int(got.error().code), int(Errc::cancelled));
        QVERIFY2(percent == 0 || (last - atStop) * 20 <= total, "more than 5 % was read after the request");
        QVERIFY(bool(project->reload()));
        QCOMPARE(project->snapshot()->sources.size(), std::size_t(first ? 0 : 1));
        project.reset();
        QCOMPARE(sqlNumber(path("p.weir"), "SELECT count(*) FROM chunk WHERE (id >> 32) & 0xffffff > 1"),
                 std::int64_t(0));
        QCOMPARE(QDir(dir_->path()).entryList({QStringLiteral("p.weir*")}, QDir::Files).size(), 1);
    }

    void progressGrowsToTheTotal() {
        makeFile(path("a"), 150000, 1);
        makeFile(path("b"), 150000, 2);
        auto project = *createProject(path("p.weir"));
        std::mutex mutex;
        std::uint64_t most = 0, total = 0;
        JobContext job(
            {},
            [&](const Progress& p) {
                const std::lock_guard lock(mutex);
                most = std::max(most, p.done);
                total = p.total;
                if (p.unit != "bytes") qFatal("progress in bytes");
            },
            2);
        ImportRequest request;
        request.paths = {path("a"), path("b")};
        QVERIFY(bool(importFiles(*project, request, job)));
        QCOMPARE(total, std::uint64_t(std::filesystem::file_size(path("a")) + std::filesystem::file_size(path("b"))));
        QVERIFY(most <= total && most > total * 9 / 10);
    }

    void killedAtAnyMoment() {
        const std::uint64_t seed = std::random_device{}();
        qInfo("seed %llu", static_cast<unsigned long long>(seed));
        std::mt19937_64 rng(seed);
        QStringList files;
        std::vector<std::uint64_t> flows{200000, 3000, 120000, 150000};
        for (std::size_t i = 0; i < flows.size(); ++i) {
            const std::string name = path(("f" + std::to_string(i)).c_str());
            makeFile(name, flows[i], i + 1);
            files << QString::fromStdString(name);
        }
        const QString self = QCoreApplication::applicationFilePath(),
                      whole = dir_->filePath(QStringLiteral("whole.weir"));
        QElapsedTimer timer;
        timer.start();
        QVERIFY(!run(self, QStringList{QStringLiteral("--import"), whole} + files).isEmpty());
        const auto longest = std::uint64_t(timer.nsecsElapsed() / 1000);
        std::map<std::size_t, int> held;
        for (int round = 0; round < kills(); ++round) {
            const std::string name = path(("k" + std::to_string(round) + ".weir").c_str());
            QProcess child;
            child.start(self, QStringList{QStringLiteral("--import"), QString::fromStdString(name)} + files);
            QVERIFY(child.waitForStarted());
            std::this_thread::sleep_for(std::chrono::microseconds(rng() % longest));
            ::kill(pid_t(child.processId()), SIGKILL);
            child.waitForFinished();
            const auto told = std::size_t(child.readAllStandardOutput().count('\n'));
            if (!std::filesystem::exists(name)) {
                QCOMPARE(told, std::size_t(0));
                continue;
            }
            {
                auto project = openProject(name);
                QVERIFY2(bool(project), project ? "" : project.error().detail.c_str());
                const auto snapshot = (*project)->snapshot();
                const std::size_t n = snapshot->sources.size();
                ++held[n];
                QVERIFY(n >= told && n <= flows.size());
                std::uint64_t rows = 0;
                for (std::size_t i = 0; i < n; ++i) {
                    QCOMPARE(snapshot->sources[i].flows, flows[i]);
                    rows += flows[i];
                }
                QCOMPARE(snapshot->records ? snapshot->records->rows() : 0, rows);
                flow::RecordColumns r;
                for (std::size_t c = 0; snapshot->records && c < snapshot->records->chunks().size(); ++c)
                    QVERIFY(bool(snapshot->records->read(c, flow::ColSet::all(), r)));
            }
            QCOMPARE(integrityOf(name), std::string("ok"));
            QCOMPARE(sqlNumber(name, "SELECT count(*) FROM source WHERE state <> 'complete'"), std::int64_t(0));
            const QStringList left =
                QDir(dir_->path()).entryList({QStringLiteral("k%1.weir*").arg(round)}, QDir::Files);
            QCOMPARE(left.join(u' '), QStringLiteral("k%1.weir").arg(round));
            for (const auto& entry : left) QFile::remove(dir_->filePath(entry));
        }
        for (const auto& [n, times] : held) qInfo("%d times killed with %zu of 4 sources complete", times, n);
    }
};

int main(int argc, char** argv) {
    if (argc > 3 && std::strcmp(argv[1], "--import") == 0) return importAndSay(argc, argv);
    QCoreApplication app(argc, argv);
    TestImport test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_import.moc"
