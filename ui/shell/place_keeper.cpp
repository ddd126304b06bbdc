// See place_keeper.h.
#include "ui/shell/place_keeper.h"

#include "core/session/evidence/score.h"
#include "core/session/rows/row_reader.h"
#include "core/session/verbs/rule_sets.h"
#include "ui/shell/dock_host.h"
#include "ui/state/workbench.h"
#include "ui/text/format.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QScopedValueRollback>

namespace weir::ui {
namespace {

const std::string kPlaceKey = "ui.place";

/// What is saved in the project: window state, rule text, score profile.
struct Kept {
    std::string place, rules, profile;
};

Status keep(session::Project& project, const Kept& kept) {
    if (const Status s = project.writing()->setValue(kPlaceKey, kept.place); !s) return s;
    if (const Status s = session::setCurrentRules(project, kept.rules); !s) return s;
    return session::setCurrentProfile(project, kept.profile);
}

bool isReadOnly(const session::ProjectPtr& project) { return project && !project->snapshot()->readOnlyReason.empty(); }

}  // namespace

PlaceKeeper::PlaceKeeper(Workbench& workbench, DockHost& docks, QObject* parent)
    : QObject(parent), workbench_(workbench), docks_(docks), lane_(workbench.jobs()) {
    soon_.setSingleShot(true);
    soon_.setInterval(500);
    connect(&soon_, &QTimer::timeout, this, &PlaceKeeper::storeSoon);
    connect(&workbench.rules(), &RuleDraft::textChanged, this, &PlaceKeeper::touch);
    connect(&workbench.scores(), &ScoreBoard::textChanged, this, &PlaceKeeper::touch);
    connect(&workbench.filter(), &FlowFilter::changed, this, &PlaceKeeper::touch);
    connect(&workbench.filter().saved(), &SavedFilters::changed, this, &PlaceKeeper::touch);
    connect(&workbench.pick(), &Pick::flowPicked, this, &PlaceKeeper::touch);
    connect(&workbench.pick(), &Pick::combinationPicked, this, &PlaceKeeper::touch);
    connect(&docks, &DockHost::perspectiveChanged, this, &PlaceKeeper::touch);
    connect(&workbench, &Workbench::zoneChanged, this, &PlaceKeeper::touch);
    connect(&workbench, &Workbench::snapshotChanged, this, &PlaceKeeper::pickRemembered);
}

void PlaceKeeper::setDirty(bool dirty) {
    if (dirty == dirty_) return;
    dirty_ = dirty;
    emit cleanChanged(!dirty);
}

void PlaceKeeper::touch() {
    if (restoring_ || !workbench_.project()) return;
    if (isReadOnly(workbench_.project())) return;  // its window state is not saved; texts are checked when it is closed
    setDirty(true);
    soon_.start();
}

std::string PlaceKeeper::collect() const {
    FlowFilter& filter = workbench_.filter();
    const session::Query query = filter.query();
    const Narrowing& narrowing = filter.narrowing();
    QJsonObject place{{QStringLiteral("perspective"), docks_.current()},
                      {QStringLiteral("filter"), filter.text()},
                      {QStringLiteral("records"), query.rows == session::Rows::records},
                      {QStringLiteral("sort"), int(query.sort)},
                      {QStringLiteral("descending"), query.descending},
                      {QStringLiteral("localZone"), workbench_.zone() == Zone::local},
                      {QStringLiteral("views"), docks_.viewStates()}};
    QJsonArray saved;
    for (const SavedFilter& f : filter.saved().list()) saved.append(QJsonArray{f.name, f.text});
    place.insert(QStringLiteral("savedFilters"), saved);
    if (filter.timeRange())  // as text: a double would round microseconds
        place.insert(QStringLiteral("times"), QJsonArray{QString::number(filter.timeRange()->first),
                                                         QString::number(filter.timeRange()->second)});
    const auto& flow = workbench_.pick().flow();
    if (flow && workbench_.snapshot()->flows)
        place.insert(QStringLiteral("flow"), fromUtf8(session::flowIdOf(*workbench_.snapshot(), *flow)));
    if (const auto& word = workbench_.pick().combination())
        place.insert(QStringLiteral("combination"), QString::number(*word));
    if (!narrowing.codes.isEmpty())
        place.insert(QStringLiteral("onlyCodes"), QJsonArray::fromStringList(narrowing.codes));
    if (narrowing.heading != Heading::any) place.insert(QStringLiteral("direction"), headingWord(narrowing.heading));
    return QJsonDocument(place).toJson(QJsonDocument::Compact).toStdString();
}

bool PlaceKeeper::hasUnsavedWork() const {
    const session::ProjectPtr& project = workbench_.project();
    if (!isReadOnly(project)) return !clean();
    return project->reading()->hasUnsavedChanges() ||
           toUtf8(workbench_.rules().text()) != session::currentRules(*project) ||
           toUtf8(workbench_.scores().text()) != session::currentProfile(*project);
}

QString PlaceKeeper::store() {
    soon_.stop();
    lane_.cancel();
    const session::ProjectPtr& project = workbench_.project();
    if (!project) return {};
    const Status kept =
        keep(*project, {collect(), toUtf8(workbench_.rules().text()), toUtf8(workbench_.scores().text())});
    setDirty(!kept);
    return kept ? QString() : fromUtf8(kept.error().detail);
}

void PlaceKeeper::storeSoon() {
    if (!workbench_.project()) return setDirty(false);
    lane_.start(
        tr("Save layout"),
        [project = workbench_.project(),
         kept = Kept{collect(), toUtf8(workbench_.rules().text()), toUtf8(workbench_.scores().text())}](JobContext&) {
            return keep(*project, kept);
        },
        [this](Status kept) { setDirty(!kept || soon_.isActive()); }, false);
}

void PlaceKeeper::restore() {
    const session::ProjectPtr& project = workbench_.project();
    if (!project) return;
    const auto kept = project->reading()->value(kPlaceKey);
    const QJsonObject place =
        kept && *kept ? QJsonDocument::fromJson(QByteArray::fromStdString(**kept)).object() : QJsonObject();
    const QScopedValueRollback quiet(restoring_, true);
    const QString perspective = place.value(QStringLiteral("perspective")).toString();
    docks_.show(perspective.isEmpty() || perspective == u"welcome" ? docks_.first() : perspective);
    Narrowing narrowing;
    if (const QJsonArray times = place.value(QStringLiteral("times")).toArray(); times.size() == 2)
        narrowing.times = {times[0].toString().toLongLong(), times[1].toString().toLongLong()};
    const QJsonValue records = place.value(QStringLiteral("records"));
    const auto rows = records.isUndefined() ? workbench_.filter().rows()
                      : records.toBool()    ? session::Rows::records
                                            : session::Rows::derived;
    narrowing.filter = place.value(QStringLiteral("filter")).toString();
    narrowing.heading = headingOf(place.value(QStringLiteral("direction")).toString());
    for (const QJsonValue& code : place.value(QStringLiteral("onlyCodes")).toArray())
        narrowing.codes << code.toString();
    workbench_.filter().reset(narrowing, rows);
    QList<SavedFilter> saved;
    for (const QJsonValue& f : place.value(QStringLiteral("savedFilters")).toArray())
        saved << SavedFilter{f[0].toString(), f[1].toString()};
    workbench_.filter().saved().set(saved);
    const int sort = place.value(QStringLiteral("sort")).toInt();
    if (sort >= 0 && sort <= int(session::Field::codes))
        workbench_.filter().setSort(session::Field(sort), place.value(QStringLiteral("descending")).toBool());
    workbench_.setZone(place.value(QStringLiteral("localZone")).toBool() ? Zone::local : Zone::utc);
    docks_.restoreViewStates(place.value(QStringLiteral("views")).toObject());
    if (const QString word = place.value(QStringLiteral("combination")).toString(); !word.isEmpty())
        workbench_.pick().setCombination(word.toULongLong());
    flowToPick_ = place.value(QStringLiteral("flow")).toString();
    pickRemembered();
}

void PlaceKeeper::pickRemembered() {
    const session::SnapshotPtr& snapshot = workbench_.snapshot();
    if (flowToPick_.isEmpty() || !snapshot || !snapshot->flows) return;
    const auto row = session::derivedRowOf(*snapshot, toUtf8(flowToPick_));
    flowToPick_.clear();
    const QScopedValueRollback quiet(restoring_, true);
    if (row) workbench_.pick().setFlow(*row);
}

}  // namespace weir::ui
