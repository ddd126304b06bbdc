// Many filters folded into a few table look-ups per row.
#pragma once

#include "core/flow/address_table.h"
#include "core/flow/filter.h"

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace weir::score {

/// Up to 64 filters, compiled together. Each predicate on a host, port, protocol, flags or counter becomes a table
/// look-up that yields a bit; hosts and ports are evaluated once each, not once per row. The bits of a row form a
/// pattern, and the filters are evaluated once per distinct pattern. Terms without a table (times, captures, rates, …)
/// run as ordinary filters. Immutable and thread-safe; each worker has its own FoldRun.
class Fold {
public:
    using Bits = std::uint64_t;
    static constexpr std::size_t kMostFilters = 64;

    /// `applies`: the directions to evaluate. All arguments must outlive the result. Errors: badFilter. Cost: linear in
    /// hosts and in list entries.
    static Result<Fold> compile(std::span<const flow::FilterNode* const> filters,
                                std::span<const flow::Heading> applies, const flow::AddressTable& addresses,
                                const flow::FilterTerms& terms, unsigned threads = 1);

private:
    friend class FoldCompiler;
    friend class FoldRun;

    /// A filter expression over bits.
    struct Node {
        flow::FilterNode::Op op = flow::FilterNode::Op::always;
        unsigned bit = 0;  ///< of a leaf
        std::vector<Node> children;
    };
    struct Mask {
        std::unique_ptr<flow::Filter> filter;
        unsigned bit = 0;
    };
    struct Range {
        std::uint64_t lo = 0, width = 0;
        unsigned bit = 0;
    };
    /// Ranges of a counter; a table covers small values, which are most common.
    struct Counter {
        flow::Col column = flow::Col::packets;
        std::vector<Range> ranges;
        std::array<Bits, 256> small{};
        Bits of(std::uint64_t value) const;
    };
    /// Values partitioned into classes, with the bits that a class yields at the source and at the destination.
    struct Classes {
        Buffer<std::uint8_t> of;
        std::array<Bits, 256> source{}, destination{};
        bool asked = false;
    };

    static bool holds(const Node& node, Bits bits);
    std::uint64_t codeOf(Bits bits) const;

    std::vector<Node> filters_;
    Classes hosts_, ports_;
    std::array<std::uint8_t, 256> localOf_{};  ///< by host class: its local and group bits
    std::array<Bits, 16> headings_{};          ///< by local and group bits of source x 4 + of destination
    std::array<std::uint8_t, 16> applies_{};
    std::array<Bits, 256> protocols_{}, flags_{};
    bool protocolsAsked_ = false, flagsAsked_ = false;
    std::vector<Counter> counters_;
    std::vector<Mask> masks_;
};

/// The scratch memory of one worker. Not thread-safe.
class FoldRun {
public:
    explicit FoldRun(const Fold& fold);

    /// Pattern of a row whose direction is not evaluated.
    static constexpr std::uint32_t kLeftOut = 0;

    /// Sets out[i] to the pattern of row i, for batch.size() rows.
    Status run(flow::FilterBatch& batch, flow::Side side, std::uint32_t* out);

    /// Bit f = filter f matches rows of this pattern; 0 for kLeftOut.
    std::uint64_t codeOf(std::uint32_t pattern) const { return codes_[pattern]; }
    std::size_t patterns() const { return codes_.size(); }

private:
    static constexpr std::size_t kBlock = 2048;
    struct Slot {
        Fold::Bits bits = 0;
        std::uint32_t pattern = kNone;
    };
    static constexpr std::uint32_t kNone = ~std::uint32_t{0};
    /// The columns of a batch as one direction sees them.
    struct Columns {
        const flow::HostId *src, *dst;
        const std::uint16_t *srcPort, *dstPort, *icmp;
        const std::uint8_t *protocol, *flags;
    };

    Status begin(flow::FilterBatch& batch, flow::Side side);
    void lookAtEnds(std::size_t first, std::size_t n);
    void lookAtRest(std::size_t first, std::size_t n);
    std::uint32_t patternOf(Fold::Bits bits);
    std::uint32_t addPattern(Fold::Bits bits, std::size_t slot);
    std::size_t slotOf(Fold::Bits bits) const { return std::size_t((bits * 0x9e3779b97f4a7c15u) >> shift_); }

    const Fold& fold_;
    Columns columns_{};
    std::vector<const std::uint64_t*> counters_;  ///< by counter
    std::vector<Buffer<std::uint8_t>> maskSpace_;
    flow::FilterScratch scratch_;
    std::array<Fold::Bits, kBlock> bits_;
    std::array<std::uint8_t, kBlock> applied_, sourceClass_, destinationClass_;
    std::vector<Slot> slots_;
    unsigned shift_ = 0;
    std::vector<std::uint64_t> codes_{0};  ///< by pattern
};

}  // namespace weir::score
