// Versions of the project file: an older one is migrated in a copy and kept.
#include "core/store/project_file.h"
#include "core/store/schema.h"

#include <QtTest>

#include <sqlite3.h>
#include <filesystem>

using namespace weir;
using namespace weir::store;

namespace {

Status addColumn(Db& db) { return db.exec("ALTER TABLE value ADD COLUMN note TEXT"); }
Status fail(Db& db) { return db.exec("this is no SQL"); }

}  // namespace

class TestSchema : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> dir_;
    std::string path() const { return dir_->filePath(QStringLiteral("p.weir")).toStdString(); }
    std::int64_t number(const std::string& file, const char* sql) const {
        return *Db::open(file, OpenMode::readWrite)->number(sql);
    }
    /// As the sqlite3 shell reads it.
    std::int64_t shellNumber(const char* sql) const {
        sqlite3* db = nullptr;
        sqlite3_stmt* stmt = nullptr;
        const bool row = sqlite3_open(path().c_str(), &db) == SQLITE_OK &&
                         sqlite3_prepare_v2(db, sql, -1, &stmt, nullptr) == SQLITE_OK &&
                         sqlite3_step(stmt) == SQLITE_ROW;
        const std::int64_t value = row ? sqlite3_column_int64(stmt, 0) : -1;
        sqlite3_finalize(stmt);
        sqlite3_close(db);
        return value;
    }
