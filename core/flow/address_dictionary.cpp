// AddressDictionary: two open-addressing tables, one per family.
#include "core/flow/address_dictionary.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <utility>

namespace weir::flow {
namespace {

constexpr std::size_t kFirstSlots = 4096;
constexpr std::size_t kBatch = 512, kAhead = 24;  ///< addresses whose slots are on their way
constexpr std::uint64_t kOdd = 0x9e3779b97f4a7c15u;

/// A slot is `key << 32 | id + 1`, 0 = empty: one cache line answers the look-up.
std::uint64_t slotOf(std::uint32_t key, HostId id) { return std::uint64_t(key) << 32 | (id + 1u); }

std::uint64_t hashV6(const IpAddr& a) {
    std::uint64_t hi = 0, lo = 0;
    std::memcpy(&hi, a.b.data(), 8);
    std::memcpy(&lo, a.b.data() + 8, 8);
    std::uint64_t h = (hi ^ std::rotl(lo, 29)) * kOdd;
    h = (h ^ (h >> 32) ^ lo) * 0xd6e8feb86659fd93u;
    return h ^ (h >> 32);
}

}  // namespace

struct AddressDictionary::Tables {
    Buffer<std::uint32_t> v4;
    Buffer<std::uint64_t> slots4 = Buffer<std::uint64_t>::zeros(kFirstSlots);
    Buffer<IpAddr> v6;
    Buffer<std::uint64_t> slots6;  ///< high half: tag from the hash; low half: id + 1; 0 = empty

    std::size_t home4(std::uint32_t key) const {
        return std::size_t((key * kOdd) >> (64 - unsigned(std::countr_zero(slots4.size()))));
    }

    void growV4(std::size_t more) {
        if ((v4.size() + more) * 2 > slots4.size()) resizeV4(slots4.size() * 2);
    }

    void resizeV4(std::size_t slots) {
        slots4 = Buffer<std::uint64_t>::zeros(slots);
        const std::size_t mask = slots4.size() - 1;
        for (std::size_t i = 0; i < v4.size(); ++i) {
            std::size_t at = home4(v4[i]);
            while (slots4[at]) at = (at + 1) & mask;
            slots4[at] = slotOf(v4[i], HostId(i));
        }
    }

    /// REQUIRES: growV4() made room.
    HostId probeV4(std::uint32_t key, std::size_t at) {
        std::uint64_t* const slots = slots4.data();
        const std::size_t mask = slots4.size() - 1;
        for (;; at = (at + 1) & mask) {
            const std::uint64_t slot = slots[at];
            if (slot == 0) break;
            if (std::uint32_t(slot >> 32) == key) return HostId(slot) - 1;
        }
        const HostId id = HostId(v4.size());
        assert(id < kV6Bit - 1);
        v4.push_back(key);
        slots[at] = slotOf(key, id);
        return id;
    }

    void growV6() {
        if ((v6.size() + 1) * 2 <= slots6.size()) return;
        slots6 = Buffer<std::uint64_t>::zeros(slots6.empty() ? kFirstSlots : slots6.size() * 2);
        const std::size_t mask = slots6.size() - 1;
        for (std::size_t i = 0; i < v6.size(); ++i) {
            const std::uint64_t h = hashV6(v6[i]);
            std::size_t at = h & mask;
            while (slots6[at]) at = (at + 1) & mask;
            slots6[at] = (h & 0xffffffff00000000u) | (i + 1);
        }
    }

    HostId idV6(const IpAddr& a) {
        growV6();
        const std::size_t mask = slots6.size() - 1;
        const std::uint64_t h = hashV6(a);
        std::size_t at = h & mask;
        for (; slots6[at]; at = (at + 1) & mask) {
            const std::uint32_t id = std::uint32_t(slots6[at]) - 1;
            if ((slots6[at] ^ h) >> 32 == 0 && v6[id] == a) return id | kV6Bit;
        }
        const HostId id = HostId(v6.size());
        assert(id < kV6Bit - 1);
        v6.push_back(a);
        slots6[at] = (h & 0xffffffff00000000u) | (id + 1u);
        return id | kV6Bit;
    }
};

AddressDictionary::AddressDictionary() : t_(std::make_unique<Tables>()) {}
AddressDictionary::~AddressDictionary() = default;
AddressDictionary::AddressDictionary(AddressDictionary&&) noexcept = default;
AddressDictionary& AddressDictionary::operator=(AddressDictionary&&) noexcept = default;

void AddressDictionary::reserve(std::size_t hosts) {
    t_->v4.reserve(hosts);
    if (const std::size_t slots = std::bit_ceil(hosts * 2); slots > t_->slots4.size()) t_->resizeV4(slots);
}

HostId AddressDictionary::id(const IpAddr& a) { return a.isV4() ? idV4(a.v4Value()) : t_->idV6(a); }

HostId AddressDictionary::idV4(std::uint32_t host) {
    t_->growV4(1);
    return t_->probeV4(host, t_->home4(host));
}

void AddressDictionary::idsV4(std::span<const std::uint32_t> hosts, std::span<HostId> out) {
    assert(hosts.size() == out.size());
    std::size_t home[kBatch];
    for (std::size_t from = 0; from < hosts.size(); from += kBatch) {
        const std::size_t n = std::min(kBatch, hosts.size() - from);
        t_->growV4(n);
        for (std::size_t i = 0; i < n; ++i) home[i] = t_->home4(hosts[from + i]);
        const auto fetch = [&](std::size_t i) { __builtin_prefetch(t_->slots4.data() + home[i], 1); };
        for (std::size_t i = 0; i < std::min(n, kAhead); ++i) fetch(i);
        for (std::size_t i = 0; i < n; ++i) {
            if (i + kAhead < n) fetch(i + kAhead);
            out[from + i] = t_->probeV4(hosts[from + i], home[i]);
        }
    }
}

std::span<const std::uint32_t> AddressDictionary::v4() const { return std::as_const(t_->v4).span(); }
std::span<const IpAddr> AddressDictionary::v6() const { return std::as_const(t_->v6).span(); }

}  // namespace weir::flow
