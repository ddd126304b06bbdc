// Counts and times of a project.
#include "core/session/verbs/info.h"

#include <algorithm>

namespace weir::session {
namespace {

void countKinds(const flow::DerivedFlows& flows, Info& info) {
    std::uint64_t byKind[256] = {};
    for (const std::uint8_t kind : flows.kind) ++byKind[kind];
    for (unsigned kind = 0; kind < 256; ++kind) {
        const auto k = std::uint8_t(kind);
        if (k & flow::kInternal) info.internal += byKind[kind];
        if (k & flow::kTransit) info.transit += byKind[kind];
        if (k & flow::kBiflow) info.biflows += byKind[kind];
        if (flow::isOneWay(k, flow::Direction::in)) info.oneWayIn += byKind[kind];
        if (flow::isOneWay(k, flow::Direction::out)) info.oneWayOut += byKind[kind];
    }
}

}  // namespace

Result<Info> describe(const Project& project) {
    const SnapshotPtr s = project.snapshot();
    Info info;
    info.schema = project.reading()->schemaVersion();
    info.bytesOnDisk = project.reading()->bytesOnDisk();
    info.sources = s->sources;
    info.local = s->settings.pairing.local;
    bool any = false;
    for (const store::SourceInfo& source : s->sources) {
        info.records += source.flows;
        if (source.flows == 0) continue;
        info.first = any ? std::min(info.first, source.first) : source.first;
        info.last = any ? std::max(info.last, source.last) : source.last;
        any = true;
    }
    if (s->records) info.hosts = s->records->addresses().size();
    if (s->cleaning) {
        info.duplicates = s->cleaning->duplicates.records;
        info.excluded = s->cleaning->excluded.records;
    }
    if (s->flows) countKinds(*s->flows, info);
    return info;
}

}  // namespace weir::session
