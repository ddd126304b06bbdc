// The shipped rule sets against the enumeration figures of the methods paper, and the analysis against a plain loop.
#include "core/rules/analysis.h"
#include "tests/core/rules/shipped.h"

#include <QTest>

#include <bit>
#include <map>
#include <random>

using namespace weir;
using namespace weir::rules;
using test::kSigns;

namespace {

constexpr std::uint64_t kPossible = 262144;

RuleSet parsed(const std::string& text) {
    Parsed p = parseRules(text, kSigns);
    for (const Diagnostic& d : p.diagnostics)
        if (d.severity == Severity::error) qWarning("%zu:%zu %s", d.line, d.column, d.message.c_str());
    if (!p.good()) qFatal("rule text has errors");
    return std::move(p.set);
}

Check check(const RuleSet& set, bool ignoreExclusions = false) {
    return analyse(set, admissibleWords(set, 18, ignoreExclusions), kPossible);
}

std::string shortClass(const std::string& name) {
    static const std::map<std::string, std::string> kShort = {
        {"Malicious Scanning", "Scan"}, {"Backscatter", "Backsc"},      {"Service Unreachable", "Unreach"},
        {"Benign P2P", "P2P"},          {"Suspected Benign", "Benign"}, {"Bogon", "Bogon"}};
    return kShort.at(name);
}

/// "Scan-P2P 48, …" by class order, pairs that meet only.
QString classPairs(const RuleSet& set, const Check& c) {
    QStringList pairs;
    const std::size_t n = set.classes.size();
    for (std::size_t a = 0; a < n; ++a)
        for (std::size_t b = a + 1; b < n; ++b)
            if (const auto words = c.classPairs[a * n + b])
                pairs << QString::fromStdString(shortClass(set.classes[a].name) + "-" +
                                                shortClass(set.classes[b].name) + " " + std::to_string(words));
    return pairs.join(", ");
}

/// The analysis again, word by word and rule by rule.
Check plainAnalysis(const RuleSet& set, std::span<const Word> words) {
    Check c;
    c.possible = kPossible;
    c.admissible = words.size();
    const std::size_t n = set.classes.size();
    c.classPairs.assign(n * n, 0);
    std::map<std::pair<std::size_t, std::size_t>, RulePair> pairs;
    for (const Word w : words) {
        std::vector<bool> claims(n);
        std::vector<std::size_t> matching;
        for (std::size_t r = 0; r < set.rules.size(); ++r)
            if (set.rules[r].matches(w)) {
                claims[set.rules[r].classIndex] = true;
                matching.push_back(r);
            }
        const auto claiming = std::count(claims.begin(), claims.end(), true);
        c.conflictingWords += claiming > 1;
        c.unclassifiedWords += claiming == 0;
        for (std::size_t a = 0; a < n; ++a)
            for (std::size_t b = a + 1; b < n; ++b) c.classPairs[a * n + b] += claims[a] && claims[b];
        for (const std::size_t a : matching)
            for (const std::size_t b : matching) {
                if (a >= b || set.rules[a].classIndex == set.rules[b].classIndex) continue;
                RulePair& p = pairs.try_emplace({a, b}, RulePair{a, b, 0, w}).first->second;
                ++p.words;
                if (std::pair(std::popcount(w), w) < std::pair(std::popcount(p.witness), p.witness)) p.witness = w;
            }
    }
    for (const auto& [key, pair] : pairs) c.conflicts.push_back(pair);
    return c;
}

RuleSet randomSet(std::mt19937_64& random) {
    std::string text = "weir-rules 1\n";
    const auto sign = [&] { return std::string(kSigns[random() % kSigns.size()]); };
    if (random() % 2) text += "one-of TCP UDP ICMP OTHER\n";
    for (auto i = random() % 5; i-- > 0;) {
        std::string a = sign(), b = sign();
        if (a != b)
            text +=
                "never " + std::string(random() % 4 ? "" : "!") + a + " with " + (random() % 4 ? "" : "!") + b + "\n";
    }
    int rule = 0;
    for (int c = 0; c < 4; ++c) {
        text += "class C" + std::to_string(c) + "\n";
        for (auto i = random() % 4; i-- > 0;) {
            text += std::to_string(rule++) + ":";
            std::array<bool, 18> used{};
            for (auto k = 1 + random() % 5; k-- > 0;) {
                const auto s = random() % 18;
                if (!used[s]) text += std::string(random() % 2 ? " " : " !") + std::string(kSigns[s]);
                used[s] = true;
            }
            text += "\n";
        }
    }
    text += "order C2 C0\n";
    return parsed(text);
}

}  // namespace

