// Long columns of small integers, stored under a name.
#include "core/store/saved_words.h"

#include "core/base/parallel.h"
#include "core/store/column_codec.h"
#include "core/store/schema.h"
#include "core/store/sqlite_project.h"

#include <algorithm>
#include <atomic>
#include <limits>

namespace weir::store {
namespace {

constexpr const char *kSaving = "saving", *kLoading = "loading";

Error damagedWords(const std::string& name, const std::string& what) {
    return {kDamaged, "words " + name + ": " + what, 0};
}

std::size_t chunksOf(std::uint64_t n) { return std::size_t((n + flow::kChunkRows - 1) / flow::kChunkRows); }

/// Whether the number of chunks fits the number of words: otherwise no memory may be allocated for that many.
Result<bool> hasChunks(const Db& db, std::int64_t id, std::int64_t n) {
    if (n < 0 || id < 0 || id > 0x7fffffff) return false;
    const auto there = db.number("SELECT count(*) FROM words_chunk WHERE id BETWEEN " +
                                 std::to_string(wordsKey(id, 0)) + " AND " + std::to_string(wordsKey(id, ~0u)));
    if (!there) return there.error();
    return std::uint64_t(*there) == chunksOf(std::uint64_t(n));
}

}  // namespace

Status deleteWords(Db& db, const std::string& name) {
    for (const char* sql : {"DELETE FROM words_chunk WHERE id >> 32 = (SELECT id FROM words WHERE name = ?)",
                            "DELETE FROM words WHERE name = ?"}) {
        auto stmt = db.prepare(sql);
        if (!stmt) return stmt.error();
        if (const Status s = stmt->bind(1, name).run(); !s) return s;
    }
    return ok();
}

Result<EncodedWords> encodeWords(const Changes::Words& words, JobContext& job) {
    EncodedWords out{words.name, words.n, std::vector<Bytes>(chunksOf(words.n))};
    std::atomic<std::uint64_t> done{0};
    const bool whole = parallelFor(out.blobs.size(), job.threads(), [&](std::size_t c, unsigned) {
        const std::uint64_t from = std::uint64_t(c) * flow::kChunkRows;
        Buffer<std::uint64_t> part;
        part.resize(std::size_t(std::min<std::uint64_t>(flow::kChunkRows, words.n - from)));
        words.fill(from, std::span(part.data(), part.size()));
        encodeColumn(std::span<const std::uint64_t>(part.data(), part.size()), Packing::dictionary, out.blobs[c]);
        return job.step(done += part.size(), words.n, kSaving);
    });
    if (!whole) return cancelledError();
    return out;
}

Status writeWords(Db& db, const EncodedWords& words) {
    if (const Status s = deleteWords(db, words.name); !s) return s;
    const auto id = db.number("SELECT ifnull(max(id), 0) + 1 FROM words");
    if (!id) return id.error();
    auto head = db.prepare("INSERT INTO words VALUES(?, ?, ?)");
    if (!head) return head.error();
    if (const Status s = head->bind(1, *id).bind(2, words.name).bind(3, std::int64_t(words.n)).run(); !s) return s;
    auto insert = db.prepare("INSERT INTO words_chunk VALUES(?, ?)");
    if (!insert) return insert.error();
    for (std::size_t c = 0; c < words.blobs.size(); ++c)
        if (const Status s = insert->bind(1, wordsKey(*id, std::uint32_t(c)))
                                 .bind(2, std::span<const std::byte>(words.blobs[c].data(), words.blobs[c].size()))
                                 .run();
            !s)
            return s;
    return ok();
}

Result<std::optional<WordsHead>> findWords(const Db& db, const std::string& name) {
    auto select = db.prepare("SELECT id, n FROM words WHERE name = ?");
    if (!select) return select.error();
    const auto row = select->bind(1, name).step();
    if (!row) return row.error();
    if (!*row) return std::optional<WordsHead>();
    const WordsHead head{select->intAt(0), select->intAt(1)};
    const auto fits = select->wellTyped() ? hasChunks(db, head.id, head.n) : Result<bool>(false);
    if (!fits) return fits.error();
    if (!*fits) return damagedWords(name, "its number of chunks is wrong");
    return std::optional(head);
}

Result<Buffer<std::uint64_t>> readWords(ReaderPool& pool, const std::string& name, WordsHead head, JobContext& job) {
    Buffer<std::uint64_t> words;
    words.resize(std::size_t(head.n));
    std::atomic<std::uint64_t> done{0};
    const Status loaded = parallelTry(chunksOf(words.size()), job.threads(), [&](std::size_t c, unsigned) -> Status {
        auto lease = pool.lend();
        if (!lease) return lease.error();
        Stmt& select = (*lease)->words;
        const auto row = select.bind(1, wordsKey(head.id, std::uint32_t(c))).step();
        if (!row) return row.error().code == kDamaged ? damagedWords(name, row.error().detail) : row.error();
        if (!*row) return damagedWords(name, "a chunk is missing");
        const std::size_t from = c * flow::kChunkRows;
        const std::span<std::uint64_t> part(words.data() + from, std::min(flow::kChunkRows, words.size() - from));
        const Status s = decodeColumn(select.blobAt(0), part);
        select.reset();
        if (!s) return damagedWords(name, s.error().detail);
        return job.step(done += part.size(), words.size(), kLoading) ? ok() : Status(cancelledError());
    });
    if (!loaded) return loaded.error();
    return words;
}

Result<std::optional<Buffer<std::uint64_t>>> readWords(const Db& db, ReaderPool& pool, const std::string& name,
                                                       JobContext& job) {
    const auto head = findWords(db, name);
    if (!head) return head.error();
    if (!*head) return std::optional<Buffer<std::uint64_t>>();
    auto words = readWords(pool, name, **head, job);
    if (!words) return words.error();
    return std::optional(std::move(*words));
}

Result<std::optional<Buffer<std::uint64_t>>> SqliteProject::loadWords(const std::string& name, JobContext& job) const {
    const auto pool = this->pool();  // a read-only project has them where its records are
    const auto lease = pool->lend();
    if (!lease) return lease.error();
    return readWords((*lease)->db, *pool, name, job);
}

}  // namespace weir::store
