// Grouping of random flows against a plain map, for every element, order and filter, with 1 and 2 threads.
#include "core/flow/chunk_source.h"
#include "core/flow/filter_parser.h"
#include "core/tally/group.h"

#include <QTest>

#include <algorithm>
#include <map>
#include <random>

using namespace weir;
using namespace weir::tally;
using flow::Col;

namespace {

constexpr std::size_t kRows = 1'200, kShort = 100;  // rows, and rows of a chunk
constexpr std::uint32_t kV4 = 300, kV6 = 40;

class Terms final : public flow::FilterTerms {
public:
    flow::DerivedFlows flows;
    Buffer<std::uint64_t> word;
    flow::TermAnswer find(std::string_view, std::string_view) const override { return {}; }
    std::vector<std::string> names(std::string_view) const override { return {}; }
    std::span<const std::uint8_t> hostBits() const override { return {}; }
    const flow::DerivedFlows* derived() const override { return &flows; }
    std::span<const std::uint64_t> words() const override { return word.span(); }
    std::span<const std::uint8_t> localIsInitiator() const override { return {}; }
};

/// Short chunks of three captures in turn.
class ShortChunks final : public flow::ChunkSource {
public:
    ShortChunks(flow::RecordColumns records, flow::AddressTable addresses)
        : records_(std::move(records)), addresses_(std::move(addresses)) {
        for (std::size_t at = 0; at < kRows; at += kShort)
            chunks_.push_back({std::uint32_t(1 + at / kShort % 3), at, std::uint32_t(std::min(kShort, kRows - at)),
                               INT64_MIN, INT64_MAX});
    }
    std::span<const flow::ChunkInfo> chunks() const override { return chunks_; }
    std::uint64_t rows() const override { return kRows; }
    const flow::AddressTable& addresses() const override { return addresses_; }
    Status read(std::size_t chunk, flow::ColSet wanted, flow::RecordColumns& out) const override {
        out.clear();
        flow::forEachColumn(records_, out, [&](Col col, const auto& from, auto& to) {
            if (wanted.has(col)) to.append(from.span().subspan(chunks_[chunk].firstRow, chunks_[chunk].rows));
        });
        return ok();
    }
    bool zone(std::size_t, Col, std::int64_t&, std::int64_t&) const override { return false; }
    const flow::RecordColumns& records() const { return records_; }

private:
    flow::RecordColumns records_;
    flow::AddressTable addresses_;
    std::vector<flow::ChunkInfo> chunks_;
};

struct World {
    World(std::uint32_t seed, bool twoSided) {
        std::mt19937 r(seed);
        const auto upTo = [&](std::uint32_t n) { return std::uint32_t(r()) % n; };
        Buffer<std::uint32_t> v4;
        for (std::uint32_t i = 0; i < kV4; ++i) v4.push_back(0x0a000000 + i * 67);
        Buffer<flow::IpAddr> v6;
        for (std::uint8_t i = 0; i < kV6; ++i) {
            flow::IpAddr a = *flow::parseAddress("2001:db8::");
            a.b[6] = std::uint8_t(i / 8);
            a.b[15] = i;
            v6.push_back(a);
        }
        flow::RecordColumns c;
        c.resize(kRows, flow::ColSet::all());
        constexpr std::uint8_t kProtocols[] = {6, 6, 6, 17, 17, 1, 58, 47};
        for (std::size_t i = 0; i < kRows; ++i) {
            const bool six = upTo(5) == 0;
            const auto host = [&] { return six ? kV4 + upTo(kV6) : upTo(kV4); };
            c.protocol[i] = kProtocols[upTo(8)];
            const bool icmp = c.protocol[i] == 1 || c.protocol[i] == 58;
            c.src[i] = host();
            c.dst[i] = upTo(20) ? host() : c.src[i];
            c.srcPort[i] = icmp ? 0 : std::uint16_t(upTo(4) ? upTo(65536) : 80);
            c.dstPort[i] = icmp ? 0 : std::uint16_t(upTo(4) ? upTo(300) : c.srcPort[i]);
            c.icmpTypeCode[i] = icmp ? std::uint16_t(upTo(12) * 256 + upTo(4)) : 0;
            c.tcpFlags[i] = std::uint8_t(upTo(64));
            c.packets[i] = upTo(10) ? upTo(20) : std::uint64_t(r()) << 20;
            c.bytes[i] = c.packets[i] * upTo(1500);
            c.start[i] = std::int64_t(upTo(1'000'000)) * 1000;
            c.end[i] = c.start[i] + std::int64_t(upTo(5) ? upTo(2'000'000) : 0) - (upTo(20) ? 0 : 5000);
            c.reversePackets[i] = twoSided && upTo(2) ? upTo(9) : 0;
            c.reverseBytes[i] = c.reversePackets[i] * 100;
            c.reverseTcpFlags[i] = c.reversePackets[i] ? std::uint8_t(upTo(64)) : 0;
            c.srcAs[i] = upTo(3) ? upTo(9) + 4'200'000'000u : 0;
            c.dstAs[i] = upTo(3) ? upTo(9) + 4'200'000'000u : 0;
            c.inIf[i] = upTo(70'000);
            c.outIf[i] = upTo(5);
            c.tos[i] = std::uint8_t(upTo(256));
            c.dstTos[i] = std::uint8_t(upTo(4));
            c.srcVlan[i] = std::uint16_t(upTo(4096));
            c.dstVlan[i] = std::uint16_t(upTo(3));
            c.srcMask[i] = std::uint8_t(six ? 32 + upTo(97) : upTo(33));
            c.dstMask[i] = std::uint8_t(upTo(25));
            c.exporter[i] = std::uint16_t(upTo(4));
            c.samplingInterval[i] = 0;
            terms.flows.flowOfRecord.push_back(upTo(500));
        }
        for (std::size_t d = 0; d < 500; ++d)
            terms.word.push_back(upTo(4) ? upTo(9) : (std::uint64_t{1} << 40) + upTo(3));
        for (std::uint64_t w = 0; w < 5; ++w) {
            tables.classes.of[w] = std::uint32_t(w / 2);
            tables.rules.of[w] = std::uint32_t(w);
        }
        tables.classes.otherwise = 3;
        tables.classes.count = 4;
        tables.rules.otherwise = 5;
        tables.rules.count = 6;
        tables.exporters[1] = {0, 1, 2, 1};  // places 1 and 3 are one device
        tables.exporters[2] = {0, 2, 3};
        source.emplace(std::move(c), flow::AddressTable(std::move(v4), std::move(v6)));
    }
    std::optional<ShortChunks> source;
    Terms terms;
    KeyTables tables;
};

/// The value of a key as text that sorts by nothing in particular.
std::string plainValue(const World& w, std::size_t i, bool reverse, const KeySpec& spec) {
    const flow::RecordColumns& c = w.source->records();
    const auto pick = [&](const auto& forward, const auto& backward) {
        return std::to_string(reverse ? backward[i] : forward[i]);
    };
    const bool icmp = c.protocol[i] == 1 || c.protocol[i] == 58;
    const auto prefix = [&](std::uint32_t host, unsigned v4, unsigned v6) {
        flow::IpAddr a = w.source->addresses()[host];
        for (unsigned bit = a.isV4() ? 96 + std::min(v4, 32u) : std::min(v6, 128u); bit < 128; ++bit)
            a.b[bit / 8] &= std::uint8_t(~(0x80u >> bit % 8));
        return flow::toText(a);
    };
    const auto net = [&](std::uint32_t host, unsigned mask) {
        return prefix(host, mask ? mask : 128, mask ? mask : 128);
    };
    const std::uint64_t word = w.terms.word[w.terms.flows.flowOfRecord[i]];
    switch (spec.key) {
        case Key::src: return prefix(reverse ? c.dst[i] : c.src[i], spec.v4, spec.v6);
        case Key::dst: return prefix(reverse ? c.src[i] : c.dst[i], spec.v4, spec.v6);
        case Key::srcPort: return pick(c.srcPort, c.dstPort);
        case Key::dstPort: return icmp ? std::to_string(c.icmpTypeCode[i]) : pick(c.dstPort, c.srcPort);
        case Key::protocol: return std::to_string(c.protocol[i]);
        case Key::flags: return pick(c.tcpFlags, c.reverseTcpFlags);
        case Key::icmp: return std::to_string(c.protocol[i] * 65536 + c.icmpTypeCode[i]);
        case Key::tos: return pick(c.tos, c.tos);
        case Key::dstTos: return pick(c.dstTos, c.dstTos);
        case Key::srcAs: return pick(c.srcAs, c.dstAs);
        case Key::dstAs: return pick(c.dstAs, c.srcAs);
        case Key::inIf: return pick(c.inIf, c.outIf);
        case Key::outIf: return pick(c.outIf, c.inIf);
        case Key::srcVlan: return pick(c.srcVlan, c.dstVlan);
        case Key::dstVlan: return pick(c.dstVlan, c.srcVlan);
        case Key::srcMask: return pick(c.srcMask, c.dstMask);
        case Key::dstMask: return pick(c.dstMask, c.srcMask);
        case Key::srcNet: return net(reverse ? c.dst[i] : c.src[i], reverse ? c.dstMask[i] : c.srcMask[i]);
        case Key::dstNet: return net(reverse ? c.src[i] : c.dst[i], reverse ? c.srcMask[i] : c.dstMask[i]);
        case Key::exporter: {
            const std::size_t capture = 1 + i / kShort % 3, place = c.exporter[i];
            return std::to_string(capture == 1                ? std::array{0, 1, 2, 1}[place]
                                  : capture == 2 && place < 3 ? std::array{0, 2, 3}[place]
                                                              : 0);
        }
        case Key::source: return std::to_string(1 + i / kShort % 3);
        case Key::className: return std::to_string(word < 5 ? word / 2 : 3);
        case Key::rule: return std::to_string(word < 5 ? word : 5);
        case Key::signs: return std::to_string(word);
    }
    return {};
}

using Plain = std::map<std::vector<std::string>, Sums>;

/// What a reader of the definition would write. `keeps` by row and direction.
Plain plainGroups(const World& w, const std::vector<Keys>& alternatives,
                  const std::function<bool(std::size_t, bool)>& keeps, Sums& total) {
    Plain out;
    const flow::RecordColumns& c = w.source->records();
    const bool onlyIcmp = std::any_of(alternatives[0].begin(), alternatives[0].end(),
                                      [](const KeySpec& k) { return k.key == Key::icmp; });
    for (std::size_t i = 0; i < kRows; ++i)
        for (const bool reverse : {false, true}) {
            if ((reverse && c.reversePackets[i] == 0) || !keeps(i, reverse)) continue;
            if (onlyIcmp && c.protocol[i] != 1 && c.protocol[i] != 58) continue;
            const Sums one{1, reverse ? c.reversePackets[i] : c.packets[i], reverse ? c.reverseBytes[i] : c.bytes[i],
                           c.start[i], c.end[i]};
            total.add(one);
            for (const Keys& keys : alternatives) {
                std::vector<std::string> value;
                for (const KeySpec& k : keys) value.push_back(plainValue(w, i, reverse, k));
                out[value].add(one);
            }
        }
    return out;
}

std::vector<std::string> valueOf(const World& w, const Groups& g, std::size_t group) {
    std::vector<std::string> out;
    for (std::size_t k = 0; k < g.plan.keys().size(); ++k) {
        const KeySpec& spec = g.plan.keys()[k];
        if (g.plan.place(k).bits == 128) {
            out.push_back(flow::toText(g.plan.address(g.key(group), k)));
            continue;
        }
        const std::uint64_t v = g.plan.value(g.key(group), k);
        if (spec.key != Key::src && spec.key != Key::dst) {
            out.push_back(std::to_string(v));
            continue;
        }
        flow::IpAddr a = w.source->addresses()[flow::HostId(v)];
        for (unsigned bit = a.isV4() ? 96u + spec.v4 : spec.v6; bit < 128; ++bit)
            a.b[bit / 8] &= std::uint8_t(~(0x80u >> bit % 8));
        out.push_back(flow::toText(a));
    }
    return out;
}

bool same(const Sums& a, const Sums& b) {
    return a.flows == b.flows && a.packets == b.packets && a.bytes == b.bytes && a.first == b.first && a.last == b.last;
}

}  // namespace

class TstGroup : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void elements_data();
    void elements();
    void aggregates_data();
    void aggregates();
    void fewColumns();
    void parsing();
    void cancel();

private:
    void compare(const World& w, const std::vector<Keys>& alternatives, const char* filter,
                 const std::function<bool(std::size_t, bool)>& keeps);
    std::unique_ptr<World> one_, two_;
};