class TstAnalysis : public QObject {
    Q_OBJECT
private slots:
    void glatz();
    void glatzWithoutExclusions();
    void bigler();
    void table_data();
    void table();
    void rulePairsUnderE0ToE2_data();
    void rulePairsUnderE0ToE2();
    void droppingOne_data();
    void droppingOne();
    void smallestUnclassified_data();
    void smallestUnclassified();
    void admissibleAgreesWithPlainFilter();
    void agreesWithPlainLoop();
    void flippingEachSign();
    void deadAndSubsumed();
    void asserts();
    void takesByOrderThenText();
};

void TstAnalysis::glatz() {
    const RuleSet set = parsed(test::shippedRules("glatz-2012"));
    const Check c = check(set);
    QCOMPARE_EQ(set.rules.size(), 17u);
    QCOMPARE_EQ(set.classes.size(), 6u);
    QCOMPARE_EQ(c.possible, 262144u);
    QCOMPARE_EQ(c.admissible, 5976u);
    QCOMPARE_EQ(c.conflictingWords, 0u);
    QCOMPARE_EQ(c.unclassifiedWords, 1457u);
    QCOMPARE_EQ(c.onlyClassWords, (std::vector<std::uint64_t>{2678, 144, 144, 432, 449, 672}));
    QVERIFY(c.conflicts.empty() && c.dead.empty() && c.subsumed.empty() && c.failedAsserts.empty());
    int signs = 0;
    for (const Rule& r : set.rules) signs += std::popcount(r.must) + std::popcount(r.mustNot);
    QCOMPARE_EQ(signs, 103);  // "each of the 103 signs in the rules"
}

void TstAnalysis::glatzWithoutExclusions() {
    const Check c = check(parsed(test::shippedRules("glatz-2012")), true);
    QCOMPARE_EQ(c.admissible, 262144u);
    QCOMPARE_EQ(c.conflictingWords, 7520u);
    QCOMPARE_EQ(c.unclassifiedWords, 75680u);
}

void TstAnalysis::bigler() {
    const RuleSet set = parsed(test::shippedRules("bigler-2011"));
    const Check c = check(set);
    QCOMPARE_EQ(set.rules.size(), 16u);
    QCOMPARE_EQ(c.admissible, 5976u);
    QCOMPARE_EQ(c.conflictingWords, 84u);
    QCOMPARE_EQ(c.unclassifiedWords, 1295u);
    QCOMPARE_EQ(c.conflicts.size(), 2u);
    const auto pair = [&](std::size_t i) {
        return set.rules[c.conflicts[i].a].name + "-" + set.rules[c.conflicts[i].b].name;
    };
    QCOMPARE_EQ(pair(0), "Backscatter1-Benign3");
    QCOMPARE_EQ(c.conflicts[0].words, 48u);
    QCOMPARE_EQ(c.conflicts[0].witness, test::wordOf("TRWnom Backsc TCP"));
    QCOMPARE_EQ(pair(1), "Backscatter1-Benign1");
    QCOMPARE_EQ(c.conflicts[1].words, 36u);
    QCOMPARE_EQ(c.conflicts[1].witness, test::wordOf("Backsc PotOk TCP"));
}

