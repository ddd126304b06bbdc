// Hosts in networks of well-known operators: what libndpi says of them, local ones and Tor relays left out, IPv6 not
// known; as a list in filters and scores.
#include "core/flow/host_bits.h"
#include "core/label/ndpi_networks.h"
#include "core/session/evidence/open_project.h"
#include "core/session/evidence/score.h"
#include "core/session/project/import.h"
#include "core/session/project/lists.h"
#include "core/session/project/ndpi_list.h"
#include "core/session/verbs/inspect_score.h"
#include "tests/support/nfcapd_writer.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <fstream>

using namespace weir;

class TstNdpiNetworks : public QObject {
    Q_OBJECT
private slots:
    void operators();
    void cancel();
    void asAList();
};

namespace {

/// Known for many years; the last one is a Tor relay.
const std::vector<std::string> kHosts{"1.0.0.9", "8.8.8.8", "10.0.0.1", "17.1.2.3", "157.240.1.35", "185.220.101.1"};

flow::AddressTable table() {
    Buffer<std::uint32_t> four;
    Buffer<flow::IpAddr> six;
    for (const auto& text : kHosts) four.push_back(flow::parseAddress(text)->v4Value());
    six.push_back(*flow::parseAddress("2001:4860:4860::8888"));
    return {std::move(four), std::move(six)};
}

}  // namespace

void TstNdpiNetworks::operators() {
    JobContext job;
    std::vector<std::uint8_t> bits(kHosts.size() + 1, 0);
    const auto found = label::ndpiOperators(table(), bits, job);
    QVERIFY(found && found->size() == bits.size());
    std::vector<std::string> names;
    for (const std::uint16_t number : *found) names.push_back(number ? label::ndpiName(number) : "");
    QCOMPARE(names, (std::vector<std::string>{"", "Google", "", "Apple", "Facebook", "", ""}));
    bits[1] = flow::kLocalHost;
    QCOMPARE((*label::ndpiOperators(table(), bits, job))[1], std::uint16_t(0));
    QVERIFY(label::ndpiVersion().starts_with("4."));
}

void TstNdpiNetworks::cancel() {
    std::stop_source stop;
    stop.request_stop();
    JobContext job(stop.get_token(), {}, 1);
    const auto found = label::ndpiOperators(table(), {}, job);
    QVERIFY(!found && found.error().code == Errc::cancelled);
}

void TstNdpiNetworks::asAList() {
    using namespace session;
    QTemporaryDir dir;
    const std::string capture = dir.filePath(QStringLiteral("a.nfcapd")).toStdString();
    {
        std::ofstream out(capture, std::ios::binary);
        test::NfcapdWriter writer(out, {});
        for (const auto& host : kHosts) {
            test::NfcapdRow row;
            row.firstMs = row.lastMs = 1'700'006'400'000;
            row.packets = 1;
            row.bytes = 60;
            row.src = *flow::parseAddress(host);
            row.dst = *flow::parseAddress("192.0.2.1");
            row.protocol = 6;
            row.dstPort = 80;
            writer.add(row);
        }
        writer.finish();
    }
    const ProjectPtr project = *createProject(dir.filePath(QStringLiteral("p.weir")).toStdString());
    JobContext job;
    Settings settings = project->snapshot()->settings;
    settings.pairing.local = {*flow::parsePrefix("192.0.2.0/24")};
    QVERIFY(project->changeSettings(settings));
    QVERIFY(importFiles(*project, {{capture}, {}, false, false}, job));
    const auto count = [&](const char* filter) {
        Query query;
        query.rows = Rows::records;
        query.filter = filter;
        const auto rows = selectRows(project->snapshot(), nullptr, query, job);
        return rows ? (*rows)->count : ~std::uint64_t{0};
    };
    QCOMPARE(count("src ip in @ndpi"), std::uint64_t(3));
    QCOMPARE(count("dst ip in @ndpi"), std::uint64_t(0));
    QVERIFY(prepareScores(*project, currentProfile(*project), job));
    QCOMPARE(project->snapshot()->scores->missingLists, (std::vector<std::string>{"alienvault", "emerging-threats"}));
    QCOMPARE(count("code \"NDPI IP\" and goodness 10"), std::uint64_t(3));
    const auto why = inspectScore(project->snapshot(), nullptr, 1, job);
    QVERIFY(why && why->lines[0].holds);
    QCOMPARE(why->lines[0].evidence, "source 8.8.8.8 is in a network of Google (nDPI " + label::ndpiVersion() + ")");
    const auto overlap = overlapOfLists(*project->snapshot(), job);
    QVERIFY(overlap);
    const auto ndpi =
        std::find_if(overlap->lists.begin(), overlap->lists.end(), [](const auto& l) { return l.list == "ndpi"; });
    QVERIFY(ndpi != overlap->lists.end() && ndpi->hosts == 3);

    std::ofstream(dir.filePath(QStringLiteral("own.txt")).toStdString()) << "1.0.0.9\n";
    QVERIFY(
        addList(*project, "ndpi", dir.filePath(QStringLiteral("own.txt")).toStdString(), {"2026-01-01", {}, {}}, job));
    QCOMPARE(count("src ip in @ndpi"), std::uint64_t(1));  // a list of the project's own goes first
    QCOMPARE(count("src ip in @ndpi and src ip 1.0.0.9"), std::uint64_t(1));
}

QTEST_GUILESS_MAIN(TstNdpiNetworks)
#include "tst_ndpi_networks.moc"
