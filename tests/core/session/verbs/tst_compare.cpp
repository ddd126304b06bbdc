// Comparisons: migration tables add up to the classes of both sets and their cells hold exactly their flows; what can
// move agrees with trying every combination; profiles record by record.
#include "core/compare/proof.h"
#include "core/score/ranking.h"
#include "core/session/evidence/open_project.h"
#include "core/session/evidence/prepare.h"
#include "core/session/project/import.h"
#include "core/session/project/resources.h"
#include "core/session/rows/row_reader.h"
#include "core/session/rows/select.h"
#include "core/session/verbs/compare.h"
#include "core/session/verbs/compare_scores.h"
#include "core/session/verbs/rule_sets.h"
#include "core/signs/sign_family.h"

#include <QTemporaryDir>
#include <QTest>

#include <bit>
#include <map>
#include <random>
#include <set>

using namespace weir;
using namespace weir::session;

class TstCompare : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void tablesAddUp();
    void cellsHoldTheirFlows();
    void sourcesOfCellsAreCounted();
    void manyCells();
    void proofAgreesWithTryingAll();
    void nothingElseChanged();
    void classesAreComparedByName();
    void textsWithErrors();
    void profilesRecordByRecord();
    void knownScoresAreTaken();
    void profilesWithErrors();
    void kindsOfTexts();

private:
    RuleComparisonPtr compare(std::string_view champion, std::string_view challenger) {
        return comparer_.compare(champion, challenger, SignBasis(signs().tally, project_->snapshot()));
    }
    const SignData& signs() const { return *project_->snapshot()->signs(); }
    /// Class of a word by a plain walk over the rules.
    static std::string classOf(const rules::RuleSet& set, rules::Word word);
    static std::string randomRules(std::mt19937& random);

    QTemporaryDir dir_;
    ProjectPtr project_;
    RuleComparer comparer_;
};

void TstCompare::initTestCase() {
    JobContext job;
    project_ = *createProject(dir_.filePath(QStringLiteral("p.weir")).toStdString());
    QVERIFY(importFiles(*project_, {{samplePath()}, {}, false, false}, job));
    QVERIFY(ensureLocal(*project_, sampleLocal(), job));
    QVERIFY(prepare(*project_, flow::Direction::in, job));
}

std::string TstCompare::classOf(const rules::RuleSet& set, rules::Word word) {
    for (const std::uint16_t c : set.order)
        for (const rules::Rule& r : set.rules)
            if (r.classIndex == c && r.matches(word)) return set.classes[c].name;
    return "Other";
}

/// Over the 18 signs, with some exclusions, classes out of four names in random order.
std::string TstCompare::randomRules(std::mt19937& random) {
    const auto names = signNames();
    std::vector<std::string> classes{"A", "B", "C", "D"};
    std::shuffle(classes.begin(), classes.end(), random);
    classes.resize(1 + random() % 4);
    std::string text = "weir-rules 1\n";
    if (random() % 2) text += "one-of TCP UDP ICMP OTHER\n";
    for (unsigned n = random() % 4; n > 0; --n) {
        const auto a = random() % names.size(), b = random() % names.size();
        if (a != b)
            text.append("never ")
                .append(names[a])
                .append(" with ")
                .append(random() % 3 ? "" : "!")
                .append(names[b])
                .append("\n");
    }
    int number = 0;
    for (const std::string& name : classes) {
        text.append("class ").append(name).append("\n");
        for (unsigned n = 1 + random() % 4; n > 0; --n) {
            std::set<std::size_t> used;
            text.append("  ").append(std::to_string(++number)).append(":");
            for (unsigned k = 1 + random() % 4; k > 0; --k)
                if (const std::size_t s = random() % names.size(); used.insert(s).second)
                    text.append(random() % 2 ? " " : " !").append(names[s]);
            text += "\n";
        }
    }
    return text;
}

