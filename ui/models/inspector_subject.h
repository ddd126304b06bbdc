// The content of the Inspector for any subject: a flow, record, host or port, a combination of signs or codes, or a
// rule.
#pragma once

#include "core/session/verbs/inspect.h"
#include "core/session/verbs/inspect_score.h"
#include "core/session/verbs/portrait.h"

#include <QColor>
#include <QList>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <vector>

namespace weir::ui {

enum class Zone : unsigned char;

/// A value that jobs build and the Inspector shows; empty parts are hidden.
struct InspectorSubject {
    enum Kind { none, flow, combination, rule, record, codes, portrait };
    struct Claim {
        QString className, remark;
        bool conflict = false;
    };
    struct Meeting {  ///< another rule that overlaps with this rule, observed or possible
        QString rule, className;
        std::uint64_t flows = 0, words = 0;
    };
    struct CodeLine {
        QString code, points, sum;  ///< "SYN ONLY", "+10", "70": the sum of its kind so far
        QColor color;
        bool holds = false;
        QString evidence;
    };
    struct Figure {
        QString title, value;
    };
    struct ShareLine {
        QString value, about, help;  ///< "44.128.17.22", "DE · AS64496 Example"
        QString filter;              ///< matches its records; empty = none
        std::uint64_t to = 0, from = 0;
        std::optional<session::PortraitSubject> subject;  ///< what the Inspector can show of it
    };
    struct ShareList {
        QString title, counts;
        QString valueTitle, toTitle, fromTitle;  ///< column headers; fromTitle empty = one number per line
        bool classes = false;                    ///< values are names of classes
        QList<ShareLine> lines;
    };
    struct TimeBars {
        std::vector<std::uint64_t> to, from;  ///< flows by bin; empty = none
        std::int64_t from0 = 0, binUs = 1;
        Zone zone{};
        QString firstText, lastText;
    };
    Kind kind = none;
    QString title, fixedLine;  ///< "Flow 1:2118467"; the 5-tuple
    QStringList facts;         ///< lines under the title
    QString notice;            ///< why there are no signs, or no codes
    QList<Figure> figures;
    std::vector<CodeLine> codeLines;  ///< those that hold first
    QList<ShareList> shares;          ///< peers, ports, codes, classes
    TimeBars time;
    std::string silenceCode;    ///< for *Known good*: its worst code, empty = any
    QString knownFilter;        ///< for *Known good*; empty = cannot be silenced
    std::vector<Claim> claims;  ///< first in order first
    std::vector<explain::SignLine> signs;
    std::vector<explain::RuleLine> rules;
    std::vector<explain::Repair> repairs;
    std::vector<Meeting> meetings;
    std::uint64_t word = 0, sameFlows = 0, sameSources = 0, sameDestinations = 0, sameSourcePorts = 0;
    QString filter;      ///< matches the flows of the subject
    QString markFilter;  ///< filter for a tag on the subject; empty = `filter`
    session::JudgementPtr judgement;
};

/// Subject of a flow; without a judgement only its facts.
InspectorSubject subjectOfFlow(const session::FlowExplanation& flow, const session::JudgementPtr& judgement, Zone zone);
/// Subject of a sign combination. Counts sources and destinations from one of its flows if there is any. Run it as a
/// job.
Result<InspectorSubject> subjectOfWord(rules::Word word, const session::SnapshotPtr& snapshot,
                                       const session::JudgementPtr& judgement, JobContext& job);
/// Subject of a rule (index in the judgement); kind `none` when there is no such rule.
InspectorSubject subjectOfRule(std::size_t rule, const session::JudgementPtr& judgement);

/// Subjects of a record and of a code combination, by the profile of the snapshot's scores. REQUIRES: it has scores.
InspectorSubject subjectOfRecord(const session::ScoreExplanation& record, const session::SnapshotPtr& snapshot,
                                 const session::JudgementPtr& judgement, Zone zone);
InspectorSubject subjectOfCodes(std::uint64_t word, const session::CodesExplanation& codes,
                                const session::SnapshotPtr& snapshot);
/// The whole content as text for a ticket or a mail.
QString subjectText(const InspectorSubject& subject);
/// Counts of the same combination: "2,118 sources · 96 destinations · 31 source ports"; empty when not counted.
QString sameText(const InspectorSubject& subject);

}  // namespace weir::ui
