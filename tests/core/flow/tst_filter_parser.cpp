// What the parser says of wrong filters, and where; and that nothing breaks it.
#include "core/flow/filter_complete.h"
#include "core/flow/filter_parser.h"
#include "core/flow/filter_values.h"

#include <QTest>

using namespace weir;

namespace {

class NameTerms final : public flow::FilterTerms {
public:
    flow::TermAnswer find(std::string_view keyword, std::string_view name) const override {
        if (keyword == "sign" && name != "TRWscan")
            return {{}, "unknown sign `" + std::string(name) + "`; did you mean `TRWscan`?", "TRWscan"};
        return {flow::WordTest{1, {}}, {}, {}};
    }
    std::vector<std::string> names(std::string_view) const override { return {"TRWscan", "Benign P2P"}; }
    std::span<const std::uint8_t> hostBits() const override { return {}; }
    const flow::DerivedFlows* derived() const override { return nullptr; }
    std::span<const std::uint64_t> words() const override { return {}; }
    std::span<const std::uint8_t> localIsInitiator() const override { return {}; }
};
const NameTerms kTerms;

}  // namespace

class TstFilterParser : public QObject {
    Q_OBJECT
private slots:
    void problems_data();
    void problems();
    void allProblems();
    void good_data();
    void good();
    void precedence();
    void flagsUnderNot();
    void values();
    void deepNesting();
    void hugeLists();
    void completion_data();
    void completion();
};

