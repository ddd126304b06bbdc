// See flow_side.h.
#include "ui/flow_side.h"

#include "ui/text/format.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <array>

namespace weir::ui {
namespace {

constexpr std::array kNames{"all",         "shown", "not-shown", "first-half",
                            "second-half", "range", "not-range", "project"};  ///< by kind

QString sideText(const char* text) { return QCoreApplication::translate("weir::ui::FlowSide", text); }

}  // namespace

QString FlowSide::title(Zone zone) const {
    switch (kind) {
        case Kind::all: return sideText("All flows");
        case Kind::shown: return sideText("Time range shown");
        case Kind::notShown: return sideText("All but the range shown");
        case Kind::firstHalf: return sideText("First half");
        case Kind::secondHalf: return sideText("Second half");
        case Kind::range: return timeRange(fromUs, toUs, zone);
        case Kind::notRange: return sideText("All but %1").arg(timeRange(fromUs, toUs, zone));
        case Kind::project: return QFileInfo(path).fileName();
    }
    return {};
}

std::optional<session::Period> FlowSide::period(
    const flow::DerivedFlows& flows, const std::optional<std::pair<std::int64_t, std::int64_t>>& shown) const {
    session::Period out;
    switch (kind) {
        case Kind::all:
        case Kind::project: return out;
        case Kind::shown: return shown ? session::Period{shown->first, shown->second, false} : out;
        case Kind::notShown:
            if (!shown) return {};
            return session::Period{shown->first, shown->second, true};
        case Kind::firstHalf: return session::firstHalf(flows);
        case Kind::secondHalf: out = session::firstHalf(flows); return session::Period{out.toUs, INT64_MAX, false};
        case Kind::range:
        case Kind::notRange: return session::Period{fromUs, toUs, kind == Kind::notRange};
    }
    return {};
}

QJsonObject FlowSide::state() const {
    QJsonObject out{{QStringLiteral("kind"), QString::fromLatin1(kNames[std::size_t(kind)])}};
    if (!path.isEmpty()) out.insert(QStringLiteral("path"), path);
    if (fromUs != toUs) {  // as text: a double would round microseconds
        out.insert(QStringLiteral("from"), QString::number(fromUs));
        out.insert(QStringLiteral("to"), QString::number(toUs));
    }
    return out;
}

FlowSide FlowSide::fromState(const QJsonObject& state, Kind otherwise) {
    FlowSide out;
    out.kind = otherwise;
    const QString name = state.value(QStringLiteral("kind")).toString();
    for (std::size_t i = 0; i < kNames.size(); ++i)
        if (name == QLatin1String(kNames[i])) out.kind = Kind(i);
    out.path = state.value(QStringLiteral("path")).toString();
    out.fromUs = state.value(QStringLiteral("from")).toString().toLongLong();
    out.toUs = state.value(QStringLiteral("to")).toString().toLongLong();
    const bool ranged = out.kind == Kind::range || out.kind == Kind::notRange;
    if ((ranged && out.fromUs >= out.toUs) || (out.kind == Kind::project && out.path.isEmpty())) return {otherwise};
    return out;
}

}  // namespace weir::ui
