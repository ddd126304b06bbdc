// The project file: sources in and out, values, tables, words, copies, and what it refuses.
#include "core/store/project_file.h"

#include "core/store/damage.h"

#include <QtTest>

#include <sqlite3.h>
#include <atomic>
#include <cmath>
#include <limits>
#include <random>
#include <thread>

using namespace weir;
using namespace weir::flow;
using namespace weir::store;

namespace {

/// Records of one source with their own id space.
struct Sample {
    RecordColumns records;
    AddressTable table;
};

Sample makeSample(std::size_t n, std::uint32_t net, std::uint64_t seed, bool reverse = false) {
    std::mt19937_64 rng(seed);
    Sample s;
    Buffer<std::uint32_t> v4;
    Buffer<IpAddr> v6;
    for (std::uint32_t i = 0; i < 500; ++i) v4.push_back(net + i * 3);
    for (std::uint8_t i = 0; i < 100; ++i) {
        IpAddr a;
        a.b[0] = 0x20;
        a.b[3] = std::uint8_t(net >> 24);
        a.b[15] = i;
        v6.push_back(a);
    }
    s.table = AddressTable(std::move(v4), std::move(v6));
    s.records.resize(n, ColSet::all());
    forEachColumn(s.records, [&](Col col, auto& values) {
        using T = typename std::remove_cvref_t<decltype(values)>::value_type;
        for (auto& v : values) v = static_cast<T>(rng() >> (rng() % 60));
        if (col == Col::src || col == Col::dst)
            for (auto& v : values) v = static_cast<T>(v % 600);
        if (isOptional(col) && !reverse) values.clear();
    });
    for (std::size_t i = 0; i < n; ++i) {
        s.records.start[i] = 1'600'000'000'000'000 + std::int64_t(i) * 1000;
        s.records.end[i] = s.records.start[i] + std::int64_t(rng() % 5000) - 1000;
    }
    return s;
}

RecordColumns slice(const RecordColumns& all, std::size_t from, std::size_t n) {
    RecordColumns out;
    forEachColumn(all, out, [&](Col, const auto& a, auto& b) {
        if (!a.empty()) b.append(a.span().subspan(from, n));
    });
    return out;
}

constexpr std::size_t kCut = 40000;  ///< rows of a chunk in these tests

bool putAll(SourceWriter& w, const Sample& s) {
    const std::size_t n = s.records.size();
    std::vector<std::size_t> chunks;
    for (std::size_t c = 0; c * kCut < n; ++c) chunks.insert(chunks.begin(), c);  // any order
    for (const std::size_t c : chunks) {
        const RecordColumns part = slice(s.records, c * kCut, std::min(kCut, n - c * kCut));
        const auto number = std::uint32_t(c * 3 + 1);  // gaps are fine
        if (!w.putColumns(number, part)) return false;
        if (!w.putIds(number, part.src.span(), part.dst.span())) return false;
    }
    return true;
}

std::uint32_t addSource(ProjectFile& file, const Sample& s, const std::string& name) {
    auto writer = file.beginSource();
    if (!writer || !putAll(**writer, s)) return 0;
    SourceInfo info;
    info.path = name;
    info.kind = "test";
    info.flows = s.records.size();
    info.seconds = 1.5;
    info.settings = "{}";
    info.drops = {{"truncated record", 3, 77, true}, {"unknown extension", 9, 5, false}};
    const auto number = (*writer)->finish(info, s.table);
    return number ? *number : 0;
}

/// Every value of the snapshot equals the samples', in order.
bool holds(const ChunkSource& source, const std::vector<const Sample*>& samples) {
    std::uint64_t rows = 0;
    for (const Sample* s : samples) rows += s->records.size();
    if (source.rows() != rows) return false;
    std::size_t at = 0, which = 0;
    RecordColumns got;
    for (std::size_t c = 0; c < source.chunks().size(); ++c) {
        if (!source.read(c, ColSet::all(), got)) return false;
        const Sample& s = *samples[which];
        const RecordColumns want = slice(s.records, at, source.chunks()[c].rows);
        for (std::size_t i = 0; i < want.size(); ++i)
            if (source.addresses()[got.src[i]] != s.table[want.src[i]] ||
                source.addresses()[got.dst[i]] != s.table[want.dst[i]])
                return false;
        bool same = true;
        forEachColumn(got, want, [&](Col col, const auto& a, const auto& b) {
            if (col == Col::src || col == Col::dst) return;
            if (b.empty())
                same &= std::all_of(a.begin(), a.end(), [](auto v) { return v == 0; });
            else
                same &= a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin());
        });
        if (!same) return false;
        at += source.chunks()[c].rows;
        if (at == s.records.size()) {
            at = 0;
            ++which;
        }
    }
    return true;
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

bool sqlRun(const std::string& path, const char* sql) {
    sqlite3* db = nullptr;
    const bool good =
        sqlite3_open(path.c_str(), &db) == SQLITE_OK && sqlite3_exec(db, sql, nullptr, nullptr, nullptr) == SQLITE_OK;
    sqlite3_close(db);
    return good;
}

}  // namespace

