// User signs: their bits against the filter's own selection, kept in the file, renewed with their lists, refused where
// they ask too much.
#include "core/session/evidence/open_project.h"
#include "core/session/evidence/prepare.h"
#include "core/session/evidence/user_signs.h"
#include "core/session/project/import.h"
#include "core/session/project/lists.h"
#include "core/session/project/resources.h"
#include "core/session/rows/select.h"
#include "core/session/verbs/compare.h"
#include "core/session/verbs/sweep.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <map>

using namespace weir;
using namespace weir::session;

namespace {

constexpr auto kIn = flow::Direction::in;

std::string rulesWith(const std::string& signs, const std::string& rules) {
    std::string text(resourceText("rules", "glatz-2012"));
    return text.append(signs).append("class Mine\n").append(rules);
}

}  // namespace

class TstUserSigns : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void bitsAreTheRowsOfTheFilter_data();
    void bitsAreTheRowsOfTheFilter();
    void builtInSignsStay();
    void keptInTheFile();
    void renewedWithTheirLists();
    void filterTerm();
    void refused_data();
    void refused();
    void twoSetsWithOneName();
    void droppedWhenNobodyAsks();
    void sweepsKeepThem();
    void outboundHasItsOwn();
    void cancelled();

private:
    ProjectPtr projectAt(const char* name) {
        auto project = *createProject(dir_.filePath(QString::fromLatin1(name)).toStdString());
        if (!importFiles(*project, {{samplePath()}, {}, false, false}, job_) ||
            !ensureLocal(*project, sampleLocal(), job_) || !prepare(*project, kIn, job_))
            qFatal("import");
        return project;
    }
    JudgementPtr judged(Project& project, const std::string& text, flow::Direction direction = kIn) {
        auto judgement = judgeText(project, text, direction, job_);
        if (!judgement) qFatal("%s", judgement.error().detail.c_str());
        for (const Diagnostic& d : (*judgement)->parsed.diagnostics)
            if (d.severity == Severity::error) qFatal("%zu:%zu %s", d.line, d.column, d.message.c_str());
        return *judgement;
    }
    std::vector<std::uint32_t> rowsOf(const SnapshotPtr& snapshot, const JudgementPtr& judgement,
                                      const std::string& filter) {
        Query query;
        query.filter = filter;
        query.rows = Rows::derived;
        const auto selection = selectRows(snapshot, judgement, query, job_);
        if (!selection) qFatal("%s", selection.error().detail.c_str());
        std::vector<std::uint32_t> rows;
        for (std::uint64_t i = 0; i < (*selection)->count; ++i) rows.push_back((*selection)->rowAt(i));
        return rows;
    }

    QTemporaryDir dir_;
    JobContext job_;
    ProjectPtr project_;
};

void TstUserSigns::initTestCase() { project_ = projectAt("p.weir"); }

void TstUserSigns::bitsAreTheRowsOfTheFilter_data() {
    QTest::addColumn<QByteArray>("filter");
    for (const char* filter : {"dst port in [22 23 445] and packets <= 3", "proto tcp and flags S and not flags A",
                               "bytes > 100 and (sign GreyIP or not sign TCP)", "src ip in @bogons", "inbound",
                               "duration > 10 or ipv6", "any"})
        QTest::newRow(filter) << QByteArray(filter);
}

void TstUserSigns::bitsAreTheRowsOfTheFilter() {
    QFETCH(QByteArray, filter);
    const auto judgement = judged(*project_, rulesWith("sign Mine = " + filter.toStdString() + "\n", "  m: Mine\n"));
    QVERIFY(judgement->missing.empty());
    const auto snapshot = project_->snapshot();
    const SignData& data = *snapshot->signs();
    const rules::Word bit = rules::Word{1} << judgement->parsed.set.userSigns.at(0).bit;
    std::vector<std::uint32_t> marked;
    std::map<std::uint64_t, std::uint64_t> counts;
    for (std::uint32_t row = 0; row < data.words.size(); ++row) {
        if (data.words[row] & bit) marked.push_back(row);
        if (data.words[row]) ++counts[data.words[row]];
    }
    QVERIFY(marked == rowsOf(snapshot, nullptr, "(" + filter.toStdString() + ") and inbound and oneway"));
    QCOMPARE(data.tally.size(), counts.size());
    for (const tally::WordCount& w : data.tally) QCOMPARE(w.flows, counts.at(w.word));
    const auto rule = judgement->parsed.set.rules.size() - 1;
    QCOMPARE(judgement->classes.ruleMatches[rule], marked.size());
}