void TstAnalysis::table_data() {
    QTest::addColumn<QString>("kept");
    QTest::addColumn<quint64>("admissible");
    QTest::addColumn<quint64>("oneClass");
    QTest::addColumn<quint64>("noClass");
    QTest::addColumn<quint64>("several");
    QTest::addColumn<QString>("pairs");
    const auto row = [](const char* name, const char* kept, quint64 a, quint64 one, quint64 none, quint64 several,
                        const char* pairs) {
        QTest::newRow(name) << QString::fromLatin1(kept) << a << one << none << several << QString::fromLatin1(pairs);
    };
    row("none", "", 262144, 178944, 75680, 7520,
        "Scan-Backsc 512, Scan-Unreach 1408, Scan-P2P 2816, Scan-Benign 736, Backsc-Unreach 1024, Unreach-Benign 512, "
        "P2P-Benign 1024");
    row("E0", "0", 65536, 44648, 18872, 2016,
        "Scan-Backsc 64, Scan-Unreach 448, Scan-P2P 896, Scan-Benign 224, Backsc-Unreach 256, Unreach-Benign 64, "
        "P2P-Benign 128");
    row("E0 to E2", "012", 36864, 24264, 11184, 1416,
        "Scan-Backsc 48, Scan-Unreach 336, Scan-P2P 672, Scan-Benign 72, Backsc-Unreach 192, Unreach-Benign 48, "
        "P2P-Benign 96");
    row("+ E3", "0123", 23040, 16632, 5784, 624,
        "Scan-Backsc 48, Scan-Unreach 120, Scan-P2P 240, Backsc-Unreach 192, Unreach-Benign 24, P2P-Benign 48");
    row("+ E4", "01234", 19584, 13740, 5592, 252,
        "Scan-Backsc 36, Scan-Unreach 24, Scan-P2P 48, Backsc-Unreach 96, Unreach-Benign 24, P2P-Benign 48");
    row("+ E5", "012345", 10152, 7263, 2841, 48, "Backsc-Unreach 48");
    row("+ E6", "0123456", 7848, 5919, 1929, 0, "");
    row("+ E7", "01234567", 5976, 4519, 1457, 0, "");
}
void TstAnalysis::table() {
    QFETCH(QString, kept);
    std::string text = test::shippedRules("glatz-2012");
    for (char e = '0'; e <= '7'; ++e)
        if (!kept.contains(QLatin1Char(e))) text = test::withoutExclusion(text, std::string("E") + e);
    const RuleSet set = parsed(text);
    const Check c = check(set);
    QTEST(quint64(c.admissible), "admissible");
    QTEST(quint64(c.admissible - c.unclassifiedWords - c.conflictingWords), "oneClass");
    QTEST(quint64(c.unclassifiedWords), "noClass");
    QTEST(quint64(c.conflictingWords), "several");
    const QString pairs = classPairs(set, c);
    QTEST(pairs, "pairs");
    quint64 only = 0;
    for (const auto words : c.onlyClassWords) only += words;
    QTEST(only, "oneClass");
}

void TstAnalysis::rulePairsUnderE0ToE2_data() {
    QTest::addColumn<QByteArray>("pair");
    QTest::addColumn<quint64>("words");
    QTest::addColumn<QByteArray>("witness");
    const auto row = [](const char* pair, quint64 words, const char* witness) {
        QTest::newRow(pair) << QByteArray(pair) << words << QByteArray(witness);
    };
    row("5-11", 64, "GreyIP Unreach Onepkt TCP");
    row("8-11", 64, "GreyIP Unreach Onepkt UDP");
    row("6-11", 192, "GreyIP Unreach TCP");
    row("5-12", 128, "GreyIP P2P Onepkt TCP");
    row("8-12", 128, "GreyIP P2P Onepkt UDP");
    row("6-12", 384, "GreyIP P2P TCP");
    row("5-13", 16, "GreyIP PotOk Onepkt TCP");
    row("8-13", 16, "GreyIP PotOk Onepkt UDP");
    row("6-13", 48, "GreyIP PotOk TCP");
    row("9-10", 48, "Backsc ICMP");
    row("9-11", 48, "Unreach ICMP");
    row("11-16", 48, "Unreach ICMP InOut");
    row("9-12", 96, "P2P ICMP");
    row("12-16", 96, "P2P ICMP InOut");
    row("10-11", 192, "Backsc Unreach TCP");
}
void TstAnalysis::rulePairsUnderE0ToE2() {
    QFETCH(QByteArray, pair);
    QFETCH(QByteArray, witness);
    std::string text = test::shippedRules("glatz-2012");
    for (const char e : {'3', '4', '5', '6', '7'}) text = test::withoutExclusion(text, std::string("E") + e);
    const RuleSet set = parsed(text);
    const Check c = check(set);
    for (const RulePair& p : c.conflicts) {
        if (set.rules[p.a].name + "-" + set.rules[p.b].name != pair.toStdString()) continue;
        QTEST(quint64(p.words), "words");
        QCOMPARE_EQ(signNamesOf(p.witness, kSigns), signNamesOf(test::wordOf(witness.toStdString()), kSigns));
        QCOMPARE_EQ(c.conflicts.size(), 15u);
        return;
    }
    QFAIL("the pair does not meet");
}

