// Groups of flows: their keys packed into words, their sums, and the order they are listed in.
#pragma once

#include "core/base/buffer.h"
#include "core/flow/address_table.h"
#include "core/tally/elements.h"

#include <climits>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace weir::tally {

/// Counters are as sent. `first` and `last`: lowest start and highest end of the flows, µs.
struct Sums {
    std::uint64_t flows = 0, packets = 0, bytes = 0;
    std::int64_t first = std::numeric_limits<std::int64_t>::max(), last = std::numeric_limits<std::int64_t>::min();

    void add(const Sums& other) {
        flows += other.flows;
        packets += other.packets;
        bytes += other.bytes;
        first = other.first < first ? other.first : first;
        last = other.last > last ? other.last : last;
    }
};
/// The value that groups are ordered by. Rates are whole numbers per second between first and last; 0 without a
/// duration, as in nfdump.
std::uint64_t orderValue(const Sums& sums, Order order);

/// Layout of the keys in the words of a group. Keys fill the words from the highest bit, so that words compare like
/// keys.
class KeyPlan {
public:
    struct Place {
        unsigned word = 0, shift = 0, bits = 0;  ///< 128 bits: two whole words, an address
    };
    static constexpr unsigned kMostWords = 16;

    KeyPlan() = default;
    /// `bits` by key: 1..64, or 128.
    KeyPlan(Keys keys, std::span<const unsigned> bits);
    const Keys& keys() const { return keys_; }
    unsigned words() const { return words_; }
    const Place& place(std::size_t key) const { return places_[key]; }
    std::uint64_t value(const std::uint64_t* words, std::size_t key) const;
    flow::IpAddr address(const std::uint64_t* words, std::size_t key) const;  ///< REQUIRES: 128 bits

private:
    Keys keys_;
    std::vector<Place> places_;
    unsigned words_ = 1;
};

/// The result of grouping: the requested groups, in order.
struct Groups {
    KeyPlan plan;
    Buffer<std::uint64_t> keys;  ///< plan.words() per group
    std::vector<Sums> sums;      ///< by group
    Sums total;                  ///< of all flows counted, each once
    std::uint64_t count = 0;     ///< number of groups before the limit
    bool complete = true;        ///< false: only flows and the measures of the order are summed

    std::size_t size() const { return sums.size(); }
    const std::uint64_t* key(std::size_t group) const { return keys.data() + group * plan.words(); }
};

/// Collects the `most` highest of the added groups (0 = all). One per thread; keys are copied.
class Highest {
public:
    Highest(unsigned words, Order order, std::uint64_t most) : words_(words), order_(order), most_(most) {}
    void add(const std::uint64_t* key, const Sums& sums);
    void take(Highest&& other);
    /// Returns the groups, sorted and limited.
    void finish(Groups& out);

private:
    struct Entry {
        std::uint64_t value;
        std::uint32_t row;
    };
    bool before(const Entry& a, const Entry& b) const;
    void cut();
    unsigned words_;
    Order order_;
    std::uint64_t most_, bar_ = 0;  ///< groups below the bar cannot be among the highest
    std::vector<Entry> entries_;
    Buffer<std::uint64_t> keys_;
    std::vector<Sums> sums_;
};

}  // namespace weir::tally
