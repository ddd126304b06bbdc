// Collects what is known about one derived flow: its row, records and signs, and the rules that match or miss it.
#include "core/session/verbs/inspect.h"
#include "core/session/rows/row_reader.h"

#include "core/flow/community_id.h"
#include "core/session/evidence/prepare.h"
#include "core/session/project/resources.h"
#include "core/session/project/row_ids.h"
#include "core/session/project/shipped_lists.h"

#include <algorithm>

namespace weir::session {
namespace {

constexpr std::size_t kBlockRows = 65536;

/// Why rules do not apply to a flow of that kind; empty when they do.
std::string whyNot(std::uint8_t kind, const RunId& run) {
    if (run.family->judges(kind, run.direction)) return {};
    if (kind & flow::kInternal) return "both ends local";
    if (kind & flow::kTransit) return "neither end local";
    if (kind & flow::kBiflow) return "two-way flow";
    return run.direction == flow::Direction::in ? "outbound (rules are applied to inbound flows)"
                                                : "inbound (rules are applied to outbound flows)";
}

/// Records of a derived flow start in its interval, but may be anywhere in the files, so all rows are scanned.
std::vector<std::string> recordIds(const Snapshot& snapshot, std::uint32_t derivedRow) {
    const SourceRows ids(*snapshot.records);
    const auto& flowOf = snapshot.flows->flowOfRecord;
    std::vector<std::string> records;
    for (std::size_t row = 0; row < flowOf.size(); ++row)
        if (flowOf[row] == derivedRow) records.push_back(ids.idOf(row));
    return records;
}

/// Distinct hosts and ports of the flows with the word.
bool countSameWord(const Snapshot& snapshot, const SignData& data, std::uint64_t word, JobContext& job,
                   FlowExplanation& out) {
    const flow::DerivedFlows& flows = *snapshot.flows;
    const bool inbound = data.run.direction == flow::Direction::in;
    const auto& sources = inbound ? flows.remote : flows.local;
    const auto& destinations = inbound ? flows.local : flows.remote;
    const auto& ports = inbound ? flows.remotePort : flows.localPort;
    const std::size_t hosts = snapshot.records->addresses().size();
    std::vector<bool> sourceSeen(hosts), destinationSeen(hosts), portSeen(65536);
    const auto countNew = [](std::vector<bool>& seen, std::size_t i, std::uint64_t& n) {
        if (!seen[i]) ++n;
        seen[i] = true;
    };
    for (std::size_t from = 0; from < data.words.size(); from += kBlockRows) {
        if (!job.step(from, data.words.size(), "finding flows with the same signs")) return false;
        for (std::size_t row = from; row < std::min(data.words.size(), from + kBlockRows); ++row) {
            if (data.words[row] != word) continue;
            countNew(sourceSeen, sources[row], out.sameWordSources);
            countNew(destinationSeen, destinations[row], out.sameWordDestinations);
            countNew(portSeen, ports[row], out.sameWordSourcePorts);
        }
    }
    return true;
}

std::uint64_t flowsOfWord(const tally::Tally& tally, std::uint64_t word) {
    const auto at =
        std::find_if(tally.begin(), tally.end(), [word](const tally::WordCount& w) { return w.word == word; });
    return at == tally.end() ? 0 : at->flows;
}

void explainSignsOf(const SnapshotPtr& snapshot, const SignData& data, std::uint32_t derivedRow,
                    explain::Explanation& why) {
    profile::ProfileSettings settings = snapshot->settings.profile;
    settings.direction = data.run.direction;
    signs::SignContext context;
    context.bogons = &bogonList();
    context.bogonText = resourceText("list", bogonList().name);
    context.flowName = [&](std::uint32_t row) { return flowIdOf(*snapshot, row); };
    const signs::SignFamily& family = *data.run.family;
    why.signs =
        explain::explainSigns(family, signs::Finding(*snapshot->flows, snapshot->records->addresses(), derivedRow,
                                                     why.word, settings, snapshot->settings.signs, context));
    if (const std::uint32_t interval = samplingInterval(*snapshot); interval > 1)
        for (explain::SignLine& line : why.signs)
            if (const auto effect = family.defs[line.bit].sampled; !effect.empty())
                line.unreliable = "1 in " + std::to_string(interval) + " packets was sampled: " + std::string(effect);
    why.sameWordFlows = flowsOfWord(data.tally, why.word);
}

void addUserSigns(const rules::RuleSet& set, explain::Explanation& why) {
    for (const rules::UserSign& sign : set.userSigns)
        why.signs.push_back({sign.bit, sign.name, "User sign, line " + std::to_string(sign.line) + " of the rules.",
                             (why.word >> sign.bit & 1) != 0, sign.filter});
    std::stable_partition(why.signs.begin(), why.signs.end(), [](const explain::SignLine& l) { return l.holds; });
}

}  // namespace

Result<FlowExplanation> inspectFlow(const SnapshotPtr& snapshot, const JudgementPtr& judgement,
                                    std::uint32_t derivedRow, JobContext& job, const RunId& run) {
    if (!snapshot->records || !snapshot->flows || derivedRow >= snapshot->flows->size())
        return Error{Errc::notFound, "there is no flow in row " + std::to_string(derivedRow), 0};
    FlowExplanation out;
    auto row = readRow(snapshot, judgement, Rows::derived, derivedRow);
    if (!row) return row.error();
    out.row = std::move(*row);
    const RowData& r = out.row;
    out.communityId = flow::communityId({r.src, r.dst, r.srcPort, r.dstPort, r.icmpTypeCode, r.protocol},
                                        snapshot->settings.communitySeed);
    out.records = recordIds(*snapshot, derivedRow);

    out.notClassifiedBecause = whyNot(snapshot->flows->kind[derivedRow], run);
    if (!out.notClassifiedBecause.empty()) return out;
    const auto& data = snapshot->signs(run);
    if (!data) {
        out.notClassifiedBecause = "signs are not computed yet";
        return out;
    }
    out.why.word = data->words[derivedRow];
    explainSignsOf(snapshot, *data, derivedRow, out.why);
    if (!countSameWord(*snapshot, *data, out.why.word, job, out)) return cancelledError();
    if (judgement && judgement->parsed.good()) {
        addUserSigns(judgement->parsed.set, out.why);
        out.why.rules = explain::explainRules(judgement->parsed.set, out.why.word);
        out.why.nearest =
            explain::nearestClasses(judgement->parsed.set, out.why.word, spaceForSuggestions(*judgement).words);
        out.why.repairs = explain::proposeRepairs(judgement->parsed.set, out.why.word, judgement->tally);
    }
    return out;
}

}  // namespace weir::session
