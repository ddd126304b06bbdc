// A packed file reads as the unpacked one does: every kind of reader, every packing; whole, cut, damaged, limited, and
// with rows that are too long.
#include "core/base/mapped_file.h"
#include "core/capture/packed_file.h"
#include "tests/support/export_bytes.h"
#include "tests/support/export_reading.h"
#include "tests/support/flow_reading.h"
#include "tests/support/nfcapd_writer.h"
#include "tests/support/packet_generator.h"
#include "tests/support/packet_reading.h"
#include "tests/support/packing.h"

#include <QtTest>

#include <fstream>
#include <random>
#include <sstream>

using namespace weir;
using namespace weir::capture;
using testing::TraceBytes;

namespace {

using Bytes = std::vector<std::byte>;
constexpr std::uint64_t kNoLimit = std::uint64_t{1} << 40;

Bytes bytesOf(std::string_view text) {
    const auto bytes = std::as_bytes(std::span(text.data(), text.size()));
    return {bytes.begin(), bytes.end()};
}

Bytes trace(bool ng, std::uint64_t packets = 16'000) {
    testing::PacketGenerator generator({.packets = packets, .payload = 60});
    TraceBytes out(false);
    if (ng)
        out.section().interface(1);
    else
        out.pcapHeader(false, 1);
    testing::PacketGenerator::Frame f;
    while (generator.next(f)) {
        if (ng)
            out.enhancedPacket(0, std::uint64_t(f.timeUs), f.bytes, std::uint32_t(f.bytes.size()));
        else
            out.record(std::uint32_t(f.timeUs / 1'000'000), std::uint32_t(f.timeUs % 1'000'000), f.bytes,
                       std::uint32_t(f.bytes.size()));
    }
    return out.take();
}
Bytes pcap() { return trace(false); }
Bytes pcapng() { return trace(true); }

/// Records with a length that cannot be, and with a time of another year.
Bytes oddPcap() {
    Bytes out = trace(false, 16'000);
    for (std::size_t at = 24, n = 0; at + 16 < out.size(); ++n) {
        std::uint32_t length;
        std::memcpy(&length, out.data() + at + 8, 4);
        if (n % 500 == 499) {
            const std::uint32_t wrong = 0x7fffffffu;
            if (n % 1000 == 999)
                std::memcpy(out.data() + at + 8, &wrong, 4);
            else
                out[at + 3] ^= std::byte{0x20};
        }
        at += 16 + length;
    }
    return out;
}
Bytes oddPcapng() {
    Bytes out = trace(true, 16'000);
    for (std::size_t at = 28 + 20; at < out.size(); at += 300'000) out[at] ^= std::byte{0xff};
    return out;
}

Bytes nfcapd(int layout) {
    std::ostringstream file;
    test::NfcapdOptions options;
    options.layout = layout;
    options.blockBytes = 200'000;
    options.compression = layout == 1 ? test::NfcapdCompression::lzo : test::NfcapdCompression::none;
    test::NfcapdWriter writer(file, options);
    std::mt19937_64 rng(5);
    for (std::uint32_t i = 0; i < 60'000; ++i) {
        test::NfcapdRow row;
        row.firstMs = 1'700'000'000'000 + i;
        row.lastMs = row.firstMs + 10;
        row.packets = 1 + i % 9;
        row.bytes = rng() % 100'000;
        row.src = flow::IpAddr::v4(0x0a000000u + std::uint32_t(rng() % 5000));
        row.dst = flow::IpAddr::v4(std::uint32_t(rng()));
        row.srcPort = std::uint16_t(rng());
        row.protocol = 6;
        writer.add(row);
    }
    writer.finish();
    return bytesOf(file.str());
}
Bytes nfcapd1() { return nfcapd(1); }
Bytes nfcapd2() { return nfcapd(2); }

std::string row(std::size_t i) {
    return "10.0." + std::to_string(i / 250 % 250) + "." + std::to_string(i % 250) + ",192.0.2." +
           std::to_string(i % 200) + "," + std::to_string(1'700'000'000'000 + i) + "," +
           std::to_string(i * 7919 % 65536) + "," + std::to_string(i * 2654435761u % 1'000'003) + "\n";
}
Bytes csv(std::size_t rows = 35'000) {
    std::string out =
        "sourceIPv4Address,destinationIPv4Address,flowStartMilliseconds,sourceTransportPort,octetDeltaCount\n";
    for (std::size_t i = 0; i < rows; ++i) out += i % 5000 == 4999 ? "not,a,row\n" : row(i);
    return bytesOf(out);
}
Bytes plainCsv() { return csv(); }

std::string object(std::size_t i, std::string_view blank = "") {
    const std::string b(blank);
    return "{" + b + "\"sourceIPv4Address\":\"10.0." + std::to_string(i / 250 % 250) + "." + std::to_string(i % 250) +
           "\"," + b + "\"destinationIPv4Address\":\"192.0.2.7\"," + b +
           "\"flowStartMilliseconds\":" + std::to_string(1'700'000'000'000 + i) + "," + b +
           "\"list\":[{\"a\":1},{\"b\":2}]," + b + "\"octetDeltaCount\":" + std::to_string(i % 1000) + b + "}";
}
Bytes jsonLines() {
    std::string out;
    for (std::size_t i = 0; i < 9'000; ++i) out += (i % 1000 == 4999 ? "{\"broken\": [" : object(i)) + "\n";
    return bytesOf(out);
}
/// All on one line, or one member a line.
Bytes jsonArray(std::string_view blank, std::size_t objects = 12'000) {
    std::string out = "[";
    for (std::size_t i = 0; i < objects; ++i) out += (i ? "," : "") + std::string(blank) + object(i, blank);
    return bytesOf(out + "]\n");
}
Bytes jsonOneLine() { return jsonArray(""); }
Bytes jsonPretty() { return jsonArray("\n  ", 9'000); }

/// Datagrams of NetFlow 9 whose template comes in the last one.
std::vector<Bytes> lateTemplate() {
    std::vector<Bytes> out;
    const auto begin = [&](std::uint32_t i) {
        return TraceBytes(true).u16(9).u16(1).u32(100'000).u32(testing::kExportSeconds).u32(i).u32(4);
    };
    for (std::uint32_t i = 0; i < 3600; ++i) {
        TraceBytes t = begin(i);
        t.u16(256).u16(4 + 20 * 20);
        for (std::uint32_t k = 0; k < 20; ++k)
            t.u32(0x0a000000u + i).u32(0xc0000200u + k).u32(i * 1000 + k).u32(90'000).u32(95'000);
        out.push_back(t.take());
    }
    TraceBytes t = begin(3600);
    t.u16(0).u16(4 + 4 + 5 * 4).u16(256).u16(5);
    for (const auto& [id, length] : {std::pair{8u, 4u}, {12u, 4u}, {1u, 4u}, {22u, 4u}, {21u, 4u}})
        t.u16(id).u16(length);
    out.push_back(t.take());
    return out;
}
Bytes netflow9() {
    Bytes out;
    for (const Bytes& d : lateTemplate()) out.insert(out.end(), d.begin(), d.end());
    return out;
}
Bytes exportTrace() {
    TraceBytes t = testing::ethernetTrace();
    for (const Bytes& d : lateTemplate()) testing::addFrame(t, testing::udpFrame(d, 0x0a000001, 9995));
    for (unsigned i = 0; i < 2000; ++i)
        testing::addFrame(t, testing::udpFrame(testing::netflow5(20, i * 20).take(), 0x0a000002, 2055));
    return t.take();
}

struct Kind {
    const char* name;
    Bytes (*make)();
};
constexpr Kind kKinds[] = {{"pcap", pcap},
                           {"odd pcap", oddPcap},
                           {"pcapng", pcapng},
                           {"odd pcapng", oddPcapng},
                           {"nfcapd 1", nfcapd1},
                           {"nfcapd 2", nfcapd2},
                           {"csv", plainCsv},
                           {"json lines", jsonLines},
                           {"json array on one line", jsonOneLine},
                           {"json array", jsonPretty},
                           {"netflow 9", netflow9},
                           {"exports in pcap", exportTrace}};

/// What a reader makes of a file, as text lines and counts.
struct Outcome {
    std::string error;
    std::vector<std::string> rows;
    std::vector<std::string> drops;
    friend bool operator==(const Outcome&, const Outcome&) = default;
};
void addDrops(Outcome& out, const DropCounts& drops) {
    for (const Drop& d : drops.list())
        out.drops.push_back(std::to_string(d.count) + " x " + std::string(d.reason) + " at " +
                            std::to_string(d.firstOffset) + (d.damage ? " damage" : ""));
}
Outcome read(const FileBytes& file, bool exports) {
    Outcome out;
    const ReaderDef* const reader = bestReader(file.head());
    if (!reader) return {describeUnknown(file.head()), {}, {}};
    if (reader->isTrace() && !exports) {
        const auto t = testing::readTrace(file);
        out.error = t.error;
        for (const auto& p : t.packets) out.rows.push_back(testing::toText(p));
        out.rows.push_back(std::to_string(t.seen) + " packets from " + std::to_string(t.times.first) + " to " +
                           std::to_string(t.times.last));
        addDrops(out, t.drops);
    } else if (exports || reader->id == "netflow") {
        const auto f = testing::readFlows(file);
        out.error = f.error;
        for (std::size_t i = 0; i < f.size(); ++i) {
            std::string line = flow::toText(f.src[i]) + " " + flow::toText(f.dst[i]);
            for (const flow::Col c : {flow::Col::start, flow::Col::end, flow::Col::bytes, flow::Col::packets,
                                      flow::Col::exporter, flow::Col::samplingInterval})
                line += " " + std::to_string(f.at(c, i));
            out.rows.push_back(std::move(line));
        }
        for (const flow::Exporter& e : f.exporters)
            out.rows.push_back(flow::toText(e.address) + " " + std::to_string(e.records) + " " +
                               std::to_string(e.lost));
        addDrops(out, f.drops);
    } else {
        const auto f = test::readFlowFile(file);
        out.error = f.error;
        for (const auto& r : f.rows) out.rows.push_back(test::toText(r));
        addDrops(out, f.drops);
    }
    return out;
}

/// Reading a packed file, and reading what it unpacks to; both with what unpacking left out.
struct Both {
    Outcome packed, plain;
};
Both readBoth(const Bytes& file, bool exports, std::uint64_t limit = kNoLimit) {
    Both out;
    PackedFile packed(file, {limit, QDir::tempPath().toStdString(), {}});
    if (!packed.bytes().isStream()) return out;
    out.packed = read(packed.bytes(), exports);
    if (!packed.kept()) out.packed.error = packed.kept().error().detail;
    addDrops(out.packed, packed.drops());

    Unpacker unpacker(file, limit);
    Buffer<std::byte> all(64u << 20);
    all.resize(unpacker.read({all.data(), all.size()}));
    out.plain = read(all.span(), exports);
    DropCounts left;
    if (unpacker.end() == UnpackEnd::damaged) left.add("damaged archive", unpacker.given());
    if (unpacker.end() == UnpackEnd::limit) left.add("rest beyond the setting capture.most-unpacked", unpacker.given());
    addDrops(out.plain, left);
    return out;
}

std::string report(const Outcome& o) {
    std::string out = o.error + " " + std::to_string(o.rows.size()) + " rows";
    for (const std::string& d : o.drops) out += "; " + d;
    return out;
}

}  // namespace

class TstUnpackReaders : public QObject {
    Q_OBJECT
private slots:
    void everyKind_data() {
        QTest::addColumn<int>("kind");
        for (int k = 0; k < int(std::size(kKinds)); ++k) QTest::newRow(kKinds[k].name) << k;
    }
    void everyKind() {
        QFETCH(int, kind);
        const bool exports = std::string_view(kKinds[kind].name) == "exports in pcap";
        const Bytes plain = kKinds[kind].make();
        QVERIFY(plain.size() > FileBytes::kHeadBytes * 5 / 4);
        for (const std::string_view packing : testing::kPackings) {
            const Bytes file = testing::packed(plain, packing);
            const Both whole = readBoth(file, exports);
            QVERIFY(whole.packed.error.empty() && whole.packed.rows.size() > 1000);
            QVERIFY2(whole.packed == whole.plain, (report(whole.packed) + " | " + report(whole.plain)).c_str());
            if (packing != testing::kPackings[std::size_t(kind) % 5]) continue;

            const Both cut = readBoth(Bytes(file.begin(), file.begin() + std::ptrdiff_t(file.size() * 3 / 4)), exports);
            QVERIFY2(cut.packed == cut.plain && cut.packed != whole.packed,
                     (report(cut.packed) + " | " + report(cut.plain)).c_str());
            Bytes damaged = file;
            for (std::size_t i = 0; i < 64; ++i) damaged[file.size() * 2 / 3 + i] ^= std::byte{0x5a};
            const Both hurt = readBoth(damaged, exports);
            QVERIFY2(hurt.packed == hurt.plain && hurt.packed != whole.packed,
                     (report(hurt.packed) + " | " + report(hurt.plain)).c_str());
            const Both limited = readBoth(file, exports, plain.size() * 7 / 8);
            QVERIFY2(limited.packed == limited.plain, (report(limited.packed) + " | " + report(limited.plain)).c_str());
            QVERIFY(limited.packed.drops.back().find("capture.most-unpacked") != std::string::npos);
        }
    }

    /// In memory, mapped and streamed alike.
    void mappedFilesToo_data() { everyKind_data(); }
    void mappedFilesToo() {
        QFETCH(int, kind);
        const bool exports = std::string_view(kKinds[kind].name) == "exports in pcap";
        const Bytes plain = kKinds[kind].make();
        QTemporaryDir dir;
        const std::string path = dir.filePath("plain").toStdString();
        std::ofstream(path, std::ios::binary)
            .write(reinterpret_cast<const char*>(plain.data()), std::streamsize(plain.size()));
        const auto mapped = MappedFile::open(path);
        QVERIFY(bool(mapped));
        const Outcome a = read(mapped->file(), exports), b = read(plain, exports);
        QVERIFY2(a == b, (report(a) + " | " + report(b)).c_str());
    }

    void longLines_data() {
        QTest::addColumn<std::size_t>("before");
        QTest::addColumn<std::size_t>("length");
        // With 60,000 rows a part: inside a part, over its end, over several parts, and first of all.
        for (const std::size_t before : {std::size_t(100), std::size_t(0)})
            for (const std::size_t length : {std::size_t(999'000), std::size_t(1'100'000), std::size_t(9'000'000)})
                QTest::newRow((std::to_string(before) + " rows, then " + std::to_string(length)).c_str())
                    << before << length;
    }
    void longLines() {
        QFETCH(std::size_t, before);
        QFETCH(std::size_t, length);
        const Bytes head = csv(before), tail = csv(20'000);
        const std::size_t names = std::size_t(std::find(head.begin(), head.end(), std::byte{'\n'}) - head.begin()) + 1;
        Bytes plain = head;
        for (std::size_t i = 0; i < length; ++i) plain.push_back(std::byte(i % 40 == 0 ? ',' : 'x'));
        plain.push_back(std::byte{'\n'});
        plain.insert(plain.end(), tail.begin() + std::ptrdiff_t(names), tail.end());
        const auto expected = test::readFlowFile(head).rows.size() + test::readFlowFile(tail).rows.size();
        const Both both = readBoth(testing::packed(plain, "gzip"), false);
        QVERIFY2(both.packed == both.plain, (report(both.packed) + " | " + report(both.plain)).c_str());
        QCOMPARE(both.packed.rows.size(), expected);
        const std::string drop = "1 x line over 1 MB at " + std::to_string(head.size()) + " damage";
        QCOMPARE(std::count(both.packed.drops.begin(), both.packed.drops.end(), drop), length > 1'000'000 ? 1 : 0);
    }

    void longLastLine() {
        Bytes plain = csv(1000);
        const std::size_t begin = plain.size();
        plain.resize(begin + 9'000'000, std::byte{'7'});
        const Both both = readBoth(testing::packed(plain, "zstd"), false);
        QVERIFY2(both.packed == both.plain, (report(both.packed) + " | " + report(both.plain)).c_str());
        QCOMPARE(both.packed.rows.size(), std::size_t(1000));
        QCOMPARE(both.packed.drops.front(), "1 x line over 1 MB at " + std::to_string(begin) + " damage");
    }

    void arrayMembers() {
        std::string text = "[";
        std::size_t good = 0;
        const std::size_t big = 2'000'000;
        std::size_t bigAt = 0;
        for (std::size_t i = 0; i < 22'000; ++i) {
            if (i) text += i % 7 ? "," : " ,\n ";
            if (i == 10'000) {
                bigAt = text.size();
                text += "{\"sourceIPv4Address\":\"" + std::string(big, 'a') + "\"}";
            } else if (i == 20'000) {
                text += "{\"sourceIPv4Address\":oops here}";
            } else {
                text += object(i);
                ++good;
            }
        }
        text += "]";
        const Both both = readBoth(testing::packed(bytesOf(text), "gzip"), false);
        QVERIFY2(both.packed == both.plain, (report(both.packed) + " | " + report(both.plain)).c_str());
        QCOMPARE(both.packed.rows.size(), good);
        QVERIFY2(std::count(both.packed.drops.begin(), both.packed.drops.end(),
                            "1 x JSON object over 1 MB at " + std::to_string(bigAt) + " damage") == 1,
                 report(both.packed).c_str());
        QVERIFY2(both.packed.drops.size() == 2, report(both.packed).c_str());
    }

    /// A member that goes on for longer than a part.
    void longMember() {
        std::string text = "[" + object(1) + ",";
        const std::size_t at = text.size();
        text += "{\"sourceIPv4Address\":\"" + std::string(24'000'000, 'a') + "\"}," + object(2) + "," + object(3) + "]";
        const Both both = readBoth(testing::packed(bytesOf(text), "gzip"), false);
        QVERIFY2(both.packed == both.plain, (report(both.packed) + " | " + report(both.plain)).c_str());
        QCOMPARE(both.packed.rows.size(), std::size_t(3));
        QCOMPARE(both.packed.drops.front(), "1 x JSON object over 1 MB at " + std::to_string(at) + " damage");
    }

    void brokenArraysEnd() {
        std::mt19937 rng(17);
        for (const std::string_view unit :
             {"{\"a\":[", "{\"a\":\"", "{", "[{\"a\":1},", "{\"a\":{\"b\":", "},{", "}", "\"", "{\"a\":\"\\"}) {
            std::string text = "[" + object(1) + ",";
            while (text.size() < 1'500'000) text += unit;
            (void)test::readFlowText(text, "ipfix-text");
        }
        const std::string whole = "[" + object(1) + "," + object(2, "\n") + "," + object(3, " ") + "]";
        for (int i = 0; i < 500; ++i) {
            std::string mutant = whole;
            for (int k = 0; k < 3; ++k) mutant[1 + rng() % (mutant.size() - 1)] = "{}[],:\"\\ \n1a"[rng() % 12];
            (void)test::readFlowText(mutant, "ipfix-text");
        }
    }

    void fullDiskIsSaid() {
        const Bytes file = testing::packed(netflow9(), "gzip");
        PackedFile packed(file, {kNoLimit, "/proc/no such folder", {}});
        (void)testing::readFlows(packed.bytes());
        const Status s = packed.kept();
        QVERIFY(!s && s.error().code == Errc::io);
        QVERIFY(s.error().detail.find("/proc/no such folder") != std::string::npos);
    }

    void leftBeforeTheEnd() {
        const Bytes file = testing::packed(trace(false, 40'000), "zstd");
        PackedFile packed(file, {kNoLimit, "/tmp", {}});
        for (int i = 0; i < 20; ++i) {
            auto frames = bestReader(packed.bytes().head())->openPackets(packed.bytes(), {});
            std::vector<flow::PacketRecord> some(64);
            for (int k = 0; k < i * 20; ++k) (void)(*frames)->next(some);
        }
        QCOMPARE(testing::readTrace(packed.bytes()).packets.size(), std::size_t(40'000));
        QVERIFY(packed.drops().list().empty());
    }

    void cancelling() {
        const Bytes file = testing::packed(Bytes(60u << 20), "gzip");
        std::stop_source stop;
        PackedFile packed(file, {kNoLimit, "/tmp", stop.get_token()});
        auto stream = packed.open();
        Bytes space(1u << 20);
        QCOMPARE(stream->read(space), space.size());
        stop.request_stop();
        const auto begun = std::chrono::steady_clock::now();
        while (stream->read(space) == space.size()) {
        }
        stream.reset();
        QVERIFY(std::chrono::steady_clock::now() - begun < std::chrono::milliseconds(500));
        QVERIFY(packed.drops().list().empty());
    }
};

QTEST_APPLESS_MAIN(TstUnpackReaders)
#include "tst_unpack_readers.moc"
