// See comparison.h.
#include "ui/comparison.h"

#include "core/session/resources.h"
#include "ui/models/iteration_history.h"
#include "ui/text/format.h"
#include "ui/user_sign_job.h"
#include "ui/workbench.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonObject>

#include <algorithm>

namespace weir::ui {
namespace {

const QString kDraft = QStringLiteral("draft");

}  // namespace

Comparison& Comparison::of(Workbench& workbench) {
    auto* found = workbench.findChild<Comparison*>(QString(), Qt::FindDirectChildrenOnly);
    return found ? *found : *new Comparison(workbench);
}

Comparison::Comparison(Workbench& workbench) : QObject(&workbench), workbench_(workbench) {
    connect(&workbench.rules(), &RuleDraft::judgementChanged, this, &Comparison::outdate);
    connect(&workbench, &Workbench::snapshotChanged, this, [this] {
        const session::SnapshotPtr& snapshot = workbench_.snapshot();
        if ((snapshot ? snapshot->inboundTally() : nullptr) != comparedOn_) outdate();   // what was published of result() is nothing new
    });
    connect(&IterationHistory::of(workbench), &IterationHistory::changed, this, &Comparison::outdate);
    connect(&workbench, &Workbench::projectChanged, this, [this] {
        files_.clear();
        setCell({});
        outdate();
    });
}

std::vector<Comparison::Side> Comparison::choices() const {
    const auto& judgement = workbench_.rules().judgement();
    std::vector<Side> out{{kDraft, tr("Draft"), judgement ? fromUtf8(judgement->parsed.set.text) : QString()}};
    for (const session::Resource& r : session::resources())
        if (r.kind == "rules") out.push_back({QStringLiteral("shipped:") + fromUtf8(r.name), fromUtf8(r.name), fromUtf8(r.text)});
    const auto& saved = IterationHistory::of(workbench_).all();
    for (auto i = saved.rbegin(); i != saved.rend(); ++i) out.push_back({QStringLiteral("saved:%1").arg(i->id), tr("Iteration %1").arg(iterationName(*i)), fromUtf8(i->text)});
    out.insert(out.end(), files_.begin(), files_.end());
    return out;
}

Comparison::Side Comparison::sideOf(const QString& id) const {
    const auto all = choices();
    const auto at = std::ranges::find(all, id, &Side::id);
    return at == all.end() ? all.front() : *at;
}

void Comparison::setChampion(const QString& id) {
    if (id == champion_) return;
    champion_ = id;
    outdate();
}

void Comparison::setChallenger(const QString& id) {
    if (id == challenger_) return;
    challenger_ = id;
    outdate();
}

void Comparison::swap() {
    std::swap(champion_, challenger_);
    if (cell_) std::swap(cell_->first, cell_->second);
    outdate();
}

QString Comparison::addFile(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        emit workbench_.failed(tr("%1 was not read").arg(QFileInfo(path).fileName()), file.errorString());
        return {};
    }
    const QString text = QString::fromUtf8(file.readAll());
    const session::SignBasis basis(workbench_.snapshot());
    const rules::Parsed parsed = rules::parseRules(toUtf8(text), basis.vocabulary());
    if (!parsed.good()) {
        const auto first = std::ranges::find(parsed.diagnostics, Severity::error, &Diagnostic::severity);
        emit workbench_.failed(tr("%1 is no rule set without errors").arg(QFileInfo(path).fileName()), tr("line %1: %2").arg(first->line).arg(fromUtf8(first->message)));
        return {};
    }
    const QString id = QStringLiteral("file:") + path;
    std::erase_if(files_, [&](const Side& s) { return s.id == id; });
    files_.push_back({id, QFileInfo(path).fileName(), text});
    outdate();
    return id;
}

void Comparison::promote() {
    const Side winner = challenger();
    workbench_.rules().edit(winner.text, tr("promote %1").arg(winner.title));
    if (challenger_ == kDraft) return;
    champion_ = challenger_;
    challenger_ = kDraft;
    outdate();
}

bool Comparison::stale() const { return workbench_.rules().stale() && (champion_ == kDraft || challenger_ == kDraft); }

void Comparison::outdate() {
    old_ = true;
    UserSignJob::of(workbench_).need("compare", {});   // whoever looks at the result asks for its signs again, before the job begins
    emit changed();
}

const session::RuleComparisonPtr& Comparison::result() {
    if (!old_) return result_;
    old_ = false;
    result_.reset();
    const session::SnapshotPtr& snapshot = workbench_.snapshot();
    const tally::Tally* tally = snapshot ? snapshot->inboundTally() : nullptr;
    comparedOn_ = tally;
    if (!tally) return result_;
    // What the basis keeps alive is the tally alone: a snapshot may hold a comparison in turn.
    result_ = comparer_.compare(toUtf8(champion().text), toUtf8(challenger().text), session::SignBasis(snapshot));
    if (result_->good()) {
        std::vector<rules::UserSign> signs = result_->champion->parsed.set.userSigns;
        const auto& more = result_->challenger->parsed.set.userSigns;
        signs.insert(signs.end(), more.begin(), more.end());
        UserSignJob::of(workbench_).need("compare", std::move(signs));
    }
    if (snapshot->comparison) publish();   // a filter may speak of it
    return result_;
}

void Comparison::publish() {
    const auto& project = workbench_.project();
    if (!project || !result_ || !result_->good()) return;
    project->publish([this](session::Snapshot& s) { s.comparison = result_; });
    QMetaObject::invokeMethod(this, [this] { workbench_.refreshSnapshot(); }, Qt::QueuedConnection);
}

void Comparison::setCell(const Cell& cell) {
    if (cell == cell_) return;
    cell_ = cell;
    emit cellPicked();
}

void Comparison::filterCell(const QString& from, const QString& to) {
    if (!result() || !result_->good()) return;
    workbench_.project()->publish([this](session::Snapshot& s) { s.comparison = result_; });
    workbench_.refreshSnapshot();
    workbench_.filter().set(QStringLiteral("champion \"%1\" and challenger \"%2\"").arg(from, to));
}

QJsonObject Comparison::state() const { return {{QStringLiteral("champion"), champion_}, {QStringLiteral("challenger"), challenger_}}; }

void Comparison::setState(const QJsonObject& state) {
    champion_ = state.value(QStringLiteral("champion")).toString(QStringLiteral("shipped:glatz-2012"));
    challenger_ = state.value(QStringLiteral("challenger")).toString(kDraft);
    outdate();
}

}  // namespace weir::ui
