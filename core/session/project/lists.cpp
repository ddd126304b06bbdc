// Adds lists from files to the project, and compares them.
#include "core/session/project/lists.h"

#include "core/session/project/ndpi_list.h"

#include "core/base/mapped_file.h"
#include "core/base/sha256.h"
#include "core/base/text.h"
#include "core/capture/unpack.h"
#include "core/flow/lexer.h"
#include "core/lists/list_head.h"

#include <algorithm>
#include <chrono>
#include <filesystem>

namespace weir::session {
namespace {

constexpr std::uint64_t kMostText = std::uint64_t{256}
                                    << 20;  ///< some ten million entries; the project file stores it as one value
constexpr std::size_t kPieceOfText = 1u << 20;

std::string today() {
    return utcText(
        std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch())
            .count());
}

Status checkName(const std::string& name, const ListCatalog& catalog) {
    const bool plain = !name.empty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    });
    if (!plain)
        return Error{Errc::usage, "a list name has up to 64 letters, digits, `-` and `_`, found " + flow::quoted(name),
                     0};
    if (flow::equalsIgnoringCase(name, kDarkList))
        return Error{Errc::usage, "`@" + name + "` is computed from the data; choose another name", 0};
    for (const ListInfo& list : catalog.lists())
        if (list.shipped && flow::equalsIgnoringCase(list.name, name))
            return Error{Errc::usage, "`@" + list.name + "` ships with Weir; choose another name", 0};
    return ok();
}

Error tooLarge(const std::string& path) {
    return {Errc::unsupported, path + " is larger than " + std::to_string(kMostText >> 20) + " MiB; split the list", 0};
}

Result<std::string> readText(const std::string& path, JobContext& job) {
    auto file = MappedFile::open(path);
    if (!file) return file.error();
    std::string text;
    if (capture::packingOf(file->bytes()).empty()) {
        if (file->bytes().size() > kMostText) return tooLarge(path);
        text.assign(reinterpret_cast<const char*>(file->bytes().data()), file->bytes().size());
    } else {
        capture::Unpacker unpacker(file->file(), kMostText, job.stopToken());
        while (unpacker.end() == capture::UnpackEnd::running) {
            const std::size_t old = text.size();
            text.resize(old + kPieceOfText);
            text.resize(old + unpacker.read(std::as_writable_bytes(std::span(text).subspan(old))));
        }
        if (job.cancelled()) return cancelledError();
        if (unpacker.end() == capture::UnpackEnd::limit) return tooLarge(path);
        if (const auto problem = capture::problemOf(unpacker.end()); !problem.empty())
            return Error{Errc::truncated, path + ": " + std::string(problem), unpacker.given()};
    }
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first != std::string::npos && (text[first] == '{' || text[first] == '['))
        return Error{Errc::unsupported, path + " is a JSON document; save its addresses as text, one per line", 0};
    return text;
}

std::string dayOfFile(const std::string& path) {
    std::error_code failed;
    const auto written = std::filesystem::last_write_time(path, failed);
    if (failed) return today().substr(0, 10);
    const auto time = std::chrono::file_clock::to_sys(written);
    return utcText(std::chrono::duration_cast<std::chrono::microseconds>(time.time_since_epoch()).count())
        .substr(0, 10);
}

const store::StoredList& latest(const ListInfo& list) { return list.vintages.back(); }

}  // namespace

