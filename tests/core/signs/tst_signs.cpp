// Every sign at its edges, and the exclusions E0 to E7.
#include "core/meter/derive.h"
#include "core/signs/one_way/all.h"
#include "core/signs/sign_family.h"
#include "tests/support/hand_flows.h"
#include "tests/support/synthetic_flows.h"

#include <QTest>
#include <set>

using namespace weir;
using support::HandFlows;

Q_DECLARE_METATYPE(HandFlows)

namespace {

const std::string kIn = "198.18.4.7", kOut = "8.8.8.8";

QString namesOf(signs::SignWord word) {
    QStringList names;
    for (unsigned bit = 0; bit < signs::oneWay().size(); ++bit) {
        const std::string_view id = signs::oneWay().names[bit];
        if (word >> bit & 1) names << QString::fromLatin1(id.data(), qsizetype(id.size()));
    }
    return names.join(u' ');
}

signs::SignWord wordOf(std::initializer_list<const char*> names) {
    signs::SignWord word = 0;
    for (const char* name : names) word |= signs::wordOf(signs::oneWay().bitOf(name));
    return word;
}

/// The local host sends once, to somebody else: then it is not grey.
const HandFlows kAlive = {{0, 0, kIn, 9, "1.1.1.1", 9, 17}};

}  // namespace