void TstGroup::initTestCase() {
    const auto seed = qEnvironmentVariableIsSet("WEIR_SEED") ? qEnvironmentVariableIntValue("WEIR_SEED")
                                                             : int(std::random_device{}() & 0xffffff);
    qInfo("WEIR_SEED=%d", seed);
    one_ = std::make_unique<World>(std::uint32_t(seed), false);
    two_ = std::make_unique<World>(std::uint32_t(seed) + 1, true);
}

void TstGroup::compare(const World& w, const std::vector<Keys>& alternatives, const char* text,
                       const std::function<bool(std::size_t, bool)>& keeps) {
    Sums total;
    const Plain plain = plainGroups(w, alternatives, keeps, total);
    const auto filter = flow::Filter::compile(flow::parseFilter(text, w.terms).root, w.source->addresses(), w.terms);
    QVERIFY(filter);
    const GroupInput input{*w.source, nullptr, &*filter, w.terms, w.tables};
    std::map<std::vector<std::uint64_t>, Sums> byKey;  // what was found to be right, by key
    for (const OrderInfo& order : orders())
        for (const unsigned threads : {1u, 2u})
            for (const std::uint64_t most : {std::uint64_t{0}, std::uint64_t{7}}) {
                JobContext job({}, {}, threads);
                const auto got = groupRows(input, {alternatives, order.order, most, true}, job);
                QVERIFY(got);
                QVERIFY(got->complete);
                QVERIFY(got->count == plain.size());
                QVERIFY(got->size() == (most ? std::min<std::size_t>(most, plain.size()) : plain.size()));
                QVERIFY(same(got->total, total) || plain.empty());
                const auto keyOf = [&](std::size_t g) {
                    return std::vector<std::uint64_t>(got->key(g), got->key(g) + got->plan.words());
                };
                if (byKey.empty())
                    for (std::size_t g = 0; g < got->size(); ++g) {
                        const auto at = plain.find(valueOf(w, *got, g));
                        QVERIFY(at != plain.end() && same(at->second, got->sums[g]));
                        QVERIFY(byKey.emplace(keyOf(g), at->second).second);
                    }
                std::vector<std::uint64_t> values;
                for (const auto& [key, sums] : byKey) values.push_back(orderValue(sums, order.order));
                std::sort(values.begin(), values.end(), std::greater<>());
                for (std::size_t g = 0; g < got->size(); ++g) {
                    const auto at = byKey.find(keyOf(g));
                    QVERIFY(at != byKey.end() && same(at->second, got->sums[g]));
                    QVERIFY(orderValue(got->sums[g], order.order) == values[g]);
                    QVERIFY(g == 0 || values[g] != values[g - 1] || keyOf(g - 1) < keyOf(g));
                }
            }
}

