// Suggestions: the loop from the predecessor to zero conflicts by suggestions alone; numbers and promises of each
// against classifying its text; edits that leave the rest of a text alone; texts side by side.
#include "core/refine/align.h"
#include "core/refine/iterations.h"
#include "core/refine/suggest.h"
#include "core/rules/text_edits.h"
#include "core/session/evidence/judge.h"
#include "core/session/evidence/open_project.h"
#include "core/session/evidence/prepare.h"
#include "core/session/project/import.h"
#include "core/session/project/resources.h"
#include "core/session/verbs/asserts.h"
#include "core/signs/sign_family.h"
#include "tests/support/traffic.h"

#include <QTemporaryDir>
#include <QTest>

#include <bit>
#include <fstream>
#include <map>
#include <random>
#include <sstream>

using namespace weir;
using namespace weir::refine;
using session::signNames;

namespace {

rules::WordSpace spaceOf(const rules::RuleSet& set) {
    return rules::WordSpace(rules::admissibleWords(set, signs::oneWay().size()));
}

/// Flows on random admissible words, as skewed as traffic is.
tally::Tally randomTally(const rules::WordSpace& space, std::mt19937& random, std::size_t words) {
    std::map<std::uint64_t, std::uint64_t> flows;
    while (flows.size() < words)
        flows[space.words[random() % space.words.size()]] = 1 + std::uint64_t(100000.0 / double(1 + random() % 1000));
    tally::Tally out;
    for (const auto& [word, n] : flows)
        if (word) out.push_back({word, n, n * 3, n * 180});
    std::sort(out.begin(), out.end(),
              [](const auto& a, const auto& b) { return a.flows != b.flows ? a.flows > b.flows : a.word < b.word; });
    return out;
}

}  // namespace

class TstSuggest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void loopToZeroConflicts_data();
    void loopToZeroConflicts();
    void numbersAreThoseOfTheText_data() { loopToZeroConflicts_data(); }
    void numbersAreThoseOfTheText();
    void unclassifiedAreTaken();
    void newRulesMeetNobody();
    void nothingToSuggest();
    void signsComeAndGo_data();
    void signsComeAndGo();
    void editsLeaveTheRest();
    void assertsComeIn();
    void ruleNames_data();
    void ruleNames();
    void alignedTexts();
    void alignmentRebuildsBothSides();

private:
    tally::Tally tallyOf(const QString& which);
    /// A project of a capture with its signs.
    session::ProjectPtr projectOf(const std::string& capture, const std::vector<flow::Prefix>& local);
    /// An hour of invented traffic at the border of a /16.
    session::ProjectPtr syntheticCapture();
    session::ProjectPtr project_, synthetic_;
    QTemporaryDir dir_;
};

void TstSuggest::initTestCase() {
    project_ = projectOf(session::samplePath(), session::sampleLocal());
    QVERIFY(project_);
}

session::ProjectPtr TstSuggest::projectOf(const std::string& capture, const std::vector<flow::Prefix>& local) {
    JobContext job;
    const auto project = *session::createProject(
        dir_.filePath(QStringLiteral("%1.weir").arg(qHash(QByteArray::fromStdString(capture)))).toStdString());
    const bool good = bool(session::importFiles(*project, {{capture}, {}, false, false}, job)) &&
                      bool(session::ensureLocal(*project, local, job)) &&
                      bool(session::prepare(*project, flow::Direction::in, job));
    return good ? project : nullptr;
}

session::ProjectPtr TstSuggest::syntheticCapture() {
    const std::string path = dir_.filePath(QStringLiteral("border.nfcapd")).toStdString();
    std::ofstream file(path, std::ios::binary);
    test::NfcapdWriter writer(file, {});
    test::TrafficShape shape;
    shape.flows = 300'000;
    shape.remoteHosts = 36'000;
    test::Traffic traffic(shape);
    test::NfcapdRow row;
    while (traffic.next(row)) writer.add(row);
    writer.finish();
    file.close();
    return projectOf(path, {*flow::parsePrefix("129.132.0.0/16")});
}

tally::Tally TstSuggest::tallyOf(const QString& which) {
    if (which == u"sample") return project_->snapshot()->signs()->tally;
    if (which == u"synthetic capture") {
        if (!synthetic_) synthetic_ = syntheticCapture();
        if (!synthetic_) qFatal("no synthetic capture");
        return synthetic_->snapshot()->signs()->tally;
    }
    std::mt19937 random(which == u"few words" ? 4 : 8);
    const auto set = rules::parseRules(session::resourceText("rules", "bigler-2011"), signNames()).set;
    return randomTally(spaceOf(set), random, which == u"few words" ? 120 : 1035);
}

