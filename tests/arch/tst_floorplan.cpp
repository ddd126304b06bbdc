// The architecture, checked: floor plan, sizes, no Qt in core, sqlite3 only in store, top-level names.
#define QT_USE_QSTRINGBUILDER

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QHash>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

class TstFloorplan : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void includesFollowThePlan();
    void noCircles();
    void coreHasNoQt();
    void libraryHeadersStayInTheirModule();
    void viewsDoNotIncludeEachOther();
    void stateKnowsNoView();
    void sizes();
    void topLevel();
    void skipsAreFew();

private:
    /// "session/rows", "flow"; "ui" for all of the window. Of a file or of what an include names.
    QString floorOf(const QString& path) const;
    QHash<QString, QSet<QString>> plan_;
};

namespace {

const QString kRoot = QStringLiteral(WEIR_SOURCE_DIR);

QStringList linesOf(const QString& path) {
    QFile f(path);
    if (!f.open(QIODevice::ReadOnly)) qFatal("cannot read %s", qPrintable(path));
    return QString::fromUtf8(f.readAll()).split(u'\n');
}

QStringList sourcesBelow(const QString& folder) {
    QStringList out;
    QDirIterator it(kRoot + u'/' + folder, {QStringLiteral("*.h"), QStringLiteral("*.cpp")}, QDir::Files,
                    QDirIterator::Subdirectories);
    while (it.hasNext()) out << QDir(kRoot).relativeFilePath(it.next());
    out.sort();
    return out;
}

QStringList includesOf(const QString& file) {
    static const QRegularExpression re(QStringLiteral("^\\s*#\\s*include\\s*[<\"]([^>\"]+)[>\"]"));
    QStringList out;
    for (const QString& line : linesOf(kRoot + u'/' + file))
        if (const auto m = re.match(line); m.hasMatch()) out << m.captured(1);
    return out;
}

/// Files that may be longer, with the reason.
const QHash<QString, QString> kLongFiles = {};

}  // namespace

void TstFloorplan::initTestCase() {
    QStringList above;
    for (QString line : linesOf(kRoot + QStringLiteral("/core/floorplan.txt"))) {
        line = line.section(u'#', 0, 0).trimmed();
        if (line.isEmpty()) continue;
        const QString module = line.section(u':', 0, 0);
        QSet<QString> allowed;
        for (const QString& name : line.section(u':', 1).simplified().split(u' ')) {
            if (name == u"-") continue;
            if (name == u"*core") {
                for (const QString& m : above) allowed.insert(m);
                continue;
            }
            QVERIFY2(above.contains(name),
                     qPrintable(QStringLiteral("%1 names %2, which does not stand above it").arg(module, name)));
            allowed.insert(name);
        }
        QVERIFY(!plan_.contains(module));
        plan_.insert(module, allowed);
        above << module;
    }
    QVERIFY(plan_.size() > 15);
}

QString TstFloorplan::floorOf(const QString& path) const {
    if (path.startsWith(u"ui/")) return QStringLiteral("ui");
    const QString two = path.section(u'/', 1, 2);
    return plan_.contains(two) ? two : path.section(u'/', 1, 1);
}

void TstFloorplan::includesFollowThePlan() {
    QStringList bad;
    int checked = 0;
    for (const QString& file : sourcesBelow(QStringLiteral("core")) + sourcesBelow(QStringLiteral("ui"))) {
        const QString floor = floorOf(file);
        QVERIFY2(plan_.contains(floor), qPrintable(file + QStringLiteral(": its folder is not in floorplan.txt")));
        for (const QString& include : includesOf(file)) {
            if (include.startsWith(u"app/") || include.startsWith(u"tests/")) bad << file + u" climbs to " + include;
            if (floor != u"ui" && include.startsWith(u"ui/")) bad << file + u" climbs to " + include;
            if (!include.startsWith(u"core/")) continue;
            ++checked;
            const QString other = floorOf(include);
            if (other != floor && !plan_.value(floor).contains(other)) bad << file + u" includes " + include;
        }
    }
    QVERIFY2(bad.isEmpty(), qPrintable(bad.join(u'\n')));
    QVERIFY(checked > 50);
}

