// See format.h.
#include "ui/text/format.h"

#include "core/flow/derived_flows.h"
#include "ui/state/workbench.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QTimeZone>

#include <array>
#include <cmath>

namespace weir::ui {
namespace {

QDateTime at(std::int64_t us, Zone zone) {
    const qint64 ms = us >= 0 ? us / 1000 : (us - 999) / 1000;
    return zone == Zone::utc ? QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC)
                             : QDateTime::fromMSecsSinceEpoch(ms, Qt::LocalTime);
}

QString scaled(double n, const char* const* units, std::size_t unitCount) {
    std::size_t i = 0;
    while (std::abs(n) >= 999.5 && i + 1 < unitCount) {
        n /= 1000;
        ++i;
    }
    const int decimals = i > 0 && std::abs(n) < 9.95 ? 1 : 0;
    QString number = QLocale().toString(n, 'f', decimals);
    const QString zero = QLocale().decimalPoint() + u'0';
    if (decimals == 1 && number.endsWith(zero)) number.chop(zero.size());
    return units[i][0] == '\0' ? number : number + u' ' + QString::fromLatin1(units[i]);
}

}  // namespace

QString count(std::uint64_t n) { return QLocale().toString(qulonglong(n)); }

QString signedCount(std::int64_t n) {
    if (n == 0) return QStringLiteral("±0");
    const QString digits = count(n < 0 ? std::uint64_t(0) - std::uint64_t(n) : std::uint64_t(n));
    return (n < 0 ? QStringLiteral("−") : QStringLiteral("+")) + digits;
}

QString shortCount(double n) {
    static constexpr std::array kUnits = {"", "k", "M", "G", "T"};
    return scaled(n, kUnits.data(), kUnits.size());
}

QString byteCount(std::uint64_t n) {
    static constexpr std::array kUnits = {"B", "kB", "MB", "GB", "TB"};
    return scaled(double(n), kUnits.data(), kUnits.size());
}

QString rateText(double perSecond, const QString& unit) {
    return (unit == u"bytes" ? byteCount(std::uint64_t(perSecond)) : shortCount(perSecond) + u' ' + unit) +
           QStringLiteral("/s");
}

QString percent(double share, int decimals) { return QLocale().toString(share * 100, 'f', decimals); }

QString timeOfDay(std::int64_t us, Zone zone) { return at(us, zone).toString(u"HH:mm:ss.zzz"); }

QString dateAndTime(std::int64_t us, Zone zone) { return day(us, zone) + u' ' + timeOfDay(us, zone); }

QString day(std::int64_t us, Zone zone) {
    return QLocale().toString(at(us, zone).date(), QStringLiteral("d MMM yyyy"));
}

QString timeRange(std::int64_t from, std::int64_t to, Zone zone) {
    const QDateTime a = at(from, zone);
    const QDateTime b = at(to, zone);
    const bool seconds = a.time().second() != 0 || b.time().second() != 0 || to - from < 600'000'000;
    const QString clock = seconds ? QStringLiteral("HH:mm:ss") : QStringLiteral("HH:mm");
    const QString dayForm = QStringLiteral("d MMM ");
    QString text = QLocale().toString(a, dayForm + clock) + QStringLiteral(" – ");
    return text + (a.date() == b.date() ? b.toString(clock) : QLocale().toString(b, dayForm + clock));
}

QString zoneName(Zone zone) {
    if (zone == Zone::utc) return QStringLiteral("UTC");
    const QDateTime now = QDateTime::currentDateTime();
    const int minutes = now.offsetFromUtc() / 60;
    const QString offset = QStringLiteral("UTC%1%2:%3")
                               .arg(minutes < 0 ? u'-' : u'+')
                               .arg(std::abs(minutes) / 60, 2, 10, QLatin1Char('0'))
                               .arg(std::abs(minutes) % 60, 2, 10, QLatin1Char('0'));
    const QString name = now.timeZoneAbbreviation();
    return name.isEmpty() || name.startsWith(u"UTC") ? offset : name + QStringLiteral(" (") + offset + u')';
}

QString durationText(std::int64_t us) {
    const double s = double(us) / 1e6;
    if (s < 60) return QLocale().toString(s, 'f', s < 10 ? 3 : 1) + QStringLiteral(" s");
    const qint64 whole = qint64(s);
    if (whole < 3600) return QStringLiteral("%1 min %2 s").arg(whole / 60).arg(whole % 60);
    if (whole < 86400) return QStringLiteral("%1 h %2 min").arg(whole / 3600).arg(whole % 3600 / 60);
    return QStringLiteral("%1 d %2 h").arg(whole / 86400).arg(whole % 86400 / 3600);
}

QString protocolName(std::uint8_t protocol) {
    switch (protocol) {
        case 1: return QStringLiteral("ICMP");
        case 2: return QStringLiteral("IGMP");
        case 6: return QStringLiteral("TCP");
        case 17: return QStringLiteral("UDP");
        case 41: return QStringLiteral("IPv6");
        case 47: return QStringLiteral("GRE");
        case 50: return QStringLiteral("ESP");
        case 58: return QStringLiteral("ICMP6");
        case 132: return QStringLiteral("SCTP");
        default: return QString::number(protocol);
    }
}

QString flagsText(std::uint8_t flags) {
    static constexpr char16_t kNames[] = u"CEUAPRSF";
    QString out(8, u'.');
    for (int bit = 0; bit < 8; ++bit)
        if (flags >> (7 - bit) & 1) out[bit] = kNames[bit];
    return out;
}

QString addressText(const flow::IpAddr& address) { return fromUtf8(flow::toText(address)); }

QString directionText(std::uint8_t kind) {
    const auto text = [](const char* s) { return QCoreApplication::translate("weir::ui::Direction", s); };
    if (kind & flow::kInternal) return text(QT_TRANSLATE_NOOP("weir::ui::Direction", "internal"));
    if (kind & flow::kTransit) return text(QT_TRANSLATE_NOOP("weir::ui::Direction", "transit"));
    if (kind & flow::kBiflow) return text(QT_TRANSLATE_NOOP("weir::ui::Direction", "two-way"));
    if (kind & flow::kInflow) return text(QT_TRANSLATE_NOOP("weir::ui::Direction", "inbound"));
    if (kind & flow::kOutflow) return text(QT_TRANSLATE_NOOP("weir::ui::Direction", "outbound"));
    return {};
}

}  // namespace weir::ui
