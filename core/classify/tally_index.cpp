// Open addressing over the rows.
#include "core/classify/tally_index.h"

#include <algorithm>
#include <bit>

namespace weir::classify {
namespace {

rules::WordPlanes planesOf(std::span<const tally::WordCount> tally) {
    std::vector<rules::Word> words(tally.size());
    std::transform(tally.begin(), tally.end(), words.begin(), [](const tally::WordCount& w) { return w.word; });
    return rules::WordPlanes(words);
}

}  // namespace

TallyIndex::TallyIndex(std::span<const tally::WordCount> tally)
    : tally_(tally), planes_(planesOf(tally)), slots_(std::bit_ceil(tally.size() * 2 + 2)) {
    shift_ = unsigned(64 - std::countr_zero(slots_.size()));
    for (std::size_t row = 0; row < tally.size(); ++row) {
        std::size_t at = slotOf(tally[row].word);
        while (slots_[at] != 0) at = (at + 1) & (slots_.size() - 1);
        slots_[at] = std::uint32_t(row + 1);
    }
}

std::optional<std::uint32_t> TallyIndex::rowOf(std::uint64_t word) const {
    for (std::size_t at = slotOf(word); slots_[at] != 0; at = (at + 1) & (slots_.size() - 1))
        if (tally_[slots_[at] - 1].word == word) return slots_[at] - 1;
    return std::nullopt;
}

}  // namespace weir::classify
