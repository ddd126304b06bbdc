// Stored runs: one table for the tally, one packed column for the words, and the key.
#include "core/session/evidence/stored_run.h"

#include "core/base/sha256.h"
#include "core/flow/table_columns.h"
#include "core/session/project/shipped_lists.h"
#include "core/session/project/sound_only.h"

#include <algorithm>

namespace weir::session {
namespace {

/// Increase when the meaning of a sign changes: older words are then recomputed.
constexpr const char* kSignVersion = "signs-1";

std::string suffix(flow::Direction d) { return d == flow::Direction::in ? "in" : "out"; }
std::string named(const char* stem, flow::Direction d) { return std::string(stem).append(suffix(d)); }
std::string keyName(flow::Direction d) { return named("run.key.", d); }
std::string tallyName(flow::Direction d) { return named("tally_", d); }
std::string wordsName(flow::Direction d) { return named("sign_words_", d); }
std::string userSignsName(flow::Direction d) { return named("user_signs_", d); }

std::string namesOf(signs::SignWord word, const SignData& data) {
    std::string list;
    const auto add = [&list](std::string_view name) { list.append(list.empty() ? "" : " ").append(name); };
    for (const auto& sign : signs::signTable())
        if (word & signs::bit(sign.sign)) add(sign.id);
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
    flow::Table table{tallyName(data.direction), {}};
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
    flow::Table table{userSignsName(data.direction), {}};
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

std::vector<rules::UserSign> storedUserSigns(const std::optional<flow::Table>& table) {
    return table ? userSignsOf(*table) : std::vector<rules::UserSign>();
}

std::string storedKey(const store::ProjectFile& file, flow::Direction direction) {
    return soundOnly(file.value(keyName(direction)), file).value_or(std::string());
}

}  // namespace

std::vector<rules::UserSign> userSignsOf(const flow::Table& table) {
    std::vector<rules::UserSign> out;
    const auto *names = flow::columnOf<std::string>(table, "sign"),
               *filters = flow::columnOf<std::string>(table, "filter"),
               *lists = flow::columnOf<std::string>(table, "lists");
    const auto* bits = flow::columnOf<std::int64_t>(table, "bit");
    if (!names || !filters || !lists || !bits) return out;
    for (std::size_t i = 0; i < names->size(); ++i)
        if ((*bits)[i] >= std::int64_t(signs::kSignCount) && (*bits)[i] < 64)
            out.push_back({(*names)[i], (*filters)[i], unsigned((*bits)[i]), 0, (*lists)[i]});
    return out;
}

std::string runKey(const Settings& settings, const std::vector<store::SourceInfo>& sources, flow::Direction direction,
                   const std::vector<rules::UserSign>& userSigns) {
    std::string text = std::string(kSignVersion) + "|" + suffix(direction) + "|" + bogonList().date;
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
    constexpr flow::Direction kIn = flow::Direction::in;
    if (sources.empty()) return {};
    StoredTally out{nullptr, storedUserSigns(soundOnly(file.loadTable(userSignsName(kIn)), file))};
    auto tally = tallyOf(soundOnly(file.loadTable(tallyName(kIn)), file));
    // Both belong to one run if the key matches, which is written with them.
    if (!tally || storedKey(file, kIn) != runKey(settings, sources, kIn, out.userSigns)) return {};
    out.tally = std::make_shared<const tally::Tally>(std::move(*tally));
    return out;
}

Result<std::shared_ptr<SignData>> loadRun(const store::ProjectFile& file, const Settings& settings,
                                          const std::vector<store::SourceInfo>& sources, flow::Direction direction,
                                          JobContext& job) {
    const std::shared_ptr<SignData> none;
    auto data = std::make_shared<SignData>();
    data->direction = direction;
    data->userSigns = storedUserSigns(soundOnly(file.loadTable(userSignsName(direction)), file));
    const std::string key = runKey(settings, sources, direction, data->userSigns);
    if (storedKey(file, direction) != key) return none;
    auto tally = tallyOf(soundOnly(file.loadTable(tallyName(direction)), file));
    auto read = file.loadWords(wordsName(direction), job);
    // Another program may have stored a different run while this one was read.
    if (storedKey(file, direction) != key) return none;
    if (!read && read.error().code != store::kDamaged) return read.error();
    auto words = soundOnly(std::move(read), file);
    if (!tally || !words) return none;
    data->tally = std::move(*tally);
    data->words = std::move(*words);
    return data;
}

Status saveRun(store::ProjectFile& file, const Snapshot& base, const SignData& data, JobContext& job) {
    if (file.readOnly()) return ok();
    const flow::Direction direction = data.direction;
    const auto words = [&data](std::uint64_t from, std::span<std::uint64_t> out) {
        std::copy_n(data.words.data() + from, out.size(), out.data());
    };
    return file.save({{tallyTable(data), userSignsTable(data)},
                      {{wordsName(direction), data.words.size(), words}},
                      {},
                      {{named("run.settings.", direction), toJson(base.settings)},
                       {keyName(direction), runKey(base.settings, base.sources, direction, data.userSigns)}}},
                     job);
}

}  // namespace weir::session
