// Ranges by pread; windows over streams.
#include "core/base/file_bytes.h"

#include <unistd.h>
#include <algorithm>
#include <cassert>
#include <cerrno>
#include <cstring>

namespace weir {

std::span<const std::byte> FileBytes::read(std::size_t offset, std::size_t size, Buffer<std::byte>& space) const {
    assert(!isStream() && offset <= size_ && size <= size_ - offset);
    if (isMemory()) return bytes_.subspan(offset, size);
    space.resize(size);
    std::size_t done = 0;
    while (done < size) {
        const ssize_t n = ::pread(descriptor_, space.data() + done, size - done, off_t(offset + done));
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) break;
        done += std::size_t(n);
    }
    if (done < size) std::memset(space.data() + done, 0, size - done);
    return space.span();
}

FileBytes FileBytes::byPlace() const {
    if (!isStream()) return *this;
    FileBytes out(std::span<const std::byte>(), source_->keepNext());
    if (!out.isMemory()) out.size_ = std::size_t(std::numeric_limits<off_t>::max());
    return out;
}

FileWindow::FileWindow(const FileBytes& file, std::size_t bytes) : file_(file), bytes_(bytes) {
    if (file.isStream()) stream_ = file.source_->open();
    if (file.isMemory()) seen_ = file.bytes_;
    ended_ = !stream_ && seen_.size() == file.size();
}

void FileWindow::moveTo(std::size_t offset, std::size_t least) {
    if (stream_) return advance(offset, least);
    if (file_.isMemory()) return;
    const std::size_t left = file_.size() - std::min(offset, file_.size());
    seen_ = file_.read(offset, std::min(std::max(bytes_, least), left), space_);
    from_ = offset;
    ended_ = seen_.size() == left;
}

void FileWindow::advance(std::size_t offset, std::size_t least) {
    assert(offset >= from_);
    const auto fill = [&](std::size_t have, std::size_t wanted) {
        space_.resize(std::max(have, wanted));
        if (have < wanted && !ended_) {
            const std::size_t came = stream_->read({space_.data() + have, wanted - have});
            ended_ = came < wanted - have;
            have += came;
        }
        seen_ = space_.span().first(have);
    };
    while (offset > end() && !ended_) {
        from_ = end();
        fill(0, std::min(bytes_, offset - from_));
    }
    offset = std::min(offset, end());
    const std::size_t have = end() - offset;
    if (have > 0 && offset > from_) std::memmove(space_.data(), space_.data() + (offset - from_), have);
    from_ = offset;
    fill(have, std::max(bytes_, least));
}

}  // namespace weir
