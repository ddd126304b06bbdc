// What the filter of a user sign can name: all of a flow but what rules and scores make of it.
#pragma once

#include "core/base/text.h"
#include "core/flow/lexer.h"
#include "core/session/row_terms.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace weir::session {

/// A snapshot's terms without classes, rules, codes, points, tags and other user signs.
class UserSignTerms final : public flow::FilterTerms {
public:
    /// For running filters.
    UserSignTerms(const SnapshotPtr& snapshot, LocalFirst localFirst) : base_(snapshot, nullptr, std::move(localFirst)), run_(true) {}
    /// For reading what a text says, at every key: no list is read. Without a snapshot, any list may be named.
    explicit UserSignTerms(const SnapshotPtr& snapshot) : base_(snapshot, nullptr), anyList_(!snapshot) {}

    flow::TermAnswer find(std::string_view keyword, std::string_view name) const override {
        if (keyword != "sign") return {{}, refusal(keyword), {}};
        const auto builtIn = signNames();
        const auto at = std::find(builtIn.begin(), builtIn.end(), name);
        if (at != builtIn.end()) return {flow::WordTest{std::uint64_t{1} << (at - builtIn.begin()), {}}, {}, {}};
        const std::string near(nearestName(name, names(keyword)));
        std::string problem("a user sign can ask for built-in signs only, and `");
        problem.append(name).append("` is none");
        if (!near.empty()) problem.append("; did you mean `").append(near).append("`?");
        return {{}, std::move(problem), near};
    }
    std::vector<std::string> names(std::string_view keyword) const override {
        if (keyword == "sign") return {signNames().begin(), signNames().end()};
        const bool seen = keyword == "@" || keyword == "source" || keyword == "exporter" || keyword == "router";
        return seen ? base_.names(keyword) : std::vector<std::string>();
    }
    flow::ListAnswer list(std::string_view name) const override {
        if (run_) return base_.list(name);
        const auto known = base_.names("@");
        const bool there = anyList_ || std::any_of(known.begin(), known.end(), [&](const std::string& k) { return flow::equalsIgnoringCase(k, name); });
        return there ? flow::ListAnswer{std::make_shared<const flow::NamedList>(), {}, {}} : base_.list(name);
    }
    flow::RowsAnswer captures(std::string_view name) const override { return base_.captures(name); }
    flow::ExportersAnswer exporters(std::string_view name) const override { return base_.exporters(name); }
    flow::RowsAnswer flow(std::string_view id) const override { return base_.flow(id); }
    flow::TagAnswer tag(std::string_view) const override { return {{}, refusal("tag"), {}}; }
    flow::CodeAnswer code(std::string_view) const override { return {{}, refusal("code"), {}}; }
    flow::CodeAnswer points(bool bad, std::uint64_t, std::uint64_t) const override { return {{}, refusal(bad ? "badness" : "goodness"), {}}; }
    std::uint16_t communitySeed() const override { return base_.communitySeed(); }
    std::span<const std::uint8_t> hostBits() const override { return base_.hostBits(); }
    const flow::DerivedFlows* derived() const override { return base_.derived(); }
    std::span<const std::uint64_t> words() const override { return base_.words(); }
    std::span<const std::uint8_t> localFirst() const override { return base_.localFirst(); }

private:
    static std::string refusal(std::string_view keyword) {
        return std::string("a user sign cannot ask for `").append(keyword).append("`: it sees records, directions, lists and built-in signs");
    }
    SnapshotTerms base_;
    bool run_ = false, anyList_ = false;
};

}  // namespace weir::session
