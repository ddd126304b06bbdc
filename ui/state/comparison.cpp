// See comparison.h.
#include "ui/state/comparison.h"

#include "core/session/project/resources.h"
#include "ui/state/iteration_history.h"
#include "ui/state/rule_figures.h"
#include "ui/state/user_sign_job.h"
#include "ui/state/workbench.h"
#include "ui/text/format.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonObject>

#include <algorithm>

namespace weir::ui {
namespace {

const QString kDraft = QStringLiteral("draft");
const QString kProfile = QStringLiteral("profile:");

bool isProfileId(const QString& id) { return id.startsWith(kProfile); }

/// What a kind of text begins with: the best known against the draft.
QString firstChampion(bool profiles) {
    return profiles ? kProfile + QStringLiteral("shipped:sweeney-2017") : QStringLiteral("shipped:glatz-2012");
}
QString draftOf(bool profiles) { return profiles ? kProfile + kDraft : kDraft; }

}  // namespace

Comparison::Comparison(Workbench& workbench)
    : workbench_(workbench), scoring_(workbench.jobs()), reading_(workbench.jobs()) {
    connect(&workbench.figures(), &RuleFigures::changed, this, [this] {
        if (!ofProfiles() || workbench_.figures().part() != scoredPart_)
            outdate();
        else
            emit changed();  // whether it is being counted
    });
    connect(&workbench, &Workbench::snapshotChanged, this, [this] {
        const session::SnapshotPtr& snapshot = workbench_.snapshot();
        if ((snapshot ? snapshot->tally() : nullptr) != comparedOn_ && !ofProfiles())
            outdate();  // what was published of result() is nothing new
        if (ofProfiles() && !(present() == scoredOn_)) outdate();
    });
    connect(&workbench.scores(), &ScoreBoard::textChanged, this, [this] {
        if (ofProfiles()) outdate();
    });
    connect(&workbench.iterations(), &IterationHistory::changed, this, &Comparison::outdate);
    connect(&workbench, &Workbench::projectChanged, this, [this] {
        files_.clear();
        scoredPart_.reset();
        setCell({});
        readSavedProfiles();
        outdate();
    });
    readSavedProfiles();
}

void Comparison::readSavedProfiles() {
    savedProfiles_.clear();
    const auto project = workbench_.project();
    if (!project) return reading_.cancel();
    reading_.start(
        tr("Read score profiles"), [project](JobContext&) { return session::savedProfiles(*project); },
        [this](Result<std::vector<session::SavedProfile>> saved) {
            if (!saved || saved->empty()) return;
            savedProfiles_ = std::move(*saved);
            outdate();
        },
        false);
}

std::vector<Comparison::Side> Comparison::choices() const {
    const auto& judgement = workbench_.rules().judgement();
    std::vector<Side> out{{kDraft, tr("Draft"), judgement ? fromUtf8(judgement->parsed.set.text) : QString()}};
    const auto addShipped = [&](std::string_view kind, const QString& before) {
        for (const session::Resource& r : session::resources())
            if (r.kind == kind)
                out.push_back({before + QStringLiteral("shipped:") + fromUtf8(r.name), fromUtf8(r.name),
                               fromUtf8(r.text), !before.isEmpty()});
    };
    const auto addFiles = [&](bool profiles) {
        std::ranges::copy_if(files_, std::back_inserter(out),
                             [profiles](const Side& s) { return s.profile == profiles; });
    };
    addShipped("rules", {});
    const auto& saved = workbench_.iterations().all();
    for (auto i = saved.rbegin(); i != saved.rend(); ++i)
        out.push_back(
            {QStringLiteral("saved:%1").arg(i->id), tr("Iteration %1").arg(iterationName(*i)), fromUtf8(i->text)});
    addFiles(false);
    out.push_back({draftOf(true), tr("Current weights"), workbench_.scores().text(), true});
    addShipped("score", kProfile);
    for (auto i = savedProfiles_.rbegin(); i != savedProfiles_.rend(); ++i)
        out.push_back({kProfile + QStringLiteral("saved:%1").arg(i->id),
                       tr("Profile %1: %2").arg(i->id).arg(fromUtf8(i->tag.empty() ? i->name : i->tag)),
                       fromUtf8(i->text), true});
    addFiles(true);
    return out;
}

Comparison::Side Comparison::sideOf(const QString& id) const {
    const auto all = choices();
    const auto at = std::ranges::find(all, id, &Side::id);
    return at == all.end() ? *std::ranges::find(all, draftOf(isProfileId(id)), &Side::id) : *at;
}

void Comparison::choose(QString& side, QString& other, const QString& id) {
    if (id == side) return;
    const bool profiles = isProfileId(id);
    if (isProfileId(other) != profiles) {
        setCell({});
        other = id == draftOf(profiles) ? firstChampion(profiles) : draftOf(profiles);
    }
    side = id;
    outdate();
}

void Comparison::setChampion(const QString& id) { choose(champion_, challenger_, id); }
void Comparison::setChallenger(const QString& id) { choose(challenger_, champion_, id); }

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
    const bool profile = session::isProfile(toUtf8(text));
    const Diagnostics problems =
        profile ? session::checkProfile(workbench_.snapshot(), toUtf8(text))
                : rules::parseRules(toUtf8(text), session::SignBasis(workbench_.snapshot()).vocabulary()).diagnostics;
    const auto first = std::ranges::find(problems, Severity::error, &Diagnostic::severity);
    if (first != problems.end()) {
        const QString name = QFileInfo(path).fileName();
        emit workbench_.failed(
            profile ? tr("%1 is not a valid score profile").arg(name) : tr("%1 is not a valid rule set").arg(name),
            tr("line %1: %2").arg(first->line).arg(fromUtf8(first->message)));
        return {};
    }
    const QString id = (profile ? kProfile : QString()) + QStringLiteral("file:") + path;
    std::erase_if(files_, [&](const Side& s) { return s.id == id; });
    files_.push_back({id, QFileInfo(path).fileName(), text, profile});
    outdate();
    return id;
}