void TstCompare::tablesAddUp() {
    std::mt19937 random(5);
    for (int round = 0; round < 40; ++round) {
        const std::string was = round == 0 ? std::string(resourceText("rules", "glatz-2012")) : randomRules(random);
        const std::string is = round == 0 ? std::string(resourceText("rules", "bigler-2011")) : randomRules(random);
        const auto c = compare(was, is);
        QVERIFY2(c->good(), was.c_str());
        const compare::Migration& m = c->migration;
        QCOMPARE(m.changed.flows + m.unchanged.flows, c->champion->classes.oneWay.flows);
        QCOMPARE(m.changed.bytes + m.unchanged.bytes, c->champion->classes.oneWay.bytes);
        for (const bool rows : {true, false}) {
            const Judgement& j = rows ? *c->champion : *c->challenger;
            const auto& names = rows ? m.from : m.to;
            for (std::size_t place = 0; place < names.size(); ++place) {
                classify::ClassTotal sum;
                for (const compare::Cell& cell : m.cells) {
                    if ((rows ? cell.from : cell.to) != place) continue;
                    sum.flows += cell.sums.flows;
                    sum.packets += cell.sums.packets;
                    sum.bytes += cell.sums.bytes;
                }
                const auto& set = j.parsed.set;
                const classify::ClassTotal& expected =
                    place < set.order.size() ? j.classes.classes[set.order[place]] : j.classes.classes.back();
                QCOMPARE(sum.flows, expected.flows);
                QCOMPARE(sum.packets, expected.packets);
                QCOMPARE(sum.bytes, expected.bytes);
            }
        }
    }
}

void TstCompare::cellsHoldTheirFlows() {
    const auto c = compare(resourceText("rules", "glatz-2012"), resourceText("rules", "bigler-2011"));
    std::map<std::pair<std::string, std::string>, std::uint64_t> flows;
    for (const std::uint64_t word : signs().words)
        if (word) ++flows[{classOf(c->champion->parsed.set, word), classOf(c->challenger->parsed.set, word)}];
    QCOMPARE(flows.size(), c->migration.cells.size());
    QVERIFY(flows.size() > 8);
    for (const compare::Cell& cell : c->migration.cells) {
        const auto from = c->migration.from[cell.from], to = c->migration.to[cell.to];
        QCOMPARE(cell.sums.flows, flows.at({from, to}));
        std::uint64_t before = ~0ull;
        for (const std::uint32_t row : cell.rows) {
            const auto& w = c->champion->tally[row];
            QCOMPARE(classOf(c->champion->parsed.set, w.word), from);
            QCOMPARE(classOf(c->challenger->parsed.set, w.word), to);
            QVERIFY(w.flows <= before);
            before = w.flows;
        }
    }
}

void TstCompare::sourcesOfCellsAreCounted() {
    const auto c = compare(resourceText("rules", "glatz-2012"), resourceText("rules", "bigler-2011"));
    const auto sources = sourcesOfCells(*project_->snapshot(), *c);
    QVERIFY(sources);
    std::map<std::pair<std::string, std::string>, std::set<flow::HostId>> expected;
    const auto& f = *project_->snapshot()->flows;
    for (std::size_t d = 0; d < signs().words.size(); ++d)
        if (const auto word = signs().words[d])
            expected[{classOf(c->champion->parsed.set, word), classOf(c->challenger->parsed.set, word)}].insert(
                f.remote[d]);
    for (std::size_t i = 0; i < sources->size(); ++i) {
        const auto& cell = c->migration.cells[i];
        QCOMPARE((*sources)[i], expected.at({c->migration.from[cell.from], c->migration.to[cell.to]}).size());
    }
}