void TstSuggest::loopToZeroConflicts_data() {
    QTest::addColumn<QString>("which");
    for (const char* which : {"sample", "synthetic capture", "few words", "as many words as were seen"})
        QTest::newRow(which) << which;
}

/// From bigler-2011, always the first suggestion: no flow in conflict after eight at most.
void TstSuggest::loopToZeroConflicts() {
    QFETCH(QString, which);
    const tally::Tally tally = tallyOf(which);
    std::string text(session::resourceText("rules", "bigler-2011"));
    std::uint64_t conflicting = ~0ull, steps = 0;
    for (;; ++steps) {
        const auto parsed = rules::parseRules(text, signNames());
        QVERIFY(parsed.good());
        const auto classes = classify::classifyWords(parsed.set, tally);
        QVERIFY(steps == 0 ? classes.conflicting > 0 : classes.conflicting < conflicting);
        conflicting = classes.conflicting;
        if (conflicting == 0) break;
        QVERIFY2(steps < 8, qPrintable(QStringLiteral("%1 flows still in conflict").arg(conflicting)));
        const auto found = suggest(parsed.set, tally, spaceOf(parsed.set));
        QVERIFY(!found.empty());
        text = found.front().text;
    }
    qInfo("%s: %d edits", qPrintable(which), int(steps));
}

void TstSuggest::numbersAreThoseOfTheText() {
    QFETCH(QString, which);
    const tally::Tally tally = tallyOf(which);
    for (const char* name : {"bigler-2011", "glatz-2012"}) {
        const auto parsed = rules::parseRules(session::resourceText("rules", name), signNames());
        const auto before = classify::classifyWords(parsed.set, tally);
        const auto space = spaceOf(parsed.set);
        const auto found = suggest(parsed.set, tally, space, 100);
        for (const Suggestion& s : found) {
            const auto after = rules::parseRules(s.text, signNames());
            QVERIFY(after.good());
            const auto classes = classify::classifyWords(after.set, tally);
            QCOMPARE(s.conflictingDelta, std::int64_t(classes.conflicting) - std::int64_t(before.conflicting));
            QCOMPARE(s.unclassifiedDelta, std::int64_t(classes.unclassified) - std::int64_t(before.unclassified));
            QVERIFY(s.conflictingDelta <= 0 && s.gains() > 0);
            QVERIFY(s.takes > 0);
            std::int64_t sum = 0;
            for (const ClassDelta& d : s.classes) sum += d.flows;
            QCOMPARE(sum, 0);  // no flow is lost
            // What comes into conflict: by trying every admissible word.
            std::uint64_t created = 0;
            rules::Word witness = 0;
            for (const rules::Word w : space.words) {
                const auto claims = [w](const rules::RuleSet& set) {
                    std::uint32_t mask = 0;
                    for (const rules::Rule& r : set.rules)
                        if (r.matches(w)) mask |= 1u << r.classIndex;
                    return std::popcount(mask);
                };
                if (claims(after.set) < 2 || claims(parsed.set) >= 2) continue;
                if (created++ == 0 || std::pair(std::popcount(w), w) < std::pair(std::popcount(witness), witness))
                    witness = w;
            }
            QCOMPARE(s.createsConflicts, created);
            if (created) QCOMPARE(s.witness, witness);
            // One line of the text is another one, and describes itself.
            std::size_t changed = 0;
            for (const DiffLine& d : diffLines(parsed.set.text, s.text)) changed += d.kind != DiffKind::same;
            QCOMPARE(changed, (s.kind == SuggestionKind::add ? 0u : 2u) + s.moreRules);
            QCOMPARE(after.set.rules.size(), parsed.set.rules.size() + s.moreRules);
            QVERIFY(s.text.find(s.rule.substr(0, s.rule.find("; "))) != std::string::npos);
            if (s.kind == SuggestionKind::split)
                QCOMPARE(s.unclassifiedDelta, 0);  // what the other takes stays with it, all else where it was
        }
        for (std::size_t i = 1; i < found.size(); ++i)
            if (before.conflicting == 0) QVERIFY(found[i - 1].gains() >= found[i].gains());
    }
}

