// Joins two judgements, or two scores, of the same data.
#include "core/session/verbs/compare.h"

#include <algorithm>

namespace weir::session {
namespace {

std::string_view firstWord(std::string_view text) {
    for (;;) {
        const std::size_t begin = text.find_first_not_of(" \t\r\n");
        if (begin == std::string_view::npos) return {};
        text.remove_prefix(begin);
        if (text.front() != '#') return text.substr(0, text.find_first_of(" \t\r\n"));
        text.remove_prefix(std::min(text.find('\n'), text.size()));
    }
}

bool holds(const compare::Migration& migration, const compare::Move& move) {
    return std::any_of(migration.cells.begin(), migration.cells.end(), [&](const compare::Cell& c) {
        return migration.from[c.from] == move.from && migration.to[c.to] == move.to;
    });
}

}  // namespace

std::vector<std::string> RuleComparison::names(std::string_view keyword) const {
    return keyword == "champion" ? migration.from : migration.to;
}

flow::TermAnswer RuleComparison::find(const Snapshot&, std::string_view keyword, std::string_view name) const {
    const bool ofChampion = keyword == "champion";
    const auto& classes = ofChampion ? migration.from : migration.to;
    if (std::find(classes.begin(), classes.end(), name) == classes.end()) return {};
    flow::WordTest test;
    for (const compare::Cell& cell : migration.cells)
        if (classes[ofChampion ? cell.from : cell.to] == name)
            for (const std::uint32_t row : cell.rows) test.words.push_back(champion->tally[row].word);
    return {std::move(test), {}, {}};
}

std::vector<compare::Move> RuleComparison::unseen() const {
    std::vector<compare::Move> out;
    std::copy_if(proof.moves.begin(), proof.moves.end(), std::back_inserter(out),
                 [&](const compare::Move& m) { return !holds(migration, m); });
    return out;
}

const JudgementPtr& RuleComparer::Side::of(std::string_view text, const SignBasis& basis) {
    const auto sameBit = [](const rules::UserSign& x, const rules::UserSign& y) {
        return x.bit == y.bit && x.name == y.name && x.filter == y.filter;
    };
    const bool same = last && last->parsed.set.text == text && last->tally.data() == basis.tally().data() &&
                      last->tally.size() == basis.tally().size() &&
                      std::equal(known.begin(), known.end(), basis.known().begin(), basis.known().end(), sameBit);
    if (same) return last;
    known.assign(basis.known().begin(), basis.known().end());
    return last = judge.judge(text, basis);
}

RuleComparisonPtr RuleComparer::compare(std::string_view champion, std::string_view challenger,
                                        const SignBasis& basis) {
    auto out = std::make_shared<RuleComparison>();
    out->champion = champion_.of(champion, basis);
    out->challenger = challenger_.of(challenger, basis);
    if (!out->good()) return out;
    const rules::RuleSet &was = out->champion->parsed.set, &is = out->challenger->parsed.set;
    const auto &a = champion_.judge.admissible().words, &b = challenger_.judge.admissible().words;
    if (a_ != a || b_ != b || space_.signs != (was.signs | is.signs)) {
        space_ = compare::spaceOf(was, is);
        a_ = a;
        b_ = b;
    }
    out->migration = compare::migrate(was, out->champion->classes, is, out->challenger->classes, basis.tally());
    out->proof = compare::prove(was, is, space_);
    return out;
}

Result<std::vector<std::uint64_t>> sourcesOfCells(const Snapshot& snapshot, const RuleComparison& comparison,
                                                  const RunId& run) {
    const auto& signs = snapshot.signs(run);
    if (!signs || !snapshot.flows) return Error{Errc::notFound, "signs are not computed yet", 0};
    return compare::sourcesOfCells(comparison.migration, comparison.champion->tally, signs->words.span(),
                                   *snapshot.flows, snapshot.records->addresses().size());
}

std::vector<std::uint64_t> sourcesOfCells(const SignPart& part, const RuleComparison& comparison) {
    const Selection& selection = *part.selection;
    const Snapshot& snapshot = *selection.snapshot;
    const auto rows = selection.all ? std::optional<std::span<const std::uint32_t>>()
                                    : selection.picked.span().first(std::size_t(selection.count));
    return compare::sourcesOfCells(comparison.migration, comparison.champion->tally,
                                   snapshot.signs(part.run)->words.span(), *snapshot.flows,
                                   snapshot.records->addresses().size(), rows);
}

bool isProfile(std::string_view text) { return firstWord(text) == "weir-score"; }

}  // namespace weir::session
