// Numbers, times and flow fields as people read them. Raw texts for copies and files come from the core.
#pragma once

#include "core/flow/address.h"

#include <QString>

#include <cstdint>
#include <string>
#include <string_view>

namespace weir::ui {

enum class Zone : unsigned char;

inline QString fromUtf8(std::string_view s) { return QString::fromUtf8(s.data(), qsizetype(s.size())); }
inline std::string toUtf8(const QString& s) { return s.toStdString(); }

/// The number for tr() texts with "(s)": 1 or 2. tr() takes an int, which large counts would overflow.
inline int pluralOf(std::uint64_t n) { return n == 1 ? 1 : 2; }

QString count(std::uint64_t n);                                    ///< "1,234,567" by locale
QString signedCount(std::int64_t n);                               ///< "+1,234", "−1,234", "±0"
QString shortCount(double n);                                      ///< "40 k", "1.2 M": powers of 1000
QString byteCount(std::uint64_t n);                                ///< "1.2 MB"
QString rateText(double perSecond, const QString& unit);           ///< "24 MB/s" for unit "bytes"; else "40 k flows/s"
QString percent(double share, int decimals = 1);                   ///< 0.1234 → "12.3"; without the % sign
QString timeOfDay(std::int64_t us, Zone zone);                     ///< "14:02:51.338"
QString dateAndTime(std::int64_t us, Zone zone);                   ///< "14 Oct 2026 14:02:51.338"
QString day(std::int64_t us, Zone zone);                           ///< "14 Oct 2026"
QString timeRange(std::int64_t from, std::int64_t to, Zone zone);  ///< "14 Oct 06:00 – 18:00"
QString zoneName(Zone zone);                                       ///< "UTC", "CEST (UTC+02:00)"
QString durationText(std::int64_t us);                             ///< "2.114 s", "3 min 20 s"
QString protocolName(std::uint8_t protocol);                       ///< "TCP", "UDP", "ICMP", "47"
QString flagsText(std::uint8_t flags);  ///< "...AP.S.", nfdump's order UAPRSF with CWR and ECE in front
QString addressText(const flow::IpAddr& address);
QString directionText(std::uint8_t kind);  ///< of flow::Kind bits: "inbound", "two-way", …

}  // namespace weir::ui