void TstFilterParser::problems_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArray>("fix");
    const auto row = [](const char* text, int line, int column, const char* message, const char* fix = "") {
        QTest::addRow("%s", text) << QByteArray(text) << line << column << QByteArray(message) << QByteArray(fix);
    };
    row("prot tcp", 1, 1, "unknown term `prot`; did you mean `proto`?", "proto");
    row("any and\n prto tcp", 2, 2, "did you mean", "proto");
    row("proto tpc", 1, 7, "unknown protocol `tpc`", "tcp");
    row("proto 300", 1, 7, "0 to 255");
    row("proto", 1, 6, "expected a protocol name or number, found the end of the filter");
    row("proto and port 5", 1, 7, "expected a protocol");
    row("port http", 1, 6, "not a number");
    row("port 70000", 1, 6, "0 to 65535");
    row("port in [80 http]", 1, 13, "not a number");
    row("port in 80", 1, 9, "expected `[` or `@NAME`");
    row("port in []", 1, 10, "the list is empty");
    row("port in [80", 1, 12, "expected a port number or `]`");
    row("bytes > 99999999999999999999", 1, 9, "64 bits");
    row("bytes > 18446744073709551616", 1, 9, "64 bits");
    row("bytes > 20000000000G", 1, 9, "64 bits");
    row("bytes > 1.5", 1, 9, "not a number");
    row("bytes > -1", 1, 9, "not a number");
    row("ip 192.168", 1, 4, "only a part of an address", "192.168.0.0/16");
    row("ip www.example.com", 1, 4, "not an IP address (names are not resolved)");
    row("ip 999.1.1.1", 1, 4, "not an IP address");
    row("ip > 10.0.0.1", 1, 4, "no order", "=");
    row("net 10.0.0.1", 1, 5, "no prefix length", "10.0.0.1/32");
    row("net fe80::1", 1, 5, "no prefix length", "fe80::1/128");
    row("net 192.168", 1, 5, "no prefix length", "192.168.0.0/16");
    row("net 10.0.0.0/33", 1, 5, "not a network");
    row("net 10.0.0.0 255.0.255.0", 1, 14, "netmask");
    row("src", 1, 4, "expected `ip`, `host`, `net`, `port`, `as`, `tos`, `vlan` or `mask`");
    row("src and port 5", 1, 9, "expected `dst`");
    row("flags sa", 1, 7, "capital letters", "SA");
    row("flags Q", 1, 7, "capital letters");
    row("flags 256", 1, 7, "0 to 255");
    row("first > 2026-01-01", 1, 7, "expected `seen`");
    row("last seen > yesterday", 1, 13, "not a time");
    row("proto tcp proto udp", 1, 11, "expected `and` or `or` before `proto`", "and proto");
    row("proto tcp and", 1, 14, "expected a term, found the end of the filter");
    row("and proto tcp", 1, 1, "expected a term, found `and`");
    row("()", 1, 2, "expected a term, found `)`");
    row("(any", 1, 1, "this `(` is never closed");
    row("any)", 1, 4, "this `)` closes nothing");
    row("sign TRWScan", 1, 6, "did you mean `TRWscan`?", "TRWscan");
    row("sign", 1, 5, "expected the name of a sign");
    row("class \"Bogon", 1, 7, "no closing", "\"Bogon\"");
    for (const char* later : {"label ssh", "dpi tls"}) row(later, 1, 1, "is not available yet");
    row("code \"X\"", 1, 6, "not available here");
    row("badness > 5", 1, 1, "not available here");
    row("src label x", 1, 5, "is not available yet");
    row("as 4294967296", 1, 4, "an AS number is 0 to 4294967295");
    row("as AS3320", 1, 4, "not a number");
    row("as in []", 1, 8, "the list is empty");
    row("vlan 65536", 1, 6, "a VLAN id is 0 to 65535");
    row("src tos 256", 1, 9, "a type of service is 0 to 255");
    row("mask 256", 1, 6, "a prefix length is 0 to 255");
    row("src if 3", 1, 5, "interfaces are `in if N` and `out if N`");
    row("in port 3", 1, 4, "expected `if`");
    row("out 3", 1, 5, "expected `if`");
    row("in and port 3", 1, 4, "expected `if`");
    row("icmp-type 256", 1, 11, "an ICMP type or code is 0 to 255");
    row("port in @web", 1, 9, "unknown list `@web`");
    row("ip in @tor", 1, 7, "unknown list `@tor`");
    row("source", 1, 7, "expected the name of a capture");
    row("source nowhere", 1, 8, "unknown capture `nowhere`");
    row("exporter 10.0.0.9", 1, 10, "unknown exporter `10.0.0.9`");
    row("router ip x", 1, 11, "not an IP address");
    row("community-id \"2:LQU9qZlK+B5F3KDmev6m5PMibrg=\"", 1, 14, "not a Community ID of version 1");
    row("community-id 1:LQU9qZlK", 1, 14, "not a Community ID of version 1");
}

void TstFilterParser::problems() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, message);
    const auto parsed = flow::parseFilter(text.toStdString(), kTerms);
    QCOMPARE(int(parsed.diagnostics.size()), 1);
    const Diagnostic& d = parsed.diagnostics.front();
    QVERIFY2(QByteArray::fromStdString(d.message).contains(message), d.message.c_str());
    QTEST(int(d.line), "line");
    QTEST(int(d.column), "column");
    QTEST(QByteArray::fromStdString(d.fix), "fix");
    QVERIFY(d.length >= 1);
    QVERIFY(!parsed.good());
}

void TstFilterParser::allProblems() {
    const auto parsed = flow::parseFilter("prot tcp and (flags sa or port x)\nor net 1.2.3.4 and bytes > 1z", kTerms);
    QCOMPARE(parsed.diagnostics.size(), std::size_t(5));
    const std::vector<std::pair<std::size_t, std::size_t>> places = {{1, 1}, {1, 21}, {1, 32}, {2, 8}, {2, 28}};
    for (std::size_t i = 0; i < places.size(); ++i)
        QCOMPARE(std::pair(parsed.diagnostics[i].line, parsed.diagnostics[i].column), places[i]);
}