void Comparison::promote() {
    const Side winner = challenger();
    const QString what = tr("promote %1").arg(winner.title), draft = draftOf(winner.profile);
    if (winner.profile)
        workbench_.scores().edit(winner.text, what);
    else
        workbench_.rules().edit(winner.text, what);
    if (challenger_ == draft) return;
    champion_ = challenger_;
    challenger_ = draft;
    outdate();
}

bool Comparison::stale() const { return workbench_.rules().stale() && (champion_ == kDraft || challenger_ == kDraft); }

void Comparison::outdate() {
    old_ = true;
    scoresOld_ = true;
    workbench_.userSignJob().need("compare",
                                  {});  // the next reader of the result requests its signs again before the job starts
    emit changed();
}

const session::RuleComparisonPtr& Comparison::result() {
    if (!old_) return result_;
    old_ = false;
    result_.reset();
    if (ofProfiles()) return result_;
    const session::SnapshotPtr& snapshot = workbench_.snapshot();
    comparedOn_ = snapshot ? snapshot->tally() : nullptr;
    if (!comparedOn_) return result_;
    // What the basis keeps alive is the tally alone, or rows of a snapshot: a snapshot may hold a comparison in turn,
    // but of all flows only.
    result_ = comparer_.compare(toUtf8(champion().text), toUtf8(challenger().text), workbench_.figures().basis());
    if (result_->good()) {
        std::vector<rules::UserSign> signs = result_->champion->parsed.set.userSigns;
        const auto& more = result_->challenger->parsed.set.userSigns;
        signs.insert(signs.end(), more.begin(), more.end());
        workbench_.userSignJob().need("compare", std::move(signs));
    }
    if (workbench_.questions().comparison) publish();  // a filter may name it
    return result_;
}

QString Comparison::scope() const {
    const RuleFigures& figures = workbench_.figures();
    if (!ofProfiles() || figures.counting() || !scoredPart_ || !scores_ || !wholeScores_) return figures.scope();
    const auto records = [](const session::ScoreComparison& c) {
        return count(c.migration.changed.flows + c.migration.unchanged.flows);
    };
    return tr("Selection: %1 of %2 records").arg(records(*scores_), records(*wholeScores_));
}

Comparison::ScoredOn Comparison::present() const {
    const session::SnapshotPtr& s = workbench_.snapshot();
    return s ? ScoredOn{s->records, s->hostBits, s->lists, s->silences} : ScoredOn();
}

const session::ScoreComparisonPtr& Comparison::scores() {
    if (!scoresOld_) return scores_;
    scoresOld_ = false;
    problem_.clear();
    scoring_.cancel();
    const auto before = wholeScores_;
    scores_.reset();
    if (ofProfiles()) startScores(present() == scoredOn_ ? before : nullptr);
    return scores_;
}

