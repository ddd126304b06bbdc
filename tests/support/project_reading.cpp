// Projects to damage, and everything that is read from one.
#include "core/refine/suggest.h"
#include "core/report/formats.h"
#include "core/session/evidence/open_project.h"
#include "core/session/evidence/prepare.h"
#include "core/session/evidence/score_profiles.h"
#include "core/session/evidence/silences.h"
#include "core/session/evidence/user_signs.h"
#include "core/session/project/geo.h"
#include "core/session/project/import.h"
#include "core/session/project/lists.h"
#include "core/session/project/resources.h"
#include "core/session/rows/flow_text.h"
#include "core/session/rows/marks.h"
#include "core/session/rows/row_marks.h"
#include "core/session/rows/row_reader.h"
#include "core/session/rows/timeline.h"
#include "core/session/verbs/compare.h"
#include "core/session/verbs/compare_scores.h"
#include "core/session/verbs/deviation.h"
#include "core/session/verbs/doctor.h"
#include "core/session/verbs/info.h"
#include "core/session/verbs/inspect.h"
#include "core/session/verbs/inspect_score.h"
#include "core/session/verbs/outages.h"
#include "core/session/verbs/portrait.h"
#include "core/session/verbs/report.h"
#include "core/session/verbs/rule_sets.h"
#include "core/session/verbs/sweep.h"
#include "core/session/verbs/top.h"
#include "core/store/schema.h"
#include "core/tally/elements.h"
#include "tests/support/project_mutator.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace weir::support {
namespace {

using namespace weir::session;

std::string contentOf(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream out;
    out << file.rdbuf();
    return out.str();
}

/// Empty: there is no such version, or it failed.
std::string makeOld(const std::string& folder, const std::string& sourceFolder, int version) {
    const std::string text = contentOf(sourceFolder + "/tests/core/store/project-v" + std::to_string(version) + ".sql");
    const std::string path = folder + "/v" + std::to_string(version) + ".weir";
    if (text.empty()) return {};
    auto db = store::Db::open(path, store::OpenMode::create);
    if (!db || !db->exec("PRAGMA page_size = 16384; " + text)) return {};
    const bool marked = bool(db->exec("PRAGMA application_id = " + std::to_string(store::kApplicationId) +
                                      "; PRAGMA user_version = " + std::to_string(version)));
    return marked ? path : std::string();
}

constexpr const char* kUserRules =
    "ruleset Small\nsign Web = \"dst port 80\"\nclass A \"a\"\nclass B \"b\"\nrule A: Web\nrule B: TCP\nrule B: UDP\n";

bool fillPresent(Project& project, const std::string& folder, const std::string& sourceFolder) {
    JobContext job({}, {}, 1);
    ImportRequest request;
    for (const char* name : {"pcap/mixed-us.pcap", "netflow/v9", "netflow/v5-two", "sflow/fields", "text/zeek"})
        request.paths.push_back(sourceFolder + "/tests/fuzz/corpus/" + name);
    const auto imported = importFiles(project, request, job);
    if (!imported || !ensureLocal(project, {}, job)) return false;
    const std::string list = folder + "/list.txt";
    std::ofstream(list) << "10.0.0.1\n192.0.2.0/24\n";
    bool good = bool(addList(project, "bad", list, {"2026-11-01", "", ""}, job)) &&
                bool(addMark(project, {"seen", "proto tcp", "why", ""}));
    good = good && bool(addSilence(project, {"", "dst port 53", "known", "", ""}));
    for (const auto direction : {flow::Direction::in, flow::Direction::out})
        good = good && bool(prepare(project, direction, job));
    good = good && bool(saveIteration(project, currentRules(project), "first", 0)) &&
           bool(judgeText(project, kUserRules, flow::Direction::in, job));
    good = good && bool(prepareScoreWords(project, currentProfile(project), job)) &&
           bool(saveProfile(project, currentProfile(project), "one", job));
    return good && bool(prepareScoreWords(project, currentProfile(project), job));
}

struct Reading {
    Project& project;
    const Draw& draw;
    JobContext job{{}, {}, 1};
    JudgementPtr judgement;
    SnapshotPtr snapshot() const { return project.snapshot(); }
    std::uint64_t flows() const { return snapshot()->flows ? snapshot()->flows->size() : 0; }
};

constexpr const char* kFilters[] = {"",
                                    "bytes > 100",
                                    "src net 10.0.0.0/8 or dst port 53",
                                    "exporter 1",
                                    "as 1 or in if 2 or vlan 3 or tos 16",
                                    "first seen > 2020-01-01",
                                    "duration > 1",
                                    "badness > 0",
                                    "sign TCP",
                                    "tag seen",
                                    "icmp-type 8",
                                    "src port in [1 2 3 53 80]",
                                    "pps > 1"};

void readRows(Reading& r) {
    Query query;
    query.rows = r.draw() % 2 ? Rows::derived : Rows::records;
    query.filter = kFilters[r.draw() % std::size(kFilters)];
    query.sort = Field(r.draw() % 20);
    const auto selection = selectRows(r.snapshot(), r.judgement, query, r.job);
    if (!selection) return;
    const auto marks = RowMarks::of(r.snapshot(), r.judgement, query.rows, r.job);
    auto rows = RowReader(*selection).read(0, 200);
    const auto columns = parseFlowColumns("", true);
    if (rows && marks && columns) {
        const auto& scores = r.snapshot()->scores;
        const score::Profile* profile = scores && scores->byRecord() ? &scores->parsed.profile : nullptr;
        for (const RowData& row : *rows) {
            const FlowLine line{
                &row, row.reversePackets > 0, query.rows == Rows::derived, r.judgement.get(), 0, profile, marks->get()};
            (void)jsonLine(*columns, line).dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
            (void)csvLine(*columns, line);
        }
    }
    for (const TimelineBy by : {TimelineBy::classes, TimelineBy::badness})
        (void)buildTimeline(*selection, 200, by, r.job);
}

void readTop(Reading& r) {
    const char* const tops[] = {"srcip/bytes", "dstport", "proto", "srcas", "exporter", "class", "sign"};
    const auto spec = tally::parseTop(tops[r.draw() % std::size(tops)]);
    if (!spec) return;
    TopRequest request;
    request.query.rows = Rows::records;
    request.alternatives = tally::keysOf(*spec);
    const auto list = topGroups(r.snapshot(), r.judgement, request, r.job);
    for (std::size_t g = 0; list && g < list->size(); ++g)
        for (std::size_t k = 0; k < list->keyCount(); ++k) (void)list->text(g, k).append(list->filter(g));
}

void readOne(Reading& r) {
    const std::uint64_t rows = r.flows();
    if (rows == 0) return;
    const auto row = std::uint32_t(r.draw() % rows);
    (void)inspectFlow(r.snapshot(), r.judgement, row, r.job);
    const std::uint32_t record = r.snapshot()->flows->firstRecord[row];
    (void)inspectScore(r.snapshot(), r.judgement, record, r.job);
    for (const char* text : {"53", "10.0.0.1"})
        if (const auto subject = parseSubject(text)) (void)portraitOf(r.snapshot(), r.judgement, *subject, r.job);
    const auto& scores = r.snapshot()->scores;
    if (scores && scores->explains() && scores->scores->words.size() > 1)
        (void)inspectCodes(r.snapshot(), r.judgement, scores->scores->words[1].word, r.job);
}

void readComparisons(Reading& r) {
    RuleComparer comparer;
    const auto c = comparer.compare(currentRules(r.project), kUserRules, SignBasis(r.snapshot()));
    if (c->good()) (void)sourcesOfCells(*r.snapshot(), *c);
    (void)compareProfiles(r.snapshot(), currentProfile(r.project), resourceText("score", kDefaultProfile), r.job);
    if (r.flows() == 0) return;
    const Period half = firstHalf(*r.snapshot()->flows);
    Period rest = half;
    rest.outside = true;
    const auto was = populationOf(*r.snapshot(), half, flow::Direction::in, r.job),
               is = populationOf(*r.snapshot(), rest, flow::Direction::in, r.job);
    if (was && is) (void)compareFlows(currentRules(r.project), *was, *is);
}

void readRefinements(Reading& r) {
    if (!r.judgement->parsed.good()) return;
    (void)refine::suggest(r.judgement->parsed.set, r.judgement->tally, spaceForSuggestions(*r.judgement), 3);
    (void)outagesOf(r.snapshot(), r.judgement, r.job);
    if (r.flows())
        (void)sweepSetting(r.snapshot(), *r.judgement, "window.bins", {"1", "3"}, flow::Direction::in, r.job);
}

void readReport(Reading& r) {
    ReportRequest request;
    request.rules = currentRules(r.project);
    request.profile = currentProfile(r.project);
    const auto document = makeReport(r.project, request, r.job);
    if (!document) return;
    for (const report::Format& f : report::formats()) (void)f.render(*document);
}

void readKept(Reading& r) {
    (void)describe(r.project);
    (void)iterations(r.project);
    (void)savedProfiles(r.project);
    (void)overlapOfLists(*r.snapshot(), r.job);
    (void)withMarks(*r.snapshot(), "tag seen");
    (void)silencesInForce(*r.snapshot());
    (void)readGeo(*r.project.reading());
    (void)r.project.reading()->damage();
}

}  // namespace

