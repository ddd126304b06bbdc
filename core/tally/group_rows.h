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
/// The number groups are ordered by. Rates are whole numbers between first and last; 0 without a duration, as nfdump.
std::uint64_t orderValue(const Sums& sums, Order order);

/// Where each key lies in the words of a group: keys fill the words from the highest bit on, so that words compare as
/// the keys do.
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

/// What grouping gives: the groups asked for, in order.
struct Groups {
    KeyPlan plan;
    Buffer<std::uint64_t> keys;  ///< plan.words() a group
    std::vector<Sums> sums;      ///< by group
    Sums total;                  ///< of all flows counted, each once
    std::uint64_t count = 0;     ///< groups there are
    bool complete = true;        ///< false: only flows and what the order needs are summed

    std::size_t size() const { return sums.size(); }
    const std::uint64_t* key(std::size_t group) const { return keys.data() + group * plan.words(); }
};

/// Keeps the `most` highest groups of those added (0 = all). One per thread; keys are copied.
class Highest {
public:
    Highest(unsigned words, Order order, std::uint64_t most) : words_(words), order_(order), most_(most) {}
    void add(const std::uint64_t* key, const Sums& sums);
    void take(Highest&& other);
    /// Sorted and cut.
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
