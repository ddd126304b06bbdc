// The words of a snapshot, and the terms that filters of user signs may use.
#include "core/session/evidence/sign_basis.h"

#include "core/session/evidence/user_sign_lists.h"
#include "core/session/evidence/user_sign_terms.h"

namespace weir::session {

SignBasis::SignBasis() : terms_(std::make_shared<UserSignTerms>(nullptr)) {}

SignBasis::SignBasis(const SnapshotPtr& snapshot, const RunId& run)
    : terms_(std::make_shared<UserSignTerms>(snapshot)) {
    if (!snapshot) return;
    if (const auto& data = snapshot->signs(run)) {
        tally_ = data->tally;
        holder_ = data;
        known_ = data->userSigns;
    } else if (run == RunId() && snapshot->storedTally) {
        tally_ = *snapshot->storedTally;
        holder_ = snapshot->storedTally;
        known_ = snapshot->storedUserSigns;
    }
    dropOutdated(known_, *snapshot);
}

SignBasis::SignBasis(std::span<const tally::WordCount> tally, std::shared_ptr<const void> holder)
    : tally_(tally), holder_(std::move(holder)), terms_(std::make_shared<UserSignTerms>(nullptr)) {}

SignBasis SignBasis::counting(std::span<const tally::WordCount> tally, std::shared_ptr<const void> holder) const {
    SignBasis out(*this);
    out.tally_ = tally;
    out.holder_ = std::move(holder);
    return out;
}

std::vector<std::string> SignBasis::names() const {
    std::vector<std::string> out(signNames().begin(), signNames().end());
    for (const rules::UserSign& sign : known_) {
        if (out.size() <= sign.bit) out.resize(sign.bit + 1);
        out[sign.bit] = sign.name;
    }
    return out;
}

}  // namespace weir::session
