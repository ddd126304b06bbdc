// Stored runs: one table for the tally, one packed column for the words, and the key.
#include "core/session/evidence/stored_run.h"

#include "core/base/sha256.h"
#include "core/flow/table_columns.h"
#include "core/session/project/shipped_lists.h"
#include "core/session/project/sound_only.h"

#include <algorithm>

namespace weir::session {
namespace {

std::string directionName(const RunId& run) { return run.direction == flow::Direction::in ? "in" : "out"; }
/// One-way signs came first: their stored names have no family.
std::string named(const char* stem, const RunId& run) {
    std::string name(stem);
    if (run.family != &signs::oneWay()) name.append(run.family->id).append("_");
    return name.append(directionName(run));
}
std::string tallyName(const RunId& run) { return named("tally_", run); }
std::string wordsName(const RunId& run) { return named("sign_words_", run); }

std::string namesOf(signs::SignWord word, const SignData& data) {
    std::string list;
    const auto add = [&list](std::string_view name) { list.append(list.empty() ? "" : " ").append(name); };
    const auto& names = data.run.family->names;
    for (unsigned bit = 0; bit < names.size(); ++bit)
        if (word >> bit & 1) add(names[bit]);
    for (const rules::UserSign& sign : data.userSigns)
        if (word >> sign.bit & 1) add(sign.name);
    return list;
}

flow::Table tallyTable(const SignData& data) {
    std::vector<std::int64_t> word, flows, packets, bytes;
    std::vector<std::string> names;
    for (const auto& row : data.tally) {
        word.push_back(std::int64_t(row.word));
        flows.push_back(std::int64_t(row.flows));
        packets.push_back(std::int64_t(row.packets));
        bytes.push_back(std::int64_t(row.bytes));
        names.push_back(namesOf(row.word, data));
    }
    flow::Table table{tallyName(data.run), {}};
    table.columns = {{"word", std::move(word)},
                     {"signs", std::move(names)},
                     {"flows", std::move(flows)},
                     {"packets", std::move(packets)},
                     {"bytes", std::move(bytes)}};
    return table;
}

flow::Table userSignsTable(const SignData& data) {
    std::vector<std::string> names, filters, lists;
    std::vector<std::int64_t> bits;
    for (const rules::UserSign& sign : data.userSigns) {
        names.push_back(sign.name);
        filters.push_back(sign.filter);
        lists.push_back(sign.lists);
        bits.push_back(std::int64_t(sign.bit));
    }
    flow::Table table{userSignsTableName(data.run), {}};
    table.columns = {{"bit", std::move(bits)},
                     {"sign", std::move(names)},
                     {"filter", std::move(filters)},
                     {"lists", std::move(lists)}};
    return table;
}

std::optional<tally::Tally> tallyOf(const std::optional<flow::Table>& table) {
    if (!table) return {};
    const auto* words = flow::columnOf<std::int64_t>(*table, "word");
    const auto* flows = flow::columnOf<std::int64_t>(*table, "flows");
    const auto* packets = flow::columnOf<std::int64_t>(*table, "packets");
    const auto* bytes = flow::columnOf<std::int64_t>(*table, "bytes");
    if (!words || !flows || !packets || !bytes) return {};
    tally::Tally out;
    for (std::size_t i = 0; i < words->size(); ++i)
        out.push_back({std::uint64_t((*words)[i]), std::uint64_t((*flows)[i]), std::uint64_t((*packets)[i]),
                       std::uint64_t((*bytes)[i])});
    return out;
}

std::vector<rules::UserSign> storedUserSigns(const store::ProjectFile& file, const RunId& run) {
    const auto table = soundOnly(file.loadTable(userSignsTableName(run)), file);
    return table ? userSignsOf(*table, *run.family) : std::vector<rules::UserSign>();
}

std::string storedKey(const store::ProjectFile& file, const RunId& run) {
    return soundOnly(file.value(runKeyName(run)), file).value_or(std::string());
}

}  // namespace

std::string runKeyName(const RunId& run) { return named("run.key.", run); }
std::string userSignsTableName(const RunId& run) { return named("user_signs_", run); }

std::vector<rules::UserSign> userSignsOf(const flow::Table& table, const signs::SignFamily& family) {
    std::vector<rules::UserSign> out;
    const auto *names = flow::columnOf<std::string>(table, "sign"),
               *filters = flow::columnOf<std::string>(table, "filter"),
               *lists = flow::columnOf<std::string>(table, "lists");
    const auto* bits = flow::columnOf<std::int64_t>(table, "bit");
    if (!names || !filters || !lists || !bits) return out;
    for (std::size_t i = 0; i < names->size(); ++i)
        if ((*bits)[i] >= std::int64_t(family.size()) && (*bits)[i] < std::int64_t(signs::kMaxSigns))
            out.push_back({(*names)[i], (*filters)[i], unsigned((*bits)[i]), 0, (*lists)[i]});
    return out;
}

std::string runKey(const Settings& settings, const std::vector<store::SourceInfo>& sources, const RunId& run,
                   const std::vector<rules::UserSign>& userSigns) {
    std::string text = std::string(run.family->version) + "|" + directionName(run) + "|" + bogonList().date;
    for (const SettingDef& d : settingTable())
        if (d.redo != Redo::packets && d.redo != Redo::nothing)
            text.append("|").append(d.id).append("=").append(d.get(settings));
    for (const auto& s : sources)
        text.append("|")
            .append(std::to_string(s.number))
            .append(":")
            .append(std::to_string(s.flows))
            .append(":")
            .append(s.importedAt);
    for (const rules::UserSign& sign : userSigns) {
        text.append("|").append(std::to_string(sign.bit)).append("=").append(sign.name);
        for (const std::string& part : {sign.filter, sign.lists})
            text.append(":").append(std::to_string(part.size())).append(":").append(part);
    }
    return sha256Hex(text);
}

StoredTally loadStoredTally(const store::ProjectFile& file, const Settings& settings,
                            const std::vector<store::SourceInfo>& sources) {
    if (sources.empty()) return {};
    const RunId run;
    StoredTally out{nullptr, storedUserSigns(file, run)};
    auto tally = tallyOf(soundOnly(file.loadTable(tallyName(run)), file));
    // Both belong to one run if the key matches, which is written with them.
    if (!tally || storedKey(file, run) != runKey(settings, sources, run, out.userSigns)) return {};
    out.tally = std::make_shared<const tally::Tally>(std::move(*tally));
    return out;
}

Result<std::shared_ptr<SignData>> loadRun(const store::ProjectFile& file, const Settings& settings,
                                          const std::vector<store::SourceInfo>& sources, const RunId& run,
                                          JobContext& job) {
    const std::shared_ptr<SignData> none;
    auto data = std::make_shared<SignData>();
    data->run = run;
    data->userSigns = storedUserSigns(file, run);
    const std::string key = runKey(settings, sources, run, data->userSigns);
    if (storedKey(file, run) != key) return none;
    auto tally = tallyOf(soundOnly(file.loadTable(tallyName(run)), file));
    auto read = file.loadWords(wordsName(run), job);
    // Another program may have stored a different run while this one was read.
    if (storedKey(file, run) != key) return none;
    if (!read && read.error().code != store::kDamaged) return read.error();
    auto words = soundOnly(std::move(read), file);
    if (!tally || !words) return none;
    data->tally = std::move(*tally);
    data->words = std::move(*words);
    return data;
}

Status saveRun(store::ProjectFile& file, const Snapshot& base, const SignData& data, JobContext& job) {
    if (file.readOnly()) return ok();
    const RunId& run = data.run;
    const auto words = [&data](std::uint64_t from, std::span<std::uint64_t> out) {
        std::copy_n(data.words.data() + from, out.size(), out.data());
    };
    return file.save({{tallyTable(data), userSignsTable(data)},
                      {{wordsName(run), data.words.size(), words}},
                      {},
                      {{named("run.settings.", run), toJson(base.settings)},
                       {runKeyName(run), runKey(base.settings, base.sources, run, data.userSigns)}}},
                     job);
}

}  // namespace weir::session
