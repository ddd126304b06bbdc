// Manual pages that are generated from registries stay equal to them (WEIR_UPDATE_GOLDEN=1 writes them again); links
// lead somewhere.
#define QT_USE_QSTRINGBUILDER

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include "core/session/project/settings.h"
#include "core/signs/sign_family.h"
#include "core/tally/elements.h"

using namespace weir;

namespace {

const QString kManual = QStringLiteral(WEIR_SOURCE_DIR "/resources/manual/");

QByteArray markText(std::string_view mark) {
    if (mark == "S") return "published";
    if (mark == "F") return "public material";
    return "our default";
}

QByteArray bytes(std::string_view s) { return QByteArray(s.data(), qsizetype(s.size())); }

QByteArray signsPage() {
    QByteArray out =
        "# Signs\n\nThe bits of the sign word, in order. This page is generated from the sign registry.\n\n| Bit | "
        "Sign | "
        "Holds when | Source | When packets were sampled |\n| --- | --- | --- | --- | --- |\n";
    QByteArrayList excluded, protocols;
    for (unsigned bit = 0; bit < signs::oneWay().size(); ++bit) {
        const signs::SignDef& s = signs::oneWay().defs[bit];
        out += "| " + QByteArray::number(bit) + " | `" + bytes(s.id) + "` | " + bytes(s.help) + " | " +
               markText(s.mark) + " | " +
               (s.sampled.empty() ? QByteArray("not affected") : "unreliable: " + bytes(s.sampled)) + " |\n";
        if (!s.excludes.empty()) excluded << bytes(s.id) + " with " + bytes(s.excludes).replace(' ', ", ");
        if (!s.group.empty()) protocols << bytes(s.id);
    }
    out += "\nExactly one of " + protocols.join(", ") + " holds. These never hold together:\n\n- " +
           excluded.join("\n- ") + "\n";
    return out;
}

QByteArray settingsPage() {
    QByteArray out =
        "# Settings\n\nThis page is generated from the settings table. *Our default* marks values that no "
        "publication states.\n\n"
        "| Setting | Default | Meaning | Default source | Invalidates |\n| --- | --- | --- | --- | --- |\n";
    const session::Settings defaults;
    for (const auto& d : session::settingTable()) {
        const QByteArray redo = d.redo == session::Redo::packets ? "records: read again"
                                : d.redo == session::Redo::flows ? "flows, signs, classes"
                                : d.redo == session::Redo::signs ? "signs, classes"
                                                                 : "nothing";
        out += "| `" + bytes(d.id) + "` | " + bytes(d.get(defaults)) +
               (d.unit.empty() ? QByteArray() : " " + bytes(d.unit)) + " | " + bytes(d.help) + " | " +
               markText(d.mark) + " | " + redo + " |\n";
    }
    return out;
}

QByteArray topPage() {
    QByteArray out =
        "# Top values and aggregates\n\nThis page is generated from the table of elements.\n\n"
        "`weir-cli top -s ELEMENT[:p][/ORDER] [-n N] [FILTER]` lists the highest values of an element, as `nfdump -s` "
        "does; `:p` counts by protocol as well.\n"
        "`weir-cli aggregate -A KEYS [-s ORDER] [-n N] [FILTER]` sums flows by several keys, as `nfdump -A`.\n\n"
        "| Element | Counts | nfdump |\n| --- | --- | --- |\n";
    for (const auto& e : tally::elements())
        out += "| `" + bytes(e.id) + "` | " + bytes(e.help) + " | " + (e.ours ? "ours" : "yes") + " |\n";
    out += "\n| Order | Highest first by |\n| --- | --- |\n";
    for (const auto& o : tally::orders()) out += "| `" + bytes(o.id) + "` | " + bytes(o.help) + " |\n";
    out +=
        "\n- Keys of an aggregate are the elements with one value (not `ip`, `port`, `as`, `if`, `mask`, `vlan`), and "
        "`srcip4/24`, `srcip6/64`, `dstip4/24`, `dstip6/64`, which cut addresses.\n"
        "  `srcip4/N` leaves IPv6 addresses whole (nfdump cuts their last 32 bits); as in nfdump, `srcip6/N` alone "
        "groups all IPv4 addresses together; both together cut each family by its own length.\n"
        "  `srcnet` and `dstnet` cut by the mask that the record carries; networks of one address and different masks "
        "are one, and a mask of 0 leaves the\n"
        "  address whole.\n"
        "- A record counts once per direction that has packets: a bidirectional record is two flows, each with its own "
        "ends, flags and counters (nfdump counts one).\n"
        "- Elements of either end (`ip`, `port`, …) count a flow for both ends, twice when they are equal: their "
        "shares can add up to 200 %.\n"
        "- Equal values are listed lowest first. Shares are of all flows that match the filter: of their packets or "
        "bytes if these are the order, else of their number.\n"
        "- First and last are the lowest start and the highest end of the group's flows; rates are whole numbers over "
        "that time, 0 when it is 0.\n"
        "- AS numbers, interfaces, types of service, VLANs, masks and exporters of a paired flow are those of its "
        "first record.\n"
        "- `class`, `rule` and `signs` are those of the flow derived from a record; flows that are not classified "
        "are a value of their own.\n";
    return out;
}

}  // namespace

class TstManual : public QObject {
    Q_OBJECT
private slots:
    void generatedPages_data();
    void generatedPages();
    void linksLeadSomewhere();
};

void TstManual::generatedPages_data() {
    QTest::addColumn<QString>("page");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("signs") << QStringLiteral("signs.md") << signsPage();
    QTest::newRow("top") << QStringLiteral("top.md") << topPage();
    QTest::newRow("settings") << QStringLiteral("settings.md") << settingsPage();
}

void TstManual::generatedPages() {
    QFETCH(QString, page);
    QFETCH(QByteArray, text);
    QFile f(kManual + page);
    if (qEnvironmentVariableIsSet("WEIR_UPDATE_GOLDEN")) {
        QVERIFY(f.open(QIODevice::WriteOnly));
        QCOMPARE(f.write(text), text.size());
        return;
    }
    QVERIFY2(f.open(QIODevice::ReadOnly),
             qPrintable(page + u" is missing: run this test once with WEIR_UPDATE_GOLDEN=1"));
    QCOMPARE(f.readAll(), text);
}

void TstManual::linksLeadSomewhere() {
    static const QRegularExpression link(QStringLiteral("\\]\\(([^)#]+)"));
    int links = 0;
    for (const QString& name : QDir(kManual).entryList({QStringLiteral("*.md")})) {
        QFile f(kManual + name);
        QVERIFY(f.open(QIODevice::ReadOnly));
        for (auto it = link.globalMatch(QString::fromUtf8(f.readAll())); it.hasNext(); ++links) {
            const QString target = it.next().captured(1);
            QVERIFY2(QFile::exists(kManual + target), qPrintable(name + u" links to " + target));
        }
    }
    QVERIFY(links >= 8);
}

QTEST_APPLESS_MAIN(TstManual)
#include "tst_manual.moc"
