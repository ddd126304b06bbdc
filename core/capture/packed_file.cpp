// The ring of blocks between the unpacking thread and the reader, and the spool.
#include "core/capture/packed_file.h"

#include <fcntl.h>
#include <unistd.h>
#include <algorithm>
#include <array>
#include <cerrno>
#include <condition_variable>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <thread>

namespace weir::capture {
namespace {

constexpr std::size_t kBlocks = 8, kBlockBytes = 512u << 10;

/// errno, 0 = all is written.
int writeAt(int descriptor, std::span<const std::byte> bytes, std::uint64_t offset) {
    while (!bytes.empty()) {
        const ssize_t n = ::pwrite(descriptor, bytes.data(), bytes.size(), off_t(offset));
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return errno;
        bytes = bytes.subspan(std::size_t(n));
        offset += std::uint64_t(n);
    }
    return 0;
}

}  // namespace

/// Gives the head, then what the thread unpacks behind it.
class PackedFile::Stream final : public ByteStream {
public:
    Stream(PackedFile& file, bool keeps) : file_(file), unpacker_(*file.unpacker_), keeps_(keeps) {
        for (Block& b : blocks_) b.bytes.resize(kBlockBytes);
        if (keeps_) file_.spoolError_ = writeAt(file_.spool_, file_.head_.span(), 0);
        inHead_ = file_.spoolError_ == 0;
        thread_ = std::jthread([this](const std::stop_token& stop) { fill(stop); });
    }
    ~Stream() override {
        unpacker_.stop();
        thread_.request_stop();
    }

    std::size_t read(std::span<std::byte> out) override {
        std::size_t done = 0;
        while (done < out.size()) {
            const auto bytes = available();
            if (bytes.empty()) {
                file_.seenWhole_ = true;
                break;
            }
            const std::size_t n = std::min(bytes.size(), out.size() - done);
            std::memcpy(out.data() + done, bytes.data(), n);
            at_ += n;
            done += n;
        }
        return done;
    }

private:
    struct Block {
        Buffer<std::byte> bytes;
        std::size_t size = 0;
    };

    /// What can be read without waiting, after waiting for the first of it; empty = the end.
    std::span<const std::byte> available() {
        if (inHead_ && at_ < file_.head_.size()) return file_.head_.span().subspan(at_);
        if (inHead_) inHead_ = false, at_ = 0;
        std::unique_lock lock(mutex_);
        for (;;) {
            if (used_ < made_ && at_ == blocks_[used_ % kBlocks].size) {
                ++used_;
                at_ = 0;
                changed_.notify_all();
            } else if (used_ < made_) {
                const Block& b = blocks_[used_ % kBlocks];
                return b.bytes.span().first(b.size).subspan(at_);
            } else if (ended_) {
                return {};
            } else {
                changed_.wait(lock);
            }
        }
    }

    void fill(const std::stop_token& stop) {
        bool last = file_.spoolError_ != 0;
        for (std::uint64_t offset = file_.head_.size(); !last;) {
            std::unique_lock lock(mutex_);
            if (!changed_.wait(lock, stop, [this] { return made_ - used_ < kBlocks; })) break;
            Block& b = blocks_[made_ % kBlocks];
            lock.unlock();
            b.size = unpacker_.read({b.bytes.data(), kBlockBytes});
            last = b.size < kBlockBytes;
            const int failed = keeps_ ? writeAt(file_.spool_, b.bytes.span().first(b.size), offset) : 0;
            if (failed) {
                file_.spoolError_ = failed;
                break;
            }
            offset += b.size;
            lock.lock();
            ++made_;
            changed_.notify_all();
        }
        const std::lock_guard lock(mutex_);
        ended_ = true;
        changed_.notify_all();
    }

    PackedFile& file_;
    Unpacker& unpacker_;
    const bool keeps_;
    bool inHead_ = true;
    std::size_t at_ = 0;  ///< of the reader, in the head or in its block
    std::array<Block, kBlocks> blocks_;
    std::mutex mutex_;  ///< of the four below
    std::condition_variable_any changed_;
    std::size_t made_ = 0, used_ = 0;  ///< blocks; those between belong to the reader, the others to the thread
    bool ended_ = false;
    std::jthread thread_;
};

PackedFile::PackedFile(const FileBytes& packed, Options options)
    : packed_(packed), options_(std::move(options)),
      unpacker_(std::make_unique<Unpacker>(packed_, options_.maxUnpacked, options_.stop, &packedRead_)),
      head_(FileBytes::kHeadBytes) {
    head_.resize(unpacker_->read({head_.data(), head_.size()}));
}

PackedFile::~PackedFile() {
    if (spool_ >= 0) ::close(spool_);
}

FileBytes PackedFile::bytes() {
    if (head_.size() < FileBytes::kHeadBytes) {
        seenWhole_ = true;
        return head_.span();
    }
    return {*this, head_.span()};
}

std::unique_ptr<ByteStream> PackedFile::open() {
    if (begun_) {
        unpacker_ = std::make_unique<Unpacker>(packed_, options_.maxUnpacked, options_.stop, &packedRead_);
        head_.resize(unpacker_->read({head_.data(), head_.size()}));
    }
    begun_ = true;
    seenWhole_ = false;
    return std::make_unique<Stream>(*this, std::exchange(keepNext_, false));
}

int PackedFile::keepNext() {
    if (spool_ >= 0) ::close(spool_);
    std::string name = options_.folder + "/.weir-unpacked-XXXXXX";
    spool_ = ::mkostemp(name.data(), O_CLOEXEC);
    spoolError_ = spool_ < 0 ? errno : 0;
    if (spool_ >= 0) ::unlink(name.c_str());
    keepNext_ = spool_ >= 0;
    return spool_;
}

DropCounts PackedFile::drops() const {
    DropCounts out;
    if (!seenWhole_) return out;
    if (const auto problem = problemOf(unpacker_->end()); !problem.empty()) out.add(problem, unpacker_->given());
    if (unpacker_->end() == UnpackEnd::limit)
        out.add("rest beyond the setting capture.most-unpacked", unpacker_->given());
    return out;
}

Status PackedFile::kept() const {
    if (spoolError_ == 0) return ok();
    return Error{Errc::io,
                 "cannot write the unpacked bytes to " + options_.folder + ": " + std::strerror(spoolError_) +
                     "; free some space, or unpack the file and import that",
                 0};
}

}  // namespace weir::capture
