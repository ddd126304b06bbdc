// Selecting, ordering and reading rows of the sample; timeline and info say the same numbers.
#include "core/base/job.h"
#include "core/session/evidence/open_project.h"
#include "core/session/evidence/prepare.h"
#include "core/session/project/import.h"
#include "core/session/rows/row_reader.h"
#include "core/session/rows/select.h"
#include "core/session/rows/timeline.h"
#include "core/session/verbs/info.h"
#include "core/session/verbs/rule_sets.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <numeric>

using namespace weir;
using namespace weir::session;

namespace {

constexpr Field kFields[] = {Field::id,      Field::first,   Field::last,      Field::duration,  Field::protocol,
                             Field::src,     Field::srcPort, Field::dst,       Field::dstPort,   Field::flags,
                             Field::packets, Field::bytes,   Field::direction, Field::className, Field::rule,
                             Field::signs,   Field::source};

/// What the order is by, as one number; -1 = not checked by value.
std::int64_t keyOf(const RowData& r, Field f) {
    switch (f) {
        case Field::first: return r.first;
        case Field::last: return r.last;
        case Field::duration: return std::max<std::int64_t>(0, r.last - r.first);
        case Field::protocol: return r.protocol;
        case Field::srcPort: return r.srcPort;
        case Field::dstPort: return r.dstPort | r.icmpTypeCode;
        case Field::flags: return r.flags;
        case Field::packets: return std::int64_t(r.packets + r.reversePackets);
        case Field::bytes: return std::int64_t(r.bytes + r.reverseBytes);
        case Field::signs: return std::int64_t(r.word);
        case Field::className: return r.classified ? r.classIndex : 1 << 16;
        case Field::rule: return r.classified ? r.rule : 1 << 16;
        default: return -1;
    }
}

}  // namespace

class TstSelect : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void allRows();
    void totalsAddUp();
    void sorted_data();
    void sorted();
    void timeRange();
    void derivedMatchesRows_data();
    void derivedMatchesRows();
    void flowIds();
    void pagesAreTheWhole();
    void timelineAddsUp();
    void info();
    void errors();

private:
    SelectionPtr select(Rows rows, const std::string& filter = {}, Field sort = Field::id, bool descending = false);
    std::vector<RowData> read(const SelectionPtr& s);
    QTemporaryDir dir_;
    ProjectPtr project_;
    SnapshotPtr snapshot_;
    JudgementPtr judgement_;
};

void TstSelect::initTestCase() {
    project_ = *createProject(dir_.filePath("p.weir").toStdString());
    JobContext job;
    ImportRequest request;
    request.paths = {WEIR_SOURCE_DIR "/resources/samples/lab.pcapng"};
    QVERIFY(importFiles(*project_, request, job));
    QVERIFY(ensureLocal(*project_, {}, job));
    QVERIFY(prepare(*project_, flow::Direction::in, job));
    snapshot_ = project_->snapshot();
    const auto& signs = snapshot_->signs();
    judgement_ = Judge().judge(currentRules(*project_), signs->tally, signs);
    QVERIFY(judgement_->parsed.good());
}

SelectionPtr TstSelect::select(Rows rows, const std::string& filter, Field sort, bool descending) {
    Query q;
    q.rows = rows;
    q.filter = filter;
    q.sort = sort;
    q.descending = descending;
    JobContext job;
    auto s = selectRows(snapshot_, judgement_, q, job);
    if (!s) qFatal("%s", s.error().detail.c_str());
    return *s;
}

std::vector<RowData> TstSelect::read(const SelectionPtr& s) {
    RowReader reader(s);
    auto rows = reader.read(0, std::size_t(s->count));
    if (!rows) qFatal("%s", rows.error().detail.c_str());
    return std::move(*rows);
}

void TstSelect::allRows() {
    for (const Rows rows : {Rows::records, Rows::derived}) {
        const auto s = select(rows);
        QVERIFY(s->all && s->picked.empty());
        QCOMPARE(s->count,
                 rows == Rows::records ? snapshot_->records->rows() : std::uint64_t(snapshot_->flows->size()));
        const auto filtered = select(rows, "packets >= 0");
        QVERIFY(!filtered->all);
        QCOMPARE(filtered->count, s->count);
        QCOMPARE(filtered->directions, s->directions);
        QCOMPARE(filtered->packets, s->packets);
        QCOMPARE(filtered->bytes, s->bytes);
    }
}

