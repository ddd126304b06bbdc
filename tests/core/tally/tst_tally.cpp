// Tallies against a plain map.
#include "core/tally/tally.h"

#include <QTest>
#include <map>
#include <random>

using namespace weir;

class TestTally : public QObject {
    Q_OBJECT
private slots:
    void agreesWithMap() {
        const unsigned seed = 11;
        qInfo("seed %u", seed);
        std::mt19937_64 random(seed);
        constexpr std::size_t kRows = 300'000;
        flow::DerivedFlows flows;
        Buffer<std::uint64_t> words(kRows);
        for (auto* column : {&flows.packetsOut, &flows.packetsIn, &flows.bytesOut, &flows.bytesIn}) {
            column->resize(kRows);
            for (auto& v : *column) v = random() >> 40;
        }
        std::vector<std::uint64_t> used = {0, 1, (1u << 18) - 1, 1u << 18, ~0ull};
        for (int i = 0; i < 200; ++i) used.push_back(i % 3 ? random() >> 46 : random());
        for (auto& w : words) w = used[random() % used.size()];
        for (const auto direction : {flow::Direction::in, flow::Direction::out}) {
            const bool in = direction == flow::Direction::in;
            std::map<std::uint64_t, tally::WordCount> expected;
            for (std::size_t i = 0; i < kRows; ++i) {
                if (words[i] == 0) continue;
                auto& c = expected[words[i]];
                c.word = words[i];
                ++c.flows;
                c.packets += in ? flows.packetsIn[i] : flows.packetsOut[i];
                c.bytes += in ? flows.bytesIn[i] : flows.bytesOut[i];
            }
            for (const unsigned threads : {1u, 2u, 3u}) {
                const auto got = tally::tallyWords(words, flows, direction, threads);
                QCOMPARE(got.size(), expected.size());
                for (std::size_t i = 0; i < got.size(); ++i) {
                    const auto& want = expected.at(got[i].word);
                    QVERIFY(got[i].flows == want.flows && got[i].packets == want.packets && got[i].bytes == want.bytes);
                    QVERIFY(i == 0 || got[i - 1].flows > got[i].flows ||
                            (got[i - 1].flows == got[i].flows && got[i - 1].word < got[i].word));
                }
            }
        }
    }
    void nothing() { QVERIFY(tally::tallyWords({}, {}, flow::Direction::in, 2).empty()); }
};

QTEST_APPLESS_MAIN(TestTally)
#include "tst_tally.moc"
