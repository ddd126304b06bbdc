// The terms that tests of a score profile can use.
#pragma once

#include "core/flow/lexer.h"
#include "core/session/evidence/record_terms.h"

#include <algorithm>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace weir::session {

/// A snapshot's terms and the list @dark. Missing lists are empty, and recorded.
class ProfileTerms final : public RecordTerms {
public:
    ProfileTerms(const SnapshotPtr& snapshot, std::shared_ptr<const flow::NamedList> dark)
        : RecordTerms(snapshot), dark_(std::move(dark)) {}

    flow::ListAnswer list(std::string_view name) const override {
        if (flow::equalsIgnoringCase(name, "dark")) return {dark_, {}, {}};
        flow::ListAnswer answer = RecordTerms::list(name);
        if (answer.list) return answer;
        const std::lock_guard lock(mutex_);
        if (std::find(missing_.begin(), missing_.end(), name) == missing_.end()) missing_.emplace_back(name);
        return {std::make_shared<const flow::NamedList>(), {}, {}};
    }
    std::vector<std::string> missing() const { return missing_; }

private:
    std::shared_ptr<const flow::NamedList> dark_;
    mutable std::mutex mutex_;
    mutable std::vector<std::string> missing_;
};

/// The same without reading any list: for parsing a profile, not for running it.
class NamesOnly final : public RecordTerms {
public:
    explicit NamesOnly(const SnapshotPtr& snapshot) : RecordTerms(snapshot) {}
    const flow::DerivedFlows* derived() const override { return nullptr; }
    std::span<const std::uint64_t> words() const override { return {}; }
    flow::ListAnswer list(std::string_view) const override {
        return {std::make_shared<const flow::NamedList>(), {}, {}};
    }
};

}  // namespace weir::session
