// Flows of the class by service and time, cut into runs.
#include "core/session/verbs/outages.h"

#include "core/base/text.h"
#include "core/flow/protocols.h"
#include "core/rules/sign_names.h"

#include <algorithm>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

namespace weir::session {
namespace {

constexpr std::size_t kOutageBlockRows = 65536;

struct Attempt {
    std::uint64_t service = 0;  ///< host, port, protocol
    std::int64_t start = 0, end = 0;
    flow::HostId client = 0;
};

std::uint64_t serviceKey(flow::HostId host, std::uint16_t port, std::uint8_t protocol) {
    return std::uint64_t{host} << 24 | std::uint64_t{port} << 8 | protocol;
}

class Finder {
public:
    Finder(const Snapshot& snapshot, const Judgement& judgement, std::uint16_t classIndex, JobContext& job)
        : snapshot_(snapshot), flows_(*snapshot.flows), data_(*snapshot.signs()), job_(job),
          gap_(snapshot.settings.pairing.intervalUs) {
        for (std::size_t i = 0; i < judgement.tally.size(); ++i)
            if (judgement.classes.verdicts[i].classIndex == classIndex) words_.insert(judgement.tally[i].word);
    }

    Result<std::vector<Outage>> run() {
        if (!collectAttempts() || !collectAnswers()) return cancelledError();
        std::vector<Outage> out;
        for (std::size_t from = 0; from < attempts_.size();) {
            std::size_t to = from + 1;
            while (to < attempts_.size() && attempts_[to].service == attempts_[from].service) ++to;
            addService(from, to, out);
            from = to;
        }
        std::stable_sort(out.begin(), out.end(), [](const Outage& a, const Outage& b) {
            return std::tuple(a.clients, a.flows, -a.start) > std::tuple(b.clients, b.flows, -b.start);
        });
        return out;
    }

private:
    template <class Row>
    bool forEachRow(const char* what, Row&& row) {
        for (std::size_t from = 0; from < flows_.size(); from += kOutageBlockRows) {
            if (!job_.step(from, flows_.size(), what)) return false;
            for (std::size_t r = from; r < std::min(flows_.size(), from + kOutageBlockRows); ++r) row(r);
        }
        return true;
    }

    bool collectAttempts() {
        const bool whole = forEachRow("outages", [this](std::size_t r) {
            if (data_.words[r] == 0 || !words_.contains(data_.words[r])) return;
            attempts_.push_back({serviceKey(flows_.local[r], flows_.localPort[r], flows_.protocol[r]), flows_.start[r],
                                 flows_.end[r], flows_.remote[r]});
        });
        std::sort(attempts_.begin(), attempts_.end(), [](const Attempt& a, const Attempt& b) {
            return std::tuple(a.service, a.start, a.end, a.client) < std::tuple(b.service, b.start, b.end, b.client);
        });
        for (const Attempt& a : attempts_) answers_.try_emplace(a.service);
        return whole;
    }

    /// Starts of the two-way flows of those services.
    bool collectAnswers() {
        const bool whole = forEachRow("answers", [this](std::size_t r) {
            if (!(flows_.kind[r] & flow::kBiflow) || (flows_.kind[r] & (flow::kInternal | flow::kTransit))) return;
            const auto at = answers_.find(serviceKey(flows_.local[r], flows_.localPort[r], flows_.protocol[r]));
            if (at != answers_.end()) at->second.push_back(flows_.start[r]);
        });
        for (auto& [service, times] : answers_) std::sort(times.begin(), times.end());
        return whole;
    }

    void addService(std::size_t from, std::size_t to, std::vector<Outage>& out) {
        const std::vector<std::int64_t>& answers = answers_.at(attempts_[from].service);
        const auto answeredAfter = [&](std::int64_t us) {
            const auto at = std::lower_bound(answers.begin(), answers.end(), us);
            return at == answers.end() ? std::int64_t{0} : *at;
        };
        for (std::size_t i = from; i < to;) {
            std::int64_t end = attempts_[i].end;
            std::size_t j = i + 1;
            for (; j < to; ++j) {
                const std::int64_t answer = answeredAfter(attempts_[j - 1].start);
                const bool answered = answer != 0 && answer < attempts_[j].start;
                if (answered || attempts_[j].start - end > gap_) break;
                end = std::max(end, attempts_[j].end);
            }
            out.push_back(outageOf(i, j, end));
            out.back().answeredAgain = answeredAfter(attempts_[j - 1].start);
            i = j;
        }
    }

    Outage outageOf(std::size_t from, std::size_t to, std::int64_t end) const {
        Outage o;
        const std::uint64_t key = attempts_[from].service;
        o.host = snapshot_.records->addresses()[flow::HostId(key >> 24)];
        o.port = std::uint16_t(key >> 8);
        o.protocol = std::uint8_t(key);
        o.start = attempts_[from].start;
        o.end = end;
        o.lastStart = attempts_[to - 1].start;
        o.flows = to - from;
        std::vector<flow::HostId> clients;
        for (std::size_t i = from; i < to; ++i) clients.push_back(attempts_[i].client);
        std::sort(clients.begin(), clients.end());
        o.clients = std::uint64_t(std::unique(clients.begin(), clients.end()) - clients.begin());
        return o;
    }

    const Snapshot& snapshot_;
    const flow::DerivedFlows& flows_;
    const SignData& data_;
    JobContext& job_;
    std::int64_t gap_;
    std::unordered_set<std::uint64_t> words_;  ///< of the class
    std::vector<Attempt> attempts_;
    std::unordered_map<std::uint64_t, std::vector<std::int64_t>> answers_;  ///< by service
};

}  // namespace

std::string Outage::service() const {
    return flow::toText(host)
        .append(" port ")
        .append(std::to_string(port))
        .append(" ")
        .append(flow::protocolText(protocol));
}

std::string Outage::filter(std::string_view className) const {
    std::string text =
        std::string("class ").append(rules::quotedName(className)).append(" and dst ip ").append(flow::toText(host));
    text.append(" and dst port ").append(std::to_string(port)).append(" and proto ").append(std::to_string(protocol));
    return text.append(" and first seen >= ")
        .append(utcText(start))
        .append(" and first seen <= ")
        .append(utcText(lastStart));
}

Result<std::vector<Outage>> outagesOf(const SnapshotPtr& snapshot, const JudgementPtr& judgement, JobContext& job,
                                      std::string_view className) {
    if (!snapshot->flows || !snapshot->signs()) return Error{Errc::notFound, "signs are not computed yet", 0};
    const auto& classes = judgement->parsed.set.classes;
    const auto at =
        std::find_if(classes.begin(), classes.end(), [&](const rules::RuleClass& c) { return c.name == className; });
    if (at == classes.end())
        return Error{Errc::notFound, std::string("the rule set has no class `").append(className).append("`"), 0};
    return Finder(*snapshot, *judgement, std::uint16_t(at - classes.begin()), job).run();
}

}  // namespace weir::session
