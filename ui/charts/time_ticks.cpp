// See time_ticks.h.
#include "ui/charts/time_ticks.h"

#include "ui/text/format.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>

namespace weir::ui {
namespace {

constexpr std::int64_t kSecond = 1'000'000;
constexpr std::array<std::int64_t, 21> kSteps = {
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 604800, 2592000};

QDateTime zoned(std::int64_t us, Zone zone) {
    return QDateTime::fromMSecsSinceEpoch(us / 1000, zone == Zone::utc ? Qt::UTC : Qt::LocalTime);
}

}  // namespace

std::vector<Tick> timeTicks(std::int64_t fromUs, std::int64_t toUs, int most, Zone zone) {
    std::vector<Tick> out;
    if (toUs <= fromUs) return out;
    const std::int64_t span = (toUs - fromUs) / kSecond;
    const auto it =
        std::find_if(kSteps.begin(), kSteps.end(), [&](std::int64_t s) { return span / s <= std::max(1, most); });
    const std::int64_t step =
        (it == kSteps.end() ? kSteps.back() * (span / kSteps.back() / std::max(1, most) + 1) : *it) * kSecond;
    const std::int64_t offset = zone == Zone::utc ? 0 : std::int64_t(zoned(fromUs, zone).offsetFromUtc()) * kSecond;
    const QString form = step >= 86400 * kSecond ? QStringLiteral("d MMM")
                         : step >= 60 * kSecond  ? QStringLiteral("HH:mm")
                                                 : QStringLiteral("HH:mm:ss");
    QDate shownDay = zoned(fromUs, zone).date();
    std::int64_t first = (fromUs + offset + step - 1) / step * step - offset;
    for (std::int64_t t = first; t <= toUs; t += step) {
        const QDateTime when = zoned(t, zone);
        const bool newDay = when.date() != shownDay && step < 86400 * kSecond;
        shownDay = when.date();
        out.push_back({double(t), QLocale().toString(when, newDay ? QStringLiteral("d MMM ") + form : form)});
    }
    return out;
}

std::vector<Tick> countTicks(double highest) {
    const double power = std::pow(10.0, std::floor(std::log10(std::max(1.0, highest))));
    double top = 10 * power;
    for (const double f : {1.0, 2.0, 4.0, 5.0, 8.0})
        if (f * power >= highest) {
            top = f * power;
            break;
        }
    if (top < 2) return {{0, QStringLiteral("0")}, {top, shortCount(top)}};
    return {{0, QStringLiteral("0")}, {top / 2, shortCount(top / 2)}, {top, shortCount(top)}};
}

}  // namespace weir::ui
