// The sample: every class occurs, both conflicting rule pairs of bigler-2011 occur, and classes differ from
// lab.labels.csv exactly as its README says.
#define QT_USE_QSTRINGBUILDER

#include <QFile>
#include <QMap>
#include <QTemporaryDir>
#include <QTest>

#include "core/session/evidence/judge.h"
#include "core/session/evidence/open_project.h"
#include "core/session/evidence/prepare.h"
#include "core/session/project/import.h"
#include "core/session/project/resources.h"

using namespace weir;

using Counts = QMap<QString, int>;

class TstSample : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void spansFourIntervalsAndHasDarkAddresses();
    void everyClassOccurs();
    void bothConflictingPairsOccur();
    void differencesAreTheOnesExplained();

private:
    session::JudgementPtr judge(std::string_view ruleSet);
    QTemporaryDir dir_;
    session::SnapshotPtr snapshot_;
};

void TstSample::initTestCase() {
    JobContext job;
    auto project = session::createProject(dir_.filePath(QStringLiteral("sample.weir")).toStdString());
    QVERIFY(project);
    QVERIFY(!session::samplePath().empty());
    const auto report = session::importFiles(**project, {{session::samplePath()}, {}, false, false}, job);
    QVERIFY(report && report->anyUsable() && !report->anyDamaged());
    QVERIFY(session::ensureLocal(**project, session::sampleLocal(), job));
    QVERIFY(session::prepare(**project, flow::Direction::in, job));
    snapshot_ = (*project)->snapshot();
    QVERIFY(QFile(QString::fromStdString(session::samplePath())).size() <= 8'000'000);
}

session::JudgementPtr TstSample::judge(std::string_view ruleSet) {
    session::Judge judge;
    return judge.judge(session::resourceText("rules", ruleSet), *snapshot_->tally(), snapshot_);
}

void TstSample::spansFourIntervalsAndHasDarkAddresses() {
    QVERIFY(snapshot_->flows->bins.size() >= 4);
    std::uint64_t grey = 0;
    for (const auto& row : *snapshot_->tally())
        if (row.word & signs::wordOf(signs::oneWay().bitOf("GreyIP"))) grey += row.flows;
    QVERIFY(grey > 1000);
}

void TstSample::everyClassOccurs() {
    const auto j = judge("glatz-2012");
    QCOMPARE(j->parsed.set.rules.size(), std::size_t(17));
    QCOMPARE(j->classes.classes.size(), std::size_t(7));
    std::uint64_t sum = 0;
    for (const auto& c : j->classes.classes) {
        QVERIFY(c.flows > 0);
        sum += c.flows;
    }
    QCOMPARE(sum, j->classes.oneWay.flows);
    QCOMPARE(j->classes.conflicting, std::uint64_t(0));
}

void TstSample::bothConflictingPairsOccur() {
    const auto j = judge("bigler-2011");
    Counts pairs;
    for (const auto& p : j->conflicts.rulePairs)
        pairs[QString::fromStdString(j->parsed.set.rules[p.a].name + "-" + j->parsed.set.rules[p.b].name)] =
            int(p.flows);
    QCOMPARE(pairs,
             (Counts{{QStringLiteral("Backscatter1-Benign1"), 80}, {QStringLiteral("Backscatter1-Benign3"), 120}}));
    QCOMPARE(j->classes.conflicting, std::uint64_t(200));
}

void TstSample::differencesAreTheOnesExplained() {
    // Label by protocol, 5-tuple and interval.
    QMap<QString, QString> labels;
    QFile csv(QStringLiteral(WEIR_SOURCE_DIR "/resources/samples/lab.labels.csv"));
    QVERIFY(csv.open(QIODevice::ReadOnly | QIODevice::Text));
    QCOMPARE(csv.readLine().trimmed(), QByteArray("first,proto,src,sport,dst,dport,program,class,why"));
    while (!csv.atEnd()) {
        const QStringList f = QString::fromUtf8(csv.readLine()).trimmed().split(u',');
        const auto first = QDateTime::fromString(f[0], Qt::ISODateWithMs);
        QVERIFY2(first.isValid(), qPrintable(f[0]));
        labels[QString::number(first.toSecsSinceEpoch() / 600) % u' ' % QStringList(f.mid(1, 5)).join(u' ')] = f[7];
    }
    QVERIFY(labels.size() > 10000);

    const auto j = judge("glatz-2012");
    const auto& flows = *snapshot_->flows;
    const auto& words = snapshot_->signs()->words;
    Counts differences;
    int joined = 0, unmatched = 0;
    for (const auto& bin : flows.bins)
        for (std::uint32_t i = bin.begin; i < bin.end; ++i) {
            if (!words[i]) continue;
            const auto address = [&](flow::HostId id) {
                return QString::fromStdString(flow::toText(snapshot_->records->addresses()[id]));
            };
            static const QMap<int, QString> kNames = {{1, QStringLiteral("icmp")},
                                                      {6, QStringLiteral("tcp")},
                                                      {17, QStringLiteral("udp")},
                                                      {58, QStringLiteral("icmp6")}};
            const QString key = QString::number(bin.bin) % u' ' % kNames[flows.protocol[i]] % u' ' %
                                address(flows.remote[i]) % u' ' % QString::number(flows.remotePort[i]) % u' ' %
                                address(flows.local[i]) % u' ' % QString::number(flows.localPort[i]);
            const auto label = labels.constFind(key);
            if (label == labels.constEnd()) {
                ++unmatched;
                continue;
            }
            ++joined;
            const QString given = QString::fromStdString(j->className(j->verdictOf(words[i]).classIndex));
            if (given != *label) ++differences[*label % u" -> " % given];
        }
    QCOMPARE(unmatched, 0);
    QCOMPARE(joined, 9563);
    QCOMPARE(differences, (Counts{{QStringLiteral("Backscatter -> Malicious Scanning"), 306},
                                  {QStringLiteral("Backscatter -> Suspected Benign"), 80},
                                  {QStringLiteral("Malicious Scanning -> Other"), 3},
                                  {QStringLiteral("Malicious Scanning -> Suspected Benign"), 356},
                                  {QStringLiteral("Suspected Benign -> Malicious Scanning"), 6}}));
}

QTEST_GUILESS_MAIN(TstSample)
#include "tst_sample.moc"