void TstFilterParser::good_data() {
    QTest::addColumn<QByteArray>("text");
    for (const char* text : {"",
                             "# nothing",
                             "any",
                             "PROTO Tcp and Port 80",
                             "src and dst net 10/8",
                             "dst or src ip 1.2.3.4",
                             "flags = SA",
                             "flags != S",
                             "port != 80",
                             "port ge 80 and port le 90",
                             "first seen >= 2026-01-01 and last seen < \"2026-01-01 10:00:00\"",
                             "not not not any",
                             "ip in [1.2.3.4, fe80::/10]",
                             "class \"Benign P2P\" or rule 3 or sign TRWscan or unclassified",
                             "inbound and oneway && !biflow",
                             "net 10.0.0.0/8\n# and\nor any",
                             "as 3320 and src as in [1, 2] and dst as >= 64512",
                             "if 3 or in if 4 or OUT IF 5",
                             "tos 0x10 and src and dst tos 0 or dst tos < 8",
                             "vlan 5 or src vlan 6 and not mask 24",
                             "community-id \"1:LQU9qZlK+B5F3KDmev6m5PMibrg=\"",
                             "community-id 1:LQU9qZlK+B5F3KDmev6m5PMibrg= and any"})
        QTest::addRow("%s", text) << QByteArray(text);
}

void TstFilterParser::good() {
    QFETCH(QByteArray, text);
    const auto parsed = flow::parseFilter(text.toStdString(), kTerms);
    QVERIFY2(parsed.diagnostics.empty(), parsed.diagnostics.empty() ? "" : parsed.diagnostics.front().message.c_str());
}

void TstFilterParser::precedence() {
    using Op = flow::FilterNode::Op;
    const auto root = flow::parseFilter("any or ipv4 and not ipv6 or port 5", kTerms).root;
    QVERIFY(root.op == Op::anyOf);
    QCOMPARE(root.children.size(), std::size_t(3));
    QVERIFY(root.children[1].op == Op::allOf);
    QVERIFY(root.children[1].children[1].op == Op::inverse);
}

void TstFilterParser::flagsUnderNot() {
    using Form = flow::FlagsTerm::Form;
    const auto formOf = [](const char* text) {
        flow::FilterNode n = flow::parseFilter(text, kTerms).root;
        while (n.op != flow::FilterNode::Op::leaf) {
            flow::FilterNode child = n.children[0];
            n = std::move(child);
        }
        return std::get<flow::FlagsTerm>(n.leaf).form;
    };
    QVERIFY(formOf("flags SA") == Form::allSet);
    QVERIFY(formOf("not flags SA") == Form::anySet);
    QVERIFY(formOf("not (flags SA or any)") == Form::anySet);
    QVERIFY(formOf("not (not flags SA)") == Form::allSet);
    QVERIFY(formOf("not flags = SA") == Form::range);
}

void TstFilterParser::values() {
    QCOMPARE(*flow::parseCount("10k"), std::uint64_t(10000));
    QCOMPARE(*flow::parseCount("18446744073709551615"), ~std::uint64_t{0});
    QCOMPARE(*flow::parseCount("0xff"), std::uint64_t(255));
    QVERIFY(!flow::parseCount(""));
    QVERIFY(!flow::parseCount("k"));
    QVERIFY(!flow::parseCount("0x"));
    QCOMPARE(flow::toText(*flow::parseNetwork("192.168/16")), std::string("192.168.0.0/16"));
    QCOMPARE(flow::toText(*flow::prefixOfMask("10.1.2.3", "255.255.0.0")), std::string("10.1.0.0/16"));
    QCOMPARE(flow::toText(*flow::prefixOfMask("10.1.2.3", "0.0.0.0")), std::string("0.0.0.0/0"));
    QVERIFY(!flow::prefixOfMask("10.1.2.3", "255.0.255.0"));
    QVERIFY((flow::rangeOf(flow::Comparison::less, 0) == flow::NumberRange{1, 0}));
    QVERIFY((flow::rangeOf(flow::Comparison::greater, ~std::uint64_t{0}) == flow::NumberRange{1, 0}));
}

