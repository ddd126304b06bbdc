// One filter scan per sign sets its bit in the words.
#include "core/session/evidence/user_signs.h"

#include "core/flow/filter_parser.h"
#include "core/flow/filter_scan.h"
#include "core/session/evidence/stored_run.h"
#include "core/session/evidence/user_sign_lists.h"
#include "core/session/evidence/user_sign_terms.h"
#include "core/session/project/settings.h"

#include <algorithm>
#include <optional>

namespace weir::session {
namespace {

Result<Buffer<std::uint32_t>> rowsOf(const SnapshotPtr& snapshot, const rules::UserSign& sign,
                                     const LocalIsInitiator& localIsInitiator, JobContext& job) {
    const UserSignTerms terms(snapshot, localIsInitiator);
    auto parsed = flow::parseFilter(sign.filter, terms);
    const auto bad = std::find_if(parsed.diagnostics.begin(), parsed.diagnostics.end(),
                                  [](const Diagnostic& d) { return d.severity == Severity::error; });
    if (bad != parsed.diagnostics.end())
        return Error{Errc::badFilter, std::string("sign ").append(sign.name).append(": ").append(bad->message), 0};
    auto filter = flow::Filter::compile(parsed.root, snapshot->records->addresses(), terms);
    if (!filter)
        return Error{filter.error().code,
                     std::string("sign ").append(sign.name).append(": ").append(filter.error().detail), 0};
    auto scan = flow::scanDerived(*snapshot->flows, snapshot->records.get(), *filter, terms, {true, false}, job);
    if (!scan) return scan.error();
    return std::move(scan->picked);
}

const rules::UserSign* findSame(std::span<const rules::UserSign> among, const rules::UserSign& sign) {
    const auto at = std::find_if(among.begin(), among.end(), [&](const rules::UserSign& s) {
        return s.name == sign.name && s.filter == sign.filter;
    });
    return at == among.end() ? nullptr : &*at;
}

/// The words of `from`: built-in bits, and the bits of remaining user signs at their new positions.
Buffer<signs::SignWord> moved(const SignData& from, const std::vector<rules::UserSign>& known,
                              std::span<const rules::UserSign> signs) {
    std::vector<std::pair<unsigned, unsigned>> moves;
    for (const rules::UserSign& sign : signs)
        if (const rules::UserSign* old = findSame(known, sign)) moves.push_back({old->bit, sign.bit});
    const signs::SignWord builtIn = from.run.family->mask();
    Buffer<signs::SignWord> out(from.words.size());
    for (std::size_t row = 0; row < from.words.size(); ++row) {
        const signs::SignWord word = from.words[row];
        out[row] = word & builtIn;
        for (const auto& [was, is] : moves) out[row] |= (word >> was & 1) << is;
    }
    return out;
}

/// Removes duplicates and assigns bits from the first one above those of the family.
std::vector<rules::UserSign> numbered(std::span<const rules::UserSign> wanted, const signs::SignFamily& family) {
    std::vector<rules::UserSign> out;
    for (const rules::UserSign& sign : wanted) {
        if (findSame(out, sign) || out.size() + family.size() >= signs::kMaxSigns) continue;
        out.push_back(sign);
        out.back().bit = unsigned(family.size() + out.size() - 1);
        out.back().line = 0;
    }
    return out;
}

bool sameSigns(const std::vector<rules::UserSign>& a, const std::vector<rules::UserSign>& b) {
    return a.size() == b.size() &&
           std::all_of(a.begin(), a.end(), [&](const rules::UserSign& s) { return findSame(b, s) != nullptr; });
}

Result<std::shared_ptr<SignData>> withUserSigns(const Snapshot& base, const std::shared_ptr<const SignData>& from,
                                                std::vector<rules::UserSign> signs, JobContext& job) {
    std::vector<rules::UserSign> known = from->userSigns;
    dropOutdated(known, base);
    // Filters may use built-in signs: those of this run.
    auto snapshot = std::make_shared<Snapshot>(base);
    snapshot->runs = {from};
    auto data = std::make_shared<SignData>();
    data->run = from->run;
    data->words = moved(*from, known, signs);
    auto localIsInitiator = localIsInitiatorOf(*snapshot, job);
    if (!localIsInitiator) return localIsInitiator.error();
    for (const rules::UserSign& sign : signs) {
        if (findSame(known, sign)) continue;
        const auto rows = rowsOf(snapshot, sign, *localIsInitiator, job);
        if (!rows) return rows.error();
        const signs::SignWord bit = signs::SignWord{1} << sign.bit;
        for (const std::uint32_t row : *rows)
            if (data->words[row] != 0) data->words[row] |= bit;
    }
    data->tally = tally::tallyWords(data->words, *snapshot->flows, data->run.direction, job.threads());
    data->userSigns = std::move(signs);
    for (rules::UserSign& sign : data->userSigns) sign.lists = namesList(sign) ? listsKey(*snapshot) : std::string();
    return data;
}

}  // namespace

Status prepareUserSigns(Project& project, std::span<const rules::UserSign> wanted, const RunId& run, JobContext& job) {
    const SnapshotPtr base = project.snapshot();
    const auto& data = base->signs(run);
    if (!data || !base->flows) return ok();
    const std::vector<rules::UserSign> signs = numbered(wanted, *run.family);
    std::vector<rules::UserSign> known = data->userSigns;
    dropOutdated(known, *base);
    if (sameSigns(known, signs) && known.size() == data->userSigns.size()) return ok();
    auto made = withUserSigns(*base, data, signs, job);
    if (!made) return made.error();
    const std::shared_ptr<const SignData> shared = std::move(*made);
    bool published = false;
    project.publish([&](Snapshot& s) {
        if (s.signs(run) != data) return;  // flows or settings have changed in the meantime
        s.setSigns(shared);
        published = true;
    });
    if (!published) return ok();
    return saveRun(*project.writing(), *base, *shared, job);
}

Result<JudgementPtr> judgeText(Project& project, const std::string& text, const RunId& run, JobContext& job) {
    Judge judge;
    const SignBasis before(project.snapshot(), run);
    JudgementPtr judgement = judge.judge(text, before);
    // Bits left over from another text would split combinations.
    const bool exact = judgement->missing.empty() && before.known().size() == judgement->parsed.set.userSigns.size();
    if (!judgement->parsed.good() || exact) return judgement;
    if (const Status s = prepareUserSigns(project, judgement->parsed.set.userSigns, run, job); !s) return s.error();
    return judge.judge(text, SignBasis(project.snapshot(), run));
}

Status addUserSigns(const Snapshot& snapshot, std::span<const rules::UserSign> wanted, SignData& data,
                    JobContext& job) {
    const std::vector<rules::UserSign> signs = numbered(wanted, *data.run.family);
    if (signs.empty()) return ok();
    auto base = std::make_shared<SignData>();
    base->run = data.run;
    base->words = std::move(data.words);
    auto made = withUserSigns(snapshot, base, signs, job);
    if (!made) return made.error();
    data = std::move(**made);
    return ok();
}

}  // namespace weir::session