std::vector<std::string> makeProjects(const std::string& folder, const std::string& sourceFolder) {
    std::vector<std::string> out;
    for (int version = 1; version <= store::kSchemaVersion; ++version)
        if (std::string path = makeOld(folder, sourceFolder, version); !path.empty()) out.push_back(std::move(path));
    const std::string path = folder + "/present.weir";
    {
        auto project = createProject(path);
        if (!project || !fillPresent(**project, folder, sourceFolder)) return {};
    }
    out.push_back(path);
    return out;
}

std::string readProject(const std::string& path, const Draw& draw) {
    {
        JobContext job({}, {}, 1);
        (void)doctor(path, job);
    }
    auto opened = openProject(path);
    if (!opened) return opened.error().detail;
    Reading r{**opened, draw, JobContext({}, {}, 1), {}};
    (void)ensureLocal(r.project, {}, r.job);
    (void)prepare(r.project, flow::Direction::in, r.job);
    (void)prepare(r.project, flow::Direction::out, r.job);
    const std::string profile = currentProfile(r.project);
    if (!(draw() % 2 ? prepareScores(r.project, profile, r.job) : prepareScoreWords(r.project, profile, r.job)) &&
        r.project.leaveOutDamaged(r.job))
        (void)prepare(r.project, flow::Direction::in, r.job);
    auto judged = judgeText(r.project, draw() % 3 ? currentRules(r.project) : kUserRules, flow::Direction::in, r.job);
    r.judgement = judged ? std::move(*judged) : Judge().judge(currentRules(r.project), SignBasis(r.snapshot()));
    // Half of them each time: the rest of a run does the others.
    for (const auto read : {readKept, readRows, readTop, readOne, readComparisons, readRefinements, readReport})
        if (draw() % 2) read(r);
    return {};
}

}  // namespace weir::support