/// More cells than a word has bits: each still has its own count.
void TstCompare::manyCells() {
    std::string was = "weir-rules 1\n", is = "weir-rules 1\n";
    int number = 0;
    for (const std::string_view sign : signNames()) {
        ++number;
        was.append("class W")
            .append(std::to_string(number))
            .append("\n")
            .append(std::to_string(number))
            .append(": ")
            .append(sign)
            .append("\n");
        is.append("class I")
            .append(std::to_string(number))
            .append("\n")
            .append(std::to_string(number))
            .append(": ")
            .append(signNames()[std::size_t(18 - number)])
            .append("\n");
    }
    const auto c = compare(was, is);
    QVERIFY(c->good());
    const auto sources = sourcesOfCells(*project_->snapshot(), *c);
    QVERIFY(sources);
    const auto& f = *project_->snapshot()->flows;
    for (std::size_t i = 0; i < sources->size(); ++i) {
        std::set<std::uint64_t> own;
        for (const std::uint32_t row : c->migration.cells[i].rows) own.insert(c->champion->tally[row].word);
        std::set<flow::HostId> hosts;
        for (std::size_t d = 0; d < signs().words.size(); ++d)
            if (own.contains(signs().words[d])) hosts.insert(f.remote[d]);
        QCOMPARE((*sources)[i], hosts.size());
    }
    // And with 70 cells of one word each.
    compare::Migration many;
    many.from = many.to = {"Other"};
    tally::Tally tally;
    for (std::uint32_t row = 0; row < 70; ++row) {
        many.cells.push_back({0, 0, {}, {row}});
        tally.push_back({row + 1, 1, 1, 1});
    }
    std::mt19937 random(3);
    flow::DerivedFlows flows;
    std::vector<std::uint64_t> words;
    std::map<std::uint64_t, std::set<flow::HostId>> expected;
    for (int i = 0; i < 5000; ++i) {
        words.push_back(random() % 71);  // 0 = not classified
        flows.remote.push_back(flow::HostId(random() % 100));
        expected[words.back()].insert(flows.remote.back());
    }
    const auto counts = compare::sourcesOfCells(many, tally, words, flows, 100);
    for (std::uint32_t row = 0; row < 70; ++row) QCOMPARE(counts[row], expected[row + 1].size());
}

void TstCompare::proofAgreesWithTryingAll() {
    std::mt19937 random(9);
    for (int round = 0; round < 20; ++round) {
        const auto a = rules::parseRules(randomRules(random), signNames()),
                   b = rules::parseRules(randomRules(random), signNames());
        const auto admits = [](const rules::RuleSet& set, rules::Word w) {
            for (const rules::Word group : set.oneOf)
                if (!std::has_single_bit(w & group)) return false;
            return std::none_of(set.never.begin(), set.never.end(),
                                [w](const rules::Exclusion& e) { return (w & e.all) == e.all && (w & e.none) == 0; });
        };
        std::map<std::pair<std::string, std::string>, std::pair<std::uint64_t, rules::Word>> moves;
        std::uint64_t words = 0;
        for (rules::Word w = 0; w < (rules::Word{1} << 18); ++w) {
            if (!admits(a.set, w) && !admits(b.set, w)) continue;
            ++words;
            const std::string from = classOf(a.set, w), to = classOf(b.set, w);
            if (from == to) continue;
            auto& [n, witness] = moves[{from, to}];
            if (n++ == 0 || std::pair(std::popcount(w), w) < std::pair(std::popcount(witness), witness)) witness = w;
        }
        const auto proof = compare::prove(a.set, b.set, compare::spaceOf(a.set, b.set));
        QCOMPARE(proof.words, words);
        QCOMPARE(proof.moves.size(), moves.size());
        for (const compare::Move& m : proof.moves) {
            QCOMPARE(m.words, moves.at({m.from, m.to}).first);
            QCOMPARE(m.witness, moves.at({m.from, m.to}).second);
        }
    }
}

/// A sign that no admissible combination has beside the rule's others changes nothing, and that is said.
void TstCompare::nothingElseChanged() {
    const std::string glatz(resourceText("rules", "glatz-2012"));
    const auto same = compare(glatz, glatz + "\n# a remark\n");
    QCOMPARE(same->migration.changed.flows, 0u);
    QVERIFY(same->proof.moves.empty() && same->unseen().empty());
    QCOMPARE(same->proof.words, 5976u);
    std::string edited = glatz;
    const std::string rule = "10: Backsc !TRWscan !HCscan !P2P !InOut !PotOk";
    QVERIFY(edited.find(rule) != std::string::npos);
    edited.replace(edited.find(rule), rule.size(), "10: Backsc !TRWscan !HCscan !P2P !PotOk");
    const auto c = compare(glatz, edited);
    QVERIFY(!c->proof.moves.empty());
    for (const compare::Move& m : c->proof.moves) QCOMPARE(m.to, std::string("Backscatter"));
    for (const compare::Move& m : c->unseen())
        QVERIFY(std::none_of(c->migration.cells.begin(), c->migration.cells.end(), [&](const auto& cell) {
            return c->migration.from[cell.from] == m.from && c->migration.to[cell.to] == m.to;
        }));
}

