// Scores that were made from others give what scoring anew gives: some tests changed, some records silenced; and that
// silences stay with the project, end on their day and explain themselves.
#include "core/score/rescore.h"
#include "core/session/evidence/open_project.h"
#include "core/session/evidence/prepare.h"
#include "core/session/evidence/profile_terms.h"
#include "core/session/evidence/score.h"
#include "core/session/project/import.h"
#include "core/session/project/resources.h"
#include "core/session/rows/code_tally.h"
#include "core/session/rows/select.h"
#include "core/session/verbs/inspect_score.h"

#include <QTemporaryDir>
#include <QTest>

#include <map>
#include <random>

using namespace weir;
using namespace weir::session;

class TstRescore : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void init();
    void someTestsChanged_data();
    void someTestsChanged();
    void onlyChangedTestsAreAsked();
    void silencedRecordsLoseTheCode_data();
    void silencedRecordsLoseTheCode();
    void silencesOverlap();
    void silencesSideBySide();
    void silencesReadEachDirection();
    void silencesAndChangedTests();
    void silencesAreInTheStoredTally();
    void refused();
    void over();
    void otherCodesOfOtherProfiles();
    void explained();

private:
    /// By record: codes of its directions; nothing where it is not scored.
    using Codes = std::vector<std::pair<std::string, std::string>>;
    Codes codes() const;
    static Codes codesOf(const ScoreResult& result);
    std::uint64_t countOf(const std::string& filter) const;

    QTemporaryDir dir_;
    ProjectPtr project_;
};

void TstRescore::initTestCase() {
    JobContext job;
    project_ = *createProject(dir_.filePath(QStringLiteral("p.weir")).toStdString());
    QVERIFY(importFiles(*project_, {{samplePath()}, {}, false, false}, job));
    QVERIFY(ensureLocal(*project_, sampleLocal(), job));
    QVERIFY(prepareFlows(*project_, job));
}

void TstRescore::init() {
    for (const Silence& s : std::vector<Silence>(*project_->snapshot()->silences))
        QVERIFY(removeSilence(*project_, s.code, s.filter));
    JobContext job;
    QVERIFY(prepareScores(*project_, currentProfile(*project_), job));
}

TstRescore::Codes TstRescore::codesOf(const ScoreResult& result) {
    const score::Scores& scores = *result.scores;
    const auto text = [&](std::uint32_t number) -> std::string {
        if (number == score::Scores::kNotScored) return "-";
        std::string out;
        for (const std::string& code : score::codesOf(result.parsed.profile, scores.words[number].word))
            out += code + ";";
        return out;
    };
    Codes out;
    for (std::size_t i = 0; i < scores.forward.size(); ++i)
        out.emplace_back(text(scores.forward[i]), scores.reverse.empty() ? "" : text(scores.reverse[i]));
    // The tally says the same as the records.
    std::vector<std::uint64_t> counted(scores.words.size());
    for (const auto* side : {&scores.forward, &scores.reverse})
        for (const std::uint32_t number : *side) ++counted[number];
    std::uint64_t scored = 0;
    for (std::size_t w = 1; w < counted.size(); ++w) {
        if (counted[w] != scores.words[w].flows)
            qFatal("%zu records bear word %zu, not %zu", std::size_t(counted[w]), w,
                   std::size_t(scores.words[w].flows));
        scored += counted[w];
    }
    if (scored != scores.scored || scores.words[0].flows != 0)
        qFatal("%zu records are scored, not %zu", std::size_t(scored), std::size_t(scores.scored));
    return out;
}

TstRescore::Codes TstRescore::codes() const { return codesOf(*project_->snapshot()->scores); }

std::uint64_t TstRescore::countOf(const std::string& filter) const {
    JobContext job;
    Query query;
    query.rows = Rows::records;
    query.filter = filter;
    query.list = false;
    const auto found = selectRows(project_->snapshot(), nullptr, query, job);
    if (!found) qFatal("%s", found.error().detail.c_str());
    return (*found)->directions;
}

