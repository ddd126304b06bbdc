// Filters folded into tables against the same filters run one by one, row by row: every kind of term, ICMP, both
// directions, more lists than tables hold.
#include "core/flow/filter_parser.h"
#include "core/flow/host_bits.h"
#include "core/flow/memory_source.h"
#include "core/score/fold.h"
#include "tests/support/bare_terms.h"

#include <QTest>

#include <random>

using namespace weir;

namespace {

constexpr flow::HostId kHosts = 300;

const char* const kFilters[] = {
    "any",
    "not any",
    "ipv4",
    "ipv6",
    "inbound",
    "outbound",
    "internal",
    "transit",
    "not inbound",
    "ip 10.0.0.7",
    "src ip 10.0.0.7",
    "dst ip in [10.0.0.1 10.0.0.9 1.0.0.3]",
    "src net 10.0.0.0/26",
    "src and dst net 10.0.0.0/25",
    "dst net fd00::/126",
    "not (src ip in @a or dst ip in @b)",
    "ip in @a and not ip in @b",
    "src ip in @c",
    "dst ip in @c and ip in @a",
    "port 80",
    "src port 53",
    "dst port 256",
    "dst port > 1024",
    "src and dst port < 1024",
    "port in [22 80 443]",
    "not dst port in @p",
    "port in @p",
    "src port != 80",
    "proto tcp",
    "proto 17",
    "not proto 17",
    "proto icmp",
    "flags S",
    "flags = SA",
    "flags 2",
    "not flags AR",
    "flags S and not flags ARFPU",
    "packets > 3",
    "packets = 1",
    "packets < 1",
    "bytes >= 1000",
    "bytes != 40",
    "packets > 10 and packets < 51",
    "duration > 2",
    "bps > 1000",
    "pps < 100",
    "bpp 40",
    "icmp-type 3",
    "icmp-code 1",
    "first seen > 1970-01-01T00:00:00.050Z",
    "last seen < 1970-01-01T00:00:00.120Z",
    "flows 1",
    "flows > 1",
    "tos 3",
    "(proto tcp and dst port 22 and packets >= 11) or (proto udp and not port in @p and src ip in @a)",
};

flow::MemorySource records(std::mt19937& rng, std::size_t n) {
    Buffer<std::uint32_t> v4;
    Buffer<flow::IpAddr> v6;
    for (std::uint32_t i = 0; i < 100; ++i) v4.push_back(0x01000000u + i);
    for (std::uint32_t i = 0; i < 100; ++i) v4.push_back(0x0a000000u + i);
    for (const char* net : {"2001:db8::", "fd00::"})
        for (int i = 0; i < 50; ++i) {
            flow::IpAddr a = *flow::parseAddress(net);
            a.b[15] = std::uint8_t(i);
            v6.push_back(a);
        }
    flow::RecordColumns c;
    c.resize(n, flow::ColSet::metered());
    const auto upTo = [&](std::uint32_t k) { return std::uint32_t(rng() % k); };
    constexpr std::uint16_t kPorts[] = {22, 53, 80, 256, 443, 0, 1024, 1025, 40000, 65535};
    constexpr std::uint8_t kProtocols[] = {6, 6, 6, 17, 17, 1, 58, 47};
    for (std::size_t i = 0; i < n; ++i) {
        c.src[i] = upTo(kHosts);
        c.dst[i] = upTo(kHosts);
        c.protocol[i] = kProtocols[upTo(8)];
        const bool icmp = c.protocol[i] == 1 || c.protocol[i] == 58;
        c.srcPort[i] = icmp ? std::uint16_t{0} : kPorts[upTo(10)];
        c.dstPort[i] = icmp ? std::uint16_t{0} : kPorts[upTo(10)];
        c.icmpTypeCode[i] = icmp ? std::uint16_t(upTo(5) * 256 + upTo(3)) : std::uint16_t{0};
        c.tcpFlags[i] = c.protocol[i] == 6 ? std::uint8_t(upTo(3) ? 2 : upTo(64)) : std::uint8_t{0};
        c.reverseTcpFlags[i] = std::uint8_t(upTo(64));
        c.packets[i] = upTo(60);
        c.bytes[i] = c.packets[i] * (40 + upTo(2) * 100);
        c.reversePackets[i] = upTo(3) ? 0 : upTo(20);
        c.reverseBytes[i] = c.reversePackets[i] * 40;
        c.start[i] = std::int64_t(upTo(200)) * 1000;
        c.end[i] = c.start[i] + upTo(9) * 1000;
    }
    return {std::move(c), flow::AddressTable(std::move(v4), std::move(v6))};
}

}  // namespace

class TstFold : public QObject {
    Q_OBJECT
private slots:
    void init();
    void everyTerm();
    void sixtyFourAtOnce();
    void moreListsThanClasses();
    void directions();
    void tooMany();

private:
    void compare(const std::vector<std::string>& texts, const std::vector<flow::Heading>& applies);
    static constexpr std::size_t kRows = 9000;
    std::mt19937 rng_;
    std::unique_ptr<flow::MemorySource> source_;
    support::BareTerms terms_;
};