void TstGroup::elements_data() {
    QTest::addColumn<QString>("element");
    for (const Element& e : tally::elements())
        QTest::addRow("%s", std::string(e.id).c_str()) << QString::fromStdString(std::string(e.id));
    QTest::addRow("srcip:p") << QStringLiteral("srcip:p");
    QTest::addRow("port:p") << QStringLiteral("port:p");
}

void TstGroup::elements() {
    QFETCH(QString, element);
    const auto spec = parseTop(element.toStdString());
    QVERIFY(spec);
    const auto keys = keysOf(*spec);
    for (const World* w : {one_.get(), two_.get()}) {
        const flow::RecordColumns& c = w->source->records();
        compare(*w, keys, "any", [](std::size_t, bool) { return true; });
        if (QTest::currentTestFailed()) return;
        compare(*w, keys, "packets > 3 and not proto udp", [&](std::size_t i, bool reverse) {
            return (reverse ? c.reversePackets[i] : c.packets[i]) > 3 && c.protocol[i] != 17;
        });
        if (QTest::currentTestFailed()) return;
    }
}

void TstGroup::aggregates_data() {
    QTest::addColumn<QString>("keys");
    for (const char* keys :
         {"proto", "srcip,dstport", "srcip,dstip,srcport,dstport,proto", "srcip4/24", "srcip4/28,dstip4/30",
          "srcip6/64", "srcip4/24,srcip6/56", "dstip4/16,proto", "srcnet", "srcnet,dstnet,proto",
          "srcas,dstas,inif,outif", "srctos,dsttos,srcvlan,dstvlan,srcmask,dstmask", "class,rule,signs,dstport",
          "flags,icmp", "source,router,proto",
          "srcip,dstip,srcport,dstport,proto,flags,srctos,dsttos,srcas,dstas,inif,outif,srcvlan,dstvlan,srcmask,"
          "dstmask,srcnet,dstnet,router,source,class,rule,signs"})
        QTest::addRow("%s", keys) << QString::fromLatin1(keys);
}

