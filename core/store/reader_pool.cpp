// Opening and lending read-only connections.
#include "core/store/reader_pool.h"

namespace weir::store {
namespace {

constexpr const char* kReaderPragmas = "PRAGMA query_only = 1; PRAGMA cache_size = -256;";

}  // namespace

Result<ReaderPool::Lease> ReaderPool::lend() {
    {
        const std::lock_guard lock(mutex_);
        if (!free_.empty()) {
            Lease lease(*this, std::move(free_.back()));
            free_.pop_back();
            return lease;
        }
    }
    auto db = Db::open(at_);
    if (!db) return db.error();
    if (identityOf(at_.name) != file_)
        return Error{Errc::store, "another project replaced " + at_.name + "; open it again", 0};
    if (const Status s = db->exec(kReaderPragmas); !s) return s.error();
    auto chunk = db->prepare("SELECT data FROM chunk WHERE id = ?");
    if (!chunk) return chunk.error();
    auto words = db->prepare("SELECT data FROM words_chunk WHERE id = ?");
    if (!words) return words.error();
    return Lease(*this, std::make_unique<Reader>(Reader{std::move(*db), std::move(*chunk), std::move(*words)}));
}

void ReaderPool::removeFileAtEnd() {
    const std::lock_guard lock(mutex_);
    keep_ = std::make_shared<TemporaryFile>(at_.name);
}

ReaderPool::Lease::~Lease() {
    if (!reader_) return;
    const std::lock_guard lock(pool_->mutex_);
    pool_->free_.push_back(std::move(reader_));
}

}  // namespace weir::store
