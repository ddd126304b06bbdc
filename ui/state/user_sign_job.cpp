// See user_sign_job.h.
#include "ui/state/user_sign_job.h"

#include "core/session/evidence/user_sign_lists.h"
#include "core/session/evidence/user_signs.h"
#include "ui/jobs/job_runner.h"
#include "ui/state/workbench.h"
#include "ui/text/format.h"

#include <algorithm>

namespace weir::ui {
namespace {

constexpr int kTypingPauseMs = 400;  ///< a filter that is being typed is good at many of its letters
const session::RunId kRun;

bool same(const rules::UserSign& a, const rules::UserSign& b) { return a.name == b.name && a.filter == b.filter; }

bool holdsAll(const std::vector<rules::UserSign>& some, const std::vector<rules::UserSign>& all) {
    return std::ranges::all_of(all, [&](const rules::UserSign& s) {
        return std::ranges::any_of(some, [&](const rules::UserSign& o) { return same(o, s); });
    });
}

}  // namespace

UserSignJob::UserSignJob(Workbench& workbench)
    : workbench_(workbench), lane_(std::make_unique<JobRunner>(workbench.jobs())) {
    soon_.setSingleShot(true);
    connect(&soon_, &QTimer::timeout, this, &UserSignJob::start);
    connect(&workbench.rules(), &RuleDraft::judgementChanged, this, &UserSignJob::draftChanged);
    connect(&workbench, &Workbench::snapshotChanged, this, &UserSignJob::look);
    connect(&workbench, &Workbench::projectChanged, this, [this] {
        lane_->cancel();
        draftChanged();  // other users of signs register again
    });
    connect(lane_.get(), &JobRunner::busyChanged, this, &UserSignJob::busyChanged);
    draftChanged();
}

UserSignJob::~UserSignJob() = default;

void UserSignJob::draftChanged() {
    const auto& latest = workbench_.rules().latest();
    if (latest && latest->parsed.good()) need("draft", latest->parsed.set.userSigns);
}

void UserSignJob::need(const std::string& who, std::vector<rules::UserSign> signs) {
    needs_[who] = std::move(signs);
    look();
}

std::vector<rules::UserSign> UserSignJob::wanted() const {
    std::vector<rules::UserSign> out;
    for (const auto& [who, signs] : needs_)
        for (const rules::UserSign& sign : signs)
            if (!holdsAll(out, {sign})) out.push_back(sign);
    return out;
}

bool UserSignJob::busy() const { return lane_->busy() || soon_.isActive(); }

void UserSignJob::look() {
    const auto& snapshot = workbench_.snapshot();
    const auto data = snapshot ? snapshot->signs(kRun) : nullptr;
    if (!data) return soon_.stop();
    std::vector<rules::UserSign> known = data->userSigns;
    session::dropOutdated(known, *snapshot);
    const auto want = wanted();
    const bool there = known.size() == data->userSigns.size() && holdsAll(known, want) && holdsAll(want, known);
    const bool failed = failedOn_.lock() == data && holdsAll(failed_, want) && holdsAll(want, failed_);
    if (there || failed)
        soon_.stop();
    else if (!soon_.isActive() || !holdsAll(known, want))
        soon_.start(kTypingPauseMs);
}

void UserSignJob::start() {
    const auto project = workbench_.project();
    if (!project) return;
    lane_->start(
        tr("Compute user signs"),
        [project, want = wanted()](JobContext& job) -> Result<bool> {
            if (const Status s = session::prepareUserSigns(*project, want, kRun, job); !s) return s.error();
            return true;
        },
        [this, want = wanted(), project](Result<bool> done) {
            if (project != workbench_.project()) return;
            if (done) return workbench_.refreshSnapshot();
            failed_ = want;
            failedOn_ = workbench_.snapshot()->signs(kRun);
            if (done.error().code != Errc::cancelled)
                emit workbench_.failed(tr("User signs could not be computed"), fromUtf8(done.error().detail));
        });
}

}  // namespace weir::ui
