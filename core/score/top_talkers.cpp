// The hosts that send most.
#include "core/base/buffer.h"
#include "core/base/text.h"
#include "core/score/built_in.h"
#include "core/score/contact_text.h"
#include "core/score/row_values.h"

#include <algorithm>
#include <array>

namespace weir::score {
namespace {

using flow::Col;

constexpr std::array<std::string_view, 3> kMeasures = {"bytes", "packets", "flows"};
enum : std::size_t { kBytes, kPackets, kFlows };

constexpr Parameter kTopTalkersParameters[] = {
    {"n", Unit::count, "10", 1, 1e6, "number of senders"},
    {"by", Unit::word, "bytes", 0, 0, "measure that ranks the senders", kMeasures},
};

/// Among equal senders the lower address ranks first. Memory: 8 bytes per host.
class TopTalkers final : public BuiltIn {
public:
    explicit TopTalkers(std::span<const double> v) : n_(std::size_t(v[0])), by_(std::size_t(v[1])) {}

    flow::ColSet columns() const override {
        const flow::ColSet ends = flow::cols(Col::src, Col::dst);
        return by_ == kBytes     ? ends | flow::cols(Col::bytes, Col::reverseBytes)
               : by_ == kPackets ? ends | flow::cols(Col::packets, Col::reversePackets)
                                 : ends;
    }

    void add(const Rows& rows) override {
        rows.each([&](std::size_t i) {
            const flow::HostId host = sourceOf(rows.columns, rows.side, i);
            if (host >= sent_.size()) grow(host + std::size_t{1});
            sent_[host] += by_ == kBytes     ? bytesOf(rows.columns, rows.side, i)
                           : by_ == kPackets ? packetsOf(rows.columns, rows.side, i)
                                             : 1;
        });
    }

    void merge(BuiltIn& built) override {
        TopTalkers& other = static_cast<TopTalkers&>(built);
        if (other.sent_.size() > sent_.size()) grow(other.sent_.size());
        for (std::size_t host = 0; host < other.sent_.size(); ++host) sent_[host] += other.sent_[host];
        other.sent_.release();
    }

    void judge() override {
        for (std::size_t host = 0; host < sent_.size(); ++host) {
            whole_ += sent_[host];
            if (sent_[host] > 0) ranked_.push_back({sent_[host], flow::HostId(host)});
        }
        const auto more = [](const Sender& a, const Sender& b) {
            return a.sent != b.sent ? a.sent > b.sent : a.host < b.host;
        };
        const std::size_t kept = std::min(n_, ranked_.size());
        std::partial_sort(ranked_.begin(), ranked_.begin() + std::ptrdiff_t(kept), ranked_.end(), more);
        ranked_.resize(kept);
        ranked_.shrink_to_fit();
        rank_.assign(sent_.size(), 0);
        for (std::size_t r = 0; r < kept; ++r) rank_[ranked_[r].host] = std::uint32_t(r + 1);
        sent_.release();
    }

    bool counts(const flow::RecordColumns& c, flow::Side side, std::size_t row) const override {
        const flow::HostId host = sourceOf(c, side, row);
        return host < rank_.size() && rank_[host] != 0;
    }

    std::string evidence(const flow::RecordColumns& c, flow::Side side, std::size_t row,
                         const flow::AddressTable& addresses) const override {
        const flow::HostId host = sourceOf(c, side, row);
        const std::uint64_t sent = ranked_[rank_[host] - 1].sent;
        return toText(addresses[host]) + " is sender number " + std::to_string(rank_[host]) + " by " +
               std::string(kMeasures[by_]) + ": " + grouped(sent) + " of " + grouped(whole_) + " (" +
               percentText(sent, whole_) + ")";
    }

private:
    struct Sender {
        std::uint64_t sent = 0;
        flow::HostId host = 0;
    };

    void grow(std::size_t hosts) {
        const std::size_t before = sent_.size();
        sent_.resize(std::max(hosts, before + before / 2));
        std::fill(sent_.begin() + before, sent_.end(), 0);
    }

    const std::size_t n_, by_;
    Buffer<std::uint64_t> sent_;  ///< by host
    std::uint64_t whole_ = 0;
    std::vector<Sender> ranked_;  ///< after judge(): those that count
    Buffer<std::uint32_t> rank_;  ///< by host, 0 = none, after judge()
};

}  // namespace

extern const BuiltInDef kTopTalkers;
const BuiltInDef kTopTalkers = {
    "top-talkers",
    "any",
    "the source is among the top senders",
    "its source is not among the top senders",
    kTopTalkersParameters,
    [](std::span<const double> v) -> std::unique_ptr<BuiltIn> { return std::make_unique<TopTalkers>(v); }};

}  // namespace weir::score