void TstSelect::totalsAddUp() {
    for (const Rows rows : {Rows::records, Rows::derived})
        for (const char* filter : {"proto tcp", "src port > 1023", "flags S and not flags A", "inbound", "oneway",
                                   "sign GreyIP", "unclassified", "class \"Malicious Scanning\""}) {
            const auto yes = select(rows, filter), no = select(rows, std::string("not (") + filter + ")"),
                       all = select(rows);
            if (std::string(filter).find("flags") == std::string::npos) {
                QCOMPARE(yes->directions + no->directions, all->directions);
                QCOMPARE(yes->packets + no->packets, all->packets);
                QCOMPARE(yes->bytes + no->bytes, all->bytes);
            }
            QVERIFY2(yes->count > 0, filter);
        }
}

void TstSelect::sorted_data() {
    QTest::addColumn<int>("field");
    for (const Field f : kFields) QTest::addRow("field %d", int(f)) << int(f);
}
void TstSelect::sorted() {
    QFETCH(int, field);
    const auto f = Field(field);
    for (const Rows rows : {Rows::records, Rows::derived})
        for (const bool descending : {false, true}) {
            const auto s = select(rows, "proto tcp or proto udp", f, descending);
            const auto plain = select(rows, "proto tcp or proto udp");
            std::vector<std::uint32_t> a(s->picked.begin(), s->picked.end()),
                b(plain->picked.begin(), plain->picked.end());
            const auto shown = read(s);
            for (std::size_t i = 1; i < shown.size(); ++i) {
                const auto before = keyOf(shown[i - 1], f), now = keyOf(shown[i], f);
                if (f == Field::src)
                    QVERIFY(descending ? shown[i - 1].src >= shown[i].src || shown[i].src.isV4()
                                       : shown[i - 1].src <= shown[i].src || shown[i - 1].src.isV4());
                if (now == -1) continue;
                QVERIFY(descending ? before >= now : before <= now);
                if (before == now) QVERIFY2(a[i - 1] < a[i], "ties stay in row order");
            }
            std::sort(a.begin(), a.end());
            QVERIFY(a == b);
        }
}

void TstSelect::timeRange() {
    const auto all = read(select(Rows::records));
    const auto [lo, hi] = std::minmax_element(all.begin(), all.end(),
                                              [](const RowData& a, const RowData& b) { return a.first < b.first; });
    Query q;
    q.rows = Rows::records;
    q.fromUs = lo->first + (hi->first - lo->first) / 3;
    q.toUs = lo->first + (hi->first - lo->first) / 2;
    JobContext job;
    const auto s = selectRows(snapshot_, judgement_, q, job);
    const auto expected = std::count_if(all.begin(), all.end(),
                                        [&](const RowData& r) { return r.first >= q.fromUs && r.first < q.toUs; });
    QVERIFY(expected > 0 && s);
    QCOMPARE((*s)->count, std::uint64_t(expected));
}

void TstSelect::derivedMatchesRows_data() {
    QTest::addColumn<QString>("filter");
    for (const char* filter :
         {"src port > 1023", "dst port 22", "flags S", "flags = SA", "src net 10.0.0.0/8", "packets > 3", "bytes < 100",
          "icmp-type 8", "inbound", "outbound", "biflow", "bpp > 100"})
        QTest::addRow("%s", filter) << QString::fromLatin1(filter);
}
/// A filter on derived flows against the rows as they are shown.
void TstSelect::derivedMatchesRows() {
    QFETCH(QString, filter);
    const auto net = *flow::parsePrefix("10.0.0.0/8");
    const auto holds = [&](const RowData& r) {
        const bool icmp = r.protocol == 1 || r.protocol == 58, placed = !(r.kind & (flow::kInternal | flow::kTransit));
        const auto packets = r.packets + r.reversePackets, bytes = r.bytes + r.reverseBytes;
        const auto localSource = [&] {
            for (const auto& p : snapshot_->settings.pairing.local)
                if (p.contains(r.src)) return true;
            return false;
        };
        if (filter == "src port > 1023") return !icmp && r.srcPort > 1023;
        if (filter == "dst port 22") return (icmp ? r.icmpTypeCode : r.dstPort) == 22;
        if (filter == "flags S") return r.protocol == 6 && (r.flags & 2);
        if (filter == "flags = SA") return r.protocol == 6 && r.flags == 18;
        if (filter == "src net 10.0.0.0/8") return net.contains(r.src);
        if (filter == "packets > 3") return packets > 3;
        if (filter == "bytes < 100") return bytes < 100;
        if (filter == "icmp-type 8") return icmp && r.icmpTypeCode >> 8 == 8;
        if (filter == "inbound") return placed && !localSource();
        if (filter == "outbound") return placed && localSource();
        if (filter == "biflow") return (r.kind & flow::kBiflow) != 0;
        return packets && bytes / packets > 100;
    };
    const auto rows = read(select(Rows::derived));
    const auto s = select(Rows::derived, filter.toStdString());
    std::vector<std::uint32_t> expected;
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (holds(rows[i])) expected.push_back(std::uint32_t(i));
    QVERIFY(!expected.empty());
    QVERIFY(std::equal(expected.begin(), expected.end(), s->picked.begin(), s->picked.end()));
}

