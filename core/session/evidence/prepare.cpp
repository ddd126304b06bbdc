// Derived flows, profiles, sign words and tally: loaded from the file if stored, else computed.
#include "core/session/evidence/prepare.h"

#include "core/meter/derive.h"
#include "core/session/evidence/stored_run.h"
#include "core/session/evidence/user_signs.h"
#include "core/session/project/shipped_lists.h"

#include <algorithm>

namespace weir::session {
namespace {

/// True when nothing the result depends on has changed since; only then is it published.
bool sameBase(const Snapshot& a, const Snapshot& b) {
    return a.records == b.records && toJson(a.settings) == toJson(b.settings);
}

/// Returns false when the project has changed in the meantime.
bool publishSigns(Project& project, const Snapshot& base, std::shared_ptr<const SignData> data,
                  std::shared_ptr<const std::vector<std::uint8_t>> sent) {
    bool same = false;
    project.publish([&](Snapshot& s) {
        same = sameBase(base, s);
        if (!same) return;
        s.setSigns(data);
        if (sent) s.sentPacket = sent;
    });
    return same;
}

Result<std::shared_ptr<SignData>> computeSigns(const Snapshot& base, const RunId& run,
                                               std::shared_ptr<const std::vector<std::uint8_t>>& sent,
                                               JobContext& job) {
    profile::ProfileSettings settings = base.settings.profile;
    settings.direction = run.direction;
    auto profiles = profile::buildProfiles(*base.flows, *base.hostBits, settings, job);
    if (!profiles) return profiles.error();
    const auto bogons = lists::markMembers(base.records->addresses(), bogonList());
    auto words =
        run.family->assign({*base.flows, *profiles, *base.hostBits, bogons, settings, base.settings.signs}, job);
    if (!words) return words.error();
    auto data = std::make_shared<SignData>();
    data->run = run;
    data->words = std::move(*words);
    data->tally = tally::tallyWords(data->words, *base.flows, run.direction, job.threads());
    sent = std::make_shared<const std::vector<std::uint8_t>>(std::move(profiles->sentPacket));
    return data;
}

/// With the settings of the snapshot.
Result<std::shared_ptr<const flow::DerivedFlows>> derive(const Snapshot& base,
                                                         std::shared_ptr<const meter::Cleaning>& kept,
                                                         JobContext& job) {
    auto cleaning = previewCleaning(base, base.settings, job);
    if (!cleaning) return cleaning.error();
    auto flows = meter::deriveFlows(*base.records, base.settings.pairing, job, cleaning->removed.span());
    if (!flows) return flows.error();
    kept = std::make_shared<const meter::Cleaning>(std::move(*cleaning));
    return std::make_shared<const flow::DerivedFlows>(std::move(*flows));
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

/// One exporting process over all captures; a capture with an unknown exporter is a device of its own.
struct Device {
    flow::IpAddr address;
    std::uint32_t domain = 0, source = 0;
    friend bool operator==(const Device&, const Device&) = default;
};

struct DeviceTable {
    std::vector<Device> devices;
    meter::Devices bySource;
};

std::uint32_t numberOf(std::vector<Device>& devices, const Device& d) {
    const auto found = std::find(devices.begin(), devices.end(), d);
    if (found != devices.end()) return std::uint32_t(found - devices.begin());
    devices.push_back(d);
    return std::uint32_t(devices.size() - 1);
}

Device deviceOf(const flow::Exporter& e, const store::SourceInfo& s) {
    const bool known = e.address != flow::IpAddr{};
    return {e.address, e.domain, known ? 0 : s.number};
}

DeviceTable devicesOf(const std::vector<store::SourceInfo>& sources) {
    DeviceTable t;
    for (const store::SourceInfo& s : sources) {
        auto& numbers = t.bySource[s.number];
        if (s.exporters.empty()) numbers.push_back(numberOf(t.devices, {{}, 0, s.number}));
        // Records without an exporter are attributed to the first one.
        else
            numbers.push_back(numberOf(t.devices, deviceOf(s.exporters.front(), s)));
        for (const flow::Exporter& e : s.exporters) numbers.push_back(numberOf(t.devices, deviceOf(e, s)));
    }
    return t;
}

}  // namespace

Result<meter::Cleaning> previewCleaning(const Snapshot& snapshot, const Settings& settings, JobContext& job) {
    if (!snapshot.records) return meter::Cleaning{};
    return meter::cleanRecords(*snapshot.records, settings.cleaning, devicesOf(snapshot.sources).bySource,
                               settings.pairing.intervalUs, job);
}

std::string deviceName(const Snapshot& snapshot, std::uint32_t number) {
    const DeviceTable t = devicesOf(snapshot.sources);
    if (number >= t.devices.size()) return {};
    const Device& d = t.devices[number];
    if (d.source == 0) return flow::toText(d.address) + (d.domain ? " domain " + std::to_string(d.domain) : "");
    for (const store::SourceInfo& s : snapshot.sources)
        if (s.number == d.source) return s.path;
    return "source " + std::to_string(d.source);
}

std::uint32_t samplingInterval(const Snapshot& snapshot) {
    std::uint32_t interval = 0;
    for (const store::SourceInfo& s : snapshot.sources)
        for (const flow::Exporter& e : s.exporters) interval = std::max(interval, e.samplingInterval);
    return interval > 1 ? interval : 0;
}

Result<SignsUnder> signsUnder(const Snapshot& base, const Settings& settings, bool rederive, const RunId& run,
                              JobContext& job) {
    Snapshot other = base;
    other.settings = settings;
    if (rederive) {
        std::shared_ptr<const meter::Cleaning> ignored;
        auto flows = derive(other, ignored, job);
        if (!flows) return flows.error();
        other.flows = std::move(*flows);
    }
    std::shared_ptr<const std::vector<std::uint8_t>> sent;
    auto signs = computeSigns(other, run, sent, job);
    if (!signs) return signs.error();
    if (const auto& now = base.signs(run))
        if (const Status s = addUserSigns(other, now->userSigns, **signs, job); !s) return s.error();
    return SignsUnder{std::move(other.flows), std::move(*signs)};
}

Status prepareFlows(Project& project, JobContext& job) {
    const SnapshotPtr base = project.snapshot();
    if (base->flows || !base->records) return ok();
    std::shared_ptr<const meter::Cleaning> sharedCleaning;
    auto derived = derive(*base, sharedCleaning, job);
    if (!derived) return project.leaveOutDamaged(job) ? prepareFlows(project, job) : Status(derived.error());
    const auto shared = std::move(*derived);
    project.publish([&](Snapshot& s) {
        if (!sameBase(*base, s)) return;
        s.flows = shared;
        s.cleaning = sharedCleaning;
    });
    return ok();
}

Status prepare(Project& project, const RunId& run, JobContext& job) {
    if (const Status s = prepareFlows(project, job); !s) return s.error();
    const SnapshotPtr base = project.snapshot();
    if (!base->flows || base->signs(run)) return ok();
    auto kept = loadRun(*project.reading(), base->settings, base->sources, run, job);
    if (!kept) return kept.error();
    if (*kept && (*kept)->words.size() == base->flows->size()) {
        (void)publishSigns(project, *base, std::move(*kept), nullptr);
        return ok();
    }
    std::shared_ptr<const std::vector<std::uint8_t>> sent;
    auto data = computeSigns(*base, run, sent, job);
    if (!data) return data.error();
    // Do not overwrite stored results with outdated ones.
    return publishSigns(project, *base, *data, sent) ? saveRun(*project.writing(), *base, **data, job) : ok();
}

Result<std::vector<flow::Prefix>> ensureLocal(Project& project, const std::vector<flow::Prefix>& given,
                                              JobContext& job) {
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
