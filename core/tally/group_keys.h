// Reads the keys of a batch of flows as columns of numbers.
#pragma once

#include "core/flow/filter.h"
#include "core/tally/group_rows.h"

#include <unordered_map>
#include <variant>
#include <vector>

namespace weir::tally {

/// Sign word → number of a class or rule. The session maps numbers to names.
struct WordNumbers {
    std::unordered_map<std::uint64_t, std::uint32_t> of;
    std::uint32_t otherwise = 0;  ///< number of words that are not listed
    std::uint32_t count = 1;      ///< all numbers are below this
};
/// What keys need besides columns. Parts that no key uses are empty.
struct KeyTables {
    WordNumbers classes, rules;
    /// By source: number of the exporter at each index of its list; index 0 = unknown.
    std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> exporters;
};

/// The flows to group: records, or derived flows when `flows` is set. All members must outlive the grouping.
struct GroupInput {
    const flow::ChunkSource& records;
    const flow::DerivedFlows* flows;
    const flow::Filter* filter;  ///< nullptr = every row
    const flow::FilterTerms& terms;
    const KeyTables& tables;
};

/// One value per row, of the type of its column.
using KeyValues = std::variant<const std::uint8_t*, const std::uint16_t*, const std::uint32_t*, const std::uint64_t*>;

/// The layout of these keys in the words of a group.
KeyPlan planOf(const Keys& keys, const GroupInput& input);
/// Upper bound of the key's values (exclusive); 0 = too many for an array (numbers of 32 bits or more, addresses
/// truncated by masks).
std::size_t domainOf(const KeySpec& key, const GroupInput& input);

/// By host: the lowest host with the same truncated address. A prefix is a run of hosts. Cost: O(hosts).
Buffer<flow::HostId> cutHosts(const flow::AddressTable& addresses, const KeySpec& key);

/// Reads the keys of batches; one object per worker. Returned pointers are valid until the next call.
class KeyReader {
public:
    /// `cut` by key: the result of cutHosts(), empty for whole addresses.
    KeyReader(const GroupInput& input, const Keys& keys, const std::vector<Buffer<flow::HostId>>& cut)
        : input_(input), keys_(keys), cut_(cut) {}
    /// REQUIRES: the key is not srcNet or dstNet.
    Result<KeyValues> values(std::size_t key, flow::FilterBatch& batch, flow::Side side);
    /// Writes the packed keys of every row as laid out by `plan`, row by row.
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