void TstAnalysis::droppingOne_data() {
    QTest::addColumn<quint64>("conflicts");
    const quint64 expected[] = {0, 48, 0, 42, 108, 60, 36, 0};
    for (int e = 0; e < 8; ++e) QTest::newRow(qPrintable(QStringLiteral("E%1").arg(e))) << expected[e];
}
void TstAnalysis::droppingOne() {
    const RuleSet set = parsed(test::withoutExclusion(test::shippedRules("glatz-2012"), QTest::currentDataTag()));
    QTEST(quint64(check(set).conflictingWords), "conflicts");
}

void TstAnalysis::smallestUnclassified_data() {
    QTest::addColumn<bool>("classified");
    for (const char* word : {"TCP", "UDP", "OTHER", "TCP InOut", "UDP InOut", "OTHER InOut", "Backsc InOut TCP",
                             "TRWnom GreyIP ICMP", "TRWnom Backsc PotOk TCP", "Backsc bogon P2P TCP",
                             "TRWscan bogon PotOk TCP", "TRWscan Unreach PotOk TCP", "HCscan P2P PotOk UDP"})
        QTest::newRow(word) << false;
    QTest::newRow("ICMP") << true;
    QTest::newRow("Onepkt TCP") << true;
}
void TstAnalysis::smallestUnclassified() {
    static const RuleSet kSet = parsed(test::shippedRules("glatz-2012"));
    QTEST(ruleOf(kSet, test::wordOf(QTest::currentDataTag())) >= 0, "classified");
}

void TstAnalysis::admissibleAgreesWithPlainFilter() {
    const quint64 seed = std::random_device{}();
    qInfo("seed %llu", seed);
    std::mt19937_64 random(seed);
    for (int round = 0; round < 20; ++round) {
        const RuleSet set = randomSet(random);
        std::vector<Word> plain;
        for (Word w = 0; w < kPossible; ++w) {
            bool admits = true;
            for (const Word group : set.oneOf) admits = admits && std::popcount(w & group) == 1;
            for (const Exclusion& e : set.never) admits = admits && !((w & e.all) == e.all && (w & e.none) == 0);
            if (admits) plain.push_back(w);
        }
        QVERIFY(admissibleWords(set, 18) == plain);
    }
}

void TstAnalysis::agreesWithPlainLoop() {
    const quint64 seed = std::random_device{}();
    qInfo("seed %llu", seed);
    std::mt19937_64 random(seed);
    for (int round = 0; round < 1000; ++round) {
        const RuleSet set = randomSet(random);
        auto words = admissibleWords(set, 18);
        if (round % 20 != 0) {  // else all that there are
            std::shuffle(words.begin(), words.end(), random);
            words.resize(std::min<std::size_t>(words.size(), random() % 3000));
        }
        const Check fast = analyse(set, words, kPossible), plain = plainAnalysis(set, words);
        QCOMPARE_EQ(fast.conflictingWords, plain.conflictingWords);
        QCOMPARE_EQ(fast.unclassifiedWords, plain.unclassifiedWords);
        QVERIFY(fast.classPairs == plain.classPairs);
        QCOMPARE_EQ(fast.conflicts.size(), plain.conflicts.size());
        for (const RulePair& p : fast.conflicts) {
            const auto same = [&](const RulePair& q) {
                return q.a == p.a && q.b == p.b && q.words == p.words && q.witness == p.witness;
            };
            QVERIFY(std::any_of(plain.conflicts.begin(), plain.conflicts.end(), same));
        }
        QVERIFY(std::is_sorted(fast.conflicts.begin(), fast.conflicts.end(),
                               [](auto& a, auto& b) { return a.words > b.words; }));
    }
}