void TstSelect::flowIds() {
    for (std::uint32_t d = 0; d < snapshot_->flows->size(); d += 37)
        QCOMPARE(*derivedRowOf(*snapshot_, flowIdOf(*snapshot_, d)), d);
    QCOMPARE(flowIdOf(*snapshot_, snapshot_->flows->flowOfRecord[0]), std::string("1:0"));
    for (const char* id : {"", "1", "1:", ":1", "2:0", "1:99999999", "1:x", "1:0x"})
        QVERIFY2(!derivedRowOf(*snapshot_, id), id);
}

/// Page by page as a view reads them, forwards and backwards: the rows of one reading. (How fast: bench_rows.)
void TstSelect::pagesAreTheWhole() {
    for (const Rows rows : {Rows::records, Rows::derived}) {
        const auto s = select(rows, {}, Field::bytes, true);
        const auto whole = RowReader(s).read(0, std::size_t(s->count));
        QVERIFY(whole && whole->size() == s->count);
        RowReader reader(s);
        for (const std::uint64_t page : {0u, 7u, 3u, 7u, 150u, 1u}) {
            const auto part = reader.read(page * 60, 60);
            QVERIFY(part && part->size() == 60);
            for (std::size_t i = 0; i < 60; ++i) QCOMPARE((*part)[i].id, (*whole)[std::size_t(page) * 60 + i].id);
        }
        QVERIFY(reader.read(s->count, 60)->empty());
        QCOMPARE(reader.read(s->count - 1, 60)->size(), std::size_t(1));
    }
}

void TstSelect::timelineAddsUp() {
    for (const Rows rows : {Rows::records, Rows::derived})
        for (const char* filter : {"", "proto tcp"}) {
            const auto s = select(rows, filter);
            JobContext job;
            const auto t = buildTimeline(s, 100, TimelineBy::classes, job);
            QVERIFY(t && t->by == TimelineBy::classes);
            QVERIFY(t->slotCount <= 100 && t->slotCount > 10);
            QCOMPARE(std::accumulate(t->totals.begin(), t->totals.end(), std::uint64_t{0}), s->count);
            QVERIFY(t->bands.size() == judgement_->parsed.set.classes.size() + 3);
            if (rows == Rows::derived && !*filter)
                for (std::size_t b = 0; b < judgement_->parsed.set.order.size(); ++b)
                    QCOMPARE(t->totals[b], judgement_->classes.classes[judgement_->parsed.set.order[b]].flows);
        }
}

void TstSelect::info() {
    const auto i = describe(*project_);
    QVERIFY(i);
    QCOMPARE(i->records, snapshot_->records->rows());
    QCOMPARE(i->biflows, select(Rows::derived, "biflow")->count);
    QCOMPARE(i->oneWayIn, judgement_->classes.oneWay.flows);
    QCOMPARE(i->oneWayIn, select(Rows::derived, "oneway and inbound")->count);
    QCOMPARE(i->internal, select(Rows::derived, "internal")->count);
    QCOMPARE(i->transit, select(Rows::derived, "transit")->count);
    QVERIFY(i->first < i->last && i->bytesOnDisk > 0 && i->hosts > 0);
}

void TstSelect::errors() {
    Query q;
    q.filter = "prot tcp";
    JobContext job;
    const auto bad = selectRows(snapshot_, judgement_, q, job);
    QVERIFY(!bad && bad.error().code == Errc::badFilter && bad.error().detail.find("proto") != std::string::npos);
    QCOMPARE(checkFilter(snapshot_, judgement_, "sign TRWScan").size(), std::size_t(1));
    QVERIFY(checkFilter(snapshot_, judgement_, "class Backscatter and rule 10").empty());
    QVERIFY(!checkFilter(snapshot_, nullptr, "class Backscatter").empty());
    QVERIFY(!completeFilter(snapshot_, judgement_, "class ", 6).empty());
    std::stop_source stop;
    stop.request_stop();
    JobContext stopped(stop.get_token(), {});
    q.filter = "port 80";
    const auto cancelled = selectRows(snapshot_, judgement_, q, stopped);
    QVERIFY(!cancelled && cancelled.error().code == Errc::cancelled);
}

QTEST_GUILESS_MAIN(TstSelect)
#include "tst_select.moc"