void Comparison::startScores(const session::ScoreComparisonPtr& before) {
    struct Both {
        session::ScoreComparisonPtr whole, part;
    };
    const session::SnapshotPtr snapshot = workbench_.snapshot();
    const bool same =
        present() == scoredOn_ && scoredTexts_ == std::pair(toUtf8(champion().text), toUtf8(challenger().text));
    const session::ScoreComparisonPtr whole = same ? wholeScores_ : nullptr;
    scoredOn_ = present();
    scoredPart_ = workbench_.figures().part();
    scoredTexts_ = {toUtf8(champion().text), toUtf8(challenger().text)};
    wholeScores_.reset();
    if (!snapshot || !snapshot->records) return;
    scoring_.start(
        tr("Compare score profiles"),
        [snapshot, before, whole, texts = scoredTexts_, part = scoredPart_](JobContext& job) -> Result<Both> {
            Both out{whole, {}};
            if (!whole) {
                auto compared = session::compareProfiles(snapshot, texts.first, texts.second, job, before.get());
                if (!compared) return compared.error();
                out.whole = std::move(*compared);
            }
            out.part = out.whole;
            if (!part) return out;
            session::Query query = part->selection->query;
            query.rows = session::Rows::records;
            query.sort = session::Field::id;
            query.descending = false;
            query.totals = false;
            const auto records = session::selectRows(snapshot, part->selection->judgement, query, job);
            if (!records) return records.error();
            auto compared = session::compareProfilesOf(**records, *out.whole, job);
            if (!compared) return compared.error();
            out.part = std::move(*compared);
            return out;
        },
        [this](Result<Both> compared) {
            if (scoresOld_) return;
            if (compared) {
                wholeScores_ = std::move(compared->whole);
                scores_ = std::move(compared->part);
            } else {
                problem_ = fromUtf8(compared.error().detail);
            }
            if (workbench_.questions().comparison) publish();
            emit changed();
        });
}

std::shared_ptr<const compare::Migration> Comparison::migration() {
    if (ofProfiles())
        return scores() ? std::shared_ptr<const compare::Migration>(scores_, &scores_->migration) : nullptr;
    return result() && result_->good() ? std::shared_ptr<const compare::Migration>(result_, &result_->migration)
                                       : nullptr;
}

/// What filters name is compared on all flows, whatever is shown. Made once, so that a filter on it does not make it
/// again.
void Comparison::publish() {
    if (!workbench_.snapshot()) return;
    if (!ofProfiles()) return publishRules();
    if (!wholeScores_) return;
    publishedOf_ = {};
    workbench_.setComparison(wholeScores_);
}

void Comparison::publishRules() {
    const session::SnapshotPtr& snapshot = workbench_.snapshot();
    std::tuple of(toUtf8(champion().text), toUtf8(challenger().text), static_cast<const void*>(snapshot->tally()));
    if (workbench_.questions().comparison && of == publishedOf_) return;
    const bool all = !workbench_.figures().part();
    session::RuleComparisonPtr whole =
        all ? result() : wholeComparer_.compare(std::get<0>(of), std::get<1>(of), session::SignBasis(snapshot));
    if (!whole || !whole->good()) return;
    publishedOf_ = std::move(of);
    workbench_.setComparison(std::move(whole));
}

void Comparison::setCell(const Cell& cell) {
    if (cell == cell_) return;
    cell_ = cell;
    emit cellPicked();
}

void Comparison::filterCell(const QString& from, const QString& to) {
    if (!migration()) return;
    publish();
    workbench_.refreshSnapshot();
    workbench_.filter().setRows(ofProfiles() ? session::Rows::records
                                             : session::Rows::derived);  // what the cell counts
    workbench_.filter().set(QStringLiteral("champion \"%1\" and challenger \"%2\"").arg(from, to), FilterMode::andAlso);
}

QJsonObject Comparison::state() const {
    return {{QStringLiteral("champion"), champion_}, {QStringLiteral("challenger"), challenger_}};
}

void Comparison::setState(const QJsonObject& state) {
    champion_ = state.value(QStringLiteral("champion")).toString(QStringLiteral("shipped:glatz-2012"));
    challenger_ = state.value(QStringLiteral("challenger")).toString(kDraft);
    if (isProfileId(champion_) != isProfileId(challenger_)) challenger_ = draftOf(isProfileId(champion_));
    outdate();
}

}  // namespace weir::ui
