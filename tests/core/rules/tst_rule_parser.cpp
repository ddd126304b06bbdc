// Rule text: what it compiles to, every diagnostic with its place and fix, and that the text survives byte for byte.
#include "core/rules/rule_set.h"
#include "tests/core/rules/shipped.h"
#include "tests/support/bare_terms.h"

#include <QTest>

#include <random>

using namespace weir;
using namespace weir::rules;
using test::kSigns;
using test::wordOf;

namespace {

const std::string kHead = "weir-rules 1\n";

/// "3:7+8 error message" per diagnostic.
QString shown(const Diagnostic& d) {
    return QStringLiteral("%1:%2+%3 %4 %5")
        .arg(d.line)
        .arg(d.column)
        .arg(d.length)
        .arg(d.severity == Severity::error ? QStringLiteral("error") : QStringLiteral("warning"),
             QString::fromStdString(d.message));
}

/// The text with the fix of a diagnostic applied.
std::string fixed(const std::string& text, const Diagnostic& d) {
    std::size_t at = 0;
    for (std::size_t line = 1; line < d.line; ++line) at = text.find('\n', at) + 1;
    return text.substr(0, at + d.column - 1) + d.fix + text.substr(at + d.column - 1 + d.length);
}

}  // namespace

class TstRuleParser : public QObject {
    Q_OBJECT
private slots:
    void masks();
    void namesAndClasses();
    void exclusions();
    void orderAndRank();
    void lineEndsAndBytes();
    void diagnostics_data();
    void diagnostics();
    void userSigns();
    void filtersOfUserSigns();
    void bitsOfKnownUserSigns();
    void sixtyFourSigns();
    void fixes_data();
    void fixes();
    void reportsAllProblemsInOrder();
    void limits();
    void neverCrashesOnDamagedText();
};

void TstRuleParser::masks() {
    const Parsed p = parseRules(kHead + "class A\n 1: TRWscan !HCscan ! PotOk\n2:OTHER\n", kSigns);
    QVERIFY(p.good() && p.diagnostics.empty());
    QCOMPARE_EQ(p.set.rules.size(), 2u);
    QCOMPARE_EQ(p.set.rules[0].must, wordOf("TRWscan"));
    QCOMPARE_EQ(p.set.rules[0].mustNot, wordOf("HCscan PotOk"));
    QCOMPARE_EQ(p.set.rules[0].line, 3u);
    QCOMPARE_EQ(p.set.rules[1].must, Word{1} << 17);
    QVERIFY(p.set.rules[0].matches(wordOf("TRWscan TCP")));
    QVERIFY(!p.set.rules[0].matches(wordOf("TRWscan PotOk TCP")));
    QVERIFY(!p.set.rules[0].matches(wordOf("TCP")));
    QCOMPARE_EQ(signNamesOf(wordOf("TCP TRWscan Onepkt"), kSigns), "TRWscan Onepkt TCP");
}

void TstRuleParser::namesAndClasses() {
    const Parsed p = parseRules(kHead +
                                    "name \"Two words\" # c\nclass \"Größe # 1\" attack T1595.001\n\"rule one\": "
                                    "TCP\nclass B attack T1046\nclass: UDP\n",
                                kSigns);
    QVERIFY(p.good());
    QCOMPARE_EQ(p.set.name, "Two words");
    QCOMPARE_EQ(p.set.classes[0].name, "Größe # 1");
    QVERIFY(p.set.classes[0].attack);
    QCOMPARE_EQ(p.set.classes[0].attackId, "T1595.001");
    QCOMPARE_EQ(p.set.rules[0].name, "rule one");
    QCOMPARE_EQ(p.set.rules[1].name, "class");  // a colon makes it a rule
    QCOMPARE_EQ(p.set.rules[1].classIndex, 1);
}

