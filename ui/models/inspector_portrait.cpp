// See inspector_portrait.h.
#include "ui/models/inspector_portrait.h"

#include "ui/models/inspector_text.h"

#include "core/base/text.h"
#include "core/flow/host_bits.h"
#include "core/session/rows/code_tally.h"
#include "ui/state/workbench.h"
#include "ui/text/format.h"

#include <QCoreApplication>
#include <QLocale>

namespace weir::ui {
namespace {

using session::HostSubject;
using session::Portrait;
using session::PortraitList;
using session::PortSubject;
using List = InspectorSubject::ShareList;

using inspector::tr;

QString sumsText(const session::PortraitSums& s) {
    return tr("%1 flows · %2 packets · %3").arg(count(s.flows), count(s.packets), byteCount(s.bytes));
}

InspectorSubject::ShareLine lineOf(const PortraitList::Line& line) {
    InspectorSubject::ShareLine out;
    out.value = fromUtf8(line.value);
    out.about = fromUtf8(line.about);
    out.to = line.toNear.flows;
    out.from = line.toFar.flows;
    out.help = tr("incoming: %1\noutgoing: %2").arg(sumsText(line.toNear), sumsText(line.toFar));
    return out;
}

List listOf(const QString& title, const PortraitList& list, const QString& head) {
    List out;
    out.title = title;
    out.counts = list.count > list.lines.size() ? tr("%1 of %2").arg(list.lines.size()).arg(count(list.count))
                                                : count(list.count);
    out.valueTitle = head;
    out.fromTitle = out.toTitle = tr("Flows");
    for (const auto& line : list.lines) out.lines << lineOf(line);
    return out;
}

List hostList(const QString& title, const PortraitList& list, const QString& head, const QString& context) {
    List out = listOf(title, list, head);
    for (auto& line : out.lines) {
        if (const auto address = flow::parseAddress(toUtf8(line.value))) line.subject = HostSubject{*address};
        line.filter = QStringLiteral("(%1) and ip %2").arg(context, line.value);
    }
    return out;
}

/// "22/tcp" → 22; of ICMP the number that filters read.
std::optional<std::uint16_t> portNumber(const QString& text) {
    const QString port = text.section(u'/', 0, 0);
    if (!port.contains(u'.')) return wholeNumber<std::uint16_t>(toUtf8(port));
    return std::uint16_t(port.section(u'.', 0, 0).toUInt() << 8 | port.section(u'.', 1).toUInt());
}

List portList(const QString& title, const PortraitList& list, const QString& context) {
    List out = listOf(title, list, tr("Port"));
    for (auto& line : out.lines) {
        const auto port = portNumber(line.value);
        if (!port) continue;
        line.subject = PortSubject{*port};
        line.filter =
            QStringLiteral("(%1) and proto %2 and port %3").arg(context, line.value.section(u'/', 1)).arg(*port);
    }
    return out;
}

List foundList(const QString& title, const std::vector<Portrait::Found>& found, const QString& context, bool classes) {
    List out;
    out.title = title;
    out.counts = count(found.size());
    out.valueTitle = classes ? tr("Class") : tr("Code");
    out.toTitle = tr("Flows");
    out.classes = classes;
    for (const auto& f : found) {
        InspectorSubject::ShareLine line;
        line.value = fromUtf8(f.name);
        line.to = f.flows;
        if (!classes)
            line.filter = QStringLiteral("(%1) and %2").arg(context, fromUtf8(session::codeFilter(f.name)));
        else if (f.name != "Other")
            line.filter = QStringLiteral("(%1) and class \"%2\"").arg(context, line.value);
        else
            line.filter = QStringLiteral("(%1) and unclassified").arg(context);
        out.lines << line;
    }
    return out;
}

QString targetsText(const Portrait& p) {
    return tr("%1 targets; flows per target: min %2, mean %3, max %4")
        .arg(count(p.targets.hosts), count(p.targets.least), QLocale().toString(p.targets.mean, 'f', 1),
             count(p.targets.most));
}

}  // namespace

void addPortrait(InspectorSubject& s, const session::PortraitSubject& subject, const Portrait& p, Zone zone) {
    const bool host = std::holds_alternative<HostSubject>(subject),
               codes = std::holds_alternative<session::CodesSubject>(subject);
    const QString context = fromUtf8(p.filter);
    if (p.targets.hosts != 0) s.facts << targetsText(p);
    if (!host)
        s.shares << hostList(codes ? tr("Targets") : tr("Hosts with the port"), p.nearHosts, tr("Host"), context);
    s.shares << hostList(host    ? tr("Peers")
                         : codes ? tr("Sources")
                                 : tr("Clients"),
                         p.farHosts, host ? tr("Peer") : tr("Host"), context);
    s.shares << portList(host    ? tr("Ports of the host")
                         : codes ? tr("Ports of targets")
                                 : tr("Protocols"),
                         p.nearPorts, context);
    s.shares << portList(tr("Ports of peers"), p.farPorts, context);
    s.shares << listOf(codes ? tr("Countries of sources") : tr("Countries of peers"), p.countries, tr("Country"));
    s.shares << listOf(codes ? tr("Networks of sources") : tr("Networks of peers"), p.systems, tr("AS"));
    if (!codes) s.shares << foundList(tr("Codes"), p.codes, context, false);
    s.shares << foundList(tr("Classes"), p.classes, context, true);
    for (auto& list : s.shares) {
        if (list.fromTitle.isEmpty()) continue;
        list.toTitle = host ? tr("In") : codes ? tr("Flows") : tr("To port");
        list.fromTitle = host ? tr("Out") : codes ? QString() : tr("From port");  // records have the codes one way only
    }
    const std::int64_t to = p.from + p.binUs * std::int64_t(Portrait::kBins);
    const bool oneDay = day(p.from, zone) == day(to, zone);
    const auto end = [&](std::int64_t us) { return oneDay ? timeOfDay(us, zone).section(u'.', 0, 0) : day(us, zone); };
    s.time = {{p.toNearAt.begin(), p.toNearAt.end()},
              {p.toFarAt.begin(), p.toFarAt.end()},
              p.from,
              p.binUs,
              zone,
              end(p.from),
              end(to)};
}

InspectorSubject subjectOfPortrait(const session::PortraitSubject& subject, const Portrait& p,
                                   const session::SnapshotPtr& snapshot, Zone zone) {
    InspectorSubject s;
    s.kind = InspectorSubject::portrait;
    s.filter = fromUtf8(p.filter);
    if (const auto* host = std::get_if<HostSubject>(&subject)) {
        s.title = addressText(host->address);
        const auto id = snapshot->records->addresses().find(host->address);
        const bool local = id && snapshot->hostBits && *id < snapshot->hostBits->size() &&
                           ((*snapshot->hostBits)[*id] & flow::kLocalHost);
        s.facts << (local ? tr("Local host") : tr("External host"));
        if (!p.about.empty()) s.facts << fromUtf8(p.about);
        for (const std::string& list : p.lists) s.facts << fromUtf8(list);
        s.knownFilter = QStringLiteral("src ip %1").arg(s.title);
    } else {
        s.title = tr("Port %1").arg(std::get<PortSubject>(subject).port);
    }
    s.facts << tr("seen from %1 to %2 %3").arg(dateAndTime(p.first, zone), dateAndTime(p.last, zone), zoneName(zone));
    s.facts << tr("incoming: %1").arg(sumsText(p.toNear)) << tr("outgoing: %1").arg(sumsText(p.toFar));
    s.figures = {{tr("Incoming flows"), count(p.toNear.flows)},
                 {tr("Outgoing flows"), count(p.toFar.flows)},
                 {tr("Peers"), count(p.farHosts.count)}};
    addPortrait(s, subject, p, zone);
    return s;
}

}  // namespace weir::ui