void TstFold::init() {
    const std::uint32_t seed = std::random_device{}();
    qInfo("seed %u", seed);
    rng_.seed(seed);
    source_ = std::make_unique<flow::MemorySource>(records(rng_, kRows));
    terms_ = {};
    for (flow::HostId h = 0; h < kHosts; ++h)
        terms_.bits.push_back(
            std::uint8_t((h / 100 == 1 || h >= 250 ? flow::kLocalHost : 0) | (rng_() % 20 ? 0 : flow::kGroupHost)));
    for (const char* name : {"a", "b", "c"})
        for (flow::HostId h = 0; h < kHosts; ++h)
            if (rng_() % 4 == 0) terms_.lists[name].prefixes.push_back({source_->addresses()[h], 128});
    terms_.lists["p"].ports = {{0, 22}, {6, 80}, {17, 53}, {1, 256}};
}

void TstFold::compare(const std::vector<std::string>& texts, const std::vector<flow::Heading>& applies) {
    std::vector<flow::ParsedFilter> parsed;
    for (const std::string& text : texts) {
        parsed.push_back(flow::parseFilter(text, terms_));
        QVERIFY2(parsed.back().diagnostics.empty(), text.c_str());
    }
    std::vector<const flow::FilterNode*> filters;
    for (const auto& p : parsed) filters.push_back(&p.root);
    const auto fold = score::Fold::compile(filters, applies, source_->addresses(), terms_);
    QVERIFY2(fold, fold ? "" : fold.error().detail.c_str());
    score::FoldRun run(*fold);
    flow::RecordBatch batch(*source_, terms_), other(*source_, terms_);
    flow::FilterScratch scratch;
    Buffer<std::uint32_t> patterns(flow::kChunkRows);
    Buffer<std::uint8_t> expected(flow::kChunkRows), counts(flow::kChunkRows);
    for (const flow::Side side : {flow::Side::forward, flow::Side::reverse}) {
        batch.open(0);
        other.open(0);
        QVERIFY(run.run(batch, side, patterns.data()));
        std::vector<std::uint8_t> applied(kRows, 0);
        for (const flow::Heading h : applies) {
            flow::FilterNode node;
            node.op = flow::FilterNode::Op::leaf;
            node.leaf = flow::HeadingTerm{h};
            const auto heading = flow::Filter::compile(node, source_->addresses(), terms_);
            QVERIFY(heading && heading->run(other, side, scratch, counts.data()));
            for (std::size_t i = 0; i < kRows; ++i) applied[i] |= counts[i];
        }
        for (std::size_t i = 0; i < kRows; ++i) QCOMPARE(patterns[i] != score::FoldRun::kLeftOut, applied[i] != 0);
        for (std::size_t f = 0; f < texts.size(); ++f) {
            const auto one = flow::Filter::compile(parsed[f].root, source_->addresses(), terms_);
            QVERIFY(one && one->run(other, side, scratch, expected.data()));
            for (std::size_t i = 0; i < kRows; ++i)
                if ((run.codeOf(patterns[i]) >> f & 1) != (expected[i] & applied[i]))
                    QFAIL(qPrintable(QStringLiteral("%1, row %2").arg(QString::fromStdString(texts[f])).arg(i)));
        }
    }
}

using enum flow::Heading;

void TstFold::everyTerm() {
    compare({std::begin(kFilters), std::end(kFilters)}, {inbound, outbound, internal, transit});
}

/// Far more bits than a pattern has: some filters are folded, the others run as they are.
void TstFold::sixtyFourAtOnce() {
    std::vector<std::string> texts;
    for (std::size_t i = 0; texts.size() < 64; ++i)
        texts.push_back("(" + std::string(kFilters[rng_() % std::size(kFilters)]) + ") " +
                        (rng_() % 2 ? "or" : "and not") + " (" + kFilters[i % std::size(kFilters)] + ")");
    compare(texts, {inbound, transit});
}

void TstFold::moreListsThanClasses() {
    std::vector<std::string> texts;
    for (int i = 0; i < 20; ++i) {
        const std::string name = "list" + std::to_string(i);
        flow::NamedList& list = terms_.lists[name];
        for (flow::HostId h = 0; h < kHosts; ++h)
            if (rng_() % 2) list.prefixes.push_back({source_->addresses()[h], 128});
        for (std::uint32_t port = 0; port < 65536; ++port)
            if (rng_() % 2) list.ports.push_back({0, std::uint16_t(port)});
        texts.push_back((i % 2 ? "src ip in @" : "ip in @") + name);
        texts.push_back((i % 2 ? "dst port in @" : "port in @") + name);
    }
    compare(texts, {inbound, outbound});
}

void TstFold::directions() {
    for (const flow::Heading h : {inbound, outbound, internal, transit})
        compare({"any", "src ip in @a", "dst port 80"}, {h});
}

void TstFold::tooMany() {
    const flow::FilterNode any;
    const std::vector<const flow::FilterNode*> filters(65, &any);
    QVERIFY(!score::Fold::compile(filters, std::vector{inbound}, source_->addresses(), terms_));
    terms_.bits.clear();
    QVERIFY(!score::Fold::compile(std::vector{&any}, std::vector{inbound}, source_->addresses(), terms_));
}

QTEST_APPLESS_MAIN(TstFold)
#include "tst_fold.moc"
