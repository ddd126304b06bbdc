// Random filters over random records: the compiled filter against a slow one that asks each record directly.
#include "core/flow/filter_parser.h"
#include "core/flow/filter_scan.h"
#include "core/flow/host_bits.h"
#include "core/flow/memory_source.h"
#include "core/flow/packet_record.h"

#include <QTest>

#include <random>

using namespace weir;
using namespace weir::flow;

namespace {

constexpr std::size_t kRows = 70'000;  // more than one chunk

struct World {
    World(std::uint32_t seed, bool twoSided) {
        std::mt19937 r(seed);
        const auto upTo = [&](std::uint32_t n) { return std::uint32_t(r()) % n; };
        Buffer<std::uint32_t> v4;
        for (std::uint32_t i = 0; i < 40; ++i) v4.push_back(0x0a000000 + i * 0x00011001);
        Buffer<IpAddr> v6;
        for (std::uint8_t i = 0; i < 10; ++i) {
            IpAddr a = *parseAddress("2001:db8::");
            a.b[15] = i;
            a.b[6] = std::uint8_t(i / 4);
            v6.push_back(a);
        }
        RecordColumns c;
        c.resize(kRows, ColSet{ColSet::all().bits & ~cols(Col::dstTos, Col::samplingInterval).bits});
        constexpr std::uint8_t kProtocols[] = {6, 6, 6, 17, 17, 1, 58, 47};
        constexpr std::uint16_t kPorts[] = {0, 22, 53, 80, 443, 1023, 1024, 8080, 65535};
        for (std::size_t i = 0; i < kRows; ++i) {
            c.protocol[i] = kProtocols[upTo(8)];
            const bool icmp = c.protocol[i] == 1 || c.protocol[i] == 58;
            c.src[i] = upTo(50);
            c.dst[i] = upTo(50);
            c.srcPort[i] = icmp ? 0 : kPorts[upTo(9)];
            c.dstPort[i] = icmp ? 0 : kPorts[upTo(9)];
            c.icmpTypeCode[i] = icmp ? std::uint16_t(upTo(12) * 256 + upTo(4)) : 0;
            c.tcpFlags[i] = std::uint8_t(upTo(3) ? upTo(64) : 2);
            c.packets[i] = upTo(10) ? upTo(20) : std::uint64_t(r()) << 20;
            c.bytes[i] = c.packets[i] * upTo(1500);
            c.start[i] = std::int64_t(upTo(1'000'000)) * 1000;
            c.end[i] = c.start[i] + std::int64_t(upTo(5) ? upTo(2'000'000) : 0) - (upTo(20) ? 0 : 5000);
            c.reversePackets[i] = twoSided && upTo(2) ? upTo(9) : 0;
            c.reverseBytes[i] = c.reversePackets[i] * 100;
            c.reverseTcpFlags[i] = c.reversePackets[i] ? std::uint8_t(upTo(64)) : 0;
            c.srcAs[i] = upTo(3) ? 64500 + upTo(9) : 0;
            c.dstAs[i] = upTo(3) ? 64500 + upTo(9) : 4'200'000'000u;
            c.inIf[i] = upTo(6);
            c.outIf[i] = upTo(6);
            c.tos[i] = std::uint8_t(upTo(4) * 40);
            c.srcVlan[i] = i < kChunkRows ? 0 : std::uint16_t(upTo(3));
            c.dstVlan[i] = std::uint16_t(upTo(4096));
            c.srcMask[i] = std::uint8_t(upTo(33));
            c.dstMask[i] = std::uint8_t(upTo(2) ? 24 : 16);
            c.exporter[i] = std::uint16_t(1 + upTo(3));
        }
        source.emplace(std::move(c), AddressTable(std::move(v4), std::move(v6)));
        for (std::size_t h = 0; h < 50; ++h)
            bits.push_back(std::uint8_t(h < 20 ? kLocalHost : h == 20 ? kGroupHost : h < 40 ? kIpv4Host : 0));
        for (std::size_t d = 0; d < 1000; ++d) {
            flows.kind.push_back(std::uint8_t(upTo(2) ? kBiflow : upTo(2) ? kInflow : kOutflow));
            flows.start.push_back(0);
            words.push_back(upTo(3) ? upTo(8) : std::uint64_t{1} << 40);
        }
        for (std::size_t i = 0; i < kRows; ++i) flows.flowOfRecord.push_back(upTo(1000));
    }
    std::optional<MemorySource> source;
    std::vector<std::uint8_t> bits;
    DerivedFlows flows;
    Buffer<std::uint64_t> words;
};

/// Code number of a row; rows behind kScored came later.
constexpr std::size_t kScored = 60'000;
std::uint32_t numberOf(std::uint64_t row, bool reversed) {
    return row >= kScored ? 0 : std::uint32_t(reversed ? row % 3 : row / 7 % 5);
}

class WorldTerms final : public FilterTerms {
public:
    explicit WorldTerms(const World& world) : w_(world) {
        for (std::size_t row = 0; row < kScored; ++row) {
            forward_.push_back(numberOf(row, false));
            reverse_.push_back(numberOf(row, true));
        }
    }
    CodeAnswer code(std::string_view) const override { return {std::vector<std::uint8_t>{0, 0, 1, 1}, {}, {}}; }
    CodeAnswer points(bool bad, std::uint64_t, std::uint64_t) const override {
        return {bad ? std::vector<std::uint8_t>{0, 0, 0, 0, 1} : std::vector<std::uint8_t>{0, 1}, {}, {}};
    }
    ScoredRows scored() const override { return {forward_.span(), reverse_.span()}; }
    TermAnswer find(std::string_view keyword, std::string_view name) const override {
        if (keyword == "sign") return {WordTest{std::uint64_t{1} << (name[0] - '0'), {}}, {}, {}};
        return {WordTest{0, {2, 3, std::uint64_t{1} << 40}}, {}, {}};
    }
    std::vector<std::string> names(std::string_view) const override { return {}; }
    ListAnswer list(std::string_view) const override {
        const NamedList list{{*parsePrefix("10.8.0.0/13"), *parsePrefix("10.0.0.0")}, {{0, 22}, {6, 80}, {17, 53}}};
        return {std::make_shared<const NamedList>(list), {}, {}};
    }
    RowsAnswer captures(std::string_view) const override { return {{{100, 30'000}, {66'000, 69'000}}, {}, {}}; }
    ExportersAnswer exporters(std::string_view) const override {
        return {{{{0, 50'000}, 2}, {{60'000, kRows}, 3}}, {}, {}};
    }
    std::span<const std::uint8_t> hostBits() const override { return w_.bits; }
    const DerivedFlows* derived() const override { return &w_.flows; }
    std::span<const std::uint64_t> words() const override { return w_.words.span(); }
    std::span<const std::uint8_t> localIsInitiator() const override { return {}; }

private:
    const World& w_;
    Buffer<std::uint32_t> forward_, reverse_;
};

/// One direction of a record, as plain values.
struct Plain {
    IpAddr src, dst;
    unsigned srcBits, dstBits;
    std::uint64_t sp, dp, typeCode, proto, flags, packets, bytes, word;
    std::int64_t start, end;
    std::uint8_t kind;
    std::uint64_t row, as[2], interface[2], vlan[2], mask[2], tos, exporter;
    bool reversed = false;
};
Plain plainOf(const World& w, std::size_t i, bool reverse) {
    const RecordColumns& c = w.source->records();
    const AddressTable& a = w.source->addresses();
    const bool icmp = c.protocol[i] == 1 || c.protocol[i] == 58;
    const auto s = reverse ? c.dst[i] : c.src[i], d = reverse ? c.src[i] : c.dst[i];
    Plain p{a[s],
            a[d],
            w.bits[s],
            w.bits[d],
            reverse ? c.dstPort[i] : c.srcPort[i],
            reverse ? c.srcPort[i] : c.dstPort[i],
            c.icmpTypeCode[i],
            c.protocol[i],
            reverse ? c.reverseTcpFlags[i] : c.tcpFlags[i],
            reverse ? c.reversePackets[i] : c.packets[i],
            reverse ? c.reverseBytes[i] : c.bytes[i],
            w.words[w.flows.flowOfRecord[i]],
            c.start[i],
            c.end[i],
            w.flows.kind[w.flows.flowOfRecord[i]],
            i,
            {c.srcAs[i], c.dstAs[i]},
            {c.inIf[i], c.outIf[i]},
            {c.srcVlan[i], c.dstVlan[i]},
            {c.srcMask[i], c.dstMask[i]},
            c.tos[i],
            c.exporter[i]};
    p.reversed = reverse;
    if (reverse)
        for (std::uint64_t* pair : {p.as, p.interface, p.vlan, p.mask}) std::swap(pair[0], pair[1]);
    if (icmp) {
        p.sp = 0;
        p.dp = c.icmpTypeCode[i];
    }
    return p;
}
std::uint64_t us(const Plain& p) { return p.end > p.start ? std::uint64_t(p.end - p.start) : 0; }
std::uint64_t perSecond(std::uint64_t n, std::uint64_t factor, const Plain& p) {
    __extension__ using Wide = unsigned __int128;
    return us(p) ? std::uint64_t(Wide(n) * factor / us(p)) : 0;
}
bool tcp(const Plain& p) { return p.proto == 6; }
bool outside(unsigned bits) { return !(bits & (kLocalHost | kGroupHost)); }
bool localEnd(unsigned bits, unsigned other) { return (bits & kLocalHost) || ((bits & kGroupHost) && outside(other)); }

struct Term {
    const char* text;
    bool (*holds)(const Plain&);
    bool (*underNot)(const Plain&) = nullptr;  ///< what it means under an odd number of `not`, when that differs
};
const Term kTerms[] = {
    {"any", [](const Plain&) { return true; }},
    {"ipv4", [](const Plain& p) { return p.src.isV4(); }},
    {"ipv6", [](const Plain& p) { return !p.src.isV4(); }},
    {"proto tcp", [](const Plain& p) { return tcp(p); }},
    {"proto 58", [](const Plain& p) { return p.proto == 58; }},
    {"port 80", [](const Plain& p) { return p.sp == 80 || p.dp == 80; }},
    {"port != 80", [](const Plain& p) { return p.sp != 80 && p.dp != 80; }},
    {"src port > 1023", [](const Plain& p) { return p.sp > 1023; }},
    {"dst port <= 53", [](const Plain& p) { return p.dp <= 53; }},
    {"dst port < 0", [](const Plain&) { return false; }},
    {"src and dst port >= 1024", [](const Plain& p) { return p.sp >= 1024 && p.dp >= 1024; }},
    {"port in [22 443, 769]",
     [](const Plain& p) { return p.sp == 22 || p.sp == 443 || p.dp == 22 || p.dp == 443 || p.dp == 769; }},
    {"src ip 10.0.0.0", [](const Plain& p) { return toText(p.src) == "10.0.0.0"; }},
    {"ip 2001:db8::3", [](const Plain& p) { return toText(p.src) == "2001:db8::3" || toText(p.dst) == "2001:db8::3"; }},
    {"dst net 10.16.0.0/12", [](const Plain& p) { return parsePrefix("10.16.0.0/12")->contains(p.dst); }},
    {"net 2001:db8:0:100::/56",
     [](const Plain& p) {
         const auto n = *parsePrefix("2001:db8:0:100::/56");
         return n.contains(p.src) || n.contains(p.dst);
     }},
    {"ip 1.1.1.1", [](const Plain&) { return false; }},
    {"ip in [10.0.0.0 10.1.16.1 10.2.32.2 10.3.48.3 10.5.80.5 10.8.0.0/13]",
     [](const Plain& p) {
         const auto in = [](const IpAddr& a) {
             const std::string t = toText(a);
             return t == "10.0.0.0" || t == "10.1.16.1" || t == "10.2.32.2" || t == "10.3.48.3" || t == "10.5.80.5" ||
                    parsePrefix("10.8.0.0/13")->contains(a);
         };
         return in(p.src) || in(p.dst);
     }},
    {"flags SA", [](const Plain& p) { return tcp(p) && (p.flags & 18) == 18; },
     [](const Plain& p) { return tcp(p) && (p.flags & 18) != 0; }},
    {"flags = S", [](const Plain& p) { return tcp(p) && p.flags == 2; }},
    {"flags > 16", [](const Plain& p) { return tcp(p) && p.flags > 16; }},
    {"packets > 5", [](const Plain& p) { return p.packets > 5; }},
    {"packets < 1", [](const Plain& p) { return p.packets < 1; }},
    {"bytes >= 1k", [](const Plain& p) { return p.bytes >= 1000; }},
    {"bytes != 0", [](const Plain& p) { return p.bytes != 0; }},
    {"flows 1", [](const Plain&) { return true; }},
    {"duration < 100", [](const Plain& p) { return us(p) / 1000 < 100; }},
    {"bps > 2k", [](const Plain& p) { return perSecond(p.bytes, 8'000'000, p) > 2000; }},
    {"pps <= 12", [](const Plain& p) { return perSecond(p.packets, 1'000'000, p) <= 12; }},
    {"bpp = 100", [](const Plain& p) { return p.packets && p.bytes / p.packets == 100; }},
    {"icmp-type 3", [](const Plain& p) { return (p.proto == 1 || p.proto == 58) && p.typeCode >> 8 == 3; }},
    {"icmp-code > 1", [](const Plain& p) { return (p.proto == 1 || p.proto == 58) && (p.typeCode & 255) > 1; }},
    {"first seen < 1970-01-01T00:05:00Z", [](const Plain& p) { return p.start < 300'000'000; }},
    {"last seen >= 1970-01-01T00:10:00Z", [](const Plain& p) { return p.end >= 600'000'000; }},
    {"inbound", [](const Plain& p) { return !localEnd(p.srcBits, p.dstBits) && localEnd(p.dstBits, p.srcBits); }},
    {"outbound", [](const Plain& p) { return localEnd(p.srcBits, p.dstBits) && !localEnd(p.dstBits, p.srcBits); }},
    {"internal", [](const Plain& p) { return localEnd(p.srcBits, p.dstBits) && localEnd(p.dstBits, p.srcBits); }},
    {"transit", [](const Plain& p) { return !localEnd(p.srcBits, p.dstBits) && !localEnd(p.dstBits, p.srcBits); }},
    {"oneway", [](const Plain& p) { return !(p.kind & kBiflow); }},
    {"biflow", [](const Plain& p) { return (p.kind & kBiflow) != 0; }},
    {"sign 1", [](const Plain& p) { return (p.word & 2) != 0; }},
    {"as 64505", [](const Plain& p) { return p.as[0] == 64505 || p.as[1] == 64505; }},
    {"src as > 64505", [](const Plain& p) { return p.as[0] > 64505; }},
    {"dst as = 4200000000", [](const Plain& p) { return p.as[1] == 4'200'000'000u; }},
    {"as != 0", [](const Plain& p) { return p.as[0] != 0 && p.as[1] != 0; }},
    {"src and dst as in [64500 64501, 64503 64505 64507 64501]",
     [](const Plain& p) {
         const auto in = [](std::uint64_t n) {
             return n == 64500 || n == 64501 || n == 64503 || n == 64505 || n == 64507;
         };
         return in(p.as[0]) && in(p.as[1]);
     }},
    {"if 3", [](const Plain& p) { return p.interface[0] == 3 || p.interface[1] == 3; }},
    {"in if 3", [](const Plain& p) { return p.interface[0] == 3; }},
    {"out if <= 1", [](const Plain& p) { return p.interface[1] <= 1; }},
    {"tos 80", [](const Plain& p) { return p.tos == 80; }},
    {"src tos >= 80", [](const Plain& p) { return p.tos >= 80; }},
    {"dst tos 0", [](const Plain&) { return true; }},
    {"src or dst tos 40", [](const Plain& p) { return p.tos == 40; }},
    {"vlan 2", [](const Plain& p) { return p.vlan[0] == 2 || p.vlan[1] == 2; }},
    {"src vlan 0", [](const Plain& p) { return p.vlan[0] == 0; }},
    {"dst vlan in [1 2 3 4 5 100 2000]",
     [](const Plain& p) { return (p.vlan[1] >= 1 && p.vlan[1] <= 5) || p.vlan[1] == 100 || p.vlan[1] == 2000; }},
    {"dst mask 24", [](const Plain& p) { return p.mask[1] == 24; }},
    {"mask > 30", [](const Plain& p) { return p.mask[0] > 30 || p.mask[1] > 30; }},
    {"code x", [](const Plain& p) { return numberOf(p.row, p.reversed) == 2 || numberOf(p.row, p.reversed) == 3; }},
    {"badness >= 4", [](const Plain& p) { return numberOf(p.row, p.reversed) == 4; }},
    {"goodness != 1", [](const Plain& p) { return numberOf(p.row, p.reversed) != 1; }},
    {"source x",
     [](const Plain& p) { return (p.row >= 100 && p.row < 30'000) || (p.row >= 66'000 && p.row < 69'000); }},
    {"exporter 2",
     [](const Plain& p) { return (p.row < 50'000 && p.exporter == 2) || (p.row >= 60'000 && p.exporter == 3); }},
    {"src ip in @x",
     [](const Plain& p) { return parsePrefix("10.8.0.0/13")->contains(p.src) || toText(p.src) == "10.0.0.0"; }},
    {"dst port in @x",
     [](const Plain& p) { return p.dp == 22 || (tcp(p) && p.dp == 80) || (p.proto == 17 && p.dp == 53); }},
    {"class x", [](const Plain& p) { return p.word == 2 || p.word == 3 || p.word == std::uint64_t{1} << 40; }},
};

/// A random expression: its text, and its meaning by the odd or even number of `not` above.
struct Expression {
    std::string text;
    std::function<bool(const Plain&, bool odd)> holds;
};
Expression random(std::mt19937& r, unsigned depth) {
    const unsigned kind = depth == 0 ? 0 : r() % 4;
    if (kind == 0) {
        const Term& t = kTerms[r() % std::size(kTerms)];
        return {t.text, [&t](const Plain& p, bool odd) { return odd && t.underNot ? t.underNot(p) : t.holds(p); }};
    }
    auto a = random(r, depth - 1);
    if (kind == 1)
        return {(r() % 2 ? "not (" : "!(") + a.text + ")", [a](const Plain& p, bool odd) { return !a.holds(p, !odd); }};
    auto b = random(r, depth - 1);
    if (kind == 2)
        return {"(" + a.text + (r() % 2 ? " and " : " && ") + b.text + ")",
                [a, b](const Plain& p, bool odd) { return a.holds(p, odd) && b.holds(p, odd); }};
    return {"(" + a.text + (r() % 2 ? " or " : " || ") + b.text + ")",
            [a, b](const Plain& p, bool odd) { return a.holds(p, odd) || b.holds(p, odd); }};
}

}  // namespace

class TstFilter : public QObject {
    Q_OBJECT
private slots:
    void everyTerm();
    void randomExpressions();
    void threads();
    void cancel();

private:
    void compare(const World& world, const Expression& e);
};

void TstFilter::compare(const World& world, const Expression& e) {
    const WorldTerms terms(world);
    const auto parsed = parseFilter(e.text, terms);
    QVERIFY2(parsed.good(), e.text.c_str());
    const auto filter = Filter::compile(parsed.root, world.source->addresses(), terms);
    QVERIFY(filter);
    JobContext job({}, {}, 2);
    const auto scanned = scanRecords(*world.source, *filter, terms, {true, true}, job);
    QVERIFY(scanned);
    std::uint64_t directions = 0, packets = 0;
    std::vector<std::uint32_t> rows;
    std::vector<std::uint8_t> sides;
    for (std::size_t i = 0; i < kRows; ++i) {
        const Plain forward = plainOf(world, i, false);
        std::uint8_t side = e.holds(forward, false) ? 1 : 0;
        if (side) packets += forward.packets;
        if (world.source->records().reversePackets[i]) {
            const Plain reverse = plainOf(world, i, true);
            if (e.holds(reverse, false)) {
                side |= 2;
                packets += reverse.packets;
            }
        }
        directions += unsigned(side & 1) + unsigned(side >> 1);
        if (!side) continue;
        rows.push_back(std::uint32_t(i));
        sides.push_back(side);
    }
    QVERIFY2(scanned->rows == rows.size() && scanned->directions == directions, e.text.c_str());
    QVERIFY2(std::equal(rows.begin(), rows.end(), scanned->picked.begin(), scanned->picked.end()), e.text.c_str());
    QVERIFY2(scanned->packets == packets, e.text.c_str());
    if (!scanned->sides.empty())
        QVERIFY2(std::equal(sides.begin(), sides.end(), scanned->sides.begin(), scanned->sides.end()), e.text.c_str());
}

void TstFilter::everyTerm() {
    for (const bool twoSided : {false, true}) {
        const World world(7, twoSided);
        for (const Term& t : kTerms) {
            compare(world, {t.text, [&t](const Plain& p, bool) { return t.holds(p); }});
            compare(world, {std::string("not ") + t.text,
                            [&t](const Plain& p, bool) { return !(t.underNot ? t.underNot(p) : t.holds(p)); }});
        }
    }
}

void TstFilter::randomExpressions() {
    const std::uint32_t seed = std::random_device{}();
    qInfo("seed %u", seed);
    std::mt19937 r(seed);
    for (int world = 0; world < 2; ++world) {
        const World w(std::uint32_t(r()), world % 2 == 1);
        for (int i = 0; i < 25; ++i) compare(w, random(r, 4));
    }
}

void TstFilter::threads() {
    const World world(11, true);
    const WorldTerms terms(world);
    const auto filter =
        Filter::compile(parseFilter("port 80 or flags S", terms).root, world.source->addresses(), terms);
    JobContext one({}, {}, 1), four({}, {}, 4);
    const auto a = scanRecords(*world.source, *filter, terms, {true, true}, one),
               b = scanRecords(*world.source, *filter, terms, {true, true}, four);
    QVERIFY(a->rows > 100);
    QVERIFY(std::equal(a->picked.begin(), a->picked.end(), b->picked.begin(), b->picked.end()));
    QCOMPARE(a->bytes, b->bytes);
}

void TstFilter::cancel() {
    const World world(11, false);
    const WorldTerms terms(world);
    const auto filter = Filter::compile(parseFilter("port 80", terms).root, world.source->addresses(), terms);
    std::stop_source stop;
    stop.request_stop();
    JobContext job(stop.get_token(), {}, 2);
    const auto scanned = scanRecords(*world.source, *filter, terms, {}, job);
    QVERIFY(!scanned && scanned.error().code == Errc::cancelled);
}

QTEST_APPLESS_MAIN(TstFilter)
#include "tst_filter.moc"