Result<AddedList> addList(Project& project, const std::string& name, const std::string& path, const ListOrigin& origin,
                          JobContext& job) {
    const SnapshotPtr snapshot = project.snapshot();
    if (const Status s = checkName(name, snapshot->lists ? *snapshot->lists : shippedCatalog()); !s) return s.error();
    if (!origin.date.empty() && (lists::findDay(origin.date) != origin.date || !parseUtc(origin.date + "T00:00:00Z")))
        return Error{Errc::usage, "expected a date such as 2026-11-22, found " + flow::quoted(origin.date), 0};
    const auto text = readText(path, job);
    if (!text) return text.error();
    lists::List parsed = lists::parseList(name, *text);
    if (job.cancelled()) return cancelledError();
    if (parsed.size() == 0 && (parsed.rejected > 0 || text->find_first_not_of(" \t\r\n") == std::string::npos)) {
        std::string why = path + " has no entry: expected an address, a prefix or a port on each line";
        if (!parsed.problems.empty())
            why += "; line " + std::to_string(parsed.problems.front().line) + ": " + parsed.problems.front().message;
        return Error{Errc::usage, std::move(why), 0};
    }

    AddedList out;
    out.problems = std::move(parsed.problems);
    store::StoredList& list = out.list;
    list.name = name;
    list.source = origin.source.empty() ? parsed.source : origin.source;
    if (list.source.empty()) list.source = std::filesystem::path(path).filename().string();
    list.licence = origin.licence.empty() ? parsed.licence : origin.licence;
    list.date = origin.date.empty() ? lists::findDay(parsed.date) : origin.date;
    out.dateOfFile = list.date.empty();
    if (out.dateOfFile) list.date = dayOfFile(path);
    list.sha256 = sha256Hex(*text);
    list.format = parsed.format;
    list.entries = parsed.size();
    list.rejected = parsed.rejected;
    list.addedAt = today();
    if (const Status s = project.writing()->saveList(list, *text); !s) return s.error();
    if (const Status s = project.reloadLists(); !s) return s.error();
    return out;
}

Result<std::size_t> removeList(Project& project, const std::string& name) {
    for (const ListInfo& list : shippedCatalog().lists())
        if (flow::equalsIgnoringCase(list.name, name))
            return Error{Errc::usage, "`@" + list.name + "` ships with Weir and cannot be removed", 0};
    auto removed = project.writing()->removeList(name);
    if (!removed) return removed.error();
    if (*removed == 0) return Error{Errc::notFound, "the project has no list " + flow::quoted("@" + name), 0};
    if (const Status s = project.reloadLists(); !s) return s.error();
    return removed;
}

Result<ListOverlap> overlapOfLists(const Snapshot& snapshot, JobContext& job) {
    ListOverlap out;
    if (!snapshot.records || !snapshot.lists) return out;
    const flow::AddressTable& addresses = snapshot.records->addresses();
    out.hosts = addresses.size();
    std::vector<std::vector<std::uint8_t>> members;
    for (const ListInfo& list : snapshot.lists->lists()) {
        if (latest(list).entries == 0) continue;
        const auto loaded = snapshot.lists->load(list, list.vintages.size() - 1);
        if (!loaded) return loaded.error();
        if ((*loaded)->entries.empty()) continue;
        members.push_back(lists::markMembers(addresses, **loaded));
        out.lists.push_back(
            {list.name, std::uint64_t(std::count(members.back().begin(), members.back().end(), std::uint8_t{1}))});
    }
    if (!snapshot.lists->infoOf(kNdpiList)) {
        const auto known = ndpiHosts(snapshot, job);
        if (!known) return known.error();
        auto& marks = members.emplace_back();
        for (const std::uint16_t number : (*known)->operators) marks.push_back(number != 0);
        marks.resize(addresses.size());
        out.lists.push_back({std::string(kNdpiList), (*known)->list->prefixes.size()});
    }
    for (std::size_t a = 0; a < members.size(); ++a)
        for (std::size_t b = a + 1; b < members.size(); ++b) {
            ListPair pair{out.lists[a].list, out.lists[b].list, 0, 0, 0};
            for (std::size_t host = 0; host < members[a].size(); ++host)
                pair.both += std::uint64_t{members[a][host]} & members[b][host];
            pair.onlyA = out.lists[a].hosts - pair.both;
            pair.onlyB = out.lists[b].hosts - pair.both;
            out.pairs.push_back(std::move(pair));
        }
    std::stable_sort(out.pairs.begin(), out.pairs.end(),
                     [](const ListPair& x, const ListPair& y) { return x.both > y.both; });
    return out;
}

}  // namespace weir::session