void TstGroup::aggregates() {
    QFETCH(QString, keys);
    const auto parsed = parseKeys(keys.toStdString());
    QVERIFY(parsed);
    QVERIFY(*parseKeys(keysText(*parsed)) == *parsed);
    for (const World* w : {one_.get(), two_.get()}) {
        compare(*w, {*parsed}, "any", [](std::size_t, bool) { return true; });
        if (QTest::currentTestFailed()) return;
    }
}

/// Without `complete`, flows and the measure of the order are those of the whole answer.
void TstGroup::fewColumns() {
    const GroupInput input{*two_->source, nullptr, nullptr, two_->terms, two_->tables};
    for (const char* element : {"dstport", "srcip", "ip", "proto"})
        for (const Order order : {Order::flows, Order::packets, Order::bytes}) {
            JobContext job({}, {}, 2);
            const auto keys = keysOf(*parseTop(element));
            const auto part = groupRows(input, {keys, order, 20, false}, job);
            const auto whole = groupRows(input, {keys, order, 20, true}, job);
            QVERIFY(part && whole);
            QVERIFY(!part->complete && whole->complete);
            QCOMPARE(part->size(), whole->size());
            for (std::size_t g = 0; g < part->size(); ++g) {
                QCOMPARE(*part->key(g), *whole->key(g));
                QCOMPARE(part->sums[g].flows, whole->sums[g].flows);
                QCOMPARE(orderValue(part->sums[g], order), orderValue(whole->sums[g], order));
            }
        }
}