class TestSigns : public QObject {
    Q_OBJECT
private slots:
    void words_data() {
        QTest::addColumn<HandFlows>("records");
        QTest::addColumn<QString>("signs");  // of the last record's flow
        const auto row = [](const char* name, const HandFlows& records, const char* signs) {
            QTest::newRow(name) << records << signs;
        };
        const auto one = [&](support::HandFlow f) { return kAlive + HandFlows{std::move(f)}; };
        // protocols
        row("TCP", one({1, 0, kOut, 4000, kIn, 4000, 6, 3, 180}), "TCP");
        row("UDP", one({1, 0, kOut, 4000, kIn, 4000, 17, 3, 180}), "UDP");
        row("ICMP", one({1, 0, kOut, 0, kIn, 0, 1, 3, 180}), "ICMP");
        row("ICMP of IPv6",
            {{0, 0, "2001:db8:77::1", 9, "2a00::1", 9, 17}, {1, 0, "2a00::2", 0, "2001:db8:77::1", 0, 58, 3, 180}},
            "ICMP");
        row("58 over IPv4", one({1, 0, kOut, 0, kIn, 0, 58, 3, 180}), "OTHER");
        row("GRE", one({1, 0, kOut, 0, kIn, 0, 47, 3, 180}), "OTHER");
        row("SCTP with ports", one({1, 0, kOut, 80, kIn, 4000, 132, 3, 180}), "OTHER");
        // sizes
        row("one packet", one({1, 0, kOut, 4000, kIn, 4000, 6, 1, 60}), "Onepkt TCP");
        row("one packet is never large", one({1, 0, kOut, 4000, kIn, 4000, 6, 1, 10'240}), "Onepkt TCP");
        row("nine packets", one({1, 0, kOut, 4000, kIn, 4000, 6, 9, 10'239}), "TCP");
        row("ten packets", one({1, 0, kOut, 4000, kIn, 4000, 6, 10, 600}), "Large TCP");
        row("10,240 bytes", one({1, 0, kOut, 4000, kIn, 4000, 6, 2, 10'240}), "Large TCP");
        row("two fragments of one packet",
            one({1, 0, kOut, 4000, kIn, 4000, 6, 1, 60}) + HandFlows{{5, 0, kOut, 4000, kIn, 4000, 6, 1, 60}}, "TCP");
        // Backsc, Artef
        row("backscatter", one({1, 0, kOut, 1023, kIn, 1024, 6, 3, 180}), "Backsc TCP");
        row("backscatter over UDP", one({1, 0, kOut, 53, kIn, 4000, 17, 3, 180}), "Backsc UDP");
        row("to a low port", one({1, 0, kOut, 1023, kIn, 1023, 6, 3, 180}), "TCP");
        row("from a high port", one({1, 0, kOut, 1024, kIn, 1024, 6, 3, 180}), "TCP");
        row("from a listed service port", one({1, 0, kOut, 8443, kIn, 4000, 6, 3, 180}), "Backsc TCP");
        row("to a known local service",
            support::twoWay(0, "9.9.9.1", 5000, kIn, 4000) + support::twoWay(0, "9.9.9.2", 5000, kIn, 4000) +
                HandFlows{{1, 0, kOut, 80, kIn, 4000, 6, 3, 180}},
            "Unreach TCP");
        row("artefact", one({1, 0, kOut, 0, kIn, 0, 17, 3, 180}), "Artef UDP");
        row("one port only", one({1, 0, kOut, 0, kIn, 1, 17, 3, 180}), "UDP");
        row("ICMP is no artefact", one({1, 0, kOut, 0, kIn, 0, 1, 1, 60}), "Onepkt ICMP");
        // GreyIP, bogon
        row("grey", {{1, 0, kOut, 4000, kIn, 4000, 6, 3, 180}}, "GreyIP TCP");
        row("sent before", {{0, 0, kIn, 9, "1.1.1.1", 9, 17}, {9999, 0, kOut, 4000, kIn, 4000, 6, 3, 180}}, "TCP");
        row("sends later", {{9999, 0, kIn, 9, "1.1.1.1", 9, 17}, {1, 0, kOut, 4000, kIn, 4000, 6, 3, 180}}, "TCP");
        row("sent to the inside", {{0, 0, kIn, 9, "198.18.4.8", 9, 17}, {1, 0, kOut, 4000, kIn, 4000, 6, 3, 180}},
            "TCP");
        row("answered inside a two-way record",
            {{0, 0, "1.1.1.1", 9, kIn, 9, 17, 1, 60, 0, 1}, {1, 0, kOut, 4000, kIn, 4000, 6, 3, 180}}, "TCP");
        row("broadcast is never grey", {{1, 0, kOut, 4000, "198.18.4.255", 4000, 17, 3, 180}}, "UDP");
        row("multicast is never grey", {{1, 0, kOut, 4000, "224.0.0.251", 4000, 17, 3, 180}}, "UDP");
        row("bogon", one({1, 0, "10.0.0.1", 4000, kIn, 4000, 6, 3, 180}), "bogon TCP");
        row("a grey bogon", {{1, 0, "10.0.0.1", 80, kIn, 4000, 6, 1, 60}}, "Backsc GreyIP bogon Onepkt TCP");
        // not classified
        row("outflow", {{1, 0, kIn, 4000, kOut, 4000}}, "");
        row("two-way", support::twoWay(1, kOut, 5000, kIn, 80), "");
        row("internal", {{1, 0, "198.18.4.8", 1, kIn, 2}}, "");
        row("transit", {{1, 0, kOut, 1, "9.9.9.9", 2}}, "");
        // evidence finds its bit
        HandFlows scan;
        for (int i = 1; i <= 4; ++i)
            scan.push_back({double(i), 0, kOut, 4000, "198.18.4." + std::to_string(i), 4000, 6, 3, 180});
        row("scanner", kAlive + HandFlows{{1, 0, "198.18.4.4", 1, "1.1.1.1", 1}} + scan, "TRWscan HCscan TCP");
        row("unibiflow", support::twoWay(0, kOut, 5000, kIn, 80) + HandFlows{{5, 0, kOut, 4000, kIn, 4000, 6, 3, 180}},
            "PotOk TCP");
        row("both directions", {{0, 0, kIn, 5, kOut, 6}, {1, 0, kOut, 4000, kIn, 4000, 6, 3, 180}}, "InOut TCP");
        row("retry",
            kAlive + HandFlows{{590, 5, kOut, 4000, kIn, 4000, 6, 3, 180}, {610, 0, kOut, 4000, kIn, 4000, 6, 3, 180}},
            "Retry TCP");
    }
    void words() {
        QFETCH(HandFlows, records);
        QFETCH(QString, signs);
        const auto source = support::handSource(records);
        std::vector<std::uint8_t> bogons(source.addresses().size(), 0);
        if (const auto id = source.addresses().find(*flow::parseAddress("10.0.0.1"))) bogons[*id] = 1;
        const auto r = support::judge(source, support::handPairing(), {}, bogons, 2);
        const signs::SignWord word = r.words[r.flows.flowOfRecord[records.size() - 1]];
        QCOMPARE(namesOf(word), signs);
        QVERIFY(word == 0 || signs::oneWay().obeysExclusions(word));
    }

    /// The other direction: roles exchanged.
    void outbound() {
        profile::ProfileSettings s;
        s.direction = flow::Direction::out;
        const auto source = support::handSource({{1, 0, kIn, 80, kOut, 4000, 6, 1, 60},
                                                 {2, 0, kOut, 80, kIn, 4000, 6, 1, 60},
                                                 {3, 0, kIn, 5, "1.1.1.1", 5},
                                                 {4, 0, "1.1.1.1", 7, kIn, 7}});
        const auto r = support::judge(source, support::handPairing(), s, {}, 1);
        QCOMPARE(namesOf(r.words[0]), QStringLiteral("Backsc Onepkt InOut TCP"));
        QCOMPARE(namesOf(r.words[1]), QString());
        QCOMPARE(namesOf(r.words[2]), QStringLiteral("Onepkt InOut TCP"));
    }

    void exclusions_data() {
        QTest::addColumn<quint64>("word");
        QTest::addColumn<bool>("obeys");
        const auto row = [](const char* name, std::initializer_list<const char*> list, bool obeys) {
            QTest::newRow(name) << quint64(wordOf(list)) << obeys;
        };
        row("plain", {"TCP"}, true);
        row("E0 none", {"GreyIP"}, false);
        row("E0 two", {"TCP", "UDP"}, false);
        row("E1", {"TRWscan", "TRWnom", "TCP"}, false);
        row("E2", {"Onepkt", "Large", "TCP"}, false);
        row("E3 PotOk", {"GreyIP", "PotOk", "TCP"}, false);
        row("E3 InOut", {"GreyIP", "InOut", "TCP"}, false);
        row("E4 P2P", {"GreyIP", "P2P", "TCP"}, false);
        row("E4 Unreach", {"GreyIP", "Unreach", "TCP"}, false);
        for (const char* s : {"Backsc", "P2P", "Unreach", "Retry", "Artef"}) {
            row("E5 ICMP", {s, "ICMP"}, false);
            row("E5 OTHER", {s, "OTHER"}, false);
            row("TCP may", {s, "TCP"}, true);
        }
        row("E6", {"Unreach", "Backsc", "TCP"}, false);
        row("E7", {"Retry", "UDP"}, false);
    }
    void exclusions() {
        QFETCH(quint64, word);
        QFETCH(bool, obeys);
        QCOMPARE(signs::oneWay().obeysExclusions(word), obeys);
    }
    /// The number of methods.md 3.2.
    void admissibleWords() {
        int n = 0;
        for (signs::SignWord word = 0; word < (1u << signs::oneWay().size()); ++word)
            n += signs::oneWay().obeysExclusions(word);
        QCOMPARE(n, 5976);
    }

    void syntheticWordsObey() {
        support::SyntheticSettings s;
        s.rows = 300'000;
        s.remoteHosts = 30'000;
        s.ipv6Share = 0.1;
        const auto input = support::makeSyntheticFlows(s);
        meter::PairingSettings pairing;
        pairing.local = input.local;
        for (const auto direction : {flow::Direction::in, flow::Direction::out}) {
            profile::ProfileSettings settings;
            settings.direction = direction;
            const auto r = support::judge(input.source, pairing, settings, input.bogonHosts, 2);
            for (std::size_t i = 0; i < r.flows.size(); ++i) {
                QCOMPARE(r.words[i] != 0, flow::isOneWay(r.flows.kind[i], direction));
                QVERIFY2(r.words[i] == 0 || signs::oneWay().obeysExclusions(r.words[i]),
                         qPrintable(namesOf(r.words[i])));
            }
        }
    }

    void registry() {
        std::set<std::string_view> ids;
        for (const auto& s : signs::oneWay().defs) {
            QVERIFY(!s.help.empty() && !s.mark.empty() && s.explain);
            for (const signs::Change& change : {s.set, s.clear}) QCOMPARE(change.cost == 0, change.how.empty());
            QVERIFY(ids.insert(s.id).second);
        }
        QCOMPARE(ids.size(), std::size_t(signs::oneWay().size()));
        QCOMPARE(signs::oneWay().bitOf("TRWscan"), 0u);
        QCOMPARE(signs::oneWay().bitOf("OTHER"), 17u);
        QCOMPARE(signs::oneWay().bitOf("no such sign"), signs::oneWay().size());
        QCOMPARE(signs::findFamily("one-way"), &signs::oneWay());
        QVERIFY(!signs::findFamily("two-way"));
    }
};

QTEST_APPLESS_MAIN(TestSigns)
#include "tst_signs.moc"