private slots:
    void init() {
        dir_ = std::make_unique<QTemporaryDir>();
        auto db = Db::open(path(), OpenMode::create);
        QVERIFY(bool(createSchema(*db)));
        QVERIFY(bool(db->exec("INSERT INTO value VALUES('k', 'v'); PRAGMA user_version = 1")));
    }

    void identified() {
        auto db = Db::open(path(), OpenMode::readWrite);
        QCOMPARE(*versionOf(*db, path()), 1);
        QVERIFY(bool(db->exec("PRAGMA application_id = 7")));
        QCOMPARE(int(versionOf(*db, path()).error().code), int(Errc::badMagic));
    }

    void migratedInACopy() {
        const Migration steps[] = {{1, addColumn}, {2, addColumn}};
        const Migration one[] = {steps[0]};
        QVERIFY(bool(migrate(path(), 1, one)));
        QCOMPARE(number(path(), "PRAGMA user_version"), std::int64_t(2));
        QCOMPARE(number(path(), "SELECT count(*) FROM value WHERE key = 'k' AND note IS NULL"), std::int64_t(1));
        const std::string kept = path() + ".v1";
        QCOMPARE(number(kept, "PRAGMA user_version"), std::int64_t(1));
        QCOMPARE(number(kept, "SELECT count(*) FROM value"), std::int64_t(1));
    }

    void aFailedStepChangesNothing() {
        const Migration steps[] = {{1, addColumn}, {2, fail}};
        QVERIFY(!migrate(path(), 1, steps));
        QCOMPARE(number(path(), "PRAGMA user_version"), std::int64_t(1));
        QVERIFY(!migrate(path(), 1, {}));
        QCOMPARE(QDir(dir_->path()).entryList(QDir::Files).size(), 1);
    }

    /// Projects that every version wrote, the present one too, stored as text.
    void olderProjectsOpen_data() {
        QTest::addColumn<int>("version");
        QTest::addColumn<quint64>("rows");
        QTest::addColumn<int>("exporters");
        QTest::newRow("1") << 1 << quint64(7) << 0;
        QTest::newRow("2") << 2 << quint64(11) << 1;
        QTest::newRow("3") << 3 << quint64(11) << 1;
        QTest::newRow("4") << 4 << quint64(8) << 1;
    }
    void olderProjectsOpen() {
        QFETCH(int, version);
        const std::string old = dir_->filePath(QStringLiteral("old.weir")).toStdString();
        QFile text(QStringLiteral(WEIR_SOURCE_DIR "/tests/core/store/project-v%1.sql").arg(version));
        QVERIFY(text.open(QFile::ReadOnly));
        {
            auto db = Db::open(old, OpenMode::create);
            QVERIFY(bool(db->exec(text.readAll().toStdString())));
            QVERIFY(bool(db->exec("PRAGMA application_id = " + std::to_string(kApplicationId) +
                                  "; PRAGMA user_version = " + std::to_string(version))));
        }
        auto file = ProjectFile::open(old);
        QVERIFY2(bool(file), file ? "" : file.error().detail.c_str());
        QCOMPARE((*file)->schemaVersion(), kSchemaVersion);
        const auto sources = (*file)->sources();
        QCOMPARE(sources->size(), std::size_t(2));
        QCOMPARE(sources->at(0).path, std::string("mixed-us.pcap"));
        QVERIFY(sources->at(0).exporters.empty() && sources->at(0).group.empty());
        QTEST(int(sources->at(1).exporters.size()), "exporters");
        const auto records = (*file)->records(1);
        QVERIFY(bool(records));
        QTEST(quint64((*records)->rows()), "rows");
        flow::RecordColumns c;
        std::uint64_t packets = 0;
        for (std::size_t chunk = 0; chunk < (*records)->chunks().size(); ++chunk) {
            QVERIFY(bool((*records)->read(chunk, flow::ColSet::all(), c)));
            for (std::size_t i = 0; i < c.size(); ++i)
                packets += c.packets[i] + (c.reversePackets.empty() ? 0 : c.reversePackets[i]);
            QVERIFY(version > 1 || (c.srcAs.empty() && c.exporter.empty()));
        }
        QCOMPARE(packets, sources->at(0).packets + sources->at(1).packets);
        QCOMPARE(number(old, "SELECT count(*) FROM flow_column"), std::int64_t(flow::kColCount));
        if (version < kSchemaVersion)
            QCOMPARE(number(old + ".v" + std::to_string(version), "PRAGMA user_version"), std::int64_t(version));
        if (version < 3) QVERIFY((*file)->lists()->empty());
        const auto marks = (*file)->marks();
        const auto silences = (*file)->silences();
        QVERIFY(marks && silences);
        QCOMPARE(marks->size(), std::size_t(version >= 3 ? 2 : 0));
        QCOMPARE(silences->size(), std::size_t(version >= 3 ? 1 : 0));
        if (version >= 3) {
            QCOMPARE(marks->at(0).tag, std::string("evidence"));
            QCOMPARE(marks->at(1).note, std::string("asked twice"));
            QCOMPARE(silences->at(0).filter, std::string("src ip 192.0.2.7"));
            QCOMPARE(silences->at(0).until, std::string("2099-01-31"));
        }
        QVERIFY((*file)->saveList({"l", "2026-11-22", "s", "", "", "plain", 1, 0, ""}, "192.0.2.1\n"));
        QCOMPARE(*readListText({old, OpenMode::readOnly}, "L", "2026-11-22"), std::string("192.0.2.1\n"));
    }

    void purgeRemovesOneSourceOnly() {
        auto db = Db::open(path(), OpenMode::readWrite);
        for (const std::uint32_t source : {1u, 2u, 3u})
            for (const std::uint32_t chunk : {0u, 7u, 0xffffffffu}) {
                auto insert = db->prepare("INSERT INTO chunk VALUES(?, 1, 0, 0, x'00')");
                QVERIFY(bool(insert->bind(1, chunkKey(flow::Col::reverseBytes, source, chunk)).run()));
            }
        QVERIFY(bool(purgeSource(*db, 2)));
        QCOMPARE(*db->number("SELECT count(*) FROM chunk"), std::int64_t(6));
        // The view is for people: we run none.
        QVERIFY(!db->number("SELECT count(*) FROM chunk_list"));
        QCOMPARE(shellNumber("SELECT count(*) FROM chunk_list WHERE source = 2"), std::int64_t(0));
        QCOMPARE(shellNumber("SELECT max(chunk) FROM chunk_list WHERE source = 3"), std::int64_t(0xffffffff));
    }
};

QTEST_APPLESS_MAIN(TestSchema)
#include "tst_schema.moc"