void TstRescore::someTestsChanged_data() {
    QTest::addColumn<int>("threads");
    QTest::newRow("one thread") << 1;
    QTest::newRow("two threads") << 2;
}

/// Random profiles out of a pool of tests, one after the other.
void TstRescore::someTestsChanged() {
    QFETCH(int, threads);
    const std::vector<std::string> pool{
        "bad 10 \"SYN\" when proto tcp and flags = S",
        "bad 5 \"MANY\" when proto tcp group by dst port having flows > 40",
        "bad 5 \"FEW\" when proto tcp group by dst port having flows > 4",
        "bad 7 \"WIDE\" when any group by src ip having distinct(dst ip) > 10",
        "good 3 \"LONG\" when packets >= 5",
        "bad 1 \"LISTED\" when dst port in @insecure-ports",
        "bad 1 \"DARK\" when dst ip in @dark",
        "bad 2 \"TALK\" when test top-talkers n=5",
        "bad 2 \"TALKS\" when test top-talkers n=20",
        "bad 9 \"SSH\" when proto tcp and dst port 22",
        "bad 9 \"TELNET\" when proto tcp and dst port 23",
    };
    std::mt19937 random(unsigned(threads) * 77);
    JobContext job({}, {}, unsigned(threads));
    for (int round = 0; round < 25; ++round) {
        std::vector<std::string> tests = pool;
        std::shuffle(tests.begin(), tests.end(), random);
        tests.resize(1 + random() % tests.size());
        std::string text = "weir-score 1\nname \"Random\"\n";
        if (round % 8 == 7) text += "apply to inbound outbound\n";
        for (const std::string& test : tests) text += test + "\n";
        QVERIFY(prepareScores(*project_, text, job));
        const auto fresh = scoreRecords(project_->snapshot(), text, job);
        QVERIFY(fresh);
        QVERIFY2(codes() == codesOf(*fresh), text.c_str());
        const auto& now = *project_->snapshot()->scores;
        // What the Inspector asks of groups and findings stands under the tests' new places.
        QCOMPARE(now.scores->groups.size(), fresh->scores->groups.size());
        QCOMPARE(now.scores->findings.size(), fresh->scores->findings.size());
        for (std::size_t g = 0; g < now.scores->groups.size(); ++g)
            QCOMPARE(now.scores->groups[g].test, fresh->scores->groups[g].test);
        for (std::size_t g = 0; g < now.scores->findings.size(); ++g)
            QCOMPARE(now.scores->findings[g].test, fresh->scores->findings[g].test);
        for (std::size_t row = std::size_t(round); row < now.scores->forward.size(); row += 4001) {
            const auto why = inspectScore(project_->snapshot(), nullptr, std::uint32_t(row), job);
            QVERIFY(why);
            for (const explain::CodeLine& line : why->lines) QCOMPARE(line.holds, bool(why->word >> line.test & 1));
        }
    }
}

void TstRescore::onlyChangedTestsAreAsked() {
    const auto parsed = score::parseProfile(
        "weir-score 1\nbad 1 \"A\" when proto tcp\nbad 1 \"B\" when proto udp\nbad 1 \"C\" when test top-talkers n=3\n",
        NamesOnly(project_->snapshot()));
    const auto after = score::parseProfile(
        "weir-score 1\nbad 5 \"C2\" when test top-talkers n=3\nbad 1 \"B\" when proto icmp\nbad 1 \"A\" when proto "
        "tcp\n",
        NamesOnly(project_->snapshot()));
    QVERIFY(parsed.good() && after.good());
    const auto change = score::changeOf(parsed.profile, after.profile);
    QVERIFY(change);
    QVERIFY(change->kept[0] == 2u && !change->kept[1] && change->kept[2] == 0u);
    QVERIFY(change->asked == std::vector<std::size_t>{1});
    const score::Profile asked = score::askedOf(after.profile, *change);
    QCOMPARE(asked.tests.size(), 1u);
    QCOMPARE(asked.tests[0].code, std::string("B"));
    // Other directions: all must be asked.
    score::Profile both = after.profile;
    both.apply.push_back(flow::Heading::outbound);
    QVERIFY(!score::changeOf(parsed.profile, both));
    // A profile of the same tests in another order looks at no record: there is no table of ports or hosts that was
    // made anew.
    JobContext job;
    QVERIFY(prepareScores(
        *project_,
        "weir-score 1\nbad 1 \"A\" when proto tcp group by dst port having flows > 40\nbad 1 \"B\" when proto udp\n",
        job));
    const auto before = project_->snapshot()->scores->scores->groups.at(0).groups;
    QVERIFY(prepareScores(*project_,
                          "weir-score 1\nbad 1 \"B\" when proto udp\nbad 1 \"N\" when proto icmp\nbad 1 \"A\" when "
                          "proto tcp group by dst port having flows > 40\n",
                          job));
    QCOMPARE(project_->snapshot()->scores->scores->groups.at(0).groups, before);
    QCOMPARE(project_->snapshot()->scores->scores->groups.at(0).test, 2u);
}

