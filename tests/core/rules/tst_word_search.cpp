// Static analysis by search: over 18 signs against the listing, over 64 against a SAT solver that knows nothing of it.
#include "core/rules/analysis.h"
#include "core/rules/apart_proof.h"
#include "core/rules/word_search.h"
#include "tests/core/rules/shipped.h"
#include "tests/core/rules/word_formula.h"

#include <QTest>

#include <bit>
#include <random>
#include <set>
#include <utility>

using namespace weir;
using namespace weir::rules;
using test::WordFormula;

namespace {

std::vector<std::string> signsOf(unsigned count) {
    std::vector<std::string> names(test::kSigns.begin(), test::kSigns.end());
    while (names.size() < count) names.push_back("U" + std::to_string(names.size()));
    return names;
}

/// Rules of one to six signs in four classes, `never` lines of all forms, and up to three groups of `one-of`.
RuleSet randomSet(std::mt19937_64& random, unsigned signs) {
    const auto names = signsOf(signs);
    std::string text = "weir-rules 1\n";
    for (std::size_t i = test::kSigns.size(); i < names.size(); ++i)
        text += "sign " + names[i] + " = packets " + std::to_string(i) + "\n";
    const auto sign = [&] { return names[random() % names.size()]; };
    const auto distinct = [&](std::size_t n) {
        std::vector<std::string> out;
        while (out.size() < n)
            if (const std::string s = sign(); std::find(out.begin(), out.end(), s) == out.end()) out.push_back(s);
        return out;
    };
    for (auto i = random() % 4; i-- > 0;) {
        text += "one-of";
        for (const std::string& s : distinct(2 + random() % 4)) text += " " + s;
        text += "\n";
    }
    for (auto i = random() % (signs / 2); i-- > 0;) {
        const auto pair = distinct(2);
        text += std::string("never ") + (random() % 4 ? "" : "!") + pair[0] + " with " + (random() % 3 ? "" : "!") +
                pair[1] + "\n";
    }
    int rule = 0;
    for (int c = 0; c < 4; ++c) {
        text += "class C" + std::to_string(c) + "\n";
        for (auto i = random() % 5; i-- > 0;) {
            text += std::to_string(rule++) + ":";
            for (const std::string& s : distinct(1 + random() % 6)) text += std::string(random() % 3 ? " " : " !") + s;
            text += "\n";
        }
    }
    text += "order C2 C0\n";
    Parsed p = parseRules(text, test::kSigns);
    if (!p.good()) qFatal("%s in\n%s", p.diagnostics.front().message.c_str(), text.c_str());
    return std::move(p.set);
}

Check bySearch(const RuleSet& set, unsigned bits) {
    WordSpace space;
    space.listed = false;
    space.bits = bits;
    return analyse(set, space);
}

using PairKey = std::tuple<std::size_t, std::size_t, Word>;
std::vector<PairKey> pairsOf(const Check& c) {
    std::vector<PairKey> out;
    for (const RulePair& p : c.conflicts) out.push_back({p.a, p.b, p.witness});
    std::sort(out.begin(), out.end());
    return out;
}

bool admits(const RuleSet& set, Word w) {
    for (const Word group : set.oneOf)
        if (std::popcount(w & group) != 1) return false;
    for (const Exclusion& e : set.never)
        if ((w & e.all) == e.all && (w & e.none) == 0) return false;
    return true;
}

template <class T>
bool contains(const std::vector<T>& all, const T& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

std::mt19937_64 seeded() {
    const quint64 seed = std::random_device{}();
    qInfo("seed %llu", seed);
    return std::mt19937_64(seed);
}

}  // namespace

class TstWordSearch : public QObject {
    Q_OBJECT
private slots:
    void agreesWithTheListing();
    void agreesWithASatSolver();
    void witnessesAreTheSmallest();
    void whatKeepsRulesApart();
    void shippedSets();
    void proofsAndConflictsAreAllPairs();
    void givesUpInTime();
};

/// Everything but the counts.
void TstWordSearch::agreesWithTheListing() {
    auto random = seeded();
    for (int round = 0; round < 300; ++round) {
        const RuleSet set = randomSet(random, 18);
        const Check listed = analyse(set, WordSpace::of(set, 18)), searched = bySearch(set, 18);
        QVERIFY(listed.counted && !searched.counted);
        QCOMPARE_EQ(searched.open, 0u);
        QVERIFY(pairsOf(listed) == pairsOf(searched));
        QVERIFY(listed.dead == searched.dead);
        QVERIFY(listed.subsumed == searched.subsumed);
        QVERIFY(listed.neverWin == searched.neverWin);
        QVERIFY(listed.duplicates == searched.duplicates);
        QCOMPARE_EQ(listed.admissible != 0, searched.admissible != 0);
        QCOMPARE_EQ(listed.conflictingWords != 0, searched.conflictingWords != 0);
        QCOMPARE_EQ(listed.unclassifiedWords != 0, searched.unclassifiedWords != 0);
        QCOMPARE_EQ(listed.unclassified, searched.unclassified);
        for (std::size_t i = 0; i < listed.classPairs.size(); ++i)
            QCOMPARE_EQ(listed.classPairs[i] != 0, searched.classPairs[i] != 0);
        for (std::size_t c = 0; c < set.classes.size(); ++c) {
            QCOMPARE_EQ(listed.classWords[c] != 0, searched.classWords[c] != 0);
            QCOMPARE_EQ(listed.onlyClassWords[c] != 0, searched.onlyClassWords[c] != 0);
        }
    }
}

void TstWordSearch::agreesWithASatSolver() {
    auto random = seeded();
    std::size_t conflicts = 0, dead = 0, subsumed = 0;
    for (int round = 0; round < 1000; ++round) {
        const RuleSet set = randomSet(random, 64);
        const WordSpace space = WordSpace::of(set, 64);
        const Check c = space.listed ? bySearch(set, 64) : analyse(set, space);
        QCOMPARE_EQ(c.open, 0u);
        WordFormula formula(set, 64);
        QCOMPARE_EQ(c.admissible != 0, formula.satisfiable({}, {}));
        for (std::size_t a = 0; a < set.rules.size(); ++a) {
            const Rule& x = set.rules[a];
            QCOMPARE_EQ(contains(c.dead, a), !formula.satisfiable({&x}, {}));
            bool inside = false;
            for (std::size_t b = 0; b < set.rules.size(); ++b) {
                const Rule& y = set.rules[b];
                if (a == b) continue;
                if (x.classIndex == y.classIndex) {
                    inside = inside || !formula.satisfiable({&x}, {&y});
                    continue;
                }
                if (a > b) continue;
                const auto pair = std::find_if(c.conflicts.begin(), c.conflicts.end(),
                                               [&](const RulePair& p) { return p.a == a && p.b == b; });
                QCOMPARE_EQ(pair != c.conflicts.end(), formula.satisfiable({&x, &y}, {}));
                if (pair == c.conflicts.end()) continue;
                ++conflicts;
                QVERIFY(admits(set, pair->witness) && x.matches(pair->witness) && y.matches(pair->witness));
            }
            QCOMPARE_EQ(contains(c.subsumed, a), inside && !contains(c.dead, a));
        }
        std::vector<const Rule*> all, before;
        for (const Rule& r : set.rules) all.push_back(&r);
        QCOMPARE_EQ(c.unclassifiedWords != 0, formula.satisfiable({}, all));
        if (c.unclassifiedWords != 0) QVERIFY(admits(set, c.unclassified) && ruleOf(set, c.unclassified) < 0);
        for (const std::uint16_t k : set.order) {
            bool wins = false, lives = false;
            for (const Rule& r : set.rules) {
                if (r.classIndex != k) continue;
                wins = wins || formula.satisfiable({&r}, before);
                lives = lives || formula.satisfiable({&r}, {});
            }
            QCOMPARE_EQ(contains(c.neverWin, std::size_t{k}), lives && !wins);
            for (const Rule& r : set.rules)
                if (r.classIndex == k) before.push_back(&r);
        }
        dead += c.dead.size();
        subsumed += c.subsumed.size();
    }
    QVERIFY(conflicts > 1000 && dead > 100 && subsumed > 10);  // the sets show all of it
}

/// Fewest signs, then lowest: the solver finds no smaller word.
void TstWordSearch::witnessesAreTheSmallest() {
    auto random = seeded();
    for (int round = 0; round < 40; ++round) {
        const RuleSet set = randomSet(random, 64);
        WordFormula formula(set, 64);
        for (const RulePair& p : bySearch(set, 64).conflicts) {
            const Rule both{
                {}, 0, set.rules[p.a].must | set.rules[p.b].must, set.rules[p.a].mustNot | set.rules[p.b].mustNot, 0};
            QVERIFY(!formula.hasSmaller(both, p.witness));
        }
    }
}

void TstWordSearch::whatKeepsRulesApart() {
    auto random = seeded();
    std::size_t bySign = 0, byExclusions = 0;
    for (int round = 0; round < 200; ++round) {
        const RuleSet set = randomSet(random, 64);
        for (std::size_t a = 0; a + 1 < set.rules.size(); ++a) {
            const Rule &x = set.rules[a], &y = set.rules[a + 1];
            const auto why = whyApart(set, x, y, 64);
            QCOMPARE_EQ(why.has_value(), !WordFormula(set, 64).satisfiable({&x, &y}, {}));
            if (!why) continue;
            if (why->sign != 0) {
                ++bySign;
                QVERIFY(((x.must & y.mustNot) | (y.must & x.mustNot)) & why->sign);
                continue;
            }
            ++byExclusions;
            // They suffice, and none can be left out.
            RuleSet needed = set;
            needed.oneOf.clear();
            needed.never.clear();
            for (const std::size_t i : why->oneOf) needed.oneOf.push_back(set.oneOf[i]);
            for (const std::size_t i : why->never) needed.never.push_back(set.never[i]);
            QVERIFY(!WordFormula(needed, 64).satisfiable({&x, &y}, {}));
            for (std::size_t i = 0; i < needed.oneOf.size() + needed.never.size(); ++i) {
                RuleSet less = needed;
                if (i < less.oneOf.size())
                    less.oneOf.erase(less.oneOf.begin() + std::ptrdiff_t(i));
                else
                    less.never.erase(less.never.begin() + std::ptrdiff_t(i - less.oneOf.size()));
                QVERIFY(WordFormula(less, 64).satisfiable({&x, &y}, {}));
            }
        }
    }
    QVERIFY(bySign > 50 && byExclusions > 50);
}

void TstWordSearch::shippedSets() {
    for (const char* name : {"glatz-2012", "bigler-2011"}) {
        const Parsed p = parseRules(test::shippedRules(name), test::kSigns);
        const Check listed = analyse(p.set, WordSpace::of(p.set, 18)), searched = bySearch(p.set, 18);
        QVERIFY(pairsOf(listed) == pairsOf(searched));
        QCOMPARE_EQ(listed.unclassified, test::wordOf("TCP"));
        QCOMPARE_EQ(searched.unclassified, test::wordOf("TCP"));
    }
    // 10 and 11 of glatz-2012 are kept apart by E6 alone.
    const Parsed p = parseRules(test::shippedRules("glatz-2012"), test::kSigns);
    const auto why = whyApart(p.set, p.set.rules[9], p.set.rules[10], 18);
    QVERIFY(why && why->sign == 0 && why->oneOf.empty());
    QCOMPARE_EQ(why->never.size(), 1u);
    QCOMPARE_EQ(p.set.never[why->never[0]].all, test::wordOf("Unreach Backsc"));
    const std::string reason = reasonApart(p.set, {9, 10, *why});
    const std::size_t line = p.set.never[why->never[0]].line;
    QCOMPARE(reason, "rules 10 and 11: ruled out by line " + std::to_string(line) + " (never Unreach with Backsc)");
}

/// Two rules of different classes either meet or are kept apart; never both, and never neither.
void TstWordSearch::proofsAndConflictsAreAllPairs() {
    auto random = seeded();
    std::vector<RuleSet> sets;
    for (const char* name : {"glatz-2012", "bigler-2011"})
        sets.push_back(parseRules(test::shippedRules(name), test::kSigns).set);
    for (int round = 0; round < 50; ++round) sets.push_back(randomSet(random, 18));
    for (const RuleSet& set : sets) {
        std::set<std::pair<std::size_t, std::size_t>> meet, apart;
        for (const RulePair& p : analyse(set, WordSpace::of(set, 18)).conflicts) meet.emplace(p.a, p.b);
        for (const ApartPair& p : pairsApart(set, 18)) {
            apart.emplace(p.a, p.b);
            QVERIFY(!reasonApart(set, p).empty() && (p.why.sign != 0 || !p.why.oneOf.empty() || !p.why.never.empty()));
        }
        std::size_t ofTwoClasses = 0;
        for (std::size_t a = 0; a < set.rules.size(); ++a)
            for (std::size_t b = a + 1; b < set.rules.size(); ++b)
                ofTwoClasses += set.rules[a].classIndex != set.rules[b].classIndex;
        QCOMPARE_EQ(meet.size() + apart.size(), ofTwoClasses);
        for (const auto& pair : meet) QVERIFY(!apart.contains(pair));
        std::size_t byClasses = 0;
        for (std::uint16_t a = 0; a < set.classes.size(); ++a)
            for (std::uint16_t b = std::uint16_t(a + 1); b < set.classes.size(); ++b)
                byClasses += classesApart(set, 18, a, b, 1000).pairs.size();
        QCOMPARE_EQ(byClasses, apart.size());
    }
}

/// A pigeonhole puzzle: nine pigeons, eight holes. No search of this kind ends; the question stays open, and is said
/// to.
void TstWordSearch::givesUpInTime() {
    RuleSet set;
    const auto bit = [](int pigeon, int hole) { return Word{1} << (pigeon * 7 + hole); };
    for (int pigeon = 0; pigeon < 8; ++pigeon) {
        Word some = 0;
        for (int hole = 0; hole < 7; ++hole) some |= bit(pigeon, hole);
        set.never.push_back({0, some, 0});
    }
    for (int hole = 0; hole < 7; ++hole)
        for (int a = 0; a < 8; ++a)
            for (int b = a + 1; b < 8; ++b) set.never.push_back({bit(a, hole) | bit(b, hole), 0, 0});
    const auto answer = WordSearch(set, 56).smallest(0, 0).answer;
    QVERIFY(answer != WordSearch::Answer::found);
    QVERIFY(answer == WordSearch::Answer::none || bySearch(set, 56).open > 0);
}

QTEST_APPLESS_MAIN(TstWordSearch)
#include "tst_word_search.moc"
