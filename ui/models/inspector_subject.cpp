// See inspector_subject.h.
#include "ui/models/inspector_subject.h"

#include "ui/models/inspector_text.h"

#include "core/session/evidence/score.h"
#include "core/session/evidence/silences.h"
#include "core/session/rows/code_tally.h"
#include "core/session/rows/row_reader.h"
#include "core/signs/sign_family.h"
#include "ui/code_look.h"
#include "ui/models/combination_filter.h"
#include "ui/models/combination_text.h"
#include "ui/text/format.h"

#include <QCoreApplication>

#include <algorithm>

namespace weir::ui {
namespace {

using inspector::tr;

QString socketTitle(const flow::IpAddr& address, std::uint16_t port) {
    const QString ip = addressText(address);
    if (port == 0) return ip;
    return (ip.contains(u':') ? QString(u'[' + ip + u']') : ip) + u':' + QString::number(port);
}

QString counted(std::uint64_t n, const char* one, const char* many) {
    return (n == 1 ? tr(one) : tr(many)).arg(count(n));
}

QStringList flowFacts(const session::RowData& row, Zone zone) {
    QStringList facts;
    facts << QStringList{protocolName(row.protocol), dateAndTime(row.first, zone) + u' ' + zoneName(zone),
                         durationText(row.last - row.first).replace(u' ', QChar::Nbsp)}
                 .join(QStringLiteral(" · "));
    const bool both = row.reversePackets > 0;
    QStringList sizes{counted(row.packets, "%1 packet", "%1 packets"), counted(row.bytes, "%1 byte", "%1 bytes")};
    if (row.protocol == 6) sizes << tr("flags %1").arg(flagsText(row.flags));
    if (row.protocol == 1 || row.protocol == 58)
        sizes << tr("type %1 code %2").arg(row.icmpTypeCode >> 8).arg(row.icmpTypeCode & 255);
    facts << (both ? tr("Sent: ") : QString()) + sizes.join(QStringLiteral(" · "));
    if (both) {
        QStringList back{counted(row.reversePackets, "%1 packet", "%1 packets"),
                         counted(row.reverseBytes, "%1 byte", "%1 bytes")};
        if (row.protocol == 6) back << tr("flags %1").arg(flagsText(row.reverseFlags));
        facts << tr("Received: ") + back.join(QStringLiteral(" · "));
    }
    facts << tr("%1, capture %2").arg(directionText(row.kind)).arg(row.source);
    return facts;
}

std::vector<InspectorSubject::Claim> claimsOf(rules::Word word, const session::Judgement& judgement) {
    const auto classes = claimingClasses(judgement, word);
    std::vector<InspectorSubject::Claim> out;
    if (classes.empty()) return {{fromUtf8(judgement.className(classify::kOther)), tr("no rule matches"), false}};
    for (std::size_t i = 0; i < classes.size(); ++i) {
        const QString remark = classes.size() == 1 ? tr("the only matching class")
                               : i == 0            ? tr("assigned: first in order")
                                                   : tr("also matches: conflict");
        out.push_back({fromUtf8(judgement.className(classes[i])), remark, i > 0});
    }
    return out;
}

std::uint64_t flowsOf(rules::Word word, const session::Judgement& judgement) {
    const auto at = std::ranges::find(judgement.tally, word, &tally::WordCount::word);
    return at == judgement.tally.end() ? 0 : at->flows;
}

/// "nearest other classes: Other (−Backsc), Bogon (+bogon)"; empty when no other class can be had.
QString nearestText(const std::vector<explain::Nearest>& nearest) {
    constexpr std::size_t kShown = 3;
    QStringList parts;
    for (std::size_t i = 0; i < std::min(kShown, nearest.size()); ++i)
        parts << QStringLiteral("%1 (%2)").arg(fromUtf8(nearest[i].className),
                                               fromUtf8(explain::changeText(nearest[i])));
    return parts.isEmpty() ? QString() : tr("nearest other classes: %1").arg(parts.join(QStringLiteral(", ")));
}

void judgeWord(InspectorSubject& s) {
    const auto& set = s.judgement->parsed.set;
    s.claims = claimsOf(s.word, *s.judgement);
    s.rules = explain::explainRules(set, s.word);
    if (s.claims.size() > 1) s.repairs = explain::proposeRepairs(set, s.word, s.judgement->tally);
    const auto nearest = explain::nearestClasses(set, s.word, session::spaceForSuggestions(*s.judgement).words);
    if (const QString text = nearestText(nearest); !text.isEmpty()) s.facts << text;
    s.sameFlows = flowsOf(s.word, *s.judgement);
    s.filter = filterOfWord(s.word, set);
}

}  // namespace

InspectorSubject subjectOfFlow(const session::FlowExplanation& flow, const session::JudgementPtr& judgement,
                               Zone zone) {
    InspectorSubject s;
    s.kind = InspectorSubject::flow;
    s.judgement = judgement;
    const auto& row = flow.row;
    s.title = tr("Flow %1").arg(fromUtf8(row.id));
    s.fixedLine = socketTitle(row.src, row.srcPort) + QStringLiteral(" → ") + socketTitle(row.dst, row.dstPort);
    s.facts = flowFacts(row, zone);
    if (!flow.communityId.empty()) s.facts << tr("Community ID %1").arg(fromUtf8(flow.communityId));
    if (flow.records.size() > 1)
        s.facts << tr("%1 records, first %2").arg(flow.records.size()).arg(fromUtf8(flow.records.front()));
    if (!flow.notClassifiedBecause.empty()) {
        s.notice = tr("Not classified: %1").arg(fromUtf8(flow.notClassifiedBecause));
        return s;
    }
    s.word = flow.why.word ? flow.why.word : row.word;
    s.signs = flow.why.signs;
    if (judgement && s.word) {
        s.claims = claimsOf(s.word, *judgement);
        s.rules = flow.why.rules;
        s.repairs = flow.why.repairs;
        if (const QString text = nearestText(flow.why.nearest); !text.isEmpty()) s.facts << text;
        s.filter = filterOfWord(s.word, judgement->parsed.set);
    }
    s.sameFlows = flow.why.sameWordFlows;
    s.sameSources = flow.sameWordSources;
    s.sameDestinations = flow.sameWordDestinations;
    s.sameSourcePorts = flow.sameWordSourcePorts;
    return s;
}

Result<InspectorSubject> subjectOfWord(rules::Word word, const session::SnapshotPtr& snapshot,
                                       const session::JudgementPtr& judgement, JobContext& job) {
    InspectorSubject s;
    s.kind = InspectorSubject::combination;
    s.judgement = judgement;
    s.word = word;
    s.title = signsText(word, judgement->parsed.set);
    s.facts << tr("sign combination");
    for (unsigned bit = 0; bit < signs::oneWay().size(); ++bit) {
        const signs::SignDef& def = signs::oneWay().defs[bit];
        s.signs.push_back(
            {bit, std::string(def.id), std::string(def.help), bool(word >> bit & 1), std::string(def.help)});
    }
    for (const rules::UserSign& sign : judgement->parsed.set.userSigns)
        s.signs.push_back({sign.bit, sign.name, toUtf8(tr("User sign, line %1 of the rules.").arg(sign.line)),
                           bool(word >> sign.bit & 1), sign.filter});
    std::ranges::stable_partition(s.signs, &explain::SignLine::holds);
    judgeWord(s);
    const auto& data = snapshot ? snapshot->signs() : nullptr;
    if (!data || !snapshot->flows) return s;
    const auto at = std::find(data->words.begin(), data->words.end(), word);
    if (at == data->words.end()) return s;
    const auto flow = session::inspectFlow(snapshot, judgement, std::uint32_t(at - data->words.begin()), job);
    if (!flow) return flow.error();
    s.sameSources = flow->sameWordSources;
    s.sameDestinations = flow->sameWordDestinations;
    s.sameSourcePorts = flow->sameWordSourcePorts;
    return s;
}

InspectorSubject subjectOfRule(std::size_t rule, const session::JudgementPtr& judgement) {
    InspectorSubject s;
    if (!judgement || rule >= judgement->parsed.set.rules.size()) return s;
    s.kind = InspectorSubject::rule;
    s.judgement = judgement;
    const auto& j = *judgement;
    const auto& r = j.parsed.set.rules[rule];
    s.title = tr("Rule %1").arg(fromUtf8(r.name));
    s.claims.push_back({fromUtf8(j.className(r.classIndex)), tr("line %1").arg(r.line), false});
    if (r.must) s.facts << tr("needs %1").arg(signsText(r.must, j.parsed.set));
    if (r.mustNot) s.facts << tr("forbids %1").arg(signsText(r.mustNot, j.parsed.set));
    const auto matches = j.classes.ruleMatches[rule], takes = j.classes.ruleFlows[rule];
    s.facts << tr("flows matched: %1, assigned to this rule: %2").arg(count(matches), count(takes));
    const auto in = [rule](const std::vector<std::size_t>& list) {
        return std::ranges::find(list, rule) != list.end();
    };
    if (in(j.check.dead))
        s.notice = tr("Dead: no admissible combination of signs matches this rule.");
    else if (in(j.check.subsumed))
        s.notice = tr("Subsumed: another rule of the class matches all that this one matches.");
    for (const auto& pair : j.check.conflicts) {
        if (pair.a != rule && pair.b != rule) continue;
        const auto other = pair.a == rule ? pair.b : pair.a;
        InspectorSubject::Meeting m{fromUtf8(j.parsed.set.rules[other].name),
                                    fromUtf8(j.className(j.parsed.set.rules[other].classIndex)), 0, pair.words};
        for (const auto& seen : j.conflicts.rulePairs)
            if ((seen.a == rule && seen.b == other) || (seen.b == rule && seen.a == other)) m.flows = seen.flows;
        s.meetings.push_back(m);
    }
    std::ranges::stable_sort(s.meetings, std::ranges::greater{}, &InspectorSubject::Meeting::flows);
    s.sameFlows = matches;
    s.filter = filterOfRule(r, j.parsed.set);
    return s;
}

namespace {

std::vector<InspectorSubject::CodeLine> codeLines(const std::vector<explain::CodeLine>& lines,
                                                  const score::Profile& profile) {
    const CodeLook look(profile);
    std::vector<InspectorSubject::CodeLine> out;
    int sums[2] = {0, 0};
    for (const bool holds : {true, false})
        for (const explain::CodeLine& line : lines) {
            if (line.holds != holds) continue;
            const score::Test& test = profile.tests[line.test];
            const bool good = test.kind == score::Kind::good;
            int& sum = sums[good];
            if (holds) sum += test.points;
            out.push_back({fromUtf8(test.code), (good ? tr("good +%1") : QStringLiteral("+%1")).arg(test.points),
                           QString::number(sum), look.of(line.test).color, holds, fromUtf8(line.evidence)});
        }
    return out;
}

/// The bad code with most points; empty without one.
std::string worstCode(const score::Profile& profile, std::uint64_t word) {
    const score::Test* worst = nullptr;
    for (std::size_t t = 0; t < profile.tests.size(); ++t)
        if ((word >> t & 1) && profile.tests[t].kind == score::Kind::bad &&
            (!worst || profile.tests[t].points > worst->points))
            worst = &profile.tests[t];
    return worst ? worst->code : std::string();
}

}  // namespace

InspectorSubject subjectOfRecord(const session::ScoreExplanation& record, const session::SnapshotPtr& snapshot,
                                 const session::JudgementPtr& judgement, Zone zone) {
    InspectorSubject s;
    s.kind = InspectorSubject::record;
    s.judgement = judgement;
    const auto& row = record.row;
    s.title = tr("Record %1").arg(fromUtf8(row.id));
    s.fixedLine = socketTitle(row.src, row.srcPort) + QStringLiteral(" → ") + socketTitle(row.dst, row.dstPort);
    s.facts = flowFacts(row, zone);
    if (!record.contactEvidence.empty()) s.facts << fromUtf8(record.contactEvidence);
    for (const session::Mark& mark : record.marks)
        s.facts << (mark.note.empty() ? tr("tagged %1").arg(fromUtf8(mark.tag))
                                      : tr("tagged %1: %2").arg(fromUtf8(mark.tag), fromUtf8(mark.note)));
    s.markFilter = QStringLiteral("flow ") + fromUtf8(row.id);
    if (row.classified && judgement)
        s.facts << tr("flow class: %1%2")
                       .arg(fromUtf8(judgement->className(row.classIndex)),
                            row.conflicting ? tr(", conflicting") : QString());
    if (!record.notScoredBecause.empty()) {
        s.notice = tr("Not scored: %1").arg(fromUtf8(record.notScoredBecause));
        return s;
    }
    if (!row.sides[0].scored) s.facts << tr("scored: reverse direction");
    const score::Profile& profile = snapshot->scores->parsed.profile;
    s.figures = {{tr("Badness"), QString::number(record.points.badness)},
                 {tr("Goodness"), QString::number(record.points.goodness)},
                 {tr("Same or worse"), count(record.asBad)}};
    s.codeLines = codeLines(record.lines, profile);
    if (record.word != 0) s.filter = fromUtf8(session::codesFilter(profile, record.word));
    const bool forward = row.sides[0].scored, icmp = row.protocol == 1 || row.protocol == 58;
    const std::uint16_t port = icmp ? row.icmpTypeCode : forward ? row.dstPort : row.srcPort;
    s.knownFilter = fromUtf8(session::knownFilter(flow::toText(forward ? row.src : row.dst),
                                                  flow::toText(forward ? row.dst : row.src), std::to_string(port)));
    s.silenceCode = worstCode(profile, record.word);
    return s;
}

InspectorSubject subjectOfCodes(std::uint64_t word, const session::CodesExplanation& codes,
                                const session::SnapshotPtr& snapshot) {
    InspectorSubject s;
    s.kind = InspectorSubject::codes;
    const score::Profile& profile = snapshot->scores->parsed.profile;
    s.title = CodeLook(profile).text(word);
    s.facts << QStringList{counted(codes.portrait.toNear.flows, "%1 record", "%1 records"),
                           counted(codes.portrait.farHosts.count, "%1 source", "%1 sources"),
                           counted(codes.portrait.nearHosts.count, "%1 destination", "%1 destinations"),
                           counted(codes.portrait.nearPorts.count, "%1 destination port", "%1 destination ports")}
                   .join(QStringLiteral(" · "));
    s.facts << tr("Example: record %1, %2 → %3")
                   .arg(fromUtf8(codes.example.row.id), socketTitle(codes.example.row.src, codes.example.row.srcPort),
                        socketTitle(codes.example.row.dst, codes.example.row.dstPort));
    s.figures = {{tr("Badness"), QString::number(codes.points.badness)},
                 {tr("Goodness"), QString::number(codes.points.goodness)},
                 {tr("Same or worse"), count(codes.example.asBad)}};
    s.codeLines = codeLines(codes.example.lines, profile);
    s.filter = fromUtf8(session::codesFilter(profile, word));
    return s;
}

QString sameText(const InspectorSubject& s) {
    if (s.sameSources == 0) return {};
    return QStringList{counted(s.sameSources, "%1 source", "%1 sources"),
                       counted(s.sameDestinations, "%1 destination", "%1 destinations"),
                       counted(s.sameSourcePorts, "%1 source port", "%1 source ports")}
        .join(QStringLiteral(" · "));
}

QString subjectText(const InspectorSubject& s) {
    QStringList out{s.title};
    if (!s.fixedLine.isEmpty()) out << s.fixedLine;
    out << s.facts;
    if (!s.notice.isEmpty()) out << s.notice;
    for (const auto& list : s.shares) {
        if (list.lines.isEmpty()) continue;
        out << QString() << list.title + QStringLiteral(" (") + list.counts + u')';
        for (const auto& line : list.lines)
            out << (list.fromTitle.isEmpty()
                        ? QStringLiteral("%1: %2").arg(line.value).arg(line.to)
                        : tr("%1: incoming %2, outgoing %3").arg(line.value).arg(line.to).arg(line.from));
    }
    for (const auto& c : s.claims) out << c.className + QStringLiteral(": ") + c.remark;
    for (const auto& figure : s.figures) out << figure.title + u' ' + figure.value;
    for (const auto& code : s.codeLines)
        out << (code.holds ? code.code + u' ' + code.points : tr("not %1").arg(code.code)) + QStringLiteral(": ") +
                   code.evidence;
    if (!s.signs.empty()) out << QString() << tr("Signs");
    for (const auto& line : s.signs)
        out << QStringLiteral("%1 %2: %3")
                   .arg(line.holds ? QStringLiteral("+") : QStringLiteral("-"), fromUtf8(line.name),
                        fromUtf8(line.evidence));
    if (!s.rules.empty()) out << QString() << tr("Rules");
    for (const auto& line : s.rules) {
        QStringList misses;
        for (const auto& miss : line.missedBy) misses << fromUtf8(miss);
        if (misses.size() > 1) continue;
        out << fromUtf8(s.judgement->parsed.set.rules[line.rule].name) + QStringLiteral(": ") +
                   (line.matches ? tr("matches") : misses.join(QString()));
    }
    if (!s.repairs.empty()) out << QString() << tr("Suggested edits");
    for (const auto& r : s.repairs)
        out << tr("%1 + %2: conflicting %3, unclassified %4")
                   .arg(fromUtf8(s.judgement->parsed.set.rules[r.rule].name), fromUtf8(r.edit),
                        QString::number(r.conflictingDelta), QString::number(r.unclassifiedDelta));
    for (const auto& m : s.meetings)
        out << tr("overlaps with %1 (%2): flows %3, combinations %4")
                   .arg(m.rule, m.className)
                   .arg(m.flows)
                   .arg(m.words);
    if (s.word)
        out << QString()
            << (s.sameFlows == 1 ? tr("Same combination: %1 flow") : tr("Same combination: %1 flows"))
                       .arg(s.sameFlows) +
                   (s.sameSources ? QString(QStringLiteral(", ") + sameText(s)) : QString());
    return out.join(u'\n') + u'\n';
}

}  // namespace weir::ui
