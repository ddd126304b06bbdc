// What the tests of a score profile can name.
#pragma once

#include "core/flow/lexer.h"
#include "core/session/row_terms.h"

#include <algorithm>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace weir::session {

/// A snapshot's terms, the list @dark, and lists that are not there: those are empty, and noted.
class ProfileTerms final : public flow::FilterTerms {
public:
    ProfileTerms(const SnapshotPtr& snapshot, std::shared_ptr<const flow::NamedList> dark) : base_(snapshot, nullptr), dark_(std::move(dark)) {}

    flow::TermAnswer find(std::string_view keyword, std::string_view name) const override { return base_.find(keyword, name); }
    std::vector<std::string> names(std::string_view keyword) const override { return base_.names(keyword); }
    flow::RowsAnswer captures(std::string_view name) const override { return base_.captures(name); }
    flow::ExportersAnswer exporters(std::string_view name) const override { return base_.exporters(name); }
    std::uint16_t communitySeed() const override { return base_.communitySeed(); }
    std::span<const std::uint8_t> hostBits() const override { return base_.hostBits(); }
    const flow::DerivedFlows* derived() const override { return base_.derived(); }
    std::span<const std::uint64_t> words() const override { return base_.words(); }
    std::span<const std::uint8_t> localFirst() const override { return base_.localFirst(); }

    flow::ListAnswer list(std::string_view name) const override {
        if (flow::equalsIgnoringCase(name, "dark")) return {dark_, {}, {}};
        flow::ListAnswer answer = base_.list(name);
        if (answer.list) return answer;
        const std::lock_guard lock(mutex_);
        if (std::find(missing_.begin(), missing_.end(), name) == missing_.end()) missing_.emplace_back(name);
        return {std::make_shared<const flow::NamedList>(), {}, {}};
    }
    std::vector<std::string> missing() const { return missing_; }

private:
    SnapshotTerms base_;
    std::shared_ptr<const flow::NamedList> dark_;
    mutable std::mutex mutex_;
    mutable std::vector<std::string> missing_;
};

/// The same without a look into any list: for reading what a profile says, not for running it.
class NamesOnly final : public flow::FilterTerms {
public:
    explicit NamesOnly(const SnapshotPtr& snapshot) : base_(snapshot, nullptr) {}
    flow::TermAnswer find(std::string_view keyword, std::string_view name) const override { return base_.find(keyword, name); }
    std::vector<std::string> names(std::string_view keyword) const override { return base_.names(keyword); }
    flow::RowsAnswer captures(std::string_view name) const override { return base_.captures(name); }
    flow::ExportersAnswer exporters(std::string_view name) const override { return base_.exporters(name); }
    std::span<const std::uint8_t> hostBits() const override { return base_.hostBits(); }
    const flow::DerivedFlows* derived() const override { return nullptr; }
    std::span<const std::uint64_t> words() const override { return {}; }
    std::span<const std::uint8_t> localFirst() const override { return {}; }
    flow::ListAnswer list(std::string_view) const override { return {std::make_shared<const flow::NamedList>(), {}, {}}; }

private:
    SnapshotTerms base_;
};

}  // namespace weir::session