void TstUserSigns::builtInSignsStay() {
    const auto plain = judged(*project_, std::string(resourceText("rules", "glatz-2012")));
    const auto with =
        judged(*project_, rulesWith("sign A = packets 1\nsign B = dst port 80\n", "  m: A B !TCP !UDP !ICMP !OTHER\n"));
    QCOMPARE(with->check.admissible, plain->check.admissible * 4);  // two signs that nothing excludes
    for (std::size_t c = 0; c + 1 < plain->classes.classes.size(); ++c)
        QCOMPARE(with->classes.classes[c].flows, plain->classes.classes[c].flows);
    // Rules without them leave no trace of them.
    const auto again = judged(*project_, std::string(resourceText("rules", "glatz-2012")));
    QCOMPARE(again->tally.size(), plain->tally.size());
    QVERIFY(project_->snapshot()->signs()->userSigns.empty());
    // A sign like a built-in one holds with it.
    for (const tally::WordCount& w : with->tally)
        QCOMPARE(bool(w.word & signs::wordOf(signs::oneWay().bitOf("Onepkt"))),
                 bool(w.word >> with->parsed.set.userSigns[0].bit & 1));
}

void TstUserSigns::keptInTheFile() {
    auto project = projectAt("kept.weir");
    const std::string text = rulesWith("sign Web = dst port 80 or dst port 443\n", "  m: Web\n");
    const auto before = judged(*project, text);
    const auto tally = project->snapshot()->signs()->tally;
    const std::vector<std::uint64_t> words(project->snapshot()->signs()->words.begin(),
                                           project->snapshot()->signs()->words.end());
    project.reset();
    project = *openProject(dir_.filePath(QStringLiteral("kept.weir")).toStdString());
    // At once, before any flow is read.
    const auto at = Judge().judge(text, SignBasis(project->snapshot()));
    QVERIFY(at->missing.empty());
    QCOMPARE(at->classes.ruleMatches.back(), before->classes.ruleMatches.back());
    QVERIFY(prepare(*project, kIn, job_));
    const auto& data = *project->snapshot()->signs();
    QVERIFY(std::equal(words.begin(), words.end(), data.words.begin(), data.words.end()));
    QCOMPARE(data.tally.size(), tally.size());
    QCOMPARE(data.userSigns.size(), 1u);
}

