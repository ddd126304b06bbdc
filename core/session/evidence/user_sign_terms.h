// The terms that the filter of a user sign can use: everything about a flow except the results of rules and scores.
#pragma once

#include "core/base/text.h"
#include "core/flow/lexer.h"
#include "core/session/evidence/record_terms.h"
#include "core/signs/sign_family.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace weir::session {

/// A snapshot's terms without classes, rules, codes, points, tags and other user signs.
class UserSignTerms final : public RecordTerms {
public:
    /// For running filters.
    UserSignTerms(const SnapshotPtr& snapshot, LocalIsInitiator localIsInitiator)
        : RecordTerms(snapshot, std::move(localIsInitiator)), run_(true) {}
    /// For parsing a text on every keystroke: reads no list. Without a snapshot, any list name is accepted.
    explicit UserSignTerms(const SnapshotPtr& snapshot) : RecordTerms(snapshot), anyList_(!snapshot) {}

    flow::TermAnswer find(std::string_view keyword, std::string_view name) const override {
        if (keyword != "sign") return {{}, refusal(keyword), {}};
        const auto& builtIn = signs::oneWay().names;
        const auto at = std::find(builtIn.begin(), builtIn.end(), name);
        if (at != builtIn.end()) return {flow::WordTest{std::uint64_t{1} << (at - builtIn.begin()), {}}, {}, {}};
        const std::string near(nearestName(name, names(keyword)));
        std::string problem("a user sign can use built-in signs only, not `");
        problem.append(name).append("`");
        if (!near.empty()) problem.append("; did you mean `").append(near).append("`?");
        return {{}, std::move(problem), near};
    }
    flow::ListAnswer list(std::string_view name) const override {
        if (run_) return RecordTerms::list(name);
        const auto known = names("@");
        const bool there = anyList_ || std::any_of(known.begin(), known.end(), [&](const std::string& k) {
                               return flow::equalsIgnoringCase(k, name);
                           });
        return there ? flow::ListAnswer{std::make_shared<const flow::NamedList>(), {}, {}} : RecordTerms::list(name);
    }
    flow::TagAnswer tag(std::string_view) const override { return {{}, refusal("tag"), {}}; }
    flow::CodeAnswer code(std::string_view) const override { return {{}, refusal("code"), {}}; }
    flow::CodeAnswer points(bool bad, std::uint64_t, std::uint64_t) const override {
        return {{}, refusal(bad ? "badness" : "goodness"), {}};
    }

private:
    static std::string refusal(std::string_view keyword) {
        return std::string("a user sign cannot use `")
            .append(keyword)
            .append("`: it sees records, directions, lists and built-in signs");
    }
    bool run_ = false, anyList_ = false;
};

}  // namespace weir::session
