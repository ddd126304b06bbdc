// suggestLocal: private space in use, and the public prefix that most flows have exactly one end in.
#include "core/base/parallel.h"
#include "core/meter/derive.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cstdio>
#include <optional>

namespace weir::meter {
namespace {

/// Prefix lengths looked at, shortest first, in the 128-bit space.
constexpr std::size_t kLevels = 5;
constexpr std::array<std::uint8_t, kLevels> kV4Lengths = {96 + 8, 96 + 12, 96 + 16, 96 + 20, 96 + 24};
constexpr std::array<std::uint8_t, kLevels> kV6Lengths = {32, 40, 48, 56, 64};

constexpr double kMostFlows =
    0.9;  ///< of what the best prefix of any length has, so that a longer one may stand for it
constexpr double kWorthSaying = 0.05;  ///< of the flows of its family

/// Per host: records it is an end of, and of these the ones whose other end shares its prefix of at least each level
/// (counted at one end).
struct EndCounts {
    std::vector<std::uint32_t> ends;
    std::array<std::vector<std::uint32_t>, kLevels> shared;
    explicit EndCounts(std::size_t hosts) : ends(hosts, 0) {
        for (auto& level : shared) level.assign(hosts, 0);
    }
    void operator+=(const EndCounts& o) {
        for (std::size_t i = 0; i < ends.size(); ++i) ends[i] += o.ends[i];
        for (std::size_t l = 0; l < kLevels; ++l)
            for (std::size_t i = 0; i < ends.size(); ++i) shared[l][i] += o.shared[l][i];
    }
};

unsigned commonBits(const flow::IpAddr& a, const flow::IpAddr& b) {
    unsigned n = 0;
    for (std::size_t i = 0; i < a.b.size(); ++i, n += 8)
        if (const auto x = std::uint8_t(a.b[i] ^ b.b[i])) return n + unsigned(std::countl_zero(x));
    return n;
}

void countChunk(const flow::RecordColumns& c, const flow::AddressTable& addresses, EndCounts& counts) {
    for (std::size_t i = 0; i < c.src.size(); ++i) {
        const flow::HostId s = c.src[i], d = c.dst[i];
        ++counts.ends[s];
        ++counts.ends[d];
        if (addresses.isV4(s) != addresses.isV4(d)) continue;
        const unsigned common = commonBits(addresses[s], addresses[d]);
        const auto& lengths = addresses.isV4(s) ? kV4Lengths : kV6Lengths;
        for (std::size_t l = 0; l < kLevels && lengths[l] <= common; ++l) ++counts.shared[l][s];
    }
}

Result<EndCounts> countEnds(const flow::ChunkSource& records, JobContext& job) {
    const std::size_t hosts = records.addresses().size();
    const unsigned threads = std::min<unsigned>(job.threads(), 4);  // a table of counters each
    std::vector<EndCounts> counts(threads, EndCounts(hosts));
    std::vector<flow::RecordColumns> columns(threads);
    std::vector<std::optional<Error>> errors(threads);
    std::atomic<std::uint64_t> done{0};
    const bool good = parallelFor(records.chunks().size(), threads, [&](std::size_t c, unsigned worker) {
        if (auto read = records.read(c, flow::cols(flow::Col::src, flow::Col::dst), columns[worker]); !read) {
            errors[worker] = read.error();
            return false;
        }
        countChunk(columns[worker], records.addresses(), counts[worker]);
        return job.step(done += records.chunks()[c].rows, records.rows(), "finding local networks");
    });
    for (const auto& e : errors)
        if (e) return *e;
    if (!good) return cancelledError();
    for (unsigned t = 1; t < threads; ++t) counts[0] += counts[t];
    return std::move(counts[0]);
}

struct Candidate {
    flow::Prefix prefix;
    std::uint64_t flows = 0;   ///< at least one end inside
    std::uint64_t oneEnd = 0;  ///< exactly one
    std::uint64_t hosts = 0;
};

/// Records with both ends inside are counted by the deepest level that the prefix covers, or host by host for other
/// lengths.
Candidate measure(const flow::Prefix& prefix, std::size_t level, const flow::AddressTable& addresses,
                  const EndCounts& counts) {
    Candidate c{prefix, 0, 0, 0};
    const auto [from, to] = addresses.range(prefix);
    std::uint64_t ends = 0, both = 0;
    for (flow::HostId id = from; id < to; ++id) {
        ends += counts.ends[id];
        both += counts.shared[level][id];
    }
    c.hosts = to - from;
    c.flows = ends - both;
    c.oneEnd = ends - 2 * both;
    return c;
}

flow::Prefix prefixOf(flow::IpAddr a, std::uint8_t length) {
    for (std::size_t bit = length; bit < 128; ++bit) a.b[bit / 8] = std::uint8_t(a.b[bit / 8] & ~(0x80u >> bit % 8));
    return {a, length};
}

void forget(const flow::Prefix& prefix, const flow::AddressTable& addresses, EndCounts& counts) {
    const auto [from, to] = addresses.range(prefix);
    std::fill(counts.ends.begin() + from, counts.ends.begin() + to, 0);
    for (auto& level : counts.shared) std::fill(level.begin() + from, level.begin() + to, 0);
}

/// From short to long: the prefix that most flows have exactly one end in; among nearly equal ones (0.9 of the best)
/// the one with most hosts, since a busy single outsider shares flows with a whole local network. Then narrowed while
/// it keeps 0.9 of its flows.
std::optional<Candidate> bestPublic(bool v4, const flow::AddressTable& addresses, const EndCounts& counts) {
    const auto& lengths = v4 ? kV4Lengths : kV6Lengths;
    flow::HostId from = v4 ? 0 : flow::HostId(addresses.v4().size());
    flow::HostId to = flow::HostId(v4 ? addresses.v4().size() : addresses.size());
    std::optional<Candidate> best;
    for (std::size_t level = 0; level < kLevels; ++level) {
        std::vector<Candidate> found;
        for (flow::HostId id = from; id < to;) {
            const flow::Prefix p = prefixOf(addresses[id], lengths[level]);
            const flow::HostId next = addresses.range(p).second;
            found.push_back(measure(p, level, addresses, counts));
            id = next;
        }
        std::uint64_t most = 0;
        for (const Candidate& c : found) most = std::max(most, c.oneEnd);
        if (best && double(most) < kMostFlows * double(best->oneEnd)) break;
        std::optional<Candidate> pick;
        for (const Candidate& c : found)
            if (double(c.oneEnd) >= kMostFlows * double(most) && (!pick || c.hosts > pick->hosts)) pick = c;
        if (!pick || pick->oneEnd == 0) break;
        if (best && double(pick->oneEnd) < kMostFlows * double(best->oneEnd)) break;
        best = pick;
        std::tie(from, to) = addresses.range(best->prefix);
    }
    return best;
}

/// Records of one family. REQUIRES: counts as read, nothing forgotten yet.
std::uint64_t recordsOf(bool v4, const flow::AddressTable& addresses, const EndCounts& counts) {
    std::uint64_t ends = 0;
    for (std::size_t id = v4 ? 0 : addresses.v4().size(); id < (v4 ? addresses.v4().size() : addresses.size()); ++id)
        ends += counts.ends[id];
    return ends / 2;
}

std::string share(std::uint64_t part, std::uint64_t all) {
    char text[16];
    std::snprintf(text, sizeof text, "%.1f %%", all ? 100.0 * double(part) / double(all) : 0.0);
    return text;
}

}  // namespace

Result<std::vector<LocalSuggestion>> suggestLocal(const flow::ChunkSource& records, JobContext& job) {
    auto counted = countEnds(records, job);
    if (!counted) return counted.error();
    const flow::AddressTable& addresses = records.addresses();
    // RFC 1918 and RFC 4193, with the level at which both ends are known to lie inside (unique local networks are /48).
    static constexpr struct {
        const char* text;
        std::size_t level;
    } kPrivate[] = {{"10.0.0.0/8", 0}, {"172.16.0.0/12", 1}, {"192.168.0.0/16", 2}, {"fc00::/7", 0}};
    const std::uint64_t ofFamily[] = {recordsOf(false, addresses, *counted), recordsOf(true, addresses, *counted)};
    std::vector<LocalSuggestion> out;
    for (const auto& p : kPrivate) {
        const flow::Prefix prefix = *flow::parsePrefix(p.text);
        const Candidate c = measure(prefix, p.level, addresses, *counted);
        if (c.flows > 0)
            out.push_back(
                {prefix, c.flows, c.hosts,
                 "private address space; " + share(c.flows, records.rows()) + " of the flows have an end inside"});
        forget(prefix, addresses, *counted);
    }
    for (const char* special : {"0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3", "fe80::/10", "ff00::/8"})
        forget(*flow::parsePrefix(special), addresses, *counted);
    for (const bool v4 : {true, false}) {
        const auto c = bestPublic(v4, addresses, *counted);
        if (c && double(c->flows) >= kWorthSaying * double(ofFamily[v4]))
            out.push_back({c->prefix, c->flows, c->hosts,
                           share(c->oneEnd, ofFamily[v4]) + (v4 ? " of the IPv4 flows" : " of the IPv6 flows") +
                               " have exactly one end inside"});
    }
    std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.flows > b.flows; });
    return out;
}

}  // namespace weir::meter
