// The first pass over export datagrams: whose they are, which templates hold when, and where the data sets lie.
#pragma once

#include "core/base/buffer.h"
#include "core/base/file_bytes.h"
#include "core/capture/drop_counts.h"
#include "core/capture/export_options.h"
#include "core/capture/export_sets.h"
#include "core/flow/exporter.h"

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <tuple>
#include <unordered_map>
#include <vector>

namespace weir::capture {

/// Records of one template, one behind the other.
struct DataSet {
    std::uint64_t offset = 0;                ///< in the file
    const RecordTemplate* layout = nullptr;  ///< as it was when the set was sent, or the first one after that
    std::int64_t exportUs = 0;
    std::int64_t uptimeMs = -1;  ///< of the exporter at exportUs; -1 = not known
    std::uint32_t bytes = 0, rows = 0;
    std::uint32_t samplers = 0;        ///< number in ExportIndex::samplers()
    std::uint32_t headerSampling = 0;  ///< of NetFlow 5; 0 = as the samplers say
    std::uint16_t exporter = 0;        ///< from 1; 0 = one of too many
};

/// Datagrams are given in the order of arrival; only headers, templates and options data are looked at, and the lengths
/// of variable fields. Data sets that come before their template are held until it comes. Sources: RFC 3954, RFC 7011.
class ExportIndex {
public:
    /// `file` = the bytes by place: sets that were held are looked up there.
    explicit ExportIndex(const FileBytes& file) : file_(file) {}

    /// REQUIRES: the datagram lies in the file and begins with `header`.
    void add(const ExportDatagram& datagram, const ExportHeader& header);
    /// Counts what is still held, and gives sets from before the first word about sampling what it says.
    void finish();

    /// True: nothing that comes later changes what is known of the sets so far; they need no samplers. NetFlow 9 and
    /// IPFIX may send templates and words about sampling behind their data.
    bool settled() const { return settled_; }
    /// Gives the sets that came since, in file order, those with rows only. REQUIRES settled(), or finish() was called.
    void take(const std::function<void(const DataSet&)>& use) {
        for (const DataSet& set : sets_) use(set);
        sets_.clear();
    }
    const std::vector<SamplerTable>& samplers() const { return samplers_; }
    std::vector<flow::Exporter> exporters() const;
    const DropCounts& drops() const { return drops_; }

private:
    struct State {
        flow::Exporter info;
        std::uint16_t number = 0;
        std::unordered_map<std::uint16_t, const RecordTemplate*> templates;
        std::unordered_map<std::uint16_t, std::vector<std::size_t>> held;  ///< template id → places in sets_
        SamplerTable sampling;
        std::uint32_t samplers = 0;  ///< number of the latest copy of `sampling`, 0 = none
        std::uint32_t firstSamplers = 0;
        bool samplingChanged = false;
        bool sequenceKnown = false;
        std::uint32_t sequence = 0, uptimeMs = 0;  ///< expected; last seen
        std::int64_t bootUs = 0;                   ///< 0 = not said
    };
    using Key = std::tuple<flow::IpAddr, std::uint16_t, std::uint32_t>;

    State& stateOf(const ExportDatagram& datagram, const ExportHeader& header);
    void noteSequence(State& s, const ExportHeader& header, std::uint32_t units, bool unitsKnown);
    void addOld(State& s, const ExportDatagram& datagram, const ExportHeader& header);
    void addSamples(State& s, const ExportDatagram& datagram, const ExportHeader& header);
    void addSets(State& s, const ExportDatagram& datagram, const ExportHeader& header);
    bool readTemplates(State& s, const ExportHeader& header, const SetCursor::Set& set, bool options);
    void define(State& s, std::uint16_t id, std::vector<TemplateField> fields, bool options);
    void withdraw(State& s, std::uint16_t id);
    /// Returns the records in it. `content` = its bytes.
    std::uint32_t bind(State& s, DataSet& set, std::span<const std::byte> content);
    void useOptions(State& s, const OptionsRecord& record);
    std::uint32_t samplersNow(State& s);

    const FileBytes file_;
    Buffer<std::byte> space_;
    std::map<Key, State*> states_;
    std::deque<State> allStates_;
    std::deque<RecordTemplate> templates_;
    Buffer<DataSet> sets_;
    bool settled_ = true;
    std::vector<SamplerTable> samplers_{1};
    DropCounts drops_;
    State* last_ = nullptr;
    Key lastKey_;
};

}  // namespace weir::capture