const Opening kAtOnce{false, std::chrono::milliseconds(0), {}};

bool copied(ProjectFile& file, const std::string& to, JobContext& job) {
    const auto copy = file.copyTo(to);
    return copy && (*copy)->run(job) && (*copy)->finish(job);
}

class TestProjectFile : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> dir_;
    std::string path(const char* name = "p.weir") const {
        return dir_->filePath(QString::fromUtf8(name)).toStdString();
    }
    QStringList left() const { return QDir(dir_->path()).entryList(QDir::Files, QDir::Name); }
private slots:
    void init() { dir_ = std::make_unique<QTemporaryDir>(); }

    void aNewProjectGetsItsNameWhenItIsClosed() {
        {
            auto file = ProjectFile::create(path());
            QVERIFY2(bool(file), file ? "" : file.error().detail.c_str());
            QVERIFY((*file)->sources()->empty());
            const auto records = (*file)->records(2);
            QVERIFY(bool(records));
            QCOMPARE((*records)->rows(), std::uint64_t(0));
            QVERIFY(!left().contains(QStringLiteral("p.weir")));
            QCOMPARE(int(ProjectFile::create(path(), kAtOnce).error().code),
                     int(Errc::busy));  // the name is taken already
        }
        QCOMPARE(left(), QStringList{QStringLiteral("p.weir")});
        QCOMPARE(int(ProjectFile::create(path()).error().code), int(Errc::exists));
        QVERIFY(bool(ProjectFile::open(path())));
        QCOMPARE(sqlNumber(path(), "PRAGMA user_version"), std::int64_t(4));
        QCOMPARE(sqlNumber(path(), "PRAGMA page_size"), std::int64_t(16384));
    }

    void aDiscardedProjectNeverWas() {
        {
            auto file = ProjectFile::create(path());
            QVERIFY(bool((*file)->setValue("k", "v")));
            (*file)->discard();
        }
        QVERIFY(left().isEmpty());
        {
            auto file = ProjectFile::create(path());
            QVERIFY(bool((*file)->publish()));
            QVERIFY(left().contains(QStringLiteral("p.weir")));
            (*file)->discard();  // it has its name: it stays
        }
        QCOMPARE(left(), QStringList{QStringLiteral("p.weir")});
    }

    /// As a process leaves it that is killed while it switches the log.
    void anEmptyJournalGoes() {
        QVERIFY(bool(ProjectFile::create(path())));
        QFile journal(QString::fromStdString(path() + "-journal"));
        QVERIFY(journal.open(QFile::WriteOnly));
        journal.close();
        QVERIFY(bool(ProjectFile::open(path())));
        QCOMPARE(left(), QStringList{QStringLiteral("p.weir")});
    }

    void roundTripOfOneAndSeveralSources() {
        const Sample a = makeSample(100001, 0x0a000000, 1), b = makeSample(5, 0x0a000100, 2, true),
                     c = makeSample(65000, 0xc0000200, 3);
        auto file = ProjectFile::create(path());
        QVERIFY(bool((*file)->setValue("k", "before")));
        QCOMPARE(addSource(**file, a, "a"), 1u);
        QVERIFY(holds(**(*file)->records(2), {&a}));
        QCOMPARE(*(*file)->value("k"), std::optional<std::string>("before"));
        QCOMPARE(addSource(**file, b, "b"), 2u);
        QCOMPARE(addSource(**file, c, "c"), 3u);
        QVERIFY(holds(**(*file)->records(2), {&a, &b, &c}));
        file = ProjectFile::open(path());
        QVERIFY(bool(file));
        QVERIFY(holds(**(*file)->records(1), {&a, &b, &c}));
        const auto sources = (*file)->sources();
        QCOMPARE(sources->size(), std::size_t(3));
        QCOMPARE(sources->at(1).path, std::string("b"));
        QCOMPARE(sources->at(1).seconds, 1.5);
        QCOMPARE(sources->at(1).drops.size(), std::size_t(2));
        QCOMPARE(sources->at(1).drops[0].reason, std::string("truncated record"));
        QCOMPARE(sources->at(1).drops[0].firstOffset, std::uint64_t(77));
        QVERIFY(!sources->at(1).drops[1].damage);
        QVERIFY(bool((*file)->setSourceHash(2, "ab")));
        QCOMPARE((*file)->sources()->at(1).sha256, std::string("ab"));
    }

    void zonesAreTheLowestAndHighestOfEachChunk() {
        const Sample a = makeSample(90000, 0xc0000200, 4), b = makeSample(90000, 0x0a000000, 5, true);
        auto file = ProjectFile::create(path());
        addSource(**file, a, "a");
        addSource(**file, b, "b");
        const auto records = *(*file)->records(2);
        RecordColumns got;
        for (std::size_t c = 0; c < records->chunks().size(); ++c) {
            QVERIFY(bool(records->read(c, ColSet::all(), got)));
            forEachColumn(got, [&](Col col, const auto& values) {
                std::int64_t lo = 0, hi = 0;
                if (!records->zone(c, col, lo, hi)) {
                    QVERIFY(values.empty() || std::int64_t(*std::max_element(values.begin(), values.end())) < 0);
                    return;
                }
                if (values.empty()) {  // left out: zero throughout
                    QVERIFY(isOptional(col) && lo == 0 && hi == 0);
                    return;
                }
                QCOMPARE(lo, std::int64_t(*std::min_element(values.begin(), values.end())));
                QCOMPARE(hi, std::int64_t(*std::max_element(values.begin(), values.end())));
            });
            QCOMPARE(records->chunks()[c].startMin, *std::min_element(got.start.begin(), got.start.end()));
        }
    }

    void wantedColumnsOnly() {
        const Sample a = makeSample(1000, 1, 4);
        auto file = ProjectFile::create(path());
        addSource(**file, a, "a");
        RecordColumns got;
        QVERIFY(bool((*(*file)->records(1))->read(0, cols(Col::bytes, Col::dst), got)));
        forEachColumn(got, [&](Col col, const auto& values) {
            QCOMPARE(values.size(), col == Col::bytes || col == Col::dst ? 1000u : 0u);
        });
    }

    void anUnfinishedSourceLeavesNothing_data() {
        QTest::addColumn<bool>("first");
        QTest::addColumn<QString>("until");
        for (const bool first : {true, false})
            for (const char* until : {"dropped", "closed", "next import"})
                QTest::addRow("%s, %s", first ? "first source" : "second source", until)
                    << first << QString::fromLatin1(until);
    }
    /// At once it is no source; its chunks go when they are dropped, when the project closes, or with the next import.
    void anUnfinishedSourceLeavesNothing() {
        QFETCH(bool, first);
        QFETCH(QString, until);
        const Sample a = makeSample(80000, 1, 6), b = makeSample(2'000'000, 9, 7);
        auto file = ProjectFile::create(path());
        if (!first) addSource(**file, a, "a");
        {
            auto writer = (*file)->beginSource();
            QVERIFY(bool(writer));
            QVERIFY(!(*file)->beginSource());
            QVERIFY(putAll(**writer, b));
            QVERIFY(bool((*file)->setValue("kept", "yes")));
        }
        QCOMPARE((*file)->sources()->size(), std::size_t(first ? 0 : 1));
        QCOMPARE(*(*file)->value("kept"), std::optional<std::string>("yes"));
        if (until == QLatin1String("dropped")) QVERIFY(bool((*file)->dropUnfinished()));
        if (until == QLatin1String("closed")) file = Error{};
        if (first && until == QLatin1String("dropped"))
            QVERIFY(!left().contains(QStringLiteral("p.weir")));
        else if (until != QLatin1String("next import")) {
            QCOMPARE(sqlNumber(path(), "SELECT count(*) FROM source"), std::int64_t(first ? 0 : 1));
            QCOMPARE(sqlNumber(path(), "SELECT count(*) FROM chunk"), std::int64_t(first ? 0 : 2 * 13 - 2 * 2));
            QCOMPARE(sqlNumber(path(), "SELECT count(*) FROM host WHERE id >> 32 <> 1"), std::int64_t(0));
        }
        if (!file) file = ProjectFile::open(path());
        QCOMPARE(addSource(**file, b, "b"), first ? 1u : 2u);
        QCOMPARE(sqlNumber(path(), "SELECT count(*) FROM source"), std::int64_t(first ? 1 : 2));
        QCOMPARE(sqlNumber(path(), "SELECT sum(n) FROM chunk WHERE id >> 56 = 0"),
                 std::int64_t(first ? 2'000'000 : 2'080'000));
        file = Error{};
        QCOMPARE(left(), QStringList{QStringLiteral("p.weir")});
        file = ProjectFile::open(path());
        QVERIFY(holds(**(*file)->records(1), first ? std::vector{&b} : std::vector{&a, &b}));
    }

    void valuesSetDuringAnImportStay() {
        const Sample a = makeSample(1000, 1, 6);
        auto file = ProjectFile::create(path());
        for (int round = 0; round < 2; ++round) {
            auto writer = (*file)->beginSource();
            QVERIFY(bool((*file)->setValue("a" + std::to_string(round), "1")));
            QVERIFY(putAll(**writer, a));
            QVERIFY(bool((*file)->setValue("b" + std::to_string(round), "2")));
            SourceInfo info;
            info.flows = 1000;
            QVERIFY(bool((*writer)->finish(info, a.table)));
        }
        for (const char* key : {"a0", "b0", "a1", "b1"}) QVERIFY2(bool(**(*file)->value(key) != ""), key);
    }

    void aProjectOpenElsewhereGetsItsFirstSourceToo() {
        const Sample a = makeSample(70000, 1, 6);
        auto file = ProjectFile::create(path());
        QVERIFY(!ProjectFile::open(path()));
        QVERIFY(bool((*file)->publish()));
        auto other = ProjectFile::open(path());
        QVERIFY((*other)->sources()->empty());
        QCOMPARE(addSource(**file, a, "a"), 1u);
        QCOMPARE((*other)->sources()->size(), std::size_t(1));
        QVERIFY(holds(**(*other)->records(2), {&a}));
        QVERIFY(bool((*other)->setValue("k", "v")));
        QCOMPARE(*(*file)->value("k"), std::optional<std::string>("v"));
    }

    void readsGoOnWhileASourceIsAdded() {
        const Sample a = makeSample(150000, 1, 6), b = makeSample(150000, 77, 7);
        auto file = ProjectFile::create(path());
        addSource(**file, a, "a");
        const auto records = *(*file)->records(2);
        std::atomic<bool> done{false}, right{true};
        std::thread reader([&] {
            while (!done) right = right && holds(*records, {&a});
        });
        const std::uint32_t number = addSource(**file, b, "b");
        done = true;
        reader.join();
        QCOMPARE(number, 2u);
        QVERIFY(right);
    }

    void removeUndoAndPurge() {
        const Sample a = makeSample(70000, 1, 6), b = makeSample(70000, 1000, 7);
        auto file = ProjectFile::create(path());
        addSource(**file, a, "a");
        addSource(**file, b, "b");
        const auto before = *(*file)->records(2);
        QVERIFY(bool((*file)->removeSource(1)));
        QVERIFY(!(*file)->removeSource(1));
        QCOMPARE((*file)->sources()->size(), std::size_t(1));
        QVERIFY(holds(**(*file)->records(2), {&b}));
        QVERIFY(holds(*before, {&a, &b}));
        QVERIFY(bool((*file)->restoreRemovedSource(1)));
        QVERIFY(holds(**(*file)->records(2), {&a, &b}));
        QVERIFY(bool((*file)->removeSource(2)));
        const std::uint64_t large = (*file)->bytesOnDisk();
        file = ProjectFile::open(path());  // the second connection is opened first
        QVERIFY(!(*file)->restoreRemovedSource(2));
        file = Error{};
        QCOMPARE(sqlNumber(path(), "SELECT count(*) FROM source"), std::int64_t(1));
        QCOMPARE(sqlNumber(path(), "SELECT count(*) FROM chunk WHERE (id >> 32) & 0xffffff = 2"), std::int64_t(0));
        file = ProjectFile::open(path());
        QVERIFY((*file)->bytesOnDisk() < large);
        QCOMPARE(addSource(**file, b, "again"), 3u);  // numbers are never reused
        QVERIFY(holds(**(*file)->records(2), {&a, &b}));
    }

    void tablesComeBackAsTheyWere() {
        auto file = ProjectFile::create(path());
        QVERIFY(bool((*file)->publish()));
        Table t{"iterations",
                {{"id", std::vector<std::int64_t>{1, -5, std::numeric_limits<std::int64_t>::max()}},
                 {"share", std::vector<double>{0.25, 1e300, std::numeric_limits<double>::quiet_NaN()}},
                 {"text", std::vector<std::string>{"", "ü\n\"x'", std::string("a\0b", 3)}}}};
        QVERIFY(bool((*file)->saveTable(t)));
        auto back = (*file)->loadTable("iterations");
        QVERIFY(bool(back) && back->has_value());
        QVERIFY((*back)->columns[0].values == t.columns[0].values);
        QVERIFY((*back)->columns[2].values == t.columns[2].values);
        QVERIFY(std::isnan(std::get<1>((*back)->columns[1].values)[2]));
        t.columns.pop_back();
        QVERIFY(bool((*file)->saveTable(t)));
        QCOMPARE((*(*file)->loadTable("iterations"))->columns.size(), std::size_t(2));
        QVERIFY(!(*file)->loadTable("none")->has_value());
        QVERIFY(!(*file)->saveTable({"x\"; DROP TABLE chunk", {}}));
        QCOMPARE(sqlNumber(path(), "SELECT count(*) FROM t_iterations"), std::int64_t(3));
    }

    void wordsComeBackAsTheyWere() {
        auto file = ProjectFile::create(path());
        QVERIFY(bool((*file)->publish()));
        JobContext job;
        std::mt19937_64 rng(3);
        Buffer<std::uint64_t> words(200001);
        for (auto& w : words) w = (rng() % 80) << (rng() % 3);
        QVERIFY(bool((*file)->saveWords("signs.in", words.span(), job)));
        auto back = (*file)->loadWords("signs.in", job);
        QVERIFY2(bool(back), back ? "" : back.error().detail.c_str());
        QVERIFY(back->has_value());
        QVERIFY(std::equal(words.begin(), words.end(), (*back)->begin(), (*back)->end()));
        QVERIFY(bool((*file)->saveWords("signs.in", words.span().first(7), job)));
        QCOMPARE((*(*file)->loadWords("signs.in", job))->size(), std::size_t(7));
        QVERIFY(bool((*file)->saveWords("none", {}, job)));
        QVERIFY((*(*file)->loadWords("none", job))->empty());
        QVERIFY(bool((*file)->save({{}, {}, {"signs.in"}, {}}, job)));
        QVERIFY(!(*file)->loadWords("signs.in", job)->has_value());
        QCOMPARE(sqlNumber(path(), "SELECT count(*) FROM words_chunk"), std::int64_t(0));
        std::stop_source stop;
        stop.request_stop();
        JobContext cancelled(stop.get_token(), {}, 2);
        QCOMPARE(int((*file)->saveWords("x", words.span(), cancelled).error().code), int(Errc::cancelled));
    }

    void copyIsWholeAndAtomic() {
        const Sample a = makeSample(70000, 1, 6), b = makeSample(70000, 1000, 7);
        auto file = ProjectFile::create(path());
        addSource(**file, a, "a");
        addSource(**file, b, "b");
        QVERIFY(bool((*file)->setValue("k", "v")));
        QVERIFY(bool((*file)->removeSource(2)));
        std::uint64_t seen = 0;
        JobContext job({}, [&](const Progress& p) { seen = p.done; });
        QVERIFY(copied(**file, path("copy.weir"), job));
        QVERIFY(seen > 0);
        auto copy = ProjectFile::open(path("copy.weir"));
        QVERIFY(bool(copy));
        QVERIFY(holds(**(*copy)->records(2), {&a}));
        QCOMPARE(*(*copy)->value("k"), std::optional<std::string>("v"));
        QVERIFY(bool((*file)->restoreRemovedSource(2)));
        std::stop_source stop;
        stop.request_stop();
        JobContext cancelled(stop.get_token(), {}, 2);
        QVERIFY(!copied(**file, path("no.weir"), cancelled));
        QVERIFY(!left().contains(QStringLiteral("no.weir")));
        QVERIFY(!copied(**file, path("missing/no.weir"), job));
    }

    void refusesWhatIsNoProject() {
        QVERIFY(!ProjectFile::open(path("none.weir")));
        QFile text(QString::fromStdString(path("text.weir")));
        QVERIFY(text.open(QFile::WriteOnly));
        text.write(QByteArray(5000, 'x'));
        text.close();
        QCOMPARE(int(ProjectFile::open(path("text.weir")).error().code), int(Errc::badMagic));
        QFile empty(QString::fromStdString(path("empty.weir")));
        QVERIFY(empty.open(QFile::WriteOnly));
        empty.close();
        QCOMPARE(int(ProjectFile::open(path("empty.weir")).error().code), int(Errc::badMagic));
        QVERIFY(bool(ProjectFile::create(path())));
        QVERIFY(sqlRun(path(), "PRAGMA user_version = 5"));
        const auto newer = ProjectFile::open(path());
        QCOMPARE(int(newer.error().code), int(Errc::unsupported));
        QVERIFY(newer.error().detail.find("newer") != std::string::npos);
    }

    void damagedRowsAreErrors_data() {
        QTest::addColumn<QByteArray>("sql");
        QTest::newRow("short blob") << QByteArray(
            "UPDATE chunk SET data = substr(data, 1, 40) WHERE id >> 56 = 10 AND (id >> 32) & 0xffffff = 1");
        QTest::newRow("other column") << QByteArray(
            "UPDATE chunk SET data = (SELECT data FROM chunk WHERE id >> 56 = 8 AND (id >> 32) & 0xffffff = "
            "1) WHERE id >> 56 = 10 AND (id >> 32) & 0xffffff = 1");
        QTest::newRow("no blob") << QByteArray(
            "UPDATE chunk SET data = 7 WHERE id >> 56 = 0 AND (id >> 32) & 0xffffff = 1");
        QTest::newRow("no column") << QByteArray("DELETE FROM chunk WHERE id >> 56 = 7 AND (id >> 32) & 0xffffff = 1");
        QTest::newRow("no rows") << QByteArray("DELETE FROM chunk WHERE (id >> 32) & 0xffffff = 1");
        QTest::newRow("no hosts") << QByteArray("DELETE FROM host WHERE id >> 32 = 1");
        QTest::newRow("wrong size") << QByteArray(
            "UPDATE chunk SET n = 70000 WHERE id >> 56 = 0 AND (id >> 32) & 0xffffff = 1");
        QTest::newRow("other size") << QByteArray(
            "UPDATE chunk SET n = n - 1 WHERE id >> 56 = 0 AND (id >> 32) & 0xffffff = 1");
    }
    /// At once when the lists of the source show it, else once the chunk was read: an error that says where, and then
    /// the rest is there, read-only.
    void damagedRowsAreErrors() {
        QFETCH(QByteArray, sql);
        const Sample a = makeSample(1000, 1, 6), b = makeSample(800, 7, 8);
        {
            auto file = ProjectFile::create(path());
            addSource(**file, a, "a");
            addSource(**file, b, "b");
        }
        QVERIFY(sqlRun(path(), sql.constData()));
        auto file = ProjectFile::open(path());
        QVERIFY2(bool(file), file ? "" : file.error().detail.c_str());
        auto records = (*file)->records(1);
        QVERIFY(bool(records));
        if ((*records)->rows() == 1800) {
            RecordColumns got;
            const Status read = (*records)->read(0, ColSet::all(), got);
            QVERIFY(!read);
            const QString text = QString::fromStdString(read.error().detail);
            QVERIFY2(text.startsWith(QString::fromStdString(path()) + QStringLiteral(": damaged: source 1, column ")),
                     qPrintable(text));
            records = (*file)->records(1);
        }
        QVERIFY(holds(**records, {&b}));
        QCOMPARE((*file)->sources()->size(), std::size_t(1));
        QCOMPARE((*file)->damage()->list().size(), std::size_t(1));
        QVERIFY(!(*file)->setValue("k", "v") || (*file)->hasUnsavedChanges());  // refused, or only in memory
        QVERIFY(!(*file)->beginSource());
        JobContext job;
        QVERIFY(copied(**file, path("copy.weir"), job));
        auto copy = ProjectFile::open(path("copy.weir"));
        QVERIFY(holds(**(*copy)->records(1), {&b}) && !(*copy)->readOnly());
    }
};

QTEST_APPLESS_MAIN(TestProjectFile)
#include "tst_project_file.moc"
