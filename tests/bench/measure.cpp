// Times one stage in this process and prints one line of JSON: seconds, items, peak anonymous memory. Called by
// peers.sh.
#include "core/base/freed_memory.h"
#include "core/base/text.h"
#include "core/meter/derive.h"
#include "core/session/evidence/judge.h"
#include "core/session/evidence/open_project.h"
#include "core/session/evidence/prepare.h"
#include "core/session/project/import.h"
#include "core/session/project/resources.h"
#include "core/session/project/shipped_lists.h"
#include "core/session/rows/select.h"
#include "core/session/verbs/top.h"

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <thread>

using namespace weir;

namespace {

/// Highest RssAnon of this process while alive, in bytes, sampled every 2 ms.
class PeakMemory {
public:
    PeakMemory()
        : thread_([this](std::stop_token stop) {
              while (!stop.stop_requested()) sample();
          }) {}
    std::uint64_t peak() const { return peak_; }

private:
    void sample() {
        std::ifstream status("/proc/self/status");
        for (std::string line; std::getline(status, line);)
            if (line.starts_with("RssAnon:"))
                peak_ = std::max<std::uint64_t>(peak_, std::strtoull(line.c_str() + 8, nullptr, 10) * 1024);
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    std::atomic<std::uint64_t> peak_{0};
    std::jthread thread_;
};

[[noreturn]] void fail(const Error& e) {
    std::fprintf(stderr, "measure: %s\n", e.detail.c_str());
    std::exit(2);
}

double since(std::chrono::steady_clock::time_point from) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - from).count();
}

std::shared_ptr<session::Project> openProject(const std::string& path) {
    auto project = session::openProject(path);
    if (!project) fail(project.error());
    return *project;
}

struct Outcome {
    double seconds = 0;
    std::uint64_t items = 0, results = 0;
};

/// Records of the project file → derived flows: decoding of chunks included.
Outcome timeDerive(const std::string& path, JobContext& job) {
    const auto project = openProject(path);
    const auto s = project->snapshot();
    const auto start = std::chrono::steady_clock::now();
    const auto flows = meter::deriveFlows(*s->records, s->settings.pairing, job);
    if (!flows) fail(flows.error());
    return {since(start), s->records->rows(), flows->size()};
}

/// Records → derived flows → profiles → signs → tally → classes, nothing written.
Outcome timeClassify(const std::string& path, JobContext& job) {
    const auto project = openProject(path);
    const auto s = project->snapshot();
    const auto start = std::chrono::steady_clock::now();
    const auto flows = meter::deriveFlows(*s->records, s->settings.pairing, job);
    if (!flows) fail(flows.error());
    const auto profiles = profile::buildProfiles(*flows, *s->hostBits, s->settings.profile, job);
    if (!profiles) fail(profiles.error());
    const auto bogons = lists::markMembers(s->records->addresses(), session::bogonList());
    const auto words =
        signs::oneWay().assign({*flows, *profiles, *s->hostBits, bogons, s->settings.profile, s->settings.signs}, job);
    if (!words) fail(words.error());
    const auto tally = tally::tallyWords(*words, *flows, flow::Direction::in, job.threads());
    session::Judge judge;
    const auto judgement = judge.judge(session::resourceText("rules", "glatz-2012"), tally, nullptr);
    return {since(start), s->records->rows(), judgement->classes.oneWay.flows};
}

/// Top values from the project file, no column cached: the ten highest, their flows and what the order needs
/// (`complete`: every sum).
Outcome timeTop(const std::string& path, const char* statistic, bool complete, JobContext& job) {
    const auto project = openProject(path);
    const auto s = project->snapshot();
    const auto spec = tally::parseTop(statistic);
    session::TopRequest request;
    request.query.rows = session::Rows::records;
    request.alternatives = tally::keysOf(*spec);
    request.order = spec->order;
    request.complete = complete;
    const auto start = std::chrono::steady_clock::now();
    const auto list = session::topGroups(s, nullptr, request, job);
    if (!list) fail(list.error());
    return {since(start), s->records->rows(), list->groups.count};
}

/// Counting what a filter takes, no column cached.
Outcome timeFilter(const std::string& path, const std::string& filter, JobContext& job) {
    const auto project = openProject(path);
    const auto s = project->snapshot();
    session::Query query;
    query.rows = session::Rows::records;
    query.filter = filter;
    query.list = query.totals = false;
    const auto start = std::chrono::steady_clock::now();
    const auto selection = session::selectRows(s, nullptr, query, job);
    if (!selection) fail(selection.error());
    return {since(start), s->records->rows(), (*selection)->count};
}

std::string textOf(const std::string& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// Opening the file until records can be listed and stored tallies judged.
Outcome timeOpen(const std::string& path, JobContext&) {
    const auto start = std::chrono::steady_clock::now();
    const auto project = openProject(path);
    const auto s = project->snapshot();
    return {since(start), s->records->rows(), s->storedTally ? s->storedTally->size() : 0};
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3) {
        std::fprintf(stderr,
                     "usage: measure derive|classify|open|top-ports|top-ports-all|top-sources|top-sources-all PROJECT\n"
                     "       measure filter PROJECT FILTER | filter-file PROJECT FILE-WITH-FILTER\n");
        return 2;
    }
    keepFreedMemory();
    JobContext job;
    const std::string stage = argv[1];
    const PeakMemory memory;
    Outcome o;
    if (stage == "derive")
        o = timeDerive(argv[2], job);
    else if (stage == "classify")
        o = timeClassify(argv[2], job);
    else if (stage == "top-ports")
        o = timeTop(argv[2], "dstport/flows", false, job);
    else if (stage == "top-ports-all")
        o = timeTop(argv[2], "dstport/flows", true, job);
    else if (stage == "top-sources")
        o = timeTop(argv[2], "srcip/bytes", false, job);
    else if (stage == "top-sources-all")
        o = timeTop(argv[2], "srcip/bytes", true, job);
    else if (stage == "filter" && argc == 4)
        o = timeFilter(argv[2], argv[3], job);
    else if (stage == "filter-file" && argc == 4)
        o = timeFilter(argv[2], textOf(argv[3]), job);
    else if (stage == "open")
        o = timeOpen(argv[2], job);
    else
        return 2;
    std::printf("{\"stage\": \"%s\", \"seconds\": %.4f, \"items\": %llu, \"results\": %llu, \"rss_anon\": %llu}\n",
                stage.c_str(), o.seconds, static_cast<unsigned long long>(o.items),
                static_cast<unsigned long long>(o.results), static_cast<unsigned long long>(memory.peak()));
    return 0;
}