void TstFilterParser::deepNesting() {
    const auto nested = [](std::size_t n) { return std::string(n, '(') + "any" + std::string(n, ')'); };
    QVERIFY(flow::parseFilter(nested(200), kTerms).good());
    QCOMPARE(flow::parseFilter(nested(201), kTerms).diagnostics.size(), std::size_t(1));
    QVERIFY(!flow::parseFilter(nested(1'000'000), kTerms).good());
    QVERIFY(!flow::parseFilter(std::string(1'000'000, '('), kTerms).good());
    std::string nots;
    for (int i = 0; i < 200'000; ++i) nots += "not ";
    QVERIFY(flow::parseFilter(nots + "any", kTerms).good());
    QVERIFY(!flow::parseFilter(std::string(5u << 20, ' '), kTerms).good());
}

void TstFilterParser::hugeLists() {
    std::string text = "ip in [";
    for (unsigned i = 0; i < 100'000; ++i) text += flow::toText(flow::IpAddr::v4(i * 40'503u)) + " ";
    QVERIFY(flow::parseFilter(text + "]", kTerms).good());
    QCOMPARE(flow::parseFilter(text, kTerms).diagnostics.size(), std::size_t(1));
    std::string wrong;
    for (int i = 0; i < 10'000; ++i) wrong += "xyz and ";
    const auto parsed = flow::parseFilter(wrong, kTerms);
    QVERIFY(parsed.diagnostics.size() >= 100 && parsed.diagnostics.size() < 110);
}

void TstFilterParser::completion_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("has");
    QTest::addColumn<QByteArray>("hasNot");
    QTest::addRow("empty") << QByteArray("") << QByteArray("proto") << QByteArray("and");
    QTest::addRow("part") << QByteArray("pro") << QByteArray("proto") << QByteArray("port");
    QTest::addRow("protocol") << QByteArray("proto t") << QByteArray("tcp") << QByteArray("udp");
    QTest::addRow("end") << QByteArray("src ") << QByteArray("port") << QByteArray("proto");
    QTest::addRow("after a term") << QByteArray("proto tcp ") << QByteArray("and") << QByteArray("proto");
    QTest::addRow("after and") << QByteArray("proto tcp and ") << QByteArray("not") << QByteArray("or");
    QTest::addRow("sign") << QByteArray("sign TRW") << QByteArray("TRWscan") << QByteArray("\"Benign P2P\"");
    QTest::addRow("class") << QByteArray("class ") << QByteArray("\"Benign P2P\"") << QByteArray("and");
    QTest::addRow("class, quoted") << QByteArray("class \"Ben") << QByteArray("\"Benign P2P\"")
                                   << QByteArray("TRWscan");
    QTest::addRow("field") << QByteArray("dst ") << QByteArray("vlan") << QByteArray("if");
    QTest::addRow("interface") << QByteArray("in ") << QByteArray("if") << QByteArray("vlan");
    QTest::addRow("list") << QByteArray("ip in @T") << QByteArray("@TRWscan") << QByteArray("@Benign P2P");
    QTest::addRow("capture") << QByteArray("source ") << QByteArray("\"Benign P2P\"") << QByteArray("and");
    QTest::addRow("in parentheses") << QByteArray("(an") << QByteArray("any") << QByteArray("and");
}

void TstFilterParser::completion() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, has);
    QFETCH(QByteArray, hasNot);
    QByteArrayList offered;
    for (const auto& c : flow::completeFilterText(text.toStdString(), std::size_t(text.size()), kTerms))
        offered << QByteArray::fromStdString(c.text);
    QVERIFY2(offered.contains(has), offered.join(' ').constData());
    QVERIFY2(!offered.contains(hasNot), offered.join(' ').constData());
}

QTEST_APPLESS_MAIN(TstFilterParser)
#include "tst_filter_parser.moc"