/// On data with many unclassified flows the suggestions, one after the other, leave few.
void TstSuggest::unclassifiedAreTaken() {
    const tally::Tally tally = tallyOf(QStringLiteral("as many words as were seen"));
    std::string text(session::resourceText("rules", "glatz-2012"));
    std::uint64_t first = 0, last = 0, conflicting = 0;
    for (int step = 0; step < 20; ++step) {
        const auto parsed = rules::parseRules(text, signNames());
        const auto classes = classify::classifyWords(parsed.set, tally);
        (step == 0 ? first : last) = classes.unclassified;
        conflicting = classes.conflicting;
        const auto found = suggest(parsed.set, tally, spaceOf(parsed.set), 1);
        if (found.empty()) break;
        text = found.front().text;
    }
    QCOMPARE(conflicting, 0u);
    QVERIFY2(first > 0 && last < first / 5, qPrintable(QStringLiteral("%1 of %2").arg(last).arg(first)));
}

void TstSuggest::newRulesMeetNobody() {
    const tally::Tally tally = tallyOf(QStringLiteral("as many words as were seen"));
    const auto parsed = rules::parseRules(session::resourceText("rules", "glatz-2012"), signNames());
    const auto space = spaceOf(parsed.set);
    int added = 0;
    for (const Suggestion& s : suggest(parsed.set, tally, space, 100)) {
        if (s.kind != SuggestionKind::add) continue;
        ++added;
        QCOMPARE(s.createsConflicts, 0u);
        const auto after = rules::parseRules(s.text, signNames());
        QCOMPARE(after.set.rules.size(), parsed.set.rules.size() + 1);
        QCOMPARE(rules::analyse(after.set, space).conflictingWords, rules::analyse(parsed.set, space).conflictingWords);
        // No sign of it could be left out: then it would meet another class, or say nothing.
        const auto rule = *std::find_if(after.set.rules.begin(), after.set.rules.end(),
                                        [&](const rules::Rule& r) { return r.name == s.edit.substr(9); });
        for (rules::Word rest = rule.must | rule.mustNot; rest; rest &= rest - 1) {
            const rules::Word bit = rest & (~rest + 1);
            rules::RuleSet wider = after.set;
            auto& r = *std::find_if(wider.rules.begin(), wider.rules.end(),
                                    [&](const rules::Rule& x) { return x.name == rule.name; });
            r.must &= ~bit;
            r.mustNot &= ~bit;
            if ((r.must | r.mustNot) == 0) continue;
            QVERIFY(rules::analyse(wider, space).conflictingWords > rules::analyse(parsed.set, space).conflictingWords);
        }
    }
    QVERIFY(added > 3);
}

void TstSuggest::nothingToSuggest() {
    const auto all = rules::parseRules("weir-rules 1\nclass All\n1: TCP\n2: !TCP\n", signNames());
    QVERIFY(suggest(all.set, tallyOf(QStringLiteral("sample")), spaceOf(all.set)).empty());
    QVERIFY(suggest(all.set, {}, spaceOf(all.set)).empty());
    // What the exclusions forbid and the data shows all the same gets no rule of its own.
    const auto one =
        rules::parseRules("weir-rules 1\none-of TCP UDP ICMP OTHER\nclass All\n1: TCP !UDP\n", signNames());
    const rules::Word both =
        (rules::Word{1} << (std::find(signNames().begin(), signNames().end(), "TCP") - signNames().begin())) |
        (rules::Word{1} << (std::find(signNames().begin(), signNames().end(), "UDP") - signNames().begin()));
    const tally::Tally forbidden{{both, 100, 100, 100}};
    for (const Suggestion& s : suggest(one.set, forbidden, spaceOf(one.set))) QVERIFY(s.kind != SuggestionKind::add);
    const auto none = rules::parseRules("weir-rules 1\n", signNames());
    QVERIFY(suggest(none.set, tallyOf(QStringLiteral("sample")), spaceOf(none.set))
                .empty());  // no class to put anything into
}

