// One keystroke in the rule editor: text → parse → static analysis → classes → conflict report, on tallies of several
// sizes.
#include "core/session/evidence/judge.h"
#include "core/session/project/resources.h"
#include "core/signs/sign_family.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace {

using namespace weir;

/// Texts that differ in one edit each; the analyst goes from one to the next.
std::vector<std::string> edits() {
    const std::string start(session::resourceText("rules", "glatz-2012"));
    std::vector<std::string> texts{start};
    const std::array<std::pair<std::string_view, std::string_view>, 4> kEdits = {{
        {" !InOut !PotOk\n\nclass \"Service", " !InOut\n\nclass \"Service"},  // 10 meets 13: conflicts
        {"13: PotOk !Unreach", "13: PotOk"},
        {"  17: bogon !TRWscan", "  17: bogon"},
        {"5: GreyIP Onepkt", "5: GreyIP"},
    }};
    for (const auto& [from, to] : kEdits) {
        std::string text = start;
        const std::size_t at = text.find(from);
        if (at == std::string::npos) std::abort();
        texts.push_back(text.replace(at, from.size(), to));
    }
    return texts;
}

constexpr unsigned kUserSigns = 5;  ///< the built-in signs alone admit 5,976 words

/// Declared behind every text where the words are more than those of the built-in signs.
std::string withUserSigns(std::string text) {
    for (unsigned i = 0; i < kUserSigns; ++i)
        text += "sign U" + std::to_string(i) + " = port " + std::to_string(i + 1) + "\n";
    return text;
}

tally::Tally tallyOf(std::size_t words, std::uint64_t flows) {
    const std::string text(session::resourceText("rules", "glatz-2012"));
    const bool more = words > 5976;
    const auto set = rules::parseRules(more ? withUserSigns(text) : text, session::signNames()).set;
    auto all = rules::admissibleWords(set, signs::oneWay().size() + (more ? kUserSigns : 0));
    std::mt19937_64 random(1);
    std::shuffle(all.begin(), all.end(), random);
    tally::Tally tally;
    for (std::size_t i = 0; i < words; ++i) {
        const std::uint64_t n = 1 + flows / (3 * (i + 1));  // few words hold most flows, as in real traffic
        tally.push_back({all[i], n, 2 * n, 120 * n});
    }
    return tally;
}

void ruleEdit(benchmark::State& state) {
    const auto tally =
        std::make_shared<const tally::Tally>(tallyOf(std::size_t(state.range(0)), std::uint64_t(state.range(1))));
    auto texts = edits();
    if (state.range(0) > 5976) std::ranges::transform(texts, texts.begin(), withUserSigns);
    session::Judge judge;
    std::size_t turn = 0;
    std::uint64_t conflicting = 0;
    for (auto _ : state)
        conflicting += judge.judge(texts[turn++ % texts.size()], *tally, tally)->conflicts.conflictingFlows;
    benchmark::DoNotOptimize(conflicting);
    state.SetItemsProcessed(std::int64_t(state.iterations()) * state.range(0));
    state.SetLabel(
        "words judged per second; goal 1 ms an edit, aim 0.2 ms; of 100,000 words: part of the 16 ms from key to "
        "paint");
}
BENCHMARK(ruleEdit)
    ->ArgNames({"words", "flows"})
    ->ArgsProduct({{143, 1035, 5976}, {1'000'000}})
    ->Args({5976, 1'000'000'000})
    ->Args({100'000, 1'000'000'000})
    ->Unit(benchmark::kMicrosecond);

/// The edit is in a `never` line: the admissible words are enumerated anew.
void exclusionEdit(benchmark::State& state) {
    const tally::Tally tally = tallyOf(5976, 1'000'000);
    std::vector<std::string> texts{edits()[0], edits()[0]};
    const std::string_view line = "never Unreach with Backsc";
    texts[1].insert(texts[1].find(line), "# ");
    session::Judge judge;
    std::size_t turn = 0;
    for (auto _ : state) benchmark::DoNotOptimize(judge.judge(texts[turn++ % 2], tally, nullptr));
}
BENCHMARK(exclusionEdit)->Unit(benchmark::kMicrosecond);

void parseOnly(benchmark::State& state) {
    const auto texts = edits();
    for (auto _ : state) benchmark::DoNotOptimize(rules::parseRules(texts[0], session::signNames()));
    state.SetBytesProcessed(std::int64_t(state.iterations()) * std::int64_t(texts[0].size()));
}
BENCHMARK(parseOnly)->Unit(benchmark::kMicrosecond);

void analyseOnly(benchmark::State& state) {
    const auto set = rules::parseRules(edits()[1], session::signNames()).set;
    const rules::WordSpace space(rules::admissibleWords(set, signs::oneWay().size(), state.range(0) != 0));
    for (auto _ : state) benchmark::DoNotOptimize(rules::analyse(set, space));
    state.SetItemsProcessed(std::int64_t(state.iterations()) * std::int64_t(space.words.size()));
}
BENCHMARK(analyseOnly)->ArgName("no_exclusions")->Arg(0)->Arg(1)->Unit(benchmark::kMicrosecond);

void classifyOnly(benchmark::State& state) {
    const auto set = rules::parseRules(edits()[1], session::signNames()).set;
    const tally::Tally tally = tallyOf(5976, 1'000'000);
    for (auto _ : state) benchmark::DoNotOptimize(classify::classifyWords(set, tally));
}
BENCHMARK(classifyOnly)->Unit(benchmark::kMicrosecond);

void reportOnly(benchmark::State& state) {
    const tally::Tally tally = tallyOf(5976, 1'000'000);
    const auto judged = session::Judge().judge(edits()[1], tally, nullptr);
    for (auto _ : state)
        benchmark::DoNotOptimize(conflict::buildReport(judged->parsed.set, tally, judged->classes, judged->check));
    state.SetLabel(std::to_string(judged->check.conflictingWords) + " conflicting words");
}
BENCHMARK(reportOnly)->Unit(benchmark::kMicrosecond);

}  // namespace

BENCHMARK_MAIN();
