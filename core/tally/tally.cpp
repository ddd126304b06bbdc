// tallyWords: a dense table for the built-in signs' words, a hash map for the rest, one pair per thread.
#include "core/tally/tally.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <unordered_map>

namespace weir::tally {
namespace {

constexpr std::size_t kBlockRows = 65536;
constexpr std::uint64_t kDenseWords = 1u << 18;  // words of the 18 built-in signs alone

class Counter {
public:
    Counter() : denseRow_(kDenseWords, 0) {}
    void add(std::uint64_t word, std::uint64_t flows, std::uint64_t packets, std::uint64_t bytes) {
        std::uint32_t& row = word < kDenseWords ? denseRow_[word] : otherRow_[word];
        if (row == 0) {
            counts_.push_back({word, 0, 0, 0});
            row = std::uint32_t(counts_.size());
        }
        WordCount& c = counts_[row - 1];
        c.flows += flows;
        c.packets += packets;
        c.bytes += bytes;
    }
    Tally take() { return std::move(counts_); }

private:
    Tally counts_;
    std::vector<std::uint32_t> denseRow_;  ///< row + 1 in counts_, 0 = none
    std::unordered_map<std::uint64_t, std::uint32_t> otherRow_;
};

/// `rowAt`: index → derived row, for `count` indices.
template <class RowAt>
Tally countWords(std::span<const std::uint64_t> words, const flow::DerivedFlows& flows, flow::Direction direction,
                 std::size_t count, RowAt rowAt, unsigned threads) {
    const auto& packets = direction == flow::Direction::in ? flows.packetsIn : flows.packetsOut;
    const auto& bytes = direction == flow::Direction::in ? flows.bytesIn : flows.bytesOut;
    std::vector<Counter> counters(std::max(1u, threads));
    parallelFor((count + kBlockRows - 1) / kBlockRows, unsigned(counters.size()),
                [&](std::size_t block, unsigned worker) {
                    const std::size_t from = block * kBlockRows, to = std::min(count, from + kBlockRows);
                    for (std::size_t i = from; i < to; ++i)
                        if (const std::size_t row = rowAt(i); words[row] != 0)
                            counters[worker].add(words[row], 1, packets[row], bytes[row]);
                    return true;
                });
    Counter all;
    for (Counter& counter : counters)
        for (const WordCount& c : counter.take()) all.add(c.word, c.flows, c.packets, c.bytes);
    Tally tally = all.take();
    std::sort(tally.begin(), tally.end(), [](const WordCount& a, const WordCount& b) {
        return a.flows != b.flows ? a.flows > b.flows : a.word < b.word;
    });
    return tally;
}

}  // namespace

Tally tallyWords(std::span<const std::uint64_t> words, const flow::DerivedFlows& flows, flow::Direction direction,
                 unsigned threads) {
    return countWords(
        words, flows, direction, words.size(), [](std::size_t i) { return i; }, threads);
}

Tally tallyWords(std::span<const std::uint64_t> words, const flow::DerivedFlows& flows, flow::Direction direction,
                 std::span<const std::uint32_t> rows, unsigned threads) {
    return countWords(
        words, flows, direction, rows.size(), [rows](std::size_t i) { return std::size_t(rows[i]); }, threads);
}

}  // namespace weir::tally