void TstRuleParser::exclusions() {
    const Parsed p =
        parseRules(kHead + "one-of TCP UDP\nnever GreyIP with PotOk !InOut\nnever !TCP with Retry\n", kSigns);
    QVERIFY(p.good());
    QCOMPARE_EQ(p.set.oneOf, std::vector<Word>{wordOf("TCP UDP")});
    QCOMPARE_EQ(p.set.never.size(), 3u);
    QCOMPARE_EQ(p.set.never[0].all, wordOf("GreyIP PotOk"));
    QCOMPARE_EQ(p.set.never[1].all, wordOf("GreyIP"));
    QCOMPARE_EQ(p.set.never[1].none, wordOf("InOut"));
    QCOMPARE_EQ(p.set.never[2].all, wordOf("Retry"));
    QCOMPARE_EQ(p.set.never[2].none, wordOf("TCP"));
    QCOMPARE_EQ(p.set.never[2].line, 4u);
}

void TstRuleParser::orderAndRank() {
    const Parsed p = parseRules(kHead + "order C A\nclass A\n1: TCP\nclass B\n2: TCP\nclass C\n3: TCP\n", kSigns);
    QVERIFY(p.good());
    QCOMPARE_EQ(p.set.order, (std::vector<std::uint16_t>{2, 0, 1}));
    QCOMPARE_EQ(p.set.rank, (std::vector<std::uint16_t>{1, 2, 0}));
}

void TstRuleParser::lineEndsAndBytes() {
    const std::string unix = test::shippedRules("glatz-2012");
    std::string dos;
    for (const char c : unix) dos += c == '\n' ? std::string("\r\n") : std::string(1, c);
    for (const std::string& text : {unix, dos, "\xef\xbb\xbf" + unix, unix.substr(0, unix.size() - 1)}) {
        const Parsed p = parseRules(text, kSigns);
        QVERIFY(p.good() && p.diagnostics.empty());
        QVERIFY(p.set.text == text);
        QCOMPARE_EQ(p.set.rules.size(), 17u);
        QCOMPARE_EQ(p.set.name, "Glatz and Dimitropoulos 2012");
    }
}

