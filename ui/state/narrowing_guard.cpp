// See narrowing_guard.h.
#include "ui/state/narrowing_guard.h"

#include "ui/jobs/job_list.h"
#include "ui/state/workbench.h"
#include "ui/text/format.h"

#include <algorithm>

namespace weir::ui {
namespace {

constexpr int kGoneMs = 1500;

bool bears(const session::ScoreResult& scores, std::uint64_t word) {
    const auto& words = scores.scores->words;
    return std::any_of(words.begin(), words.end(),
                       [word](const score::CodeCount& c) { return c.word == word && c.flows > 0; });
}

}  // namespace

NarrowingGuard::NarrowingGuard(Workbench& workbench) : workbench_(workbench) {
    goneFor_.setSingleShot(true);
    goneFor_.setInterval(kGoneMs);
    connect(&workbench, &Workbench::snapshotChanged, this, [this] {
        forgetCodes();
        forgetTimes();
    });
    connect(&workbench, &Workbench::selectionChanged, this, &NarrowingGuard::watchFilter);
    connect(&goneFor_, &QTimer::timeout, this, &NarrowingGuard::dropFilter);
}

/// Scores of a time range lack the codes of other records, so only scores of all records can show that codes are gone.
void NarrowingGuard::forgetCodes() {
    const auto& scores = workbench_.snapshot() ? workbench_.snapshot()->scores : nullptr;
    if (!scores) return;
    workbench_.filter().forget([&](Narrowing& step) {
        if (step.codes.isEmpty()) return;
        const auto word = wordOfCodes(scores->parsed.profile, step.codes);
        if (!word || (scores->range.all() && !bears(*scores, *word))) step.codes.clear();
    });
}

void NarrowingGuard::forgetTimes() {
    if (!workbench_.snapshot() || workbench_.snapshot()->sources.empty()) return;
    const auto& sources = workbench_.snapshot()->sources;
    workbench_.filter().forget([&](Narrowing& step) {
        const auto within = [&](const store::SourceInfo& s) {
            return s.last >= step.times->first && s.first < step.times->second;
        };
        if (step.times && std::none_of(sources.begin(), sources.end(), within)) step.times.reset();
    });
}

void NarrowingGuard::watchFilter() {
    if (workbench_.selectionError().isEmpty() || workbench_.filter().text().isEmpty())
        goneFor_.stop();
    else
        goneFor_.start();
}

/// The text stays in the field for the user to correct, and one step back in the history.
void NarrowingGuard::dropFilter() {
    const QString text = workbench_.filter().text();
    const Diagnostics problems = session::checkFilter(workbench_.snapshot(), workbench_.rules().judgement(),
                                                      toUtf8(text), workbench_.questions());
    if (problems.empty() || text.isEmpty()) return;
    if (workbench_.jobs().running() > 0 || workbench_.rules().stale()) return goneFor_.start();
    Narrowing rest = workbench_.filter().narrowing();
    rest.filter.clear();
    workbench_.filter().narrow(rest);
    workbench_.filter().prepare(text, FilterMode::replace, false);
    emit workbench_.failed(tr("The filter was removed"),
                           tr("%1. Press Alt+← to restore it").arg(fromUtf8(problems.front().message)));
}

}  // namespace weir::ui
