// See flow_copy.h.
#include "ui/models/flow_copy.h"

#include "ui/text/format.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

namespace weir::ui {
namespace {

QString csvField(const QString& text) {
    if (!text.contains(u',') && !text.contains(u'"') && !text.contains(u'\n')) return text;
    return u'"' + QString(text).replace(u'"', QStringLiteral("\"\"")) + u'"';
}

QString table(const std::vector<session::RowData>& rows, const FlowText& text, const std::vector<std::size_t>& columns,
              bool csv) {
    QStringList lines;
    const QString separator = csv ? QStringLiteral(",") : QStringLiteral("\t");
    QStringList cells;
    for (const std::size_t c : columns) cells << QString::fromLatin1(flowColumns()[c].id);
    lines << cells.join(separator);
    for (const session::RowData& row : rows) {
        cells.clear();
        for (const std::size_t c : columns) {
            const QString value = flowColumns()[c].raw(row, text);
            cells << (csv ? csvField(value) : value);
        }
        lines << cells.join(separator);
    }
    return lines.join(u'\n') + u'\n';
}

QString json(const std::vector<session::RowData>& rows, const FlowText& text, const std::vector<std::size_t>& columns) {
    QJsonArray out;
    for (const session::RowData& row : rows) {
        QJsonObject object;
        for (const std::size_t c : columns) {
            const FlowColumn& column = flowColumns()[c];
            const QString value = column.raw(row, text);
            bool isNumber = false;
            const double n = value.toDouble(&isNumber);
            if (column.kind == CellKind::number && isNumber)
                object.insert(QString::fromLatin1(column.id), n);
            else
                object.insert(QString::fromLatin1(column.id), value);
        }
        out.append(object);
    }
    return QString::fromUtf8(QJsonDocument(out).toJson(QJsonDocument::Indented));
}

bool carriesPorts(const session::RowData& r) { return r.protocol == 6 || r.protocol == 17 || r.protocol == 132; }

QString nfdumpTerm(const session::RowData& r) {
    QString term = QStringLiteral("proto %1 and src ip %2 and dst ip %3")
                       .arg(r.protocol)
                       .arg(addressText(r.src), addressText(r.dst));
    if (carriesPorts(r)) term += QStringLiteral(" and src port %1 and dst port %2").arg(r.srcPort).arg(r.dstPort);
    return term;
}

QString wiresharkTerm(const session::RowData& r) {
    const QString ip = r.src.isV4() ? QStringLiteral("ip") : QStringLiteral("ipv6");
    QString term = QStringLiteral("%1.addr == %2 && %1.addr == %3").arg(ip, addressText(r.src), addressText(r.dst));
    if (carriesPorts(r)) {
        const QString layer = r.protocol == 6    ? QStringLiteral("tcp")
                              : r.protocol == 17 ? QStringLiteral("udp")
                                                 : QStringLiteral("sctp");
        return term + QStringLiteral(" && %1.port == %2 && %1.port == %3").arg(layer).arg(r.srcPort).arg(r.dstPort);
    }
    if (r.protocol == 1) return term + QStringLiteral(" && icmp");
    if (r.protocol == 58) return term + QStringLiteral(" && icmpv6");
    return term + (r.src.isV4() ? QStringLiteral(" && ip.proto == ") : QStringLiteral(" && ipv6.nxt == ")) +
           QString::number(r.protocol);
}

QString anyOf(const std::vector<session::RowData>& rows, QString (*term)(const session::RowData&),
              const QString& joint) {
    QStringList terms;
    QSet<QString> seen;
    for (const session::RowData& row : rows) {
        const QString text = term(row);
        if (seen.contains(text)) continue;
        seen.insert(text);
        terms << text;
    }
    if (terms.size() == 1) return terms.front();
    for (QString& t : terms) t = u'(' + t + u')';
    return terms.join(joint);
}

}  // namespace

QString copyFlows(const std::vector<session::RowData>& rows, const FlowText& text,
                  const std::vector<std::size_t>& columns, RowCopyForm form) {
    switch (form) {
        case RowCopyForm::text: return table(rows, text, columns, false);
        case RowCopyForm::csv: return table(rows, text, columns, true);
        case RowCopyForm::json: return json(rows, text, columns);
        case RowCopyForm::nfdump: return anyOf(rows, &nfdumpTerm, QStringLiteral(" or "));
        case RowCopyForm::wireshark: return anyOf(rows, &wiresharkTerm, QStringLiteral(" || "));
    }
    return {};
}

}  // namespace weir::ui