/// Inside session no file needs, over whatever others, one that needs it: header and source of a name count as one.
void TstFloorplan::noCircles() {
    QHash<QString, QSet<QString>> needs;
    const auto stem = [](const QString& file) { return file.section(u'.', 0, 0); };
    for (const QString& file : sourcesBelow(QStringLiteral("core/session")))
        for (const QString& include : includesOf(file))
            if (include.startsWith(u"core/session/") && stem(include) != stem(file))
                needs[stem(file)].insert(stem(include));
    // Whoever needs nobody that is left goes; what stays is in a circle, or above one.
    bool gone = true;
    while (gone) {
        gone = false;
        for (auto it = needs.begin(); it != needs.end();) {
            it->removeIf([&](const QString& other) { return !needs.contains(other); });
            gone = gone || it->isEmpty();
            it = it->isEmpty() ? needs.erase(it) : std::next(it);
        }
    }
    QVERIFY2(needs.isEmpty(), qPrintable(QStringList(needs.keys()).join(u'\n')));
}

void TstFloorplan::coreHasNoQt() {
    QStringList bad;
    for (const QString& file : sourcesBelow(QStringLiteral("core")))
        for (const QString& include : includesOf(file))
            if (include.startsWith(u'Q') || include.startsWith(u"Qt")) bad << file + u" includes " + include;
    QVERIFY2(bad.isEmpty(), qPrintable(bad.join(u'\n')));
}

void TstFloorplan::libraryHeadersStayInTheirModule() {
    const QHash<QString, QString> owners = {{QStringLiteral("sqlite3.h"), QStringLiteral("core/store/")},
                                            {QStringLiteral("lz4.h"), QStringLiteral("core/capture/")},
                                            {QStringLiteral("bzlib.h"), QStringLiteral("core/capture/")},
                                            {QStringLiteral("lzma.h"), QStringLiteral("core/capture/")},
                                            {QStringLiteral("archive.h"), QStringLiteral("core/capture/")},
                                            {QStringLiteral("archive_entry.h"), QStringLiteral("core/capture/")},
                                            {QStringLiteral("maxminddb.h"), QStringLiteral("core/lists/")}};
    // Of these any header counts; both of zstd's owners pack what only they read.
    const QHash<QString, QStringList> families = {
        {QStringLiteral("ndpi/"), {QStringLiteral("core/label/")}},
        {QStringLiteral("ndpi_"), {QStringLiteral("core/label/")}},
        {QStringLiteral("openssl/"), {QStringLiteral("core/base/")}},
        {QStringLiteral("lzo/"), {QStringLiteral("core/capture/")}},
        {QStringLiteral("zstd"), {QStringLiteral("core/capture/"), QStringLiteral("core/store/")}}};
    QStringList bad;
    for (const QString& folder : {QStringLiteral("core"), QStringLiteral("ui"), QStringLiteral("app")})
        for (const QString& file : sourcesBelow(folder))
            for (const QString& include : includesOf(file)) {
                if (owners.contains(include) && !file.startsWith(owners.value(include)))
                    bad << file + u" includes " + include;
                for (auto family = families.begin(); family != families.end(); ++family) {
                    const auto owns = [&](const QString& owner) { return file.startsWith(owner); };
                    if (include.startsWith(family.key()) && std::none_of(family->begin(), family->end(), owns))
                        bad << file + u" includes " + include;
                }
            }
    QVERIFY2(bad.isEmpty(), qPrintable(bad.join(u'\n')));
}

void TstFloorplan::viewsDoNotIncludeEachOther() {
    QStringList bad;
    for (const QString& file : sourcesBelow(QStringLiteral("ui/views")))
        for (const QString& include : includesOf(file)) {
            // The parts of one view share the first word of their names.
            const auto family = [](const QString& path) {
                return path.section(u'/', -1).section(u'.', 0, 0).section(u'_', 0, 0);
            };
            if (include.startsWith(u"ui/views/") && family(include) != family(file))
                bad << file + u" includes " + include;
        }
    QVERIFY2(bad.isEmpty(), qPrintable(bad.join(u'\n')));
}

