// Versions of the project file: an older one is migrated in a copy and kept.
#include "core/store/schema.h"

#include <QtTest>

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
    std::int64_t number(const std::string& file, const char* sql) const { return *Db::open(file, OpenMode::readWrite)->number(sql); }
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

    void purgeRemovesOneSourceOnly() {
        auto db = Db::open(path(), OpenMode::readWrite);
        for (const std::uint32_t source : {1u, 2u, 3u})
            for (const std::uint32_t chunk : {0u, 7u, 0xffffffffu}) {
                auto insert = db->prepare("INSERT INTO chunk VALUES(?, 1, 0, 0, x'00')");
                QVERIFY(bool(insert->bind(1, chunkKey(flow::Col::reverseBytes, source, chunk)).run()));
            }
        QVERIFY(bool(purgeSource(*db, 2)));
        QCOMPARE(*db->number("SELECT count(*) FROM chunk"), std::int64_t(6));
        QCOMPARE(*db->number("SELECT count(*) FROM chunk_list WHERE source = 2"), std::int64_t(0));
        QCOMPARE(*db->number("SELECT max(chunk) FROM chunk_list WHERE source = 3"), std::int64_t(0xffffffff));
    }
};

QTEST_APPLESS_MAIN(TestSchema)
#include "tst_schema.moc"