void TstRuleParser::diagnostics_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");  // of the only diagnostic: place, severity, start of the message
    const auto row = [](const char* name, const std::string& text, const char* expected) {
        QTest::newRow(name) << QByteArray::fromStdString(text) << QByteArray(expected);
    };
    const auto rule = [&](const char* name, const std::string& signs, const char* expected) {
        row(name, kHead + "class A\n1: " + signs + "\n", expected);
    };
    row("empty", "", "1:1+0 error the rule set is empty");
    row("only comments", "# nothing\n\n", "2:1+0 error the rule set is empty");
    row("no head", "class A\n1: TCP\n", "1:1+5 error expected `weir-rules 1` as the first line, found `class`");
    row("no version", "weir-rules\nclass A\n1: TCP\n", "1:1+10 error expected the language version");
    row("version 2", "weir-rules 2\nclass A\n1: TCP\n",
        "1:12+1 error this version reads rule sets of version 1, not `2`");
    row("head twice", kHead + kHead, "2:1+10 error `weir-rules` is allowed in the first line only");
    rule("unknown sign", "TRWScan bogon", "3:4+7 error unknown sign `TRWScan`; did you mean `TRWscan`?");
    rule("unknown sign by case", "tcp", "3:4+3 error unknown sign `tcp`; did you mean `TCP`?");
    rule("unknown sign, no guess", "Zebrafinch",
         "3:4+10 error unknown sign `Zebrafinch`; expected one of: TRWscan TRWnom");
    rule("unknown negated sign", "TCP !Bogon", "3:9+5 error unknown sign `Bogon`; did you mean `bogon`?");
    rule("both ways", "TCP !TCP", "3:8+4 error the sign is both required and forbidden");
    rule("both ways, other order", "!TCP TCP", "3:9+3 error the sign is both required and forbidden");
    rule("twice", "TCP TCP", "3:8+3 warning the sign is named twice");
    rule("no signs", "", "3:3+1 error expected signs: a rule names at least one");
    rule("bang at end", "TCP !", "3:9+1 error expected a sign after `!`, found the end of the line");
    rule("two bangs", "!!TCP", "3:5+1 error expected a sign after `!`, found `!`");
    rule("quoted sign", "\"TCP\"", "3:4+5 error expected a sign, found `TCP`");
    row("no colon", kHead + "class A\n1 TCP\n2: UDP\n", "3:1+1 error expected `:` after the rule name `1`");
    row("unknown statement", kHead + "clas A\n", "2:1+4 error unknown statement `clas`; did you mean `class`?");
    row("strange statement", kHead + "zebrafinch A\n",
        "2:1+10 error unknown statement `zebrafinch`; expected class, one-of");
    row("starts with bang", kHead + "!TCP\n", "2:1+1 error expected a statement or a rule");
    row("rule before class", kHead + "1: TCP\n", "2:1+1 error a rule belongs to a class");
    row("rule twice", kHead + "class A\n1: TCP\n1: UDP\n", "4:1+1 error rule `1` already exists in line 3");
    row("class twice", kHead + "class A\n1: TCP\nclass A\n2: UDP\n",
        "4:7+1 error class `A` is already declared in line 2");
    row("class without rule", kHead + "class A\n", "2:1+5 warning class `A` has no rule");
    row("class without name", kHead + "class\n",
        "2:6+1 error expected the name of the class, found the end of the line");
    row("class of two words", kHead + "class Two words\n1: TCP\n",
        "2:11+5 error expected `attack ID` or the end of the line");
    row("class Other", kHead + "class Other\n1: TCP\n", "2:7+5 error `Other` is what no rule matches");
    row("class of no letters", kHead + "class \"\"\n1: TCP\n", "2:7+2 error a class needs a name");
    row("attack without id", kHead + "class A attack\n1: TCP\n",
        "2:15+1 error expected an ATT&CK technique such as T1595, found the end");
    row("attack with bad id", kHead + "class A attack 1595\n1: TCP\n",
        "2:16+4 error expected an ATT&CK technique such as T1595, found `1595`");
    row("quote not closed", kHead + "name \"open\nclass A\n1: TCP\n", "2:6+5 error the quoted name is not closed");
    row("name twice", kHead + "name a\nname b\n", "3:1+4 error the rule set already has a name");
    row("order of nobody", kHead + "class Bogon\n1: TCP\norder bogon\n",
        "4:7+5 error class `bogon` is not declared; did you mean `Bogon`?");
    row("order twice", kHead + "class A\n1: TCP\norder A\norder A\n", "5:1+5 error the order is already given");
    row("order names twice", kHead + "class A\n1: TCP\norder A A\n",
        "4:9+1 error class `A` is listed twice in the order");
    row("order of nothing", kHead + "order\n", "2:6+1 error expected class names");
    row("one-of one", kHead + "one-of TCP\n", "2:11+1 error expected at least two signs after `one-of`");
    row("one-of negated", kHead + "one-of TCP !UDP\n", "2:12+4 error `one-of` lists signs");
    row("never alone", kHead + "never TCP\n", "2:10+1 error expected `with` and a sign");
    row("never two", kHead + "never TCP UDP with ICMP\n", "2:11+3 error expected `with` after the first sign");
    row("never with nothing", kHead + "never TCP with\n", "2:15+1 error expected a sign after `with`");
    row("never with itself", kHead + "never TCP with !TCP\n", "2:16+4 error a sign is never without itself");
    row("assert of nobody", kHead + "class A\n1: TCP\nassert TCP is B\n", "4:15+1 error class `B` is not declared");
    row("assert with bang", kHead + "class A\n1: TCP\nassert TCP !UDP is A\n",
        "4:12+4 error an assert names exactly the signs that hold");
    row("assert without is", kHead + "class A\n1: TCP\nassert TCP\n", "4:11+1 error expected `is` and a class");
    row("assert without class", kHead + "class A\n1: TCP\nassert TCP is\n",
        "4:14+1 error expected a class name or `Other`");
    row("assert on nothing", kHead + "class A\n1: TCP\nassert is A\n",
        "4:8+2 error expected the signs of a combination, found `is`");
    row("assert on an impossible word", kHead + "class A\n1: TCP\nnever TCP with UDP\nassert TCP UDP is A\n",
        "5:1+6 warning no flow has these signs: line 4 excludes them");
    row("assert on no protocol", kHead + "class A\n1: bogon\none-of TCP UDP\nassert bogon is A\n",
        "5:1+6 warning no flow has these signs: exactly one of TCP UDP holds");
    row("user sign without anything", kHead + "sign\nclass A\n1: TCP\n", "2:5+1 error expected the name of a sign");
    row("user sign without filter", kHead + "sign Beacon\nclass A\n1: Beacon TCP\n",
        "2:12+1 error expected `=` and a filter");
    row("user sign of two words", kHead + "sign My Beacon = tcp\nclass A\n1: My TCP\n",
        "2:9+6 error expected `=` and a filter: `sign NAME = FILTER`, found `Beacon`");
    row("user sign of nothing", kHead + "sign Beacon =  # tcp\nclass A\n1: Beacon TCP\n",
        "2:14+1 error expected a filter after `=`");
    row("user sign named as a built-in one", kHead + "sign TCP = proto tcp\nclass A\n1: TCP\n",
        "2:6+3 error `TCP` is a built-in sign");
    row("user sign twice", kHead + "sign B = proto tcp\nclass A\n1: B\nsign B = proto udp\n",
        "5:6+1 error sign `B` is already declared in line 2");
    row("group", kHead + "group SYN = tSYN1 tSYNR\nclass A\n1: SYN\n",
        "2:1+5 error groups of signs (`SYN`) are not supported by this version");
    row("dpi table", kHead + "signs dpi\nclass A\n1: tSYN1 !Pair2\n",
        "2:7+3 error the packet-level signs (`dpi`) are not supported by this version");
    row("odd table", kHead + "signs oneway\nclass A\n1: TCP\n",
        "2:7+6 error unknown sign table `oneway`; expected `one-way`");
    row("not UTF-8", kHead + "# \xff\n", "2:3+1 error this byte is not valid UTF-8");
    row("cut UTF-8", kHead + "name \xc3\n", "2:6+1 error this byte is not valid UTF-8");
    row("overlong UTF-8", kHead + "name \xc0\xaf\n", "2:6+1 error this byte is not valid UTF-8");
    row("surrogate", kHead + "name \xed\xa0\x80\n", "2:6+1 error this byte is not valid UTF-8");
    row("control character", kHead + "name a\x01\n", "2:7+1 error control characters are not allowed");
    row("lone CR", kHead + "class A\r1: TCP\n", "2:8+1 error control characters are not allowed");
    row("long line", kHead + "# " + std::string(5000, 'x') + "\n",
        "2:4097+906 error the line is longer than 4096 bytes");
}
void TstRuleParser::diagnostics() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    const Parsed p = parseRules(text.toStdString(), kSigns);
    for (std::size_t i = 1; i < p.diagnostics.size(); ++i) qWarning("also: %s", qPrintable(shown(p.diagnostics[i])));
    QCOMPARE_EQ(p.diagnostics.size(), 1u);
    const QString got = shown(p.diagnostics[0]);
    QVERIFY2(got.startsWith(QString::fromUtf8(expected)), qPrintable(got));
    QCOMPARE_EQ(p.good(), expected.contains("warning"));
}

