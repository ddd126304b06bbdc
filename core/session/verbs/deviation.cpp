// Populations by period, and their words in the signs of one text.
#include "core/session/verbs/deviation.h"

#include "core/base/text.h"
#include "core/flow/derived_flows.h"
#include "core/session/evidence/sign_basis.h"
#include "core/signs/sign_family.h"

#include <algorithm>
#include <unordered_map>

namespace weir::session {
namespace {

const rules::Word kBuiltIn = signs::oneWay().mask();

Error badPeriod(std::string_view text) {
    return {Errc::usage,
            std::string("`").append(text).append("` is not a valid time range: use FROM/TO, as in "
                                                 "2012-10-26T12:00:00Z/2012-10-26T18:00:00Z (either end may be "
                                                 "omitted), or `all`"),
            0};
}

/// Length of the intersection of [from, to) and [begin, end).
std::int64_t overlap(std::int64_t from, std::int64_t to, std::int64_t begin, std::int64_t end) {
    return std::max<std::int64_t>(0, std::min(to, end) - std::max(from, begin));
}

/// Total length of the intervals with flows, clipped to the data and the period.
std::int64_t observed(const flow::DerivedFlows& flows, const Period& period, std::int64_t first, std::int64_t last) {
    std::int64_t sum = 0;
    for (const flow::BinRange& bin : flows.bins) {
        const std::int64_t begin = std::max(first, bin.bin * flows.intervalUs),
                           end = std::min(last + 1, (bin.bin + 1) * flows.intervalUs);
        if (begin >= end) continue;
        const std::int64_t inside = overlap(period.fromUs, period.toUs, begin, end);
        sum += period.outside ? end - begin - inside : inside;
    }
    return sum;
}

/// The words of a population in the bits of the set; records the signs that it was not evaluated for.
tally::Tally inSignsOf(const rules::RuleSet& set, const Population& population, std::vector<std::string>& missing) {
    std::vector<std::pair<unsigned, unsigned>> moves;
    for (const rules::UserSign& sign : set.userSigns) {
        const auto at = std::find_if(population.known.begin(), population.known.end(), [&](const rules::UserSign& k) {
            return k.name == sign.name && k.filter == sign.filter;
        });
        if (at != population.known.end())
            moves.emplace_back(at->bit, sign.bit);
        else if (std::find(missing.begin(), missing.end(), sign.name) == missing.end())
            missing.push_back(sign.name);
    }
    tally::Tally out;
    std::unordered_map<rules::Word, std::size_t> rowOf;
    for (const tally::WordCount& w : population.tally) {
        rules::Word word = w.word & kBuiltIn;
        for (const auto& [from, to] : moves) word |= (w.word >> from & 1) << to;
        const auto [at, fresh] = rowOf.emplace(word, out.size());
        if (fresh) out.push_back({word, 0, 0, 0});
        tally::WordCount& sum = out[at->second];
        sum.flows += w.flows;
        sum.packets += w.packets;
        sum.bytes += w.bytes;
    }
    return out;
}

}  // namespace

std::string Period::filter() const {
    std::string out;
    if (fromUs != INT64_MIN) out.append("first seen >= ").append(utcText(fromUs));
    if (toUs != INT64_MAX) out.append(out.empty() ? "" : " and ").append("first seen < ").append(utcText(toUs));
    if (!outside) return out;
    return out.empty() ? "not any" : std::string("not (").append(out).append(")");
}

Period firstHalf(const flow::DerivedFlows& flows) {
    const auto [first, last] = std::minmax_element(flows.start.begin(), flows.start.end());
    return {INT64_MIN, *first + (*last - *first) / 2 + 1, false};
}

Result<Period> parsePeriod(std::string_view text) {
    Period out;
    if (text == "all") return out;
    const auto slash = text.find('/');
    if (slash == std::string_view::npos) return badPeriod(text);
    const auto take = [](std::string_view end, std::int64_t& us) {
        if (end.empty()) return true;
        const auto parsed = parseUtc(end);
        if (parsed) us = *parsed;
        return parsed.has_value();
    };
    if (!take(text.substr(0, slash), out.fromUs) || !take(text.substr(slash + 1), out.toUs)) return badPeriod(text);
    if (out.fromUs >= out.toUs)
        return Error{Errc::usage, std::string("the time range `").append(text).append("` ends before it begins"), 0};
    return out;
}

Result<Population> populationOf(const Snapshot& snapshot, const Period& period, const RunId& run, JobContext& job) {
    const auto& data = snapshot.signs(run);
    if (!data || !snapshot.flows) return Error{Errc::notFound, "signs are not computed yet", 0};
    const flow::DerivedFlows& flows = *snapshot.flows;
    Population out;
    out.known = data->userSigns;
    if (flows.size() == 0) return Error{Errc::notFound, "there are no flows to compare", 0};
    const auto [first, last] = std::minmax_element(flows.start.begin(), flows.start.end());
    out.observedUs = observed(flows, period, *first, *last);
    if (out.observedUs == 0)
        return Error{Errc::notFound,
                     std::string("no flow starts in `")
                         .append(period.filter())
                         .append("`: those of the project start from ")
                         .append(utcText(*first))
                         .append(" to ")
                         .append(utcText(*last)),
                     0};
    if (period.always()) {
        out.tally = data->tally;
        return out;
    }
    Buffer<signs::SignWord> words(data->words.size());
    constexpr std::size_t kStep = std::size_t{1} << 20;
    for (std::size_t row = 0; row < words.size(); ++row) {
        if (row % kStep == 0 && !job.step(row, words.size(), "selecting flows")) return cancelledError();
        words[row] = period.holds(flows.start[row]) ? data->words[row] : 0;
    }
    out.tally = tally::tallyWords(words.span(), flows, run.direction, job.threads());
    return out;
}

FlowComparison compareFlows(std::string_view rules, const Population& baseline, const Population& now) {
    FlowComparison out;
    out.parsed = rules::parseRules(rules, {signNames(), now.known, nullptr});
    out.baselineUs = baseline.observedUs;
    out.nowUs = now.observedUs;
    if (!out.good()) return out;
    const rules::RuleSet& set = out.parsed.set;
    const tally::Tally before = inSignsOf(set, baseline, out.missing), after = inSignsOf(set, now, out.missing);
    out.was = classify::classifyWords(set, before);
    out.is = classify::classifyWords(set, after);
    out.deviation =
        compare::deviate(set, before, after, out.baselineUs > 0 ? double(out.nowUs) / double(out.baselineUs) : 0);
    return out;
}

std::vector<std::string> differingSettings(const Settings& a, const Settings& b) {
    std::vector<std::string> out;
    for (const SettingDef& d : settingTable())
        if ((d.redo == Redo::flows || d.redo == Redo::signs) && d.id != "local" && d.get(a) != d.get(b))
            out.emplace_back(d.id);
    return out;
}

}  // namespace weir::session