void TstCompare::classesAreComparedByName() {
    const std::string a = "weir-rules 1\nclass X\n1: TCP\nclass Y\n2: UDP\n",
                      b = "weir-rules 1\nclass Y\n2: UDP\nclass X\n1: TCP\n";
    QCOMPARE(compare(a, b)->migration.changed.flows, 0u);
    QVERIFY(compare(a, b)->proof.moves.size() == 1);  // words with both signs: each order gives them to another class
    const std::string exact = "weir-rules 1\none-of TCP UDP ICMP OTHER\nclass Y\n2: UDP\nclass X\n1: TCP\n";
    QCOMPARE(compare("weir-rules 1\none-of TCP UDP ICMP OTHER\nclass X\n1: TCP\nclass Y\n2: UDP\n", exact)
                 ->proof.moves.size(),
             0u);
}

void TstCompare::textsWithErrors() {
    const auto c = compare(resourceText("rules", "glatz-2012"), "weir-rules 1\nclass A\n1: NoSign\n");
    QVERIFY(!c->good() && c->champion->parsed.good() && !c->challenger->parsed.good());
    QVERIFY(c->migration.cells.empty() && c->proof.words == 0);
}

void TstCompare::profilesRecordByRecord() {
    JobContext job;
    const std::string a(resourceText("score", "sweeney-2017")), b(resourceText("score", "outbound")),
        e(resourceText("score", "extended"));
    for (const std::string& other : {b, e}) {
        const auto compared = compareProfiles(project_->snapshot(), a, other, job);
        QVERIFY(compared);
        const ScoreComparison& c = **compared;
        const auto was = scoreRecords(project_->snapshot(), a, job),
                   is = scoreRecords(project_->snapshot(), other, job);
        Query query;
        query.rows = Rows::records;
        const auto rows = selectRows(project_->snapshot(), nullptr, query, job);
        const auto data = RowReader(*rows).read(0, std::size_t((*rows)->count));
        std::map<std::pair<int, int>, std::array<std::uint64_t, 3>> expected;
        const auto badness = [](const ScoreResult& r, std::uint32_t number) {
            return number == 0 ? -1 : score::pointsOf(r.parsed.profile, r.scores->words[number].word).badness;
        };
        for (std::size_t i = 0; i < data->size(); ++i)
            for (const bool back : {false, true}) {
                const auto& f = back ? was->scores->reverse : was->scores->forward;
                const auto& t = back ? is->scores->reverse : is->scores->forward;
                const std::pair key(f.empty() ? -1 : badness(*was, f[i]), t.empty() ? -1 : badness(*is, t[i]));
                if (key == std::pair(-1, -1)) continue;
                auto& sums = expected[key];
                ++sums[0];
                sums[1] += back ? (*data)[i].reversePackets : (*data)[i].packets;
                sums[2] += back ? (*data)[i].reverseBytes : (*data)[i].bytes;
            }
        QCOMPARE(c.migration.cells.size(), expected.size());
        std::uint64_t all = 0;
        const SnapshotPtr snapshot = project_->snapshot();
        for (const auto& cell : c.migration.cells) {
            const auto& sums = expected.at({c.from[cell.from], c.to[cell.to]});
            QVERIFY(cell.sums.flows == sums[0] && cell.sums.packets == sums[1] && cell.sums.bytes == sums[2]);
            all += cell.sums.flows;
            classify::ClassTotal ofPairs;
            for (const std::uint32_t pair : cell.rows) ofPairs += c.pairs[pair].sums;
            QVERIFY(ofPairs.flows == sums[0] && ofPairs.packets == sums[1]);
            // The filter of a cell takes exactly its directions of records.
            Query ofCell;
            ofCell.rows = Rows::records;
            ofCell.questions.comparison = *compared;
            ofCell.filter =
                "champion \"" + c.migration.from[cell.from] + "\" and challenger \"" + c.migration.to[cell.to] + "\"";
            const auto selected = selectRows(snapshot, nullptr, ofCell, job);
            QVERIFY2(selected, selected ? "" : selected.error().detail.c_str());
            QCOMPARE((*selected)->directions, sums[0]);
            QCOMPARE((*selected)->packets, sums[1]);
        }
        QCOMPARE(c.migration.changed.flows + c.migration.unchanged.flows, all);
        Query wrong;
        wrong.rows = Rows::records;
        wrong.questions.comparison = *compared;
        wrong.filter = "champion \"not scord\"";
        const auto refused = selectRows(snapshot, nullptr, wrong, job);
        QVERIFY(!refused && refused.error().detail.find("unknown champion `not scord`") != std::string::npos);
    }
    // Other names for the same points: the badness stays, the codes do not.
    const auto renamed = compareProfiles(project_->snapshot(), "weir-score 1\nbad 5 \"A\" when proto tcp\n",
                                         "weir-score 1\nbad 5 \"B\" when proto tcp\n", job);
    QVERIFY(renamed && (*renamed)->migration.changed.flows == 0 && (*renamed)->otherCodes > 1000);
}