void TstRescore::silencedRecordsLoseTheCode_data() { someTestsChanged_data(); }

void TstRescore::silencedRecordsLoseTheCode() {
    QFETCH(int, threads);
    JobContext job({}, {}, unsigned(threads));
    const Codes before = codes();
    const std::uint64_t port = countOf("code \"SYN ONLY\" and dst port 22"), all = countOf("code \"SYN ONLY\"");
    QVERIFY(port > 100 && all > port);
    QVERIFY(addSilence(*project_, {"syn only", "dst port 22", "our own monitor", {}, {}}));
    QVERIFY(codes() == before);  // until somebody scores again
    QVERIFY(prepareScores(*project_, currentProfile(*project_), job));
    QCOMPARE(countOf("code \"SYN ONLY\" and dst port 22"), 0u);
    QCOMPARE(countOf("code \"SYN ONLY\""), all - port);
    const ScoreResult& result = *project_->snapshot()->scores;
    QCOMPARE(result.silenced.size(), 1u);
    QCOMPARE(result.silenced[0].records, port);
    // Nothing but that code of those records changed.
    const Codes after = codes();
    std::uint64_t changed = 0;
    for (std::size_t i = 0; i < before.size(); ++i)
        for (const auto& [was, is] :
             {std::pair(before[i].first, after[i].first), std::pair(before[i].second, after[i].second)}) {
            if (was == is) continue;
            ++changed;
            QString without = QString::fromStdString(was);
            QVERIFY(without.contains(QStringLiteral("SYN ONLY;")));
            QCOMPARE(QString::fromStdString(is), without.remove(QStringLiteral("SYN ONLY;")));
        }
    QCOMPARE(changed, port);
    // Gone again, all is as it was, and the tests were not asked anew.
    const auto tested = result.tested;
    QCOMPARE(*removeSilence(*project_, "SYN ONLY", "dst port 22"), 1u);
    QVERIFY(prepareScores(*project_, currentProfile(*project_), job));
    QVERIFY(codes() == before);
    QCOMPARE(project_->snapshot()->scores->tested, tested);
}

void TstRescore::silencesOverlap() {
    JobContext job;
    const std::uint64_t syn = countOf("code \"SYN ONLY\" and dst port 22"),
                        any = countOf("badness > 0 and src net 44.0.0.0/8") +
                              countOf("goodness > 0 and badness = 0 and src net 44.0.0.0/8");
    QVERIFY(addSilence(*project_, {"SYN ONLY", "dst port 22", {}, {}, {}}));
    QVERIFY(addSilence(*project_, {{}, "src net 44.0.0.0/8", {}, {}, {}}));
    QVERIFY(prepareScores(*project_, currentProfile(*project_), job));
    const auto& silenced = project_->snapshot()->scores->silenced;
    QCOMPARE(silenced.size(), 2u);
    QCOMPARE(silenced[0].records, syn);
    QCOMPARE(silenced[1].records, any);  // those that the first took a code from as well
    QCOMPARE(countOf("src net 44.0.0.0/8 and (badness > 0 or goodness > 0)"), 0u);
    QVERIFY(countOf("badness > 0") > 0);
}

