// The index pass.
#include "core/capture/export_index.h"

#include "core/base/byte_cursor.h"
#include "core/capture/export_sflow.h"

#include <algorithm>

namespace weir::capture {
namespace {

constexpr std::size_t kMostExporters = 65535;
constexpr std::size_t kMostSamplerTables = 65536;
constexpr std::uint32_t kMostLate =
    1024;  ///< a datagram this many units behind came late; farther behind, the exporter began anew
constexpr std::uint32_t kRestartMs = 60'000;  ///< an uptime that falls by more than this is a restart
constexpr std::int64_t kUptimeWrap = std::int64_t{1} << 32;
constexpr std::size_t kMostInterfaces = 65536;

/// A field as templates spell it; enterprise numbers only in IPFIX.
TemplateField readField(ByteCursor& c, bool enterprises) {
    TemplateField f;
    f.id = c.be<std::uint16_t>();
    f.length = c.be<std::uint16_t>();
    if (enterprises && f.id & 0x8000) {
        f.id &= 0x7fff;
        f.enterprise = c.be<std::uint32_t>();
    }
    return f;
}

/// False: a template without content, or one whose records have no length.
bool hasSoundFields(const std::vector<TemplateField>& fields) {
    return std::any_of(fields.begin(), fields.end(), [](const TemplateField& f) { return f.length > 0; });
}

}  // namespace

std::vector<flow::Exporter> ExportIndex::exporters() const {
    std::vector<flow::Exporter> out;
    for (const State& s : allStates_)
        if (s.number != 0) out.push_back(s.info);
    return out;
}

ExportIndex::State& ExportIndex::stateOf(const ExportDatagram& datagram, const ExportHeader& header) {
    const Key key{header.version == kSflow5 ? header.agent : datagram.sender, header.version, header.domain};
    if (last_ && key == lastKey_) return *last_;
    State*& found = states_[key];
    if (!found) {
        found = &allStates_.emplace_back();
        found->info.address = std::get<0>(key);
        found->info.version = header.version;
        found->info.domain = header.domain;
        if (allStates_.size() <= kMostExporters)
            found->number = std::uint16_t(allStates_.size());
        else
            drops_.add("more exporters than can be told apart", datagram.offset, false);
    }
    last_ = found;
    lastKey_ = key;
    return *found;
}

/// `units` = by how much this datagram moves the sequence number on.
void ExportIndex::noteSequence(State& s, const ExportHeader& header, std::uint32_t units, bool unitsKnown) {
    if (header.version == kNetflow1) return;
    const bool restarted =
        s.uptimeMs > header.uptimeMs && s.uptimeMs - header.uptimeMs > kRestartMs && header.version != kIpfix;
    s.uptimeMs = header.uptimeMs;
    if (s.sequenceKnown && !restarted) {
        const auto ahead = std::int32_t(header.sequence - s.sequence);
        if (ahead > 0) {
            s.info.lost += std::uint32_t(ahead);
            ++s.info.gaps;
        } else if (ahead < 0 && std::uint32_t(-std::int64_t{ahead}) <= kMostLate + units && unitsKnown) {
            s.info.lost -= std::min<std::uint64_t>(s.info.lost, units);
            return;
        }
    }
    s.sequence = header.sequence + units;
    s.sequenceKnown = unitsKnown;
}

void ExportIndex::add(const ExportDatagram& datagram, const ExportHeader& header) {
    State& s = stateOf(datagram, header);
    ++s.info.datagrams;
    if (datagram.bytes.size() < datagram.wire)
        drops_.add("export datagram cut by the snap length", datagram.offset);
    else if (header.length > datagram.bytes.size())
        drops_.add("truncated export datagram", datagram.offset);
    if (header.version == kSflow5)
        addSamples(s, datagram, header);
    else if (header.recordBytes != 0)
        addOld(s, datagram, header);
    else
        addSets(s, datagram, header);
}

void ExportIndex::addOld(State& s, const ExportDatagram& datagram, const ExportHeader& header) {
    const std::size_t room = (datagram.bytes.size() - header.headerBytes) / header.recordBytes;
    noteSequence(s, header, header.count, true);
    if (header.samplingInterval != 0) s.info.samplingInterval = header.samplingInterval;
    DataSet set;
    set.offset = datagram.offset + header.headerBytes;
    set.layout = &oldTemplate(header.version, header.recordBytes);
    set.exportUs = header.exportUs;
    set.uptimeMs = header.uptimeMs;
    set.rows = std::uint32_t(std::min<std::size_t>(header.count, room));
    set.bytes = set.rows * header.recordBytes;
    set.headerSampling = header.samplingInterval;
    set.exporter = s.number;
    s.info.records += set.rows;
    if (set.rows > 0) sets_.push_back(set);
}

void ExportIndex::addSamples(State& s, const ExportDatagram& datagram, const ExportHeader& header) {
    noteSequence(s, header, 1, true);
    DataSet set;
    const SflowCounts counts = readSamples(
        header, datagram.bytes, [&](const FlowSample& sample) { s.info.samplingInterval = sample.samplingRate; });
    if (!counts.whole && datagram.bytes.size() == datagram.wire)
        drops_.add("truncated export datagram", datagram.offset);
    if (counts.notIp > 0) drops_.add("flow sample without an IP header", datagram.offset, false, counts.notIp);
    if (counts.others > 0) drops_.add("counter sample", datagram.offset, false, counts.others);
    set.offset = datagram.offset;
    set.layout = &sampleTemplate();
    set.exportUs = datagram.timeUs;
    set.rows = counts.flowSamples;
    set.bytes = std::uint32_t(datagram.bytes.size());
    set.exporter = s.number;
    s.info.records += set.rows;
    if (set.rows > 0) sets_.push_back(set);
}

void ExportIndex::addSets(State& s, const ExportDatagram& datagram, const ExportHeader& header) {
    settled_ = false;
    const auto bytes = datagram.bytes.first(header.length == 0 ? datagram.bytes.size()
                                                               : std::min(header.length, datagram.bytes.size()));
    SetCursor sets(bytes, header.headerBytes);
    SetCursor::Set set;
    std::uint32_t records = 0;
    bool allKnown = true;
    while (sets.next(set)) {
        const std::uint64_t offset = datagram.offset + set.offset;
        if (set.cut && datagram.bytes.size() == datagram.wire) drops_.add("truncated set", offset);
        switch (setKind(header.version, set.id)) {
            case SetKind::templates:
            case SetKind::optionsTemplates:
                if (!readTemplates(s, header, set, setKind(header.version, set.id) == SetKind::optionsTemplates))
                    drops_.add("damaged template", offset);
                break;
            case SetKind::data: {
                DataSet data;
                data.offset = offset;
                data.exportUs = header.exportUs;
                data.uptimeMs = header.version == kNetflow9 ? std::int64_t{header.uptimeMs}
                                : s.bootUs != 0             ? (header.exportUs - s.bootUs) / 1000 % kUptimeWrap
                                                            : -1;
                data.bytes = std::uint32_t(set.content.size());
                data.exporter = s.number;
                const auto found = s.templates.find(set.id);
                if (found == s.templates.end()) {
                    allKnown = false;
                    s.held[set.id].push_back(sets_.size());
                } else {
                    data.layout = found->second;
                    records += bind(s, data, set.content);
                }
                if (data.rows > 0 || !data.layout) sets_.push_back(data);
                break;
            }
            case SetKind::unknown: drops_.add("unknown set", offset, false); break;
        }
    }
    if (sets.damaged()) drops_.add("damaged set", datagram.offset + sets.at());
    noteSequence(s, header, header.version == kIpfix ? records : 1, header.version != kIpfix || allKnown);
}

/// False: damaged; what came before is kept.
bool ExportIndex::readTemplates(State& s, const ExportHeader& header, const SetCursor::Set& set, bool options) {
    const bool ipfix = header.version == kIpfix;
    ByteCursor c(set.content);
    while (c.left() >= 4) {
        const auto id = c.be<std::uint16_t>();
        std::size_t count = c.be<std::uint16_t>(), scopes = 0;
        if (id == 0 && count == 0) return true;  // padding
        if (ipfix && count == 0) {
            withdraw(s, id);
            continue;
        }
        if (options && ipfix) scopes = c.be<std::uint16_t>();
        if (options && !ipfix) {
            // NetFlow 9 gives the bytes of the scope and of the option fields.
            scopes = count / 4;
            count = scopes + c.be<std::uint16_t>() / 4u;
        }
        if (id < kFirstDataSet || scopes > count || count * 4 > c.left()) return false;
        std::vector<TemplateField> fields;
        for (std::size_t i = 0; i < count; ++i) {
            fields.push_back(readField(c, ipfix));
            if (!ipfix && i < scopes) fields.back().enterprise = kScopeEnterprise;
        }
        if (!c.ok() || !hasSoundFields(fields)) return false;
        define(s, id, std::move(fields), options);
    }
    return true;
}

void ExportIndex::define(State& s, std::uint16_t id, std::vector<TemplateField> fields, bool options) {
    const RecordTemplate*& present = s.templates[id];
    if (present && present->sameAs(fields, options)) return;
    present = &templates_.emplace_back(compileTemplate(std::move(fields), options));
    const auto held = s.held.find(id);
    if (held == s.held.end()) return;
    for (const std::size_t place : held->second) {
        sets_[place].layout = present;
        bind(s, sets_[place], file_.read(sets_[place].offset, sets_[place].bytes, space_));
    }
    s.held.erase(held);
}

void ExportIndex::withdraw(State& s, std::uint16_t id) {
    if (id >= kFirstDataSet)
        s.templates.erase(id);
    else
        std::erase_if(s.templates, [&](const auto& t) { return t.second->options == (id == 3); });
}

std::uint32_t ExportIndex::bind(State& s, DataSet& set, std::span<const std::byte> content) {
    const std::uint32_t records = countRecords(*set.layout, content);
    set.rows = 0;
    if (records == 0) {
        if (!content.empty()) drops_.add("truncated record", set.offset);
    } else if (set.layout->options) {
        readOptions(*set.layout, content, [&](const OptionsRecord& r) { useOptions(s, r); });
    } else if (!set.layout->hasAddresses()) {
        drops_.add("record without addresses", set.offset, false, records);
    } else {
        set.rows = records;
        set.samplers = samplersNow(s);
        s.info.records += records;
    }
    return records;
}

void ExportIndex::useOptions(State& s, const OptionsRecord& record) {
    if (record.interval != 0) {
        s.info.samplingInterval = record.interval;
        s.samplingChanged |= s.sampling.set(record.sampler, record.interval);
    }
    if (record.bootMs != 0 && record.bootMs < (std::uint64_t{1} << 50)) s.bootUs = std::int64_t(record.bootMs * 1000);
    if (!record.interface || record.interfaceName.empty()) return;
    auto& known = s.info.interfaces;
    const auto same =
        std::find_if(known.begin(), known.end(), [&](const auto& i) { return i.index == *record.interface; });
    if (same != known.end())
        same->name = record.interfaceName;
    else if (known.size() < kMostInterfaces)
        known.push_back({*record.interface, record.interfaceName});
}

std::uint32_t ExportIndex::samplersNow(State& s) {
    if (!s.samplingChanged || samplers_.size() == kMostSamplerTables) return s.samplers;
    s.samplingChanged = false;
    s.samplers = std::uint32_t(samplers_.size());
    if (s.firstSamplers == 0) s.firstSamplers = s.samplers;
    samplers_.push_back(s.sampling);
    return s.samplers;
}

void ExportIndex::finish() {
    for (State& s : allStates_) (void)samplersNow(s);
    for (DataSet& set : sets_) {
        if (!set.layout)
            drops_.add("data set without its template", set.offset);
        else if (set.samplers == 0 && set.exporter != 0)
            set.samplers = allStates_[set.exporter - 1u].firstSamplers;
    }
    sets_.resize(std::size_t(
        std::remove_if(sets_.begin(), sets_.end(), [](const DataSet& set) { return set.rows == 0; }) - sets_.begin()));
}

}  // namespace weir::capture
