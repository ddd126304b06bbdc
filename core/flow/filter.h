// A filter compiled against a project's addresses and evidence: runs over whole batches.
#pragma once

#include "core/base/result.h"
#include "core/flow/filter_ast.h"
#include "core/flow/filter_batch.h"

#include <memory>
#include <vector>

namespace weir::flow {

/// Working memory of one worker; kept between batches.
class FilterScratch {
public:
    std::uint8_t* mask(std::size_t depth);  ///< kChunkRows bytes, one buffer per depth
    std::uint16_t* ports();                 ///< kChunkRows values

private:
    std::vector<std::unique_ptr<Buffer<std::uint8_t>>> masks_;
    Buffer<std::uint16_t> ports_;
};

/// Immutable after compile(); run() may be called from several threads with a batch and a scratch each.
class Filter {
public:
    /// Errors (badFilter): a term asks for what the terms do not have yet. O(hosts) bytes for each long address list.
    static Result<Filter> compile(const FilterNode& root, const AddressTable& addresses, const FilterTerms& terms);
    Filter(Filter&&) noexcept;
    Filter& operator=(Filter&&) noexcept;
    ~Filter();

    /// `any`: no row needs to be looked at.
    bool takesAll() const;
    /// out[i] = 1 when row i holds in this direction, else 0; batch.size() bytes. Chunks that the zones decide are not
    /// read.
    Status run(FilterBatch& batch, Side side, FilterScratch& scratch, std::uint8_t* out) const;

private:
    struct Node;
    explicit Filter(std::unique_ptr<Node> root);
    std::unique_ptr<Node> root_;
};

}  // namespace weir::flow