void TstUserSigns::renewedWithTheirLists() {
    auto project = projectAt("lists.weir");
    const auto put = [&](const char* text) {
        QFile file(dir_.filePath(QStringLiteral("mine.txt")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
        file.close();
        const auto added = addList(*project, "mine", file.fileName().toStdString(), {}, job_);
        QVERIFY2(added, added ? "" : added.error().detail.c_str());
    };
    put("44.128.0.0/10\n");
    const std::string text = rulesWith("sign Listed = dst ip in @mine\nsign One = packets 1\n", "  m: Listed\n");
    const auto all = judged(*project, text);
    QVERIFY(all->classes.ruleMatches.back() > 0);
    put("192.0.2.1\n");
    const auto old = Judge().judge(text, SignBasis(project->snapshot()));
    QCOMPARE(old->missing.size(), 1u);  // the other one asks no list
    QCOMPARE(old->missing[0].name, "Listed");
    QCOMPARE(judged(*project, text)->classes.ruleMatches.back(), 0u);
}

void TstUserSigns::filterTerm() {
    const auto judgement = judged(*project_, rulesWith("sign Few = packets < 3\n", "  m: Few\n"));
    QVERIFY(rowsOf(project_->snapshot(), judgement, "sign Few") ==
            rowsOf(project_->snapshot(), judgement, "inbound and oneway and packets < 3"));
    const auto problems = checkFilter(project_->snapshot(), judgement, "sign Fewer");
    QCOMPARE(problems.size(), 1u);
    QVERIFY(problems[0].message.find("did you mean `Few`?") != std::string::npos);
}

void TstUserSigns::refused_data() {
    QTest::addColumn<QByteArray>("filter");
    QTest::addColumn<QByteArray>("why");
    const QByteArray cannot("a user sign cannot use `");
    QTest::newRow("class") << QByteArray("class Backscatter") << cannot + "class`";
    QTest::newRow("rule") << QByteArray("rule 3") << cannot + "rule`";
    QTest::newRow("unclassified") << QByteArray("unclassified") << cannot + "unclassified`";
    QTest::newRow("code") << QByteArray("code DARK_IP") << cannot + "code`";
    QTest::newRow("badness") << QByteArray("badness > 10") << cannot + "badness`";
    QTest::newRow("goodness") << QByteArray("goodness > 10") << cannot + "goodness`";
    QTest::newRow("tag") << QByteArray("tag mine") << cannot + "tag`";
    QTest::newRow("user sign") << QByteArray("sign Other1") << QByteArray("a user sign can use built-in signs only");
    QTest::newRow("list") << QByteArray("src ip in @nolist") << QByteArray();
    QTest::newRow("term") << QByteArray("dst prot 80") << QByteArray();
}

void TstUserSigns::refused() {
    QFETCH(QByteArray, filter);
    QFETCH(QByteArray, why);
    const auto judgement =
        judgeText(*project_,
                  rulesWith("sign Other1 = tcp\nsign Bad = packets 1 and " + filter.toStdString() + "\n", "  m: Bad\n"),
                  kIn, job_);
    QVERIFY(judgement);
    QVERIFY(!(*judgement)->parsed.good());
    const auto& found = (*judgement)->parsed.diagnostics;
    const auto at = std::find_if(found.begin(), found.end(), [&](const Diagnostic& d) {
        return d.severity == Severity::error && d.column > 25 && QByteArray::fromStdString(d.message).contains(why);
    });
    QVERIFY2(at != found.end(), found.front().message.c_str());
}

/// Each set's sign of the name gets a bit of its own.
void TstUserSigns::twoSetsWithOneName() {
    const std::string a = rulesWith("sign X = packets 1\n", "  m: X\n"),
                      b = rulesWith("sign X = packets > 1\n", "  m: X\n");
    std::vector<rules::UserSign> both;
    for (const std::string& text : {a, b}) both.push_back(rules::parseRules(text, signNames()).set.userSigns.at(0));
    QVERIFY(prepareUserSigns(*project_, both, kIn, job_));
    RuleComparer comparer;
    const auto c = comparer.compare(a, b, SignBasis(project_->snapshot()));
    QVERIFY(c->good() && c->champion->missing.empty() && c->challenger->missing.empty());
    const auto rows = rowsOf(project_->snapshot(), nullptr, "inbound and oneway and packets 1").size();
    QCOMPARE(c->champion->classes.ruleMatches.back(), rows);
    QCOMPARE(c->challenger->classes.ruleMatches.back(), c->challenger->classes.oneWay.flows - rows);
    std::uint64_t flows = 0;
    for (const compare::Cell& cell : c->migration.cells) flows += cell.sums.flows;
    QCOMPARE(flows, c->champion->classes.oneWay.flows);
    // Over all words, not those that were seen: a sign of either set may hold or not.
    QCOMPARE(c->proof.words, 5'976u * 4);
}

void TstUserSigns::droppedWhenNobodyAsks() {
    judged(*project_, rulesWith("sign A = packets 1\n", "  m: A\n"));
    const std::size_t with = project_->snapshot()->signs()->tally.size();
    QVERIFY(prepareUserSigns(*project_, {}, kIn, job_));
    QVERIFY(project_->snapshot()->signs()->userSigns.empty());
    QVERIFY(project_->snapshot()->signs()->tally.size() <= with);
    for (const tally::WordCount& w : project_->snapshot()->signs()->tally)
        QVERIFY(w.word < (std::uint64_t{1} << signs::oneWay().size()));
}

void TstUserSigns::sweepsKeepThem() {
    const auto judgement = judged(*project_, rulesWith("sign A = packets 1\n", "  m: A\n"));
    const auto sweep = sweepSetting(project_->snapshot(), *judgement, "large.packets", {"10", "2"}, kIn, job_);
    QVERIFY2(sweep, sweep ? "" : sweep.error().detail.c_str());
    QCOMPARE(sweep->runs[0].flips, 0u);
    const auto intervals = sweepSetting(project_->snapshot(), *judgement, "pairing.interval", {"600", "60"}, kIn, job_);
    QVERIFY(intervals);
    QCOMPARE(intervals->runs[0].flips, 0u);
}

void TstUserSigns::outboundHasItsOwn() {
    auto project = projectAt("out.weir");
    QVERIFY(prepare(*project, flow::Direction::out, job_));
    const auto judgement =
        judged(*project, rulesWith("sign Mine = sign TCP and packets 1\n", "  m: Mine\n"), flow::Direction::out);
    QCOMPARE(judgement->classes.ruleMatches.back(),
             rowsOf(project->snapshot(), nullptr, "outbound and oneway and proto tcp and packets 1").size());
    QVERIFY(project->snapshot()->signs()->userSigns.empty());
}

void TstUserSigns::cancelled() {
    std::stop_source stop;
    stop.request_stop();
    JobContext job(stop.get_token(), {});
    const rules::UserSign sign{"New", "bytes > 77", 0, 0, {}};
    const auto before = project_->snapshot()->signs();
    const Status s = prepareUserSigns(*project_, std::span(&sign, 1), kIn, job);
    QVERIFY(!s && s.error().code == Errc::cancelled);
    QVERIFY(project_->snapshot()->signs() == before);
}

QTEST_APPLESS_MAIN(TstUserSigns)
#include "tst_user_signs.moc"
