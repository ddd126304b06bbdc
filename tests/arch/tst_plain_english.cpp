// Texts and comments keep clear of phrases that were retired because a native reader stumbles over them.
#define QT_USE_QSTRINGBUILDER

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>
#include <vector>

namespace {

const QString kRoot = QStringLiteral(WEIR_SOURCE_DIR);

/// Wrong wherever they occur, in any case.
const char* const kPhrases[] = {"nothing picked",
                                "here stands why",
                                "can conflict, words",
                                "words that can meet",
                                "no record bears",
                                "no row has exactly these codes and passes",
                                "combinations are hidden",
                                "nobody said its day",
                                "keep this project",
                                "lies in the cache directory",
                                "flows hang on it",
                                "name behind @",
                                "filter takes do not get",
                                "under the tag from now on",
                                "put rows under a tag",
                                "records left out",
                                "which records make no flows",
                                "packets once that several exporters saw",
                                "nothing would go",
                                "no known tool writes",
                                "host outside",
                                "never seen here",
                                "check sums",
                                "number from: the papers",
                                "keep rule text",
                                "and go on there",
                                "no record is inbound",
                                "come into conflict that were never seen",
                                "gets out of this rule by",
                                "until it is mended",
                                "at most so many",
                                "its end says the format",
                                "m bytes/s",
                                "who asks often remembers",
                                "one at a time or not",
                                "records are asked by those alone",
                                "words, but none by record",
                                "shownsigns",
                                "localfirst",
                                "iscarried",
                                "weir_cool",
                                "the search gave up",
                                "not worked out yet"};

/// Wrong in what a person reads: string literals of the sources, and the manual.
const char* const kPatterns[] = {"\\b(filter|rule|test)s? takes?\\b",
                                 "\\brows? (is|are) asked\\b",
                                 "\\bbears? (a|the|this|that|no|exactly)\\b",
                                 "\\bnobody said\\b",
                                 "\\bdealt out\\b",
                                 "\\bas shipped\\b",
                                 "\\bmended\\b"};

/// Where a phrase is right. Each line says why.
struct Allowed {
    const char *file, *phrase, *reason;
};
const Allowed kAllowed[] = {
    {"tests/", "", "tests name retired phrases"},
};

struct Line {
    QString file;
    int number;
    QString text;
};

QStringList filesBelow(const QString& folder, const QStringList& names) {
    QStringList out;
    QDirIterator it(kRoot + u'/' + folder, names, QDir::Files, QDirIterator::Subdirectories);
    while (it.hasNext()) out << QDir(kRoot).relativeFilePath(it.next());
    out.sort();
    return out;
}

QStringList linesOf(const QString& file) {
    QFile f(kRoot + u'/' + file);
    if (!f.open(QIODevice::ReadOnly)) qFatal("cannot read %s", qPrintable(file));
    return QString::fromUtf8(f.readAll()).split(u'\n');
}

/// What stands between quotes in a line of source.
QString literalsOf(const QString& line) {
    static const QRegularExpression kLiteral(QStringLiteral("\"((?:[^\"\\\\]|\\\\.)*)\""));
    QString out;
    for (auto it = kLiteral.globalMatch(line); it.hasNext();) out += it.next().captured(1) + u'\n';
    return out;
}

/// Phrases and patterns in a line; `prose`: all of it is read by people.
QStringList retiredIn(const QString& line, bool prose) {
    QStringList out;
    const QString lower = line.toLower();
    for (const char* phrase : kPhrases)
        if (lower.contains(QLatin1String(phrase))) out << QLatin1String(phrase);
    static const std::vector<QRegularExpression> kCompiled = [] {
        std::vector<QRegularExpression> all;
        for (const char* pattern : kPatterns)
            all.emplace_back(QLatin1String(pattern), QRegularExpression::CaseInsensitiveOption);
        return all;
    }();
    const QString read = prose ? line : literalsOf(line);
    if (!read.isEmpty())
        for (const QRegularExpression& pattern : kCompiled)
            if (pattern.match(read).hasMatch()) out << pattern.pattern();
    return out;
}

}  // namespace

class TstPlainEnglish : public QObject {
    Q_OBJECT
private slots:
    void retiredPhrasesAreGone();
    void retiredPhrasesAreFound();
};

void TstPlainEnglish::retiredPhrasesAreGone() {
    const QStringList sources{QStringLiteral("*.h"), QStringLiteral("*.cpp"), QStringLiteral("*.def")};
    QStringList bad;
    int files = 0;
    const auto look = [&](const QString& file, bool prose) {
        ++files;
        int number = 0;
        for (const QString& line : linesOf(file)) {
            ++number;
            for (const QString& phrase : retiredIn(line, prose)) {
                const auto allows = [&](const Allowed& a) {
                    return file.startsWith(QLatin1String(a.file)) && phrase.contains(QLatin1String(a.phrase));
                };
                if (std::none_of(std::begin(kAllowed), std::end(kAllowed), allows))
                    bad << QStringLiteral("%1:%2: %3").arg(file).arg(number).arg(phrase);
            }
        }
    };
    for (const char* folder : {"core", "ui", "app"})
        for (const QString& file : filesBelow(QLatin1String(folder), sources)) look(file, false);
    for (const QString& file : filesBelow(QStringLiteral("resources/manual"), {QStringLiteral("*.md")}))
        look(file, true);
    look(QStringLiteral("README.md"), true);
    QVERIFY2(bad.isEmpty(), qPrintable(bad.join(u'\n')));
    QVERIFY(files > 500);
}

void TstPlainEnglish::retiredPhrasesAreFound() {
    for (const char* phrase : kPhrases)
        QVERIFY2(!retiredIn(u"a line: " + QLatin1String(phrase), true).isEmpty(), phrase);
    for (const char* text : {"records that this filter takes", "the rows are asked", "flows that bear no code",
                             "nobody said when", "bits are dealt out", "the layout as shipped", "until mended"})
        QVERIFY2(!retiredIn(QLatin1String(text), true).isEmpty(), text);
    QVERIFY(retiredIn(QStringLiteral("int x;  // the filter takes"), false).isEmpty());
    QVERIFY(!retiredIn(QStringLiteral("tr(\"the filter takes\")"), false).isEmpty());
}

QTEST_APPLESS_MAIN(TstPlainEnglish)
#include "tst_plain_english.moc"
