// Collects the material, each part with the verb that the windows use.
#include "core/session/verbs/report.h"

#include "core/base/text.h"
#include "core/report/registry.h"
#include "core/session/evidence/prepare.h"
#include "core/session/evidence/score.h"
#include "core/session/evidence/user_signs.h"
#include "core/session/project/resources.h"
#include "core/session/rows/code_tally.h"
#include "core/session/verbs/compare.h"
#include "core/session/verbs/outages.h"
#include "core/session/verbs/rule_sets.h"
#include "core/session/verbs/top.h"

#include <algorithm>

namespace weir::session {
namespace {

constexpr std::uint64_t kTop = 10;

const Diagnostic* firstError(const Diagnostics& all) {
    const auto at =
        std::find_if(all.begin(), all.end(), [](const Diagnostic& d) { return d.severity == Severity::error; });
    return at == all.end() ? nullptr : &*at;
}

Error errorIn(const char* what, Errc code, const Diagnostic& d) {
    return {code,
            std::string(what)
                .append(" has an error in line ")
                .append(std::to_string(d.line))
                .append(": ")
                .append(d.message),
            d.line};
}

class Gatherer {
public:
    Gatherer(Project& project, const ReportRequest& request, JobContext& job)
        : project_(project), request_(request), job_(job) {}

    Result<report::Document> run() {
        std::vector<std::string_view> only;
        for (const std::string& id : request_.only) {
            if (const auto problem = unknownSection(id)) return *problem;
            only.push_back(id);
        }
        const bool rules = wants("classes") || wants("conflicts") || wants("combinations") || wants("outages"),
                   comparison = wants("comparison") && !request_.champion.empty();
        if (rules || comparison)
            if (const Status s = judgeRules(comparison); !s) return s.error();
        if (wants("scores"))
            if (const Status s = score(); !s) return s.error();
        if (wants("outages") && request_.run == RunId())
            if (const Status s = addOutages(); !s) return s.error();
        if (wants("iterations")) {
            auto saved = iterations(project_);
            if (!saved) return saved.error();
            material_.iterations = std::move(*saved);
        }
        addInputs();
        if (!rules) material_.rules.reset();
        return report::makeReport(material_, only);
    }

private:
    bool wants(std::string_view id) const {
        return request_.only.empty() ||
               std::find(request_.only.begin(), request_.only.end(), id) != request_.only.end();
    }

    static std::optional<Error> unknownSection(const std::string& id) {
        std::vector<std::string_view> known;
        for (const report::SectionDef& def : report::sections()) known.push_back(def.id);
        if (std::find(known.begin(), known.end(), id) != known.end()) return std::nullopt;
        std::string text = "unknown section `" + id + "`; available: ";
        for (const std::string_view name : known) text.append(name == known.front() ? "" : ", ").append(name);
        return Error{Errc::usage, std::move(text), 0};
    }

    Status judgeRules(bool comparison) {
        if (const Status s = prepare(project_, request_.run, job_); !s) return s.error();
        // User signs of both texts, so that their words are the same.
        std::vector<rules::UserSign> signs;
        for (const std::string* text : {&request_.rules, comparison ? &request_.champion : nullptr}) {
            if (!text) continue;
            const SignBasis basis(project_.snapshot(), request_.run);
            const rules::Parsed parsed = rules::parseRules(*text, basis.vocabulary());
            if (const Diagnostic* d = firstError(parsed.diagnostics))
                return errorIn(text == &request_.rules ? "the rule set" : "the champion", Errc::badRule, *d);
            signs.insert(signs.end(), parsed.set.userSigns.begin(), parsed.set.userSigns.end());
        }
        if (const Status s = prepareUserSigns(project_, signs, request_.run, job_); !s) return s.error();
        const SignBasis basis(project_.snapshot(), request_.run);
        if (comparison) compareWith(basis);
        judgement_ = comparison_ ? comparison_->challenger : Judge().judge(request_.rules, basis);
        const Judgement& j = *judgement_;
        material_.rules = report::Rules{&j.parsed.set, &j.check, &j.classes, &j.conflicts, j.tally};
        return ok();
    }

    void compareWith(const SignBasis& basis) {
        comparison_ = RuleComparer().compare(request_.champion, request_.rules, basis);
        const rules::RuleSet &was = comparison_->champion->parsed.set, &is = comparison_->challenger->parsed.set;
        material_.comparison = report::Comparison{request_.championName.empty() ? was.name : request_.championName,
                                                  is.name,
                                                  &was,
                                                  &is,
                                                  &comparison_->migration,
                                                  &comparison_->proof,
                                                  comparison_->unseen()};
    }