void TstRuleParser::userSigns() {
    const Parsed p =
        parseRules(kHead +
                       "class A\n1: Beacon !Web TCP\nsign Beacon = dst port in [4444 8443] and packets <= 3   # "
                       "often\n\tsign  Web=port 80\nnever Beacon with Web\nassert Beacon TCP is A\nsign: UDP\n",
                   kSigns);
    for (const Diagnostic& d : p.diagnostics) qWarning("%s", qPrintable(shown(d)));
    QVERIFY(p.good());
    const RuleSet& set = p.set;
    QCOMPARE_EQ(set.userSigns.size(), 2u);
    QCOMPARE_EQ(set.userSigns[0].name, "Beacon");
    QCOMPARE_EQ(set.userSigns[0].filter, "dst port in [4444 8443] and packets <= 3");
    QCOMPARE_EQ(set.userSigns[0].bit, 18u);
    QCOMPARE_EQ(set.userSigns[0].line, 4u);
    QCOMPARE_EQ(set.userSigns[1].filter, "port 80");
    QCOMPARE_EQ(set.userSigns[1].bit, 19u);
    const Word beacon = Word{1} << 18, web = Word{1} << 19;
    QCOMPARE_EQ(set.rules[0].must, wordOf("TCP") | beacon);
    QCOMPARE_EQ(set.rules[0].mustNot, web);
    QCOMPARE_EQ(set.rules[1].name, "sign");  // a rule may bear the name
    QCOMPARE_EQ(set.never[0].all, beacon | web);
    QCOMPARE_EQ(set.asserts[0].word, wordOf("TCP") | beacon);
    QCOMPARE_EQ(set.signs, (Word{1} << 20) - 1);
    QCOMPARE_EQ(signNamesOf(beacon | wordOf("TCP"), set.signNames), "TCP Beacon");
}

