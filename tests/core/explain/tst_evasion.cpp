// What a sender can change to get out of a rule: against trying all admissible combinations.
#include "core/explain/evasion.h"
#include "core/rules/analysis.h"
#include "core/signs/sign_family.h"
#include "tests/core/rules/shipped.h"

#include <QTest>

#include <bit>
#include <set>
#include <utility>

using namespace weir;
using explain::Evasion;

class TstEvasion : public QObject {
    Q_OBJECT
private slots:
    void everyWayLeavesTheRule_data();
    void everyWayLeavesTheRule();
    void onePacketIsCheapest();
    void protocolsAndUserSignsAreNoWay();
};

void TstEvasion::everyWayLeavesTheRule_data() {
    QTest::addColumn<QString>("set");
    for (const char* name : {"glatz-2012", "bigler-2011"}) QTest::newRow(name) << QString::fromLatin1(name);
}

void TstEvasion::everyWayLeavesTheRule() {
    QFETCH(const QString, set);
    const rules::RuleSet rules = rules::parseRules(test::shippedRules(set.toStdString()), test::kSigns).set;
    const auto words = rules::admissibleWords(rules, signs::oneWay().size());
    const auto& defs = signs::oneWay().defs;
    std::size_t ways = 0;
    for (std::size_t r = 0; r < rules.rules.size(); ++r) {
        const rules::Rule& rule = rules.rules[r];
        std::set<unsigned> listed;
        int last = 0;
        for (const Evasion& e : explain::evasionsOf(rules, r)) {
            ++ways;
            listed.insert(e.sign);
            const rules::Word bit = rules::Word{1} << e.sign;
            QVERIFY(!rule.matches(e.after) && rule.matches(e.after ^ bit));  // one sign, and out
            QVERIFY(std::ranges::binary_search(words, e.after));
            QCOMPARE(bool(e.after & bit), e.set);
            QCOMPARE(e.cost, e.set ? defs[e.sign].set.cost : defs[e.sign].clear.cost);
            QVERIFY(e.cost >= last && e.cost <= 3 && !e.how.empty());
            last = e.cost;
            const int taker = rules::ruleOf(rules, e.after);
            QCOMPARE(e.className,
                     taker < 0 ? std::string("Other") : rules.classes[rules.rules[std::size_t(taker)].classIndex].name);
        }
        // Signs that are not listed: out of the sender's hands, or nothing that occurs differs by them alone.
        for (unsigned sign = 0; sign < signs::oneWay().size(); ++sign) {
            const rules::Word bit = rules::Word{1} << sign;
            const bool required = rule.must & bit, forbidden = rule.mustNot & bit;
            const int cost = required ? defs[sign].clear.cost : forbidden ? defs[sign].set.cost : 0;
            const bool occurs = std::ranges::any_of(words, [&](rules::Word w) {
                return rule.matches(w ^ bit) && !rule.matches(w) &&
                       ((required && !(w & bit)) || (forbidden && (w & bit)));
            });
            QCOMPARE(listed.contains(sign), cost != 0 && occurs);
        }
    }
    QVERIFY(ways > 20);
}

/// A second packet defeats a rule that wants one.
void TstEvasion::onePacketIsCheapest() {
    const rules::RuleSet rules = rules::parseRules(
                                     "weir-rules 1\none-of TCP UDP ICMP OTHER\nclass \"Malicious Scanning\"\n1: GreyIP "
                                     "Onepkt TCP\nclass Other2\n2: GreyIP !Onepkt\n",
                                     test::kSigns)
                                     .set;
    const auto ways = explain::evasionsOf(rules, 0);
    QCOMPARE(ways.size(), std::size_t(2));
    QCOMPARE(rules.signNames[ways[0].sign], std::string("Onepkt"));
    QCOMPARE(int(ways[0].cost), 1);
    QCOMPARE(ways[0].className, std::string("Other2"));
    QCOMPARE(explain::evasionText(rules, ways[0]),
             std::string("cost 1: send a second packet (not Onepkt), then Other2"));
    QCOMPARE(rules.signNames[ways[1].sign], std::string("GreyIP"));
}

void TstEvasion::protocolsAndUserSignsAreNoWay() {
    const rules::RuleSet rules =
        rules::parseRules(
            "weir-rules 1\none-of TCP UDP ICMP OTHER\nsign Mine = port 1\nclass A\n1: TCP Mine\n2: UDP !Unreach\n",
            test::kSigns)
            .set;
    QVERIFY(explain::evasionsOf(rules, 0).empty() && explain::evasionsOf(rules, 1).empty());
}

QTEST_APPLESS_MAIN(TstEvasion)
#include "tst_evasion.moc"