    Status score() {
        const SnapshotPtr now = project_.snapshot();
        if (!now->records) return ok();
        if (now->scores && now->scores->text == request_.profile && now->scores->range.all() && now->scores->byRecord())
            scores_ = now->scores;
        if (!scores_) {
            auto result = scoreRecords(now, request_.profile, job_);
            if (!result) return result.error();
            if (const Diagnostic* d = firstError(result->parsed.diagnostics))
                return errorIn("the score profile", Errc::badFilter, *d);
            scores_ = std::make_shared<const ScoreResult>(std::move(*result));
        }
        report::Scores out;
        out.profile = &scores_->parsed.profile;
        out.text = scores_->text;
        out.words = scores_->scores->words;
        out.scored = scores_->scores->scored;
        for (const SilenceCount& s : scores_->silenced)
            out.silenced.emplace_back(
                (s.silence.code.empty() ? std::string("all codes") : s.silence.code) + " of " + s.silence.filter,
                s.records);
        if (const Status s = addTops(out); !s) return s;
        material_.scores = std::move(out);
        return ok();
    }

    /// A rule set without the class has no outages.
    Status addOutages() {
        const auto outages = outagesOf(project_.snapshot(), judgement_, job_);
        if (!outages) return outages.error().code == Errc::notFound ? Status(ok()) : Status(outages.error());
        for (const Outage& o : *outages)
            material_.outages.push_back({o.service(), utcText(o.start), utcText(o.end),
                                         o.answeredAgain ? utcText(o.answeredAgain) : std::string(), o.clients,
                                         o.flows});
        return ok();
    }

    /// Sources of the bad code with most flows, and ports of the two bad codes with most flows (figures 2 and 3 of the
    /// framework).
    Status addTops(report::Scores& out) {
        const auto flows = score::flowsPerCode(*out.profile, out.words);
        std::vector<std::size_t> bad;
        for (std::size_t t = 0; t < flows.size(); ++t)
            if (out.profile->tests[t].kind == score::Kind::bad && flows[t] != 0) bad.push_back(t);
        std::stable_sort(bad.begin(), bad.end(), [&](std::size_t a, std::size_t b) { return flows[a] > flows[b]; });
        for (std::size_t i = 0; i < std::min<std::size_t>(bad.size(), 2); ++i) {
            if (i == 0)
                if (const Status s = addTop("srcip", "source addresses", out.profile->tests[bad[i]].code, out); !s)
                    return s;
            if (const Status s = addTop("dstport", "destination ports", out.profile->tests[bad[i]].code, out); !s)
                return s;
        }
        return ok();
    }

    Status addTop(const char* element, const char* title, const std::string& code, report::Scores& out) {
        auto scored = std::make_shared<Snapshot>(*project_.snapshot());
        scored->scores = scores_;
        TopRequest request;
        request.query.rows = Rows::records;
        request.query.filter = codeFilter(code);
        request.alternatives = tally::keysOf(*tally::parseTop(element));
        request.most = kTop;
        request.complete = false;
        const auto list = topGroups(scored, nullptr, request, job_);
        if (!list) return list.error();
        report::CodeTop top{code, title, {}, list->groups.total.flows, list->groups.count};
        for (std::size_t g = 0; g < list->size(); ++g)
            top.values.emplace_back(list->text(g, 0), list->groups.sums[g].flows);
        out.tops.push_back(std::move(top));
        return ok();
    }

    void addInputs() {
        const SnapshotPtr now = project_.snapshot();
        material_.project = now->untitled ? std::string("an unsaved project") : now->path;
        material_.made = utcNow();
        material_.program = std::string("Weir ").append(programVersion());
        for (const store::SourceInfo& s : now->sources) {
            report::Input input{s.path,
                                s.kind,
                                s.sha256,
                                s.flows,
                                s.packets,
                                s.bytes,
                                s.flows ? utcText(s.first) : std::string(),
                                s.flows ? utcText(s.last) : std::string(),
                                s.importedAt,
                                {}};
            for (const store::DropLine& d : s.drops) input.drops.push_back({d.reason, d.count, d.damage});
            material_.inputs.push_back(std::move(input));
        }
        for (const flow::Prefix& p : now->settings.pairing.local) material_.local.push_back(flow::toText(p));
        for (const SettingDef& d : settingTable())
            material_.settings.push_back({std::string(d.id), std::string(d.label), d.get(now->settings),
                                          std::string(d.unit), std::string(d.mark)});
        const ListCatalog& lists = now->lists ? *now->lists : shippedCatalog();
        for (const ListInfo& list : lists.lists())
            for (const store::StoredList& v : list.vintages)
                material_.lists.push_back({v.name.empty() ? list.name : v.name, v.date, v.source, v.sha256, v.entries});
    }

    Project& project_;
    const ReportRequest& request_;
    JobContext& job_;
    report::Material material_;
    JudgementPtr judgement_;
    RuleComparisonPtr comparison_;
    ScoreResultPtr scores_;
};

}  // namespace

Result<report::Document> makeReport(Project& project, const ReportRequest& request, JobContext& job) {
    return Gatherer(project, request, job).run();
}

}  // namespace weir::session