/// Other points on the same tests: no record is scored anew, and the table is that of scoring.
void TstCompare::knownScoresAreTaken() {
    JobContext job;
    const std::string a(resourceText("score", "sweeney-2017")), e(resourceText("score", "extended"));
    std::string heavier = a;
    const auto at = heavier.find("bad  10 \"DARK IP\"");
    QVERIFY(at != std::string::npos);
    heavier.replace(at, 7, "bad  33");
    const auto first = *compareProfiles(project_->snapshot(), a, e, job);
    const auto again = *compareProfiles(project_->snapshot(), heavier, e, job, first.get()),
               anew = *compareProfiles(project_->snapshot(), heavier, e, job);
    QVERIFY(again->champion->scores == first->champion->scores &&
            again->challenger->scores == first->challenger->scores);
    QVERIFY(anew->champion->scores != first->champion->scores);
    QCOMPARE(again->migration.from, anew->migration.from);
    QVERIFY(again->migration.from != first->migration.from);
    QCOMPARE(again->migration.cells.size(), anew->migration.cells.size());
    for (std::size_t i = 0; i < anew->migration.cells.size(); ++i)
        QCOMPARE(again->migration.cells[i].sums.flows, anew->migration.cells[i].sums.flows);
    QCOMPARE(again->otherCodes, anew->otherCodes);
    // What the snapshot has is taken as well, whichever side asks for it.
    QVERIFY(prepareScores(*project_, e, job));
    const auto third = *compareProfiles(project_->snapshot(), a, e, job);
    QVERIFY(third->challenger->scores == project_->snapshot()->scores->scores);
    QCOMPARE(third->migration.changed.flows, first->migration.changed.flows);
    // Scores of a time range, and those that were read from the file without a word for each record, are not.
    const auto& start = project_->snapshot()->flows->start;
    QVERIFY(prepareScores(*project_, e, job, {INT64_MIN, start[start.size() / 2]}));
    QVERIFY(!(project_->snapshot()->scores->range == score::TimeRange{}));
    QCOMPARE((*compareProfiles(project_->snapshot(), a, e, job))->migration.changed.flows,
             first->migration.changed.flows);
    QVERIFY(prepareScores(*project_, a, job));
    const auto reopened = *openProject(project_->snapshot()->path);
    QVERIFY(reopened->snapshot()->scores && !reopened->snapshot()->scores->byRecord());
    QVERIFY(ensureLocal(*reopened, {}, job));
    QCOMPARE((*compareProfiles(reopened->snapshot(), a, e, job))->migration.changed.flows,
             first->migration.changed.flows);
}

void TstCompare::profilesWithErrors() {
    JobContext job;
    const auto c = compareProfiles(project_->snapshot(), resourceText("score", "sweeney-2017"),
                                   "weir-score 1\nname \"Odd\"\nbad 5 \"A\" when prt tcp\n", job);
    QVERIFY(!c && c.error().code == Errc::badFilter);
    QVERIFY(c.error().detail.starts_with("the score profile Odd has an error in line 3:"));
}

void TstCompare::kindsOfTexts() {
    QVERIFY(isProfile("# remark\n\n  weir-score 1\n") && !isProfile("weir-rules 1\n") && !isProfile("") &&
            !isProfile("# only"));
}

QTEST_GUILESS_MAIN(TstCompare)
#include "tst_compare.moc"