/// Read by the filter parser; its problems stand where they are in the rule text.
void TstRuleParser::filtersOfUserSigns() {
    const support::BareTerms terms;
    const Vocabulary words{kSigns, {}, &terms};
    QVERIFY(parseRules(kHead + "sign B = dst port 80 or packets <= 3\nclass A\n1: B\n", words).good());
    const Parsed bad = parseRules(kHead + "sign B = dst prot 80\nclass A\n1: B TCP\n", words);
    QCOMPARE_EQ(bad.diagnostics.size(), 1u);
    QCOMPARE_EQ(bad.diagnostics[0].line, 2u);
    QCOMPARE_EQ(bad.diagnostics[0].column, 14u);
    QVERIFY(!parseRules(kHead + "sign B = class \"X\"\nclass X\n1: B\n", words).good());
}

/// A sign of the same name and filter keeps its bit; another one never gets it.
void TstRuleParser::bitsOfKnownUserSigns() {
    const std::vector<UserSign> known{{"Web", "port 80", 18, 0, {}}, {"Old", "port 79", 20, 0, {}}};
    const Parsed p =
        parseRules(kHead + "sign New = port 1\nsign Web = port 80\nsign Old = port 78\nclass A\n1: New Web !Old\n",
                   {kSigns, known, nullptr});
    QVERIFY(p.good());
    QCOMPARE_EQ(p.set.userSigns[0].bit, 19u);
    QCOMPARE_EQ(p.set.userSigns[1].bit, 18u);
    QCOMPARE_EQ(p.set.userSigns[2].bit, 21u);
    QCOMPARE_EQ(p.set.signs, ((Word{1} << 22) - 1) & ~(Word{1} << 20));
    QCOMPARE_EQ(p.set.signNames[20], "Old");  // words may have it
}

void TstRuleParser::sixtyFourSigns() {
    std::string text = kHead;
    for (int i = 18; i < 64; ++i) text += "sign U" + std::to_string(i) + " = port " + std::to_string(i) + "\n";
    const std::string rules = "class A\n1: U63 !U18\n";
    const Parsed all = parseRules(text + rules, kSigns);
    QVERIFY(all.good());
    QCOMPARE_EQ(all.set.rules[0].must, Word{1} << 63);
    QCOMPARE_EQ(all.set.signs, ~Word{0});
    const Parsed more = parseRules(text + "sign More = port 1\n" + rules + "2: More\n", kSigns);
    QCOMPARE_EQ(more.diagnostics.size(), 1u);
    QVERIFY(more.diagnostics[0].message.starts_with("there can be at most 64 signs"));
}

