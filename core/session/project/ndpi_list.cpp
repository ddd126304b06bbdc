// Caches the results for the few sets of hosts in use.
#include "core/session/project/ndpi_list.h"

#include "core/label/ndpi_networks.h"

#include <mutex>

namespace weir::session {
namespace {

struct Kept {
    std::weak_ptr<const flow::ChunkSource> records;
    std::weak_ptr<const std::vector<std::uint8_t>> hostBits;
    std::shared_ptr<const NdpiHosts> answer;
};
std::mutex gMutex;
std::vector<Kept> gKept;

}  // namespace

Result<std::shared_ptr<const NdpiHosts>> ndpiHosts(const Snapshot& snapshot, JobContext& job) {
    auto out = std::make_shared<NdpiHosts>();
    auto list = std::make_shared<flow::NamedList>();
    if (!snapshot.records || !snapshot.hostBits) {
        out->list = std::move(list);
        return std::shared_ptr<const NdpiHosts>(std::move(out));
    }
    const std::lock_guard lock(gMutex);
    std::erase_if(gKept, [](const Kept& k) { return k.records.expired(); });
    for (const Kept& k : gKept)
        if (k.records.lock() == snapshot.records && k.hostBits.lock() == snapshot.hostBits) return k.answer;
    const flow::AddressTable& addresses = snapshot.records->addresses();
    auto operators = label::ndpiOperators(addresses, *snapshot.hostBits, job);
    if (!operators) return operators.error();
    for (std::size_t host = 0; host < operators->size(); ++host)
        if ((*operators)[host] != 0) list->prefixes.push_back({addresses[flow::HostId(host)], 128});
    out->list = std::move(list);
    out->operators = std::move(*operators);
    gKept.push_back({snapshot.records, snapshot.hostBits, out});
    return std::shared_ptr<const NdpiHosts>(std::move(out));
}

std::string ndpiText(const Snapshot& snapshot, const flow::IpAddr& address) {
    if (!snapshot.records) return {};
    const auto host = snapshot.records->addresses().find(address);
    JobContext job;
    const auto hosts = ndpiHosts(snapshot, job);
    if (!host || !hosts || *host >= (*hosts)->operators.size() || (*hosts)->operators[*host] == 0) return {};
    return "is in a network of " + label::ndpiName((*hosts)->operators[*host]) + " (nDPI " + label::ndpiVersion() + ")";
}

}  // namespace weir::session
