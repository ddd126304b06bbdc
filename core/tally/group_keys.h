// Reading the keys of a batch of flows, as columns of small numbers.
#pragma once

#include "core/flow/filter.h"
#include "core/tally/group_rows.h"

#include <unordered_map>
#include <variant>
#include <vector>

namespace weir::tally {

/// Sign word → number of a class or a rule; the session knows their names.
struct WordNumbers {
    std::unordered_map<std::uint64_t, std::uint32_t> of;
    std::uint32_t otherwise = 0;  ///< of words that are not listed
    std::uint32_t count = 1;      ///< numbers are below
};
/// What keys need beside columns. Empty where no key asks.
struct KeyTables {
    WordNumbers classes, rules;
    std::unordered_map<std::uint32_t, std::vector<std::uint32_t>>
        exporters;  ///< by source: number of the exporter at each place of its list; place 0 = not known
};

/// The flows to group: records, or derived flows when `flows` is set. All of it must outlive the grouping.
struct GroupInput {
    const flow::ChunkSource& records;
    const flow::DerivedFlows* flows;
    const flow::Filter* filter;  ///< nullptr = every row
    const flow::FilterTerms& terms;
    const KeyTables& tables;
};

/// One value a row, of the type of its column.
using KeyValues = std::variant<const std::uint8_t*, const std::uint16_t*, const std::uint32_t*, const std::uint64_t*>;

KeyPlan planOf(const Keys& keys, const GroupInput& input);
/// Values of the key are below; 0 = too many for an array (numbers of 32 bits and more, addresses cut by masks).
std::size_t domainOf(const KeySpec& key, const GroupInput& input);

/// By host: the lowest host whose address is the same after cutting. A prefix is a run of hosts. O(hosts).
Buffer<flow::HostId> cutHosts(const flow::AddressTable& addresses, const KeySpec& key);

/// One per worker. Pointers it gives are good until its next call.
class KeyReader {
public:
    /// `cut` by key: what cutHosts() gave, empty for whole addresses.
    KeyReader(const GroupInput& input, const Keys& keys, const std::vector<Buffer<flow::HostId>>& cut)
        : input_(input), keys_(keys), cut_(cut) {}
    /// REQUIRES: the key is not srcNet or dstNet.
    Result<KeyValues> values(std::size_t key, flow::FilterBatch& batch, flow::Side side);
    /// Writes the words of every row of `plan`, row by row.
    Status pack(const KeyPlan& plan, flow::FilterBatch& batch, flow::Side side, Buffer<std::uint64_t>& out);

private:
    Result<KeyValues> addresses(std::size_t key, flow::FilterBatch& batch, bool source);
    Result<KeyValues> ports(flow::FilterBatch& batch, bool source, bool receives);
    Status packNets(const KeyPlan& plan, std::size_t key, flow::FilterBatch& batch, flow::Side side,
                    std::uint64_t* out);
    std::uint32_t sourceAt(const flow::FilterBatch& batch, std::uint32_t i) const;
    std::uint32_t exporterAt(const flow::FilterBatch& batch, std::uint32_t i, std::uint16_t place) const;

    const GroupInput& input_;
    const Keys& keys_;
    const std::vector<Buffer<flow::HostId>>& cut_;
    Buffer<std::uint16_t> ports_;
    Buffer<std::uint32_t> numbers_;
};

}  // namespace weir::tally