/// Neither takes back what the other did, in either order.
void TstRescore::silencesSideBySide() {
    JobContext job;
    const std::uint64_t all = countOf("code \"SYN ONLY\""), ssh = countOf("code \"SYN ONLY\" and dst port 22"),
                        telnet = countOf("code \"SYN ONLY\" and dst port 23");
    QVERIFY(ssh > 0 && telnet > 0);
    QVERIFY(addSilence(*project_, {"SYN ONLY", "dst port 22", {}, {}, {}}) &&
            addSilence(*project_, {"SYN ONLY", "dst port 23", {}, {}, {}}));
    QVERIFY(prepareScores(*project_, currentProfile(*project_), job));
    QCOMPARE(countOf("code \"SYN ONLY\""), all - ssh - telnet);
}

/// A record in both directions: only the one that the filter takes loses its code.
void TstRescore::silencesReadEachDirection() {
    JobContext job;
    const std::string text = "weir-score 1\napply to inbound outbound\nbad 1 \"A\" when proto tcp\n";
    QVERIFY(prepareScores(*project_, text, job));
    const std::uint64_t to = countOf("code A and dst port 22"), from = countOf("code A and src port 22");
    QVERIFY(to > 0 && from > 0);
    QVERIFY(addSilence(*project_, {"A", "src port 22", {}, {}, {}}));
    QVERIFY(prepareScores(*project_, text, job));
    const auto left = codes();  // its tally is checked as well
    QCOMPARE(project_->snapshot()->scores->silenced.at(0).records, from);
    QCOMPARE(countOf("code A and dst port 22"), to);
    QCOMPARE(countOf("code A and src port 22"), 0u);
}

void TstRescore::silencesAndChangedTests() {
    JobContext job;
    QVERIFY(addSilence(*project_, {"A", "dst port 22", {}, {}, {}}));
    QVERIFY(prepareScores(*project_, "weir-score 1\nbad 1 \"A\" when proto tcp\n", job));
    QVERIFY(prepareScores(*project_, "weir-score 1\nbad 1 \"B\" when proto udp\nbad 1 \"A\" when proto tcp\n", job));
    QCOMPARE(countOf("code A and dst port 22"), 0u);
    QVERIFY(countOf("code B") > 0 && countOf("code A") > 0);
    const std::string text = "weir-score 1\nbad 1 \"A\" when proto udp or dst port 22\nbad 1 \"B\" when proto udp\n";
    QVERIFY(prepareScores(*project_, text, job));
    const auto fresh = scoreRecords(project_->snapshot(), text, job);
    QVERIFY(fresh && codes() == codesOf(*fresh));
    // Points alone: the silence still holds.
    QVERIFY(prepareScores(
        *project_, "weir-score 1\nbad 7 \"A\" when proto udp or dst port 22\nbad 1 \"B\" when proto udp\n", job));
    QCOMPARE(countOf("code A and dst port 22"), 0u);
}

void TstRescore::silencesAreInTheStoredTally() {
    JobContext job;
    QVERIFY(addSilence(*project_, {"SYN ONLY", "dst port 22", {}, {}, {}}));
    QVERIFY(prepareScores(*project_, currentProfile(*project_), job));
    const auto totals = [](const ScoreResult& r) {
        std::map<std::uint64_t, std::uint64_t> out;
        for (const score::CodeCount& c : r.scores->words)
            if (c.flows) out[c.word] += c.flows;
        return out;
    };
    const auto again = openProject(project_->snapshot()->path);
    QVERIFY(again);
    const auto& stored = (*again)->snapshot()->scores;
    QVERIFY(stored && stored->scores->forward.empty());
    QVERIFY(totals(*stored) == totals(*project_->snapshot()->scores));
    QVERIFY(stored->silenced == project_->snapshot()->scores->silenced);
    // Another silence: the stored tally is of no use.
    QVERIFY(addSilence(*project_, {"SYN ONLY", "dst port 23", {}, {}, {}}));
    QVERIFY(!(*openProject(project_->snapshot()->path))->snapshot()->scores);
}