void TstSuggest::signsComeAndGo_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("added");
    QTest::addColumn<QString>("removed");
    QTest::newRow("plain") << "weir-rules 1\nclass A\n1: TCP !P2P\n"
                           << "weir-rules 1\nclass A\n1: TCP !P2P !PotOk\n"
                           << "weir-rules 1\nclass A\n1: TCP\n";
    QTest::newRow("comment") << "weir-rules 1\nclass A\n  1: TCP  !P2P   # why\nend"
                             << "weir-rules 1\nclass A\n  1: TCP  !P2P !PotOk   # why\nend"
                             << "weir-rules 1\nclass A\n  1: TCP   # why\nend";
    QTest::newRow("no line end, CRLF") << "weir-rules 1\r\nclass A\r\n1: ! P2P TCP"
                                       << "weir-rules 1\r\nclass A\r\n1: ! P2P TCP !PotOk"
                                       << "weir-rules 1\r\nclass A\r\n1: TCP";
    QTest::newRow("quoted, UTF-8") << "weir-rules 1\nclass A\n\"zwölf # P2P\": !P2P # ä\n"
                                   << "weir-rules 1\nclass A\n\"zwölf # P2P\": !P2P !PotOk # ä\n"
                                   << "weir-rules 1\nclass A\n\"zwölf # P2P\": # ä\n";
    QTest::newRow("mark") << "\xef\xbb\xbfweir-rules 1\nclass A\n1: P2P\n"
                          << "\xef\xbb\xbfweir-rules 1\nclass A\n1: P2P !PotOk\n"
                          << "\xef\xbb\xbfweir-rules 1\nclass A\n1:\n";
}

void TstSuggest::signsComeAndGo() {
    QFETCH(QString, text);
    QFETCH(QString, added);
    QFETCH(QString, removed);
    QCOMPARE(QString::fromStdString(rules::withSign(text.toStdString(), 3, "!PotOk")), added);
    QCOMPARE(QString::fromStdString(rules::withoutSign(text.toStdString(), 3, "P2P")), removed);
}

void TstSuggest::editsLeaveTheRest() {
    const std::string text(session::resourceText("rules", "glatz-2012"));
    const auto set = rules::parseRules(text, signNames()).set;
    for (const rules::Rule& r : set.rules) {
        const std::string more = rules::withRuleBehind(text, r.line, "99: Onepkt TCP");
        const auto after = rules::parseRules(more, signNames());
        QVERIFY(after.good());
        const auto at = std::find_if(after.set.rules.begin(), after.set.rules.end(),
                                     [](const rules::Rule& x) { return x.name == "99"; });
        QVERIFY(at != after.set.rules.end() && at->line == r.line + 1 && at->classIndex == r.classIndex);
        std::size_t added = 0;
        for (const DiffLine& d : diffLines(text, more)) added += d.kind != DiffKind::same;
        QCOMPARE(added, 1u);
    }
    QCOMPARE(rules::withRuleBehind("weir-rules 1\r\nclass A\r\n", 2, "1: TCP"),
             std::string("weir-rules 1\r\nclass A\r\n  1: TCP\r\n"));
    QCOMPARE(rules::withRuleBehind("weir-rules 1\nclass A", 2, "1: TCP"),
             std::string("weir-rules 1\nclass A\n  1: TCP"));
}

void TstSuggest::assertsComeIn() {
    const auto with = [](const std::string& text, const char* signs, const char* name) {
        rules::Word word = 0;
        std::istringstream in(signs);
        for (std::string sign; in >> sign;)
            word |= rules::Word{1} << (std::find(signNames().begin(), signNames().end(), sign) - signNames().begin());
        return rules::withAssert(text, rules::parseRules(text, signNames()).set, word, name);
    };
    const std::string base = "weir-rules 1\nclass A\n1: TCP\nclass \"B C\"\n2: UDP";
    const std::string one = with(base, "Onepkt TCP", "A");
    QCOMPARE(one, base + "\nassert Onepkt TCP is A\n");
    const std::string two = with(one + "# end\n", "UDP", "B C");
    QCOMPARE(two, base + "\nassert Onepkt TCP is A\nassert UDP is \"B C\"\n# end\n");
    const std::string marked = base + "\n  assert Onepkt TCP is A  # why\n";
    QCOMPARE(with(marked, "Onepkt TCP", "Other"), base + "\n  assert Onepkt TCP is Other  # why\n");
    QCOMPARE(with("weir-rules 1\r\nclass A\r\n1: TCP\r\n", "TCP", "A"),
             std::string("weir-rules 1\r\nclass A\r\n1: TCP\r\nassert TCP is A\r\n"));
    QVERIFY(rules::parseRules(two, signNames()).good());
    // On the sample: the class that the rules give holds, another one fails and says why; coverage counts combinations
    // and flows.
    session::Judge judge;
    const tally::Tally tally = tallyOf(QStringLiteral("sample"));
    std::string text(session::resourceText("rules", "glatz-2012"));
    const auto before = judge.judge(text, tally, nullptr);
    for (const std::size_t row : {0u, 3u})
        text = rules::withAssert(text, rules::parseRules(text, signNames()).set, tally[row].word,
                                 before->className(before->classes.verdicts[row].classIndex));
    text = rules::withAssert(text, rules::parseRules(text, signNames()).set, tally[1].word, "Bogon");
    const auto after = judge.judge(text, tally, nullptr);
    const auto coverage = session::assertCoverage(*after);
    QCOMPARE(coverage.asserts, 3u);
    QCOMPARE(coverage.failed, 1u);
    QCOMPARE(coverage.combinations, 3u);
    QCOMPARE(coverage.flows, tally[0].flows + tally[1].flows + tally[3].flows);
    const auto failed = session::failedAsserts(*after);
    QCOMPARE(failed.size(), 1u);
    const auto& verdict = before->classes.verdicts[1];
    QCOMPARE(failed[0].message, "assert fails: expected Bogon, the rules say " + before->className(verdict.classIndex) +
                                    " by rule " + before->parsed.set.rules[verdict.rule].name);
    QCOMPARE(failed[0].line, after->parsed.set.asserts[2].line);
}

