// Packing of keys, order values, and the highest groups.
#include "core/tally/group_rows.h"

#include <algorithm>
#include <cassert>
#include <cstring>

namespace weir::tally {
namespace {

constexpr std::size_t kSpare = 4096;  ///< groups collected beyond the limit before the lower ones are dropped

__extension__ typedef unsigned __int128 Wide;  // products of a counter and a million

/// amount x 1,000,000 / µs, truncated to a whole number.
std::uint64_t perSecond(std::uint64_t amount, const Sums& s) {
    if (s.last <= s.first) return 0;
    return std::uint64_t(Wide(amount) * 1'000'000 / std::uint64_t(s.last - s.first));
}

}  // namespace

std::uint64_t orderValue(const Sums& s, Order order) {
    switch (order) {
        case Order::flows: return s.flows;
        case Order::packets: return s.packets;
        case Order::bytes: return s.bytes;
        case Order::pps: return perSecond(s.packets, s);
        case Order::bps: return perSecond(s.bytes * 8, s);
        case Order::bpp: return s.packets ? s.bytes / s.packets : 0;
    }
    return 0;
}

KeyPlan::KeyPlan(Keys keys, std::span<const unsigned> bits) : keys_(std::move(keys)), words_(0) {
    unsigned free = 0;  // bits left in the last word
    for (const unsigned b : bits) {
        const unsigned wanted = b == 128 ? 64 : b;
        if (b == 128 || wanted > free) {
            words_ += b == 128 ? 2 : 1;
            free = b == 128 ? 0 : 64;
            places_.push_back({b == 128 ? words_ - 2 : words_ - 1, b == 128 ? 0 : 64 - wanted, b});
            free -= b == 128 ? 0 : wanted;
        } else {
            free -= wanted;
            places_.push_back({words_ - 1, free, b});
        }
    }
    assert(words_ >= 1 && words_ <= kMostWords);
}

std::uint64_t KeyPlan::value(const std::uint64_t* words, std::size_t key) const {
    const Place& p = places_[key];
    const std::uint64_t v = words[p.word] >> p.shift;
    return p.bits >= 64 ? v : v & ((std::uint64_t{1} << p.bits) - 1);
}

flow::IpAddr KeyPlan::address(const std::uint64_t* words, std::size_t key) const {
    flow::IpAddr a;
    for (unsigned half = 0; half < 2; ++half)
        for (unsigned i = 0; i < 8; ++i)
            a.b[half * 8 + i] = std::uint8_t(words[places_[key].word + half] >> (56 - 8 * i));
    return a;
}

bool Highest::before(const Entry& a, const Entry& b) const {
    if (a.value != b.value) return a.value > b.value;
    const std::uint64_t* x = keys_.data() + std::size_t(a.row) * words_;
    const std::uint64_t* y = keys_.data() + std::size_t(b.row) * words_;
    return std::lexicographical_compare(x, x + words_, y, y + words_);
}

void Highest::add(const std::uint64_t* key, const Sums& sums) {
    const std::uint64_t value = orderValue(sums, order_);
    if (value < bar_) return;
    entries_.push_back({value, std::uint32_t(sums_.size())});
    keys_.append({key, words_});
    sums_.push_back(sums);
    if (most_ != 0 && entries_.size() >= most_ + kSpare) cut();
}

/// Drops all but the highest `most_`.
void Highest::cut() {
    const auto less = [this](const Entry& a, const Entry& b) { return before(a, b); };
    std::nth_element(entries_.begin(), entries_.begin() + std::ptrdiff_t(most_ - 1), entries_.end(), less);
    entries_.resize(std::size_t(most_));
    bar_ = entries_.back().value;
    std::sort(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) { return a.row < b.row; });
    for (std::size_t i = 0; i < entries_.size(); ++i) {  // rows only move down
        const std::size_t from = entries_[i].row;
        std::memmove(keys_.data() + i * words_, keys_.data() + from * words_, words_ * sizeof(std::uint64_t));
        sums_[i] = sums_[from];
        entries_[i].row = std::uint32_t(i);
    }
    keys_.resize(entries_.size() * words_);
    sums_.resize(entries_.size());
}

void Highest::take(Highest&& other) {
    for (std::size_t i = 0; i < other.sums_.size(); ++i) add(other.keys_.data() + i * words_, other.sums_[i]);
}

void Highest::finish(Groups& out) {
    if (most_ != 0 && entries_.size() > most_) cut();
    std::sort(entries_.begin(), entries_.end(), [this](const Entry& a, const Entry& b) { return before(a, b); });
    out.keys.resize(entries_.size() * words_);
    out.sums.resize(entries_.size());
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        std::memcpy(out.keys.data() + i * words_, keys_.data() + std::size_t(entries_[i].row) * words_,
                    words_ * sizeof(std::uint64_t));
        out.sums[i] = sums_[entries_[i].row];
    }
}

}  // namespace weir::tally