void TstRescore::refused() {
    const auto problem = [&](Silence s) {
        const Status done = addSilence(*project_, std::move(s));
        return done ? std::string() : done.error().detail;
    };
    QCOMPARE(problem({{}, " ", {}, {}, {}}),
             std::string("a silence needs a filter, such as `src ip 192.0.2.1 and dst port 161`"));
    QCOMPARE(problem({{}, "prot tcp", {}, {}, {}}), std::string("unknown term `prot`; did you mean `proto`?"));
    QCOMPARE(problem({{}, "any", {}, "2026-13-01", {}}),
             std::string("`2026-13-01` is not a valid date; write it as 2027-01-31"));
    QCOMPARE(problem({{}, "any", {}, "tomorrow", {}}),
             std::string("`tomorrow` is not a valid date; write it as 2027-01-31"));
    QVERIFY(!problem({{}, "badness > 10", {}, {}, {}}).empty());  // a code that asks for codes
    QVERIFY(project_->snapshot()->silences->empty());
}

void TstRescore::over() {
    JobContext job;
    QVERIFY(addSilence(*project_, {"SYN ONLY", "dst port 22", {}, "2020-01-31", {}}));
    QVERIFY(isOver(project_->snapshot()->silences->at(0)));
    QVERIFY(silencesInForce(*project_->snapshot()).empty());
    QVERIFY(prepareScores(*project_, currentProfile(*project_), job));
    QVERIFY(countOf("code \"SYN ONLY\" and dst port 22") > 0);
    const std::string today = QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyy-MM-dd")).toStdString();
    QVERIFY(addSilence(*project_, {"SYN ONLY", "dst port 22", {}, today, {}}));  // the same one with another day
    QCOMPARE(project_->snapshot()->silences->size(), 1u);
    QVERIFY(prepareScores(*project_, currentProfile(*project_), job));
    QCOMPARE(countOf("code \"SYN ONLY\" and dst port 22"), 0u);
}

void TstRescore::otherCodesOfOtherProfiles() {
    JobContext job;
    QVERIFY(addSilence(*project_, {"NOT HERE", "any", {}, {}, {}}));
    const Codes before = codes();
    QVERIFY(prepareScores(*project_, currentProfile(*project_), job));
    QVERIFY(codes() == before);
    QCOMPARE(project_->snapshot()->scores->silenced.at(0).records, 0u);
    QVERIFY(hasCode(*project_, "syn only") && !hasCode(*project_, "NOT HERE"));
}

void TstRescore::explained() {
    JobContext job;
    QVERIFY(
        addSilence(*project_, {"SYN ONLY", knownFilter("44.0.0.0/8", {}, "22"), "known scanner", "2099-12-31", {}}));
    QCOMPARE(project_->snapshot()->silences->at(0).filter, std::string("src net 44.0.0.0/8 and dst port 22"));
    QCOMPARE(knownFilter("192.0.2.1", "2001:db8::1", "80"),
             std::string("src ip 192.0.2.1 and dst ip 2001:db8::1 and dst port 80"));
    Query query;
    query.rows = Rows::records;
    query.filter = "src net 44.0.0.0/8 and dst port 22 and code \"SYN ONLY\"";
    const auto rows = selectRows(project_->snapshot(), nullptr, query, job);
    QVERIFY(rows && (*rows)->count > 0);
    QVERIFY(prepareScores(*project_, currentProfile(*project_), job));
    const auto why = inspectScore(project_->snapshot(), nullptr, (*rows)->rowAt(0), job);
    QVERIFY(why);
    const auto& profile = project_->snapshot()->scores->parsed.profile;
    bool found = false;
    for (const explain::CodeLine& line : why->lines) {
        QCOMPARE(line.holds, bool(why->word >> line.test & 1));
        if (profile.tests[line.test].code != "SYN ONLY") continue;
        found = true;
        QVERIFY2(line.evidence.starts_with(
                     "silenced until 2099-12-31 by `src net 44.0.0.0/8 and dst port 22` (known scanner); "),
                 line.evidence.c_str());
    }
    QVERIFY(found);
}

QTEST_GUILESS_MAIN(TstRescore)
#include "tst_rescore.moc"
