// See flow_columns.h.
#include "ui/models/flow_columns.h"

#include "core/base/text.h"
#include "core/flow/community_id.h"
#include "core/score/ranking.h"
#include "core/session/evidence/score.h"
#include "core/session/rows/code_tally.h"
#include "core/session/rows/row_reader.h"
#include "core/session/rows/tags.h"
#include "ui/state/unstable_flows.h"
#include "ui/text/format.h"
#include "ui/text/shown_text.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <array>

namespace weir::ui {
namespace {

using session::Field;
using session::RowData;

QString number(std::uint64_t n) { return QString::number(n); }
bool hasPorts(const RowData& r) {
    return r.protocol == 6 || r.protocol == 17 || r.protocol == 132 || r.srcPort != 0 || r.dstPort != 0;
}
bool isIcmp(const RowData& r) { return r.protocol == 1 || r.protocol == 58; }

QString clockText(std::int64_t us, const FlowText& t) {
    return t.showDate ? dateAndTime(us, t.zone) : timeOfDay(us, t.zone);
}
QString rawTime(std::int64_t us) { return fromUtf8(utcText(us)); }

QString firstText(const RowData& r, const FlowText& t) { return clockText(r.first, t); }
QString firstRaw(const RowData& r, const FlowText&) { return rawTime(r.first); }
QString firstFilter(const RowData& r, const FlowText&) { return QStringLiteral("first seen >= ") + rawTime(r.first); }
QString lastText(const RowData& r, const FlowText& t) { return clockText(r.last, t); }
QString lastRaw(const RowData& r, const FlowText&) { return rawTime(r.last); }
QString lastFilter(const RowData& r, const FlowText&) { return QStringLiteral("last seen >= ") + rawTime(r.last); }
std::int64_t durationUs(const RowData& r) { return r.last > r.first ? r.last - r.first : 0; }
QString lengthText(const RowData& r, const FlowText&) {
    return durationUs(r) == 0 ? QStringLiteral("0") : durationText(durationUs(r));
}
QString lengthRaw(const RowData& r, const FlowText&) { return QString::number(double(durationUs(r)) / 1000, 'f', 3); }
QString lengthFilter(const RowData& r, const FlowText&) {
    return QStringLiteral("duration >= ") + QString::number(durationUs(r) / 1000);
}

QString protocolText(const RowData& r, const FlowText&) { return protocolName(r.protocol); }
QString protocolRaw(const RowData& r, const FlowText&) { return number(r.protocol); }
QString protocolFilter(const RowData& r, const FlowText&) { return QStringLiteral("proto ") + number(r.protocol); }
QString srcText(const RowData& r, const FlowText&) { return addressText(r.src); }
QString srcFilter(const RowData& r, const FlowText&) { return QStringLiteral("src ip ") + addressText(r.src); }
QString dstText(const RowData& r, const FlowText&) { return addressText(r.dst); }
QString dstFilter(const RowData& r, const FlowText&) { return QStringLiteral("dst ip ") + addressText(r.dst); }
QString srcPortText(const RowData& r, const FlowText&) { return hasPorts(r) ? number(r.srcPort) : QString(); }
QString srcPortFilter(const RowData& r, const FlowText&) {
    return hasPorts(r) ? QStringLiteral("src port ") + number(r.srcPort) : QString();
}
QString dstPortText(const RowData& r, const FlowText&) {
    if (isIcmp(r)) return QStringLiteral("%1.%2").arg(r.icmpTypeCode >> 8).arg(r.icmpTypeCode & 255);
    return hasPorts(r) ? number(r.dstPort) : QString();
}
QString dstPortRaw(const RowData& r, const FlowText&) { return isIcmp(r) ? number(r.icmpTypeCode) : number(r.dstPort); }
QString dstPortFilter(const RowData& r, const FlowText& t) {
    return isIcmp(r) || hasPorts(r) ? QStringLiteral("dst port ") + dstPortRaw(r, t) : QString();
}
QString flagText(const RowData& r, const FlowText&) { return r.protocol == 6 ? flagsText(r.flags) : QString(); }
QString flagFilter(const RowData& r, const FlowText&) {
    return r.protocol == 6 ? QStringLiteral("flags ") + number(r.flags) : QString();
}
QString packetsText(const RowData& r, const FlowText&) { return count(r.packets); }
QString packetsRaw(const RowData& r, const FlowText&) { return number(r.packets); }
QString packetsFilter(const RowData& r, const FlowText&) { return QStringLiteral("packets = ") + number(r.packets); }
QString bytesText(const RowData& r, const FlowText&) { return count(r.bytes); }
QString bytesRaw(const RowData& r, const FlowText&) { return number(r.bytes); }
QString bytesFilter(const RowData& r, const FlowText&) { return QStringLiteral("bytes = ") + number(r.bytes); }
QString backPacketsText(const RowData& r, const FlowText&) { return count(r.reversePackets); }
QString backPacketsRaw(const RowData& r, const FlowText&) { return number(r.reversePackets); }
QString backBytesText(const RowData& r, const FlowText&) { return count(r.reverseBytes); }
QString backBytesRaw(const RowData& r, const FlowText&) { return number(r.reverseBytes); }
QString backFlagText(const RowData& r, const FlowText&) {
    return r.protocol == 6 && r.reversePackets != 0 ? flagsText(r.reverseFlags) : QString();
}

QString kindText(const RowData& r, const FlowText&) { return directionText(r.kind); }
QString kindFilter(const RowData& r, const FlowText&) {
    if (r.kind & flow::kInternal) return QStringLiteral("internal");
    if (r.kind & flow::kTransit) return QStringLiteral("transit");
    if (r.kind & flow::kBiflow) return QStringLiteral("biflow");
    if (r.kind & flow::kInflow) return QStringLiteral("oneway and inbound");
    return r.kind & flow::kOutflow ? QStringLiteral("oneway and outbound") : QString();
}
QString classText(const RowData& r, const FlowText& t) {
    return r.classified ? t.classesOf(r).join(QStringLiteral(" ∧ ")) : QString();
}
QString classRaw(const RowData& r, const FlowText& t) {
    return r.classified && t.judgement() ? fromUtf8(t.judgement()->className(r.classIndex)) : QString();
}
QString classFilter(const RowData& r, const FlowText& t) {
    if (!r.classified || !t.judgement()) return {};
    return r.classIndex == classify::kOther ? QStringLiteral("unclassified")
                                            : QStringLiteral("class \"%1\"").arg(classRaw(r, t));
}
QString ruleText(const RowData& r, const FlowText& t) {
    const bool known = t.judgement() && r.classified && r.rule < t.judgement()->parsed.set.rules.size();
    return known ? fromUtf8(t.judgement()->parsed.set.rules[r.rule].name) : QString();
}
QString ruleFilter(const RowData& r, const FlowText& t) {
    const QString name = ruleText(r, t);
    return name.isEmpty() ? QString() : QStringLiteral("rule ") + name;
}
QString signText(const RowData& r, const FlowText& t) {
    return r.word == 0 ? QString() : fromUtf8(rules::signNamesOf(r.word, session::signNamesFor(t.judgement().get())));
}
QString signFilter(const RowData& r, const FlowText& t) {
    const QString names = signText(r, t);
    return names.isEmpty() ? QString()
                           : QStringLiteral("sign ") + QString(names).replace(u' ', QStringLiteral(" and sign "));
}
/// 0 = not sent.
QString sent(std::uint32_t n) { return n ? QString::number(n) : QString(); }
QString sentFilter(const char* term, std::uint32_t n) { return QLatin1String(term) + u' ' + QString::number(n); }
QString srcAsText(const RowData& r, const FlowText&) { return sent(r.srcAs); }
QString srcAsFilter(const RowData& r, const FlowText&) { return sentFilter("src as", r.srcAs); }
QString dstAsText(const RowData& r, const FlowText&) { return sent(r.dstAs); }
QString dstAsFilter(const RowData& r, const FlowText&) { return sentFilter("dst as", r.dstAs); }
QString inIfText(const RowData& r, const FlowText&) { return sent(r.inIf); }
QString inIfFilter(const RowData& r, const FlowText&) { return sentFilter("in if", r.inIf); }
QString outIfText(const RowData& r, const FlowText&) { return sent(r.outIf); }
QString outIfFilter(const RowData& r, const FlowText&) { return sentFilter("out if", r.outIf); }
QString tosText(const RowData& r, const FlowText&) { return QString::number(r.tos); }
QString tosFilter(const RowData& r, const FlowText&) { return sentFilter("tos", r.tos); }
QString srcVlanText(const RowData& r, const FlowText&) { return sent(r.srcVlan); }
QString srcVlanFilter(const RowData& r, const FlowText&) { return sentFilter("src vlan", r.srcVlan); }
QString dstVlanText(const RowData& r, const FlowText&) { return sent(r.dstVlan); }
QString dstVlanFilter(const RowData& r, const FlowText&) { return sentFilter("dst vlan", r.dstVlan); }
QString exporterText(const RowData& r, const FlowText&) {
    return r.exporter == flow::IpAddr{} ? QString() : addressText(r.exporter);
}
QString exporterFilter(const RowData& r, const FlowText& t) {
    const QString address = exporterText(r, t);
    return address.isEmpty() ? QString() : QStringLiteral("exporter ") + address;
}
QString samplingText(const RowData& r, const FlowText&) { return sent(r.samplingInterval); }
QString communityText(const RowData& r, const FlowText& t) {
    return fromUtf8(flow::communityId({r.src, r.dst, r.srcPort, r.dstPort, r.icmpTypeCode, r.protocol},
                                      t.selection->snapshot->settings.communitySeed));
}
QString communityFilter(const RowData& r, const FlowText& t) {
    return QStringLiteral("community-id \"%1\"").arg(communityText(r, t));
}
QString pointsText(bool scored, int points) { return scored ? QString::number(points) : QString(); }
QString badnessText(const RowData& r, const FlowText&) { return pointsText(r.scored, r.badness); }
QString badnessFilter(const RowData& r, const FlowText&) {
    return r.scored ? QStringLiteral("badness >= %1").arg(r.badness) : QString();
}
QString goodnessText(const RowData& r, const FlowText&) { return pointsText(r.scored, r.goodness); }
QString goodnessFilter(const RowData& r, const FlowText&) {
    return r.scored ? QStringLiteral("goodness >= %1").arg(r.goodness) : QString();
}
const score::Profile* profileOf(const FlowText& t) {
    return t.selection->snapshot->scores ? &t.selection->snapshot->scores->parsed.profile : nullptr;
}
QString codesText(const RowData& r, const FlowText& t) {
    const score::Profile* profile = profileOf(t);
    return profile ? CodeLook(*profile).text(r.codes) : QString();
}
QString codesRaw(const RowData& r, const FlowText& t) {
    QStringList names;
    if (const score::Profile* profile = profileOf(t))
        for (const std::string& code : score::codesOf(*profile, r.codes)) names << fromUtf8(code);
    return names.join(QStringLiteral(", "));
}
QString codesFilter(const RowData& r, const FlowText& t) {
    const score::Profile* profile = profileOf(t);
    return profile && r.codes != 0 ? fromUtf8(session::codesFilter(*profile, r.codes)) : QString();
}
QString tagsText(const RowData& r, const FlowText& t) {
    QStringList tags;
    if (t.marks)
        for (const std::string& tag : session::tagsOf(t.marks->at(r.row))) tags << fromUtf8(tag);
    return tags.join(QStringLiteral(", "));
}
QString tagsFilter(const RowData& r, const FlowText& t) {
    const QString first = tagsText(r, t).section(u',', 0, 0);
    return first.isEmpty() ? QString() : QStringLiteral("tag ") + first;
}
QString notesText(const RowData& r, const FlowText& t) {
    QStringList notes;
    if (t.marks)
        for (const std::string& note : session::notesOf(t.marks->at(r.row))) notes << fromUtf8(note);
    return notes.join(QStringLiteral("; "));
}
QString captureText(const RowData& r, const FlowText& t) { return t.captureName(r.source); }
QString idText(const RowData& r, const FlowText&) { return fromUtf8(r.id); }

#define WEIR_TR(text) QT_TRANSLATE_NOOP("weir::ui::FlowColumns", text)
// clang-format off
constexpr auto kFlowColumns = std::to_array<FlowColumn>({
    {"first",       WEIR_TR("First seen"),  WEIR_TR("When the first packet was seen"),                   CellKind::text,   10.8, true,  Field::first,    &firstText,    &firstRaw,    &firstFilter},
    {"protocol",    WEIR_TR("Proto"),       WEIR_TR("IP protocol"),                                      CellKind::text,   5,  true,  Field::protocol, &protocolText, &protocolRaw, &protocolFilter},
    {"src",         WEIR_TR("Source"),      WEIR_TR("Address that sent the first packet"),               CellKind::text,   14,   true,  Field::src,      &srcText,      &srcText,     &srcFilter},
    {"srcPort",     WEIR_TR("Port"),        WEIR_TR("Source port"),                                      CellKind::number, 5.5,  true,  Field::srcPort,  &srcPortText,  &srcPortText, &srcPortFilter},
    {"dst",         WEIR_TR("Destination"), WEIR_TR("Address that received the first packet"),           CellKind::text,   14,   true,  Field::dst,      &dstText,      &dstText,     &dstFilter},
    {"dstPort",     WEIR_TR("Port"),        WEIR_TR("Destination port; ICMP: type.code"),                CellKind::number, 5.5,  true,  Field::dstPort,  &dstPortText,  &dstPortRaw,  &dstPortFilter},
    {"flags",       WEIR_TR("Flags"),       WEIR_TR("TCP flags from source to destination, all packets"), CellKind::fixed, 8.5,    true,  Field::flags,    &flagText,     &flagText,    &flagFilter},
    {"packets",     WEIR_TR("Packets"),     WEIR_TR("Packets from source to destination"),               CellKind::number, 7.5,    true,  Field::packets,  &packetsText,  &packetsRaw,  &packetsFilter},
    {"bytes",       WEIR_TR("Bytes"),       WEIR_TR("Bytes from source to destination, IP layer"),       CellKind::number, 9,   true,  Field::bytes,    &bytesText,    &bytesRaw,    &bytesFilter},
    {"badness",     WEIR_TR("Badness"),     WEIR_TR("Points of bad codes by the score profile; empty = not scored"), CellKind::number, 7.5, true, Field::badness, &badnessText, &badnessText, &badnessFilter},
    {"codes",       WEIR_TR("Codes"),       WEIR_TR("Codes of the score profile"),                       CellKind::codes,  36,   true,  Field::codes,    &codesText,    &codesRaw,    &codesFilter},
    {"goodness",    WEIR_TR("Goodness"),    WEIR_TR("Points of good codes by the score profile; empty = not scored"), CellKind::number, 8, false, Field::goodness, &goodnessText, &goodnessText, &goodnessFilter},
    {"tags",        WEIR_TR("Tags"),        WEIR_TR("Tags of the marks that match the row"),                    CellKind::text,   8,    false, std::nullopt,    &tagsText,     &tagsText,    &tagsFilter},
    {"notes",       WEIR_TR("Notes"),       WEIR_TR("Notes of the marks that match the row"),             CellKind::text,   16,   false, std::nullopt,    &notesText,    &notesText,   nullptr},
    {"class",       WEIR_TR("Class"),       WEIR_TR("Class by the rule draft; several names = conflict"), CellKind::chip,  17,   true,  Field::className, &classText,   &classRaw,    &classFilter},
    {"rule",        WEIR_TR("Rule"),        WEIR_TR("First rule that matches the flow"),                     CellKind::text,   5,    true,  Field::rule,     &ruleText,     &ruleText,    &ruleFilter},
    {"signs",       WEIR_TR("Signs"),       WEIR_TR("Signs that hold for the flow"),                     CellKind::text,   24,   true,  Field::signs,    &signText,     &signText,    &signFilter},
    {"direction",   WEIR_TR("Direction"),   WEIR_TR("Direction relative to the local networks"),                     CellKind::text,   9,    true,  Field::direction, &kindText,    &kindText,    &kindFilter},
    {"duration",    WEIR_TR("Duration"),    WEIR_TR("From the first to the last packet"),                CellKind::number, 9.5,  true,  Field::duration, &lengthText,   &lengthRaw,   &lengthFilter},
    {"last",        WEIR_TR("Last seen"),   WEIR_TR("When the last packet was seen"),                    CellKind::text,   12.5, false, Field::last,     &lastText,     &lastRaw,     &lastFilter},
    {"backPackets", WEIR_TR("Reverse packets"), WEIR_TR("Packets from destination to source"),          CellKind::number, 12.5,  false, {},              &backPacketsText, &backPacketsRaw, nullptr},
    {"backBytes",   WEIR_TR("Reverse bytes"), WEIR_TR("Bytes from destination to source"),              CellKind::number, 11.5,  false, {},              &backBytesText, &backBytesRaw, nullptr},
    {"backFlags",   WEIR_TR("Reverse flags"), WEIR_TR("TCP flags from destination to source"),          CellKind::fixed,  11,    false, {},              &backFlagText, &backFlagText, nullptr},
    {"source",      WEIR_TR("Capture"),     WEIR_TR("File the flow came from"),                          CellKind::text,   14,   false, Field::source,   &captureText,  &captureText, nullptr},
    {"srcAs",       WEIR_TR("Source AS"),   WEIR_TR("Autonomous system of the source, as exported"),         CellKind::number, 9,    false, {},              &srcAsText,    &srcAsText,   &srcAsFilter},
    {"dstAs",       WEIR_TR("Destination AS"), WEIR_TR("Autonomous system of the destination, as exported"), CellKind::number, 11,   false, {},              &dstAsText,    &dstAsText,   &dstAsFilter},
    {"inIf",        WEIR_TR("In"),          WEIR_TR("Input interface"),                                  CellKind::number, 5.5,  false, {},              &inIfText,     &inIfText,    &inIfFilter},
    {"outIf",       WEIR_TR("Out"),         WEIR_TR("Output interface"),                                 CellKind::number, 5.5,  false, {},              &outIfText,    &outIfText,   &outIfFilter},
    {"tos",         WEIR_TR("ToS"),         WEIR_TR("Type of service of the source"),                    CellKind::number, 5,    false, {},              &tosText,      &tosText,     &tosFilter},
    {"srcVlan",     WEIR_TR("VLAN"),        WEIR_TR("VLAN of the source"),                               CellKind::number, 5.5,  false, {},              &srcVlanText,  &srcVlanText, &srcVlanFilter},
    {"dstVlan",     WEIR_TR("VLAN out"),    WEIR_TR("VLAN of the destination"),                          CellKind::number, 7.5,  false, {},              &dstVlanText,  &dstVlanText, &dstVlanFilter},
    {"exporter",    WEIR_TR("Exporter"),    WEIR_TR("Device that sent the record"),                      CellKind::text,   12,   false, {},              &exporterText, &exporterText, &exporterFilter},
    {"sampling",    WEIR_TR("Sampling"),    WEIR_TR("N when the exporter sampled 1 in N packets; counters are not scaled up"), CellKind::number, 8, false, {},            &samplingText, &samplingText, nullptr},
    {"communityId", WEIR_TR("Community ID"), WEIR_TR("Flow hash shared with other tools"),         CellKind::fixed,  22,   false, {},              &communityText, &communityText, &communityFilter},
    {"id",          WEIR_TR("Flow id"),     WEIR_TR("Number of the capture and of the row in it"),                     CellKind::fixed,  11,   false, Field::id,       &idText,       &idText,      nullptr},
});
// clang-format on
#undef WEIR_TR

QString captionText(const char* text) { return QCoreApplication::translate("weir::ui::FlowColumns", text); }

}  // namespace

QStringList FlowText::classesOf(const session::RowData& row) const {
    const session::JudgementPtr& judged = judgement();
    if (!judged || !row.classified) return {};
    if (!row.conflicting) return {fromUtf8(judged->className(row.classIndex))};
    QStringList names;
    const std::uint32_t mask = judged->verdictOf(row.word).classMask;
    for (const std::uint16_t c : judged->parsed.set.order)
        if (c < 32 && (mask >> c & 1u) != 0) names << fromUtf8(judged->parsed.set.classes[c].name);
    return names;
}

std::uint32_t FlowText::flipsOf(const session::RowData& row) const {
    if (!unstable || row.derivedRow == ~0u || unstable->of != selection->snapshot->flows) return 0;
    const auto at = unstable->values.find(row.derivedRow);
    return at == unstable->values.end() ? 0 : at->second;
}

QString FlowText::captureName(std::uint32_t source) const {
    for (const store::SourceInfo& s : selection->snapshot->sources)
        if (s.number == source) return shownText(QFileInfo(fromUtf8(s.path)).fileName());
    return QString::number(source);
}

std::span<const FlowColumn> flowColumns() { return kFlowColumns; }

std::vector<RowColumn> flowRowColumns() {
    std::vector<RowColumn> out;
    for (const FlowColumn& c : kFlowColumns)
        out.push_back({QString::fromLatin1(c.id), captionText(c.title), captionText(c.help), c.kind, c.widthEm, c.shown,
                       c.sort.has_value()});
    return out;
}

}  // namespace weir::ui