void TstRuleParser::fixes_data() {
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char* name, const std::string& text) {
        QTest::newRow(name) << QByteArray::fromStdString(text);
    };
    row("sign", kHead + "class A\n1: TCP !TRWScan # x\n");
    row("head", "class A\n1: TCP\n");
    row("version", "weir-rules 7\nclass A\n1: TCP\n");
    row("quote", kHead + "class \"A b\n1: TCP\n");
    row("order", kHead + "class \"Malicious Scanning\"\n1: TCP\norder \"Malicious Scaning\"\n");
    row("statement", kHead + "clas A\n1: TCP\n");
    row("colon", kHead + "class A\n1 TCP\n2: UDP\n");
    row("empty", "");
}
void TstRuleParser::fixes() {
    QFETCH(QByteArray, text);
    std::string now = text.toStdString();
    for (int step = 0; step < 3; ++step) {
        const Parsed p = parseRules(now, kSigns);
        if (p.good()) return;
        QVERIFY2(!p.diagnostics[0].fix.empty(), p.diagnostics[0].message.c_str());
        now = fixed(now, p.diagnostics[0]);
    }
    QFAIL(now.c_str());
}

void TstRuleParser::reportsAllProblemsInOrder() {
    const Parsed p =
        parseRules(kHead + "order Z\nclass A\n1: Foo Bar !tcp\nnever X\n1: TCP\nassert TCP is Y\n", kSigns);
    std::vector<std::pair<std::size_t, std::size_t>> places;
    for (const Diagnostic& d : p.diagnostics) places.emplace_back(d.line, d.column);
    QVERIFY(std::is_sorted(places.begin(), places.end()));
    QCOMPARE_EQ(places.size(), 8u);  // Z, Foo, Bar, tcp, X, `with`, 1, Y
}

void TstRuleParser::limits() {
    std::string text = kHead;
    for (int c = 1; c <= 31; ++c) text += "class C" + std::to_string(c) + "\n" + std::to_string(c) + ": TCP\n";
    QVERIFY(parseRules(text, kSigns).good());
    const Parsed many = parseRules(text + "class C32\n32: TCP\n", kSigns);
    QCOMPARE_EQ(many.diagnostics.size(), 1u);
    QCOMPARE_EQ(many.diagnostics[0].message, "a rule set has at most 31 classes");
    QCOMPARE_EQ(many.set.classes.size(), 31u);

    std::string rules = kHead + "class A\n";
    for (int r = 1; r <= 4096; ++r) rules += std::to_string(r) + ": TCP\n";
    QVERIFY(parseRules(rules, kSigns).good());
    QCOMPARE_EQ(parseRules(rules + "x: TCP\n", kSigns).diagnostics.at(0).message, "a rule set has at most 4096 rules");

    std::string bad = kHead + "class A\n";
    for (int r = 1; r <= 3000; ++r) bad += std::to_string(r) + ": Nosuch\n";
    const Parsed p = parseRules(bad, kSigns);
    QCOMPARE_EQ(p.diagnostics.size(), 1001u);
    QCOMPARE_EQ(p.diagnostics.back().message, "2000 more problems are not listed");
    QVERIFY(!parseRules(std::string(5u << 20, '#'), kSigns).good());
}

void TstRuleParser::neverCrashesOnDamagedText() {
    const quint64 seed = std::random_device{}();
    qInfo("seed %llu", seed);
    std::mt19937_64 random(seed);
    const std::string text = test::shippedRules("bigler-2011");
    for (std::size_t cut = 0; cut <= text.size(); cut += 7)
        QVERIFY(parseRules(text.substr(0, cut), kSigns).set.text.size() == cut);
    for (int round = 0; round < 2000; ++round) {
        std::string damaged = text;
        for (auto n = 1 + random() % 4; n-- > 0;) damaged[random() % damaged.size()] = char(random());
        const Parsed p = parseRules(damaged, kSigns);
        for (const Diagnostic& d : p.diagnostics) QVERIFY(d.line >= 1 && d.column >= 1 && !d.message.empty());
        for (const Rule& r : p.set.rules) QVERIFY(r.classIndex < p.set.classes.size());
    }
}

QTEST_APPLESS_MAIN(TstRuleParser)
#include "tst_rule_parser.moc"
