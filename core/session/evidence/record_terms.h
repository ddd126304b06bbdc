// Filter terms of a snapshot without rules, scores and marks: records, directions, hosts, lists and built-in signs.
#pragma once

#include "core/flow/filter_terms.h"
#include "core/session/evidence/local_is_initiator.h"
#include "core/session/project/snapshot.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace weir::session {

/// Filter terms of the records of a snapshot.
class RecordTerms : public flow::FilterTerms {
public:
    /// `snapshot` may be null: then only terms that need no data are available. `localIsInitiator` is needed for
    /// running filters on derived flows.
    explicit RecordTerms(SnapshotPtr snapshot, LocalIsInitiator localIsInitiator = nullptr)
        : snapshot_(std::move(snapshot)), localIsInitiator_(std::move(localIsInitiator)) {}

    flow::TermAnswer find(std::string_view keyword, std::string_view name) const override;
    std::vector<std::string> names(std::string_view keyword) const override;
    flow::ListAnswer list(std::string_view name) const override;
    flow::RowsAnswer captures(std::string_view name) const override;
    flow::ExportersAnswer exporters(std::string_view name) const override;
    flow::RowsAnswer flow(std::string_view id) const override;
    std::uint16_t communitySeed() const override {
        return snapshot_ ? snapshot_->settings.communitySeed : std::uint16_t{0};
    }
    std::span<const std::uint8_t> hostBits() const override;
    const flow::DerivedFlows* derived() const override { return snapshot_ ? snapshot_->flows.get() : nullptr; }
    std::span<const std::uint64_t> words() const override;
    std::span<const std::uint8_t> localIsInitiator() const override;

protected:
    const SnapshotPtr& snapshot() const { return snapshot_; }
    /// "unknown class `X`; did you mean `Y`?"
    flow::TermAnswer unknown(std::string_view keyword, std::string_view name) const;

private:
    const ListCatalog& lists() const;

    SnapshotPtr snapshot_;
    LocalIsInitiator localIsInitiator_;
};

}  // namespace weir::session