void TstSuggest::ruleNames_data() {
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("name");
    QTest::newRow("rule") << "  10: Backsc"
                          << "10";
    QTest::newRow("blank before colon") << "Benign1 : TCP"
                                        << "Benign1";
    QTest::newRow("quoted") << "\"two words\": TCP"
                            << "two words";
    QTest::newRow("class") << "class Backscatter"
                           << "";
    QTest::newRow("comment") << "# 10: no"
                             << "";
    QTest::newRow("blank") << "  "
                           << "";
    QTest::newRow("no colon") << "10 TCP"
                              << "";
    QTest::newRow("open quote") << "\"two"
                                << "";
    QTest::newRow("quoted, no colon") << "\"two\""
                                      << "";
}

void TstSuggest::ruleNames() {
    QFETCH(QString, line);
    QTEST(QString::fromStdString(ruleNameOf(line.toStdString())), "name");
}

void TstSuggest::alignedTexts() {
    const auto lines =
        alignTexts("class A\n1: TCP\n2: UDP\n3: ICMP\nend\n", "class A\n2: UDP P2P\n4: OTHER\n1: TCP\nend\n");
    std::string seen;
    const char* const kinds[] = {"=", "~", "-", "+"};
    for (const AlignedLine& l : lines) seen += kinds[std::size_t(l.kind)] + l.before + "|" + l.after + ";";
    QVERIFY2(seen == "=class A|class A;+|2: UDP P2P;+|4: OTHER;=1: TCP|1: TCP;-2: UDP|;-3: ICMP|;=end|end;" ||
                 seen.find("~2: UDP|2: UDP P2P;") != std::string::npos,
             seen.c_str());
    const auto changed = alignTexts("1: TCP\n2: UDP\n3: ICMP\n", "1: TCP !P2P\n3: ICMP Large\n9: OTHER\n");
    QCOMPARE(changed.size(), 4u);
    QVERIFY(changed[0].kind == AlignKind::changed && changed[0].rule == "1");
    QVERIFY(changed[1].kind == AlignKind::removed && changed[1].before == "2: UDP");
    QVERIFY(changed[2].kind == AlignKind::changed && changed[2].after == "3: ICMP Large");
    QVERIFY(changed[3].kind == AlignKind::added && changed[3].lineAfter == 3);
}

void TstSuggest::alignmentRebuildsBothSides() {
    std::mt19937 random(2);
    const std::vector<std::string> pool{"class A",  "1: TCP", "1: TCP !P2P", "2: UDP",  "2: UDP Large", "3: ICMP",
                                        "# remark", "",       "class B",     "4: OTHER"};
    for (int round = 0; round < 300; ++round) {
        std::string texts[2];
        for (std::string& t : texts)
            for (auto n = random() % 9; n > 0; --n) t += pool[random() % pool.size()] + "\n";
        std::string sides[2];
        std::uint32_t numbers[2] = {0, 0};
        for (const AlignedLine& l : alignTexts(texts[0], texts[1])) {
            if (l.kind != AlignKind::added) {
                sides[0] += l.before + "\n";
                QCOMPARE(l.lineBefore, ++numbers[0]);
            }
            if (l.kind != AlignKind::removed) {
                sides[1] += l.after + "\n";
                QCOMPARE(l.lineAfter, ++numbers[1]);
            }
            if (l.kind == AlignKind::changed) QCOMPARE(ruleNameOf(l.before), ruleNameOf(l.after));
        }
        QCOMPARE(sides[0], texts[0]);
        QCOMPARE(sides[1], texts[1]);
    }
}

QTEST_GUILESS_MAIN(TstSuggest)
#include "tst_suggest.moc"
