// A table of classes x classes, filled word by word.
#include "core/compare/migration.h"

#include <algorithm>
#include <bit>
#include <unordered_map>

namespace weir::compare {
namespace {

/// Index of a class: its rank in the order, Other last.
std::uint16_t placeOf(const rules::RuleSet& set, std::uint16_t classIndex) {
    return classIndex == classify::kOther ? std::uint16_t(set.classes.size()) : set.rank[classIndex];
}

std::vector<std::string> namesOf(const rules::RuleSet& set) {
    std::vector<std::string> out;
    for (const std::uint16_t c : set.order) out.push_back(set.classes[c].name);
    out.emplace_back("Other");
    return out;
}

}  // namespace

const Cell* Migration::cell(std::size_t fromClass, std::size_t toClass) const {
    const auto at =
        std::find_if(cells.begin(), cells.end(), [&](const Cell& c) { return c.from == fromClass && c.to == toClass; });
    return at == cells.end() ? nullptr : &*at;
}

Migration migrate(const rules::RuleSet& champion, const classify::Classification& was, const rules::RuleSet& challenger,
                  const classify::Classification& is, std::span<const tally::WordCount> tally) {
    Migration out;
    out.from = namesOf(champion);
    out.to = namesOf(challenger);
    std::vector<Cell> table(out.from.size() * out.to.size());
    for (std::size_t row = 0; row < tally.size(); ++row) {
        const std::uint16_t from = placeOf(champion, was.verdicts[row].classIndex),
                            to = placeOf(challenger, is.verdicts[row].classIndex);
        Cell& cell = table[from * out.to.size() + to];
        cell.from = from;
        cell.to = to;
        cell.sums += classify::totalOf(tally[row]);
        cell.rows.push_back(std::uint32_t(row));  // the tally has most flows first
        (out.moved(cell) ? out.changed : out.unchanged) += classify::totalOf(tally[row]);
    }
    for (Cell& cell : table)
        if (!cell.rows.empty()) out.cells.push_back(std::move(cell));
    return out;
}

std::vector<std::uint64_t> sourcesOfCells(const Migration& migration, std::span<const tally::WordCount> tally,
                                          std::span<const std::uint64_t> words, const flow::DerivedFlows& flows,
                                          std::size_t hosts, std::optional<std::span<const std::uint32_t>> rows) {
    std::vector<std::uint64_t> out(migration.cells.size());
    for (std::size_t first = 0; first < migration.cells.size(); first += 64) {
        // One bit per cell: a host is counted in each cell that has a flow of it.
        std::unordered_map<std::uint64_t, std::uint64_t> bitOf;
        const std::size_t some = std::min<std::size_t>(64, migration.cells.size() - first);
        for (std::size_t c = 0; c < some; ++c)
            for (const std::uint32_t row : migration.cells[first + c].rows)
                bitOf[tally[row].word] = std::uint64_t{1} << c;
        std::vector<std::uint64_t> seen(hosts);
        std::uint64_t lastWord = 0, lastBit = 0;  // neighbours are often alike
        for (std::size_t i = 0, n = rows ? rows->size() : words.size(); i < n; ++i) {
            const std::size_t d = rows ? (*rows)[i] : i;
            if (words[d] == 0) continue;
            if (words[d] != lastWord) {
                const auto at = bitOf.find(words[d]);
                lastWord = words[d];
                lastBit = at == bitOf.end() ? 0 : at->second;
            }
            seen[flows.remote[d]] |= lastBit;
        }
        for (const std::uint64_t bits : seen)
            for (std::uint64_t rest = bits; rest != 0; rest &= rest - 1)
                ++out[first + std::size_t(std::countr_zero(rest))];
    }
    return out;
}

}  // namespace weir::compare
