// Recomputes signs for every value and judges them by the same rules.
#include "core/session/verbs/sweep.h"

#include "core/base/text.h"
#include "core/session/evidence/prepare.h"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace weir::session {
namespace {

/// Class index of each word, kOther for none.
using Classes = std::unordered_map<std::uint64_t, std::uint16_t>;

Classes classesOf(const rules::RuleSet& set, const tally::Tally& tally) {
    Classes out;
    const auto verdicts = classify::classifyWords(set, tally).verdicts;
    for (std::size_t i = 0; i < tally.size(); ++i) out[tally[i].word] = verdicts[i].classIndex;
    return out;
}

constexpr std::uint16_t kNoFlow = 0xfffe;  ///< distinct from class indices and kOther

Result<const SettingDef*> settingOf(std::string_view name) {
    const SettingDef* def = findSetting(name);
    if (!def) {
        std::vector<std::string_view> names;
        for (const SettingDef& d : settingTable()) names.push_back(d.id);
        const auto near = nearestName(name, names);
        std::string text = std::string("unknown setting `").append(name).append("`");
        if (!near.empty()) text.append("; did you mean `").append(near).append("`?");
        return Error{Errc::usage, std::move(text), 0};
    }
    if (def->redo == Redo::packets)
        return Error{Errc::usage,
                     std::string("`").append(name).append(
                         "` takes effect when packets are read: import the trace again with another value"),
                     0};
    if (def->redo == Redo::nothing)
        return Error{Errc::usage, std::string("`").append(name).append("` changes no class"), 0};
    return def;
}

class Sweeper {
public:
    Sweeper(const Snapshot& snapshot, const Judgement& judgement, const SettingDef& def, const RunId& run,
            JobContext& job)
        : base_(snapshot), judgement_(judgement), def_(def), run_(run), job_(job), now_(*snapshot.signs(run)),
          nowClasses_(classesOf(judgement.parsed.set, now_.tally)) {}

    Result<SweepRun> run(const std::string& value) {
        Settings settings = base_.settings;
        if (!def_.set(settings, value))
            return Error{Errc::usage,
                         std::string("`").append(value).append("` is not a valid value for ").append(def_.id), 0};
        SweepRun out;
        out.value = value;
        out.present = def_.get(settings) == def_.get(base_.settings);
        const bool derive = def_.redo == Redo::flows;
        const auto under = signsUnder(base_, settings, derive, run_, job_);
        if (!under) return under.error();
        const auto classes = classify::classifyWords(judgement_.parsed.set, under->signs->tally);
        out.oneWay = classes.oneWay.flows;
        out.conflicting = classes.conflicting;
        out.unclassified = classes.unclassified;
        count(*under, classesOf(judgement_.parsed.set, under->signs->tally), derive, out);
        return out;
    }

private:
    void count(const SignsUnder& under, const Classes& classes, bool derived, SweepRun& out) const {
        std::map<std::pair<std::uint16_t, std::uint16_t>, std::uint64_t> moves;
        std::vector<std::uint32_t> rows;
        for (std::size_t row = 0; row < now_.words.size(); ++row) {
            if (now_.words[row] == 0) continue;
            const std::uint16_t from = classOfWord(nowClasses_, now_.words[row]);
            const std::uint16_t to = derived ? classAfter(under, classes, base_.flows->firstRecord[row])
                                             : classOfWord(classes, under.signs->words[row]);
            if (from == to) continue;
            ++moves[{from, to}];
            rows.push_back(std::uint32_t(row));
        }
        out.flips = rows.size();
        out.rows = std::make_shared<const std::vector<std::uint32_t>>(std::move(rows));
        for (const auto& [pair, flows] : moves) out.moves.push_back({name(pair.first), name(pair.second), flows});
        std::stable_sort(out.moves.begin(), out.moves.end(),
                         [](const SweepMove& a, const SweepMove& b) { return a.flows > b.flows; });
    }

    /// The class of the flow that begins with the record.
    static std::uint16_t classAfter(const SignsUnder& under, const Classes& classes, std::uint32_t record) {
        const std::uint32_t row = under.flows->flowOfRecord[record];
        return row == flow::kNoFlow ? kNoFlow : classOfWord(classes, under.signs->words[row]);
    }
    /// Stored words may include one that the stored tally lacks.
    static std::uint16_t classOfWord(const Classes& classes, std::uint64_t word) {
        if (word == 0) return kNoFlow;
        const auto known = classes.find(word);
        return known == classes.end() ? classify::kOther : known->second;
    }
    std::string name(std::uint16_t classIndex) const {
        return classIndex == kNoFlow ? std::string(kNotOneWay) : judgement_.className(classIndex);
    }

    const Snapshot& base_;
    const Judgement& judgement_;
    const SettingDef& def_;
    RunId run_;
    JobContext& job_;
    const SignData& now_;
    Classes nowClasses_;
};

}  // namespace

flow::TermAnswer Sweep::find(const Snapshot& snapshot, std::string_view keyword, std::string_view value) const {
    if (of != snapshot.flows)
        return {{}, "the flows have changed since the setting was tried: try it again in the panel Sensitivity", {}};
    if (keyword == "unstable") return {{}, {}, {}, {}, unstable};
    const auto run = std::find_if(runs.begin(), runs.end(), [&](const SweepRun& r) { return r.value == value; });
    return run == runs.end() ? flow::TermAnswer() : flow::TermAnswer{{}, {}, {}, {}, run->rows};
}

std::vector<std::string> Sweep::names(std::string_view keyword) const {
    std::vector<std::string> out;
    for (const SweepRun& run : runs)
        if (keyword == "flips") out.push_back(run.value);
    return out;
}

Result<Sweep> sweepSetting(const SnapshotPtr& snapshot, const Judgement& judgement, std::string_view setting,
                           const std::vector<std::string>& values, const RunId& run, JobContext& job) {
    const auto def = settingOf(setting);
    if (!def) return def.error();
    if (values.empty()) return Error{Errc::usage, "no value to try", 0};
    Sweeper sweeper(*snapshot, judgement, **def, run, job);
    Sweep out;
    out.of = snapshot->flows;
    out.setting = setting;
    std::map<std::uint32_t, std::uint32_t> unstable;
    for (const std::string& value : values) {
        auto tried = sweeper.run(value);
        if (!tried) return tried.error();
        for (const std::uint32_t row : *tried->rows) ++unstable[row];
        out.runs.push_back(std::move(*tried));
    }
    std::vector<std::uint32_t> rows;
    for (const auto& [row, times] : unstable) {
        rows.push_back(row);
        out.times.push_back(times);
    }
    out.unstable = std::make_shared<const std::vector<std::uint32_t>>(std::move(rows));
    return out;
}

}  // namespace weir::session