/// What views share does not know who shows it.
void TstFloorplan::stateKnowsNoView() {
    static const QRegularExpression kAllowed(QStringLiteral("^ui/(state|text|jobs|[a-z_]+\\.h)"));
    QStringList bad;
    for (const QString& file : sourcesBelow(QStringLiteral("ui/state")))
        for (const QString& include : includesOf(file))
            if (include.startsWith(u"ui/") && !kAllowed.match(include).hasMatch())
                bad << file + u" includes " + include;
    for (const char* folder : {"views", "models", "editors", "charts", "delegates", "jobs", "text"})
        for (const QString& file : sourcesBelow(QStringLiteral("ui/") + QLatin1String(folder)))
            for (const QString& include : includesOf(file))
                if (include.startsWith(u"ui/shell/")) bad << file + u" includes " + include;
    QVERIFY2(bad.isEmpty(), qPrintable(bad.join(u'\n')));
}

void TstFloorplan::sizes() {
    QStringList bad;
    for (const QString& folder :
         {QStringLiteral("core"), QStringLiteral("ui"), QStringLiteral("app"), QStringLiteral("tests")})
        for (const QString& file : sourcesBelow(folder)) {
            const auto lines = linesOf(kRoot + u'/' + file).size();
            int limit = file.endsWith(u".h") ? 150 : folder == u"tests" ? 700 : 600;
            if (file == u"ui/shell/main_window.cpp") limit = 300;
            if (lines > limit && !kLongFiles.contains(file))
                bad << QStringLiteral("%1: %2 lines, at most %3").arg(file).arg(lines).arg(limit);
        }
    if (QFile::exists(kRoot + QStringLiteral("/ui/shell/main_window.cpp"))) {
        const auto connects =
            linesOf(kRoot + QStringLiteral("/ui/shell/main_window.cpp")).filter(QStringLiteral("connect(")).size();
        if (connects > 25) bad << QStringLiteral("ui/shell/main_window.cpp: %1 connects, at most 25").arg(connects);
    }
    QVERIFY2(bad.isEmpty(), qPrintable(bad.join(u'\n')));
}

void TstFloorplan::topLevel() {
    const QSet<QString> known = {QStringLiteral("CMakeLists.txt"),
                                 QStringLiteral("CMakePresets.json"),
                                 QStringLiteral("app"),
                                 QStringLiteral("core"),
                                 QStringLiteral("ui"),
                                 QStringLiteral("resources"),
                                 QStringLiteral("tests"),
                                 QStringLiteral("installer"),
                                 QStringLiteral("README.md"),
                                 QStringLiteral("ARCHITECTURE.md"),
                                 QStringLiteral("CONTRIBUTING.md"),
                                 QStringLiteral("CHANGELOG.md"),
                                 QStringLiteral("LICENSE"),
                                 QStringLiteral("build"),
                                 QStringLiteral("b")};
    QStringList bad;
    for (const QString& name : QDir(kRoot).entryList(QDir::AllEntries | QDir::NoDotAndDotDot))
        if (!known.contains(name)) bad << name;
    QVERIFY2(bad.isEmpty(), qPrintable(bad.join(u'\n')));
}

/// A test skips for data that is not ours, for a missing privilege, or because it is for --full only, and says so.
void TstFloorplan::skipsAreFew() {
    static const QRegularExpression kReason(
        QStringLiteral("QSKIP\\(.*(WEIR_SHARED_DATA|/etc/services|\\broot\\b|--full)"));
    QStringList bad;
    int found = 0;
    for (const QString& file : sourcesBelow(QStringLiteral("tests")))
        for (const QString& line : linesOf(kRoot + u'/' + file)
                                       .filter(QStringLiteral("QSKIP"
                                                              "("))) {
            ++found;
            if (!kReason.match(line).hasMatch()) bad << file + u": " + line.trimmed();
        }
    QVERIFY(found > 0);
    QVERIFY2(bad.isEmpty(), qPrintable(bad.join(u'\n')));
}

QTEST_APPLESS_MAIN(TstFloorplan)
#include "tst_floorplan.moc"