/// methods.md 3.2: each of the 103 signs the other way round. 72 make classes meet; 28 only make rules of one class
/// overlap; 7 without Large is empty; 7 Onepkt and 10 InOut are free.
void TstAnalysis::flippingEachSign() {
    const RuleSet set = parsed(test::shippedRules("glatz-2012"));
    const auto words = admissibleWords(set, 18);
    /// Words that the rule shares with others of its class.
    const auto shared = [&](const RuleSet& s, std::size_t rule) {
        return std::count_if(words.begin(), words.end(), [&](Word w) {
            return s.rules[rule].matches(w) && std::count_if(s.rules.begin(), s.rules.end(), [&](const Rule& r) {
                                                   return r.classIndex == s.rules[rule].classIndex && r.matches(w);
                                               }) > 1;
        });
    };
    int flips = 0, conflicts = 0, sameClass = 0;
    std::vector<std::string> dead, free;
    for (std::size_t r = 0; r < set.rules.size(); ++r)
        for (Word rest = set.rules[r].must | set.rules[r].mustNot; rest != 0; rest &= rest - 1) {
            const Word bit = rest & (~rest + 1);
            RuleSet flipped = set;
            flipped.rules[r].must ^= bit;
            flipped.rules[r].mustNot ^= bit;
            ++flips;
            const Check c = analyse(flipped, words, kPossible);
            const std::string what = set.rules[r].name + " " + signNamesOf(bit, kSigns);
            if (c.conflictingWords != 0)
                ++conflicts;
            else if (!c.dead.empty())
                dead.push_back(what);
            else if (shared(flipped, r) != 0)
                ++sameClass;
            else
                free.push_back(what);
        }
    QCOMPARE_EQ(flips, 103);
    QCOMPARE_EQ(conflicts, 72);
    QCOMPARE_EQ(sameClass, 28);
    QVERIFY(dead == std::vector<std::string>{"7 Large"});
    QVERIFY((free == std::vector<std::string>{"7 Onepkt", "10 InOut"}));
}

void TstAnalysis::deadAndSubsumed() {
    const RuleSet set = parsed(
        "weir-rules 1\none-of TCP UDP ICMP OTHER\nnever GreyIP with P2P Unreach\nclass A\n"
        "1: TCP\n2: TCP UDP\n3: TCP Onepkt\n4: GreyIP P2P\n5: Onepkt UDP\nclass B\n6: UDP\n");
    const Check c = check(set);
    QCOMPARE_EQ(c.dead, (std::vector<std::size_t>{1, 3}));
    QCOMPARE_EQ(c.subsumed, (std::vector<std::size_t>{2}));  // 5 lies in 6, but that is another class
}

void TstAnalysis::asserts() {
    const RuleSet set = parsed(test::shippedRules("glatz-2012") +
                               "assert GreyIP Onepkt TCP is \"Malicious Scanning\"\n"
                               "assert TCP is Other\nassert GreyIP Onepkt TCP is Bogon\nassert Backsc TCP is Other\n");
    QCOMPARE_EQ(check(set).failedAsserts, (std::vector<std::size_t>{2, 3}));
}

void TstAnalysis::takesByOrderThenText() {
    const RuleSet set = parsed(
        "weir-rules 1\nclass A\n1: TCP\n2: TCP Onepkt\nclass B\n3: Onepkt\n4: Onepkt TCP\nclass C\n5: bogon\norder "
        "B\n");
    QCOMPARE_EQ(set.order, (std::vector<std::uint16_t>{1, 0, 2}));
    QCOMPARE_EQ(ruleOf(set, test::wordOf("TCP")), 0);
    QCOMPARE_EQ(ruleOf(set, test::wordOf("TCP Onepkt")), 2);
    QCOMPARE_EQ(ruleOf(set, test::wordOf("UDP")), -1);
    QVERIFY((rulesByPriority(set) == std::vector<std::uint16_t>{2, 3, 0, 1, 4}));
}

QTEST_APPLESS_MAIN(TstAnalysis)
#include "tst_analysis.moc"
