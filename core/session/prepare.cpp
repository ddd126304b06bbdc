// Derived flows, profiles, sign words and tally: computed where missing, taken from the file where they are kept.
#include "core/session/prepare.h"

#include "core/meter/derive.h"
#include "core/session/resources.h"
#include "core/session/stored_run.h"

namespace weir::session {
namespace {

constexpr std::size_t at(flow::Direction d) { return std::size_t(d); }

/// True when nothing the result depends on changed while it was computed; only then it is published.
bool sameBase(const Snapshot& a, const Snapshot& b) {
    return a.records == b.records && toJson(a.settings) == toJson(b.settings);
}

void publishSigns(Project& project, const Snapshot& base, std::shared_ptr<const SignData> data,
                  std::shared_ptr<const std::vector<std::uint8_t>> sent) {
    project.publish([&](Snapshot& s) {
        if (!sameBase(base, s)) return;
        s.signs[at(data->direction)] = data;
        if (sent) s.sentPacket = sent;
    });
}

Result<std::shared_ptr<const SignData>> computeSigns(const Snapshot& base, flow::Direction direction,
                                                     std::shared_ptr<const std::vector<std::uint8_t>>& sent, JobContext& job) {
    profile::ProfileSettings settings = base.settings.profile;
    settings.direction = direction;
    auto profiles = profile::buildProfiles(*base.flows, *base.hostBits, settings, job);
    if (!profiles) return profiles.error();
    const auto bogons = lists::markMembers(base.records->addresses(), bogonList());
    auto words = signs::assignSigns(*base.flows, *profiles, *base.hostBits, bogons, settings, base.settings.signs, job);
    if (!words) return words.error();
    auto data = std::make_shared<SignData>();
    data->direction = direction;
    data->words = std::move(*words);
    data->tally = tally::tallyWords(data->words, *base.flows, direction, job.threads());
    sent = std::make_shared<const std::vector<std::uint8_t>>(std::move(profiles->sentPacket));
    return std::shared_ptr<const SignData>(std::move(data));
}

std::vector<flow::Prefix> bestOfEachFamily(const std::vector<meter::LocalSuggestion>& suggested) {
    std::vector<flow::Prefix> out;
    for (const bool v4 : {true, false})
        for (const auto& s : suggested)
            if (s.prefix.base.isV4() == v4) {
                out.push_back(s.prefix);
                break;
            }
    return out;
}

}  // namespace

const lists::PrefixList& bogonList() {
    static const lists::PrefixList list = lists::parsePrefixList("bogons", resourceText("list", "bogons"));
    return list;
}

Status prepareFlows(Project& project, JobContext& job) {
    const SnapshotPtr base = project.snapshot();
    if (base->flows || !base->records) return ok();
    auto flows = meter::deriveFlows(*base->records, base->settings.pairing, job);
    if (!flows) return flows.error();
    auto shared = std::make_shared<const flow::DerivedFlows>(std::move(*flows));
    project.publish([&](Snapshot& s) {
        if (sameBase(*base, s)) s.flows = shared;
    });
    return ok();
}

Status prepare(Project& project, flow::Direction direction, JobContext& job) {
    if (const Status s = prepareFlows(project, job); !s) return s.error();
    const SnapshotPtr base = project.snapshot();
    if (!base->flows || base->signs[at(direction)]) return ok();
    const std::string key = runKey(base->settings, base->sources, direction);
    auto kept = loadSignWords(project.file(), key, direction, job);
    if (!kept) return kept.error();
    auto keptTally = loadTally(project.file(), key, direction);
    if (*kept && keptTally && (*kept)->size() == base->flows->size()) {
        auto data = std::make_shared<SignData>();
        data->direction = direction;
        data->words = std::move(**kept);
        data->tally = std::move(*keptTally);
        publishSigns(project, *base, std::move(data), nullptr);
        return ok();
    }
    std::shared_ptr<const std::vector<std::uint8_t>> sent;
    auto data = computeSigns(*base, direction, sent, job);
    if (!data) return data.error();
    publishSigns(project, *base, *data, sent);
    return saveRun(project.file(), key, base->settings, direction, (*data)->words, (*data)->tally, job);
}

Result<std::vector<flow::Prefix>> ensureLocal(Project& project, const std::vector<flow::Prefix>& given, JobContext& job) {
    const SnapshotPtr base = project.snapshot();
    Settings settings = base->settings;
    if (!given.empty()) {
        settings.pairing.local = given;
    } else if (settings.pairing.local.empty() && base->records) {
        const auto suggested = meter::suggestLocal(*base->records, job);
        if (!suggested) return suggested.error();
        settings.pairing.local = bestOfEachFamily(*suggested);
    }
    if (settings.pairing.local != base->settings.pairing.local)
        if (const Status s = project.changeSettings(settings); !s) return s.error();
    return settings.pairing.local;
}

}  // namespace weir::session