void TstGroup::parsing() {
    QVERIFY(parseTop("dstport")->order == Order::flows);
    QVERIFY(parseTop("srcip/bytes")->order == Order::bytes);
    QVERIFY(parseTop("srcip:p/bpp")->byProtocol);
    QCOMPARE(parseTop("dstprot").error().detail, std::string("unknown element `dstprot`; did you mean `dstport`?"));
    QCOMPARE(parseTop("dstport/byte").error().detail, std::string("unknown order `byte`; did you mean `bytes`?"));
    QVERIFY(!parseKeys(""));
    QVERIFY(!parseKeys("srcip4/33"));
    QVERIFY(!parseKeys("srcip6/x"));
    QVERIFY(!parseKeys("port"));
    QVERIFY((*parseKeys("srcip4/24"))[0] == (KeySpec{Key::src, 24, 128}));
    QVERIFY((*parseKeys("srcip6/64"))[0] == (KeySpec{Key::src, 0, 64}));
    QVERIFY((*parseKeys("srcip6/64,srcip4/24"))[0] == (KeySpec{Key::src, 24, 64}));
    QCOMPARE(parseKeys("tos,srctos")->size(), std::size_t(1));
}

void TstGroup::cancel() {
    std::stop_source stop;
    stop.request_stop();
    JobContext job(stop.get_token(), {}, 2);
    const GroupInput input{*one_->source, nullptr, nullptr, one_->terms, one_->tables};
    QCOMPARE(int(groupRows(input, {keysOf(*parseTop("dstport")), Order::flows, 10, true}, job).error().code),
             int(Errc::cancelled));
}

QTEST_APPLESS_MAIN(TstGroup)
#include "tst_group.moc"
