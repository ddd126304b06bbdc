// Ranges by pread.
#include "core/base/file_bytes.h"

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <cstring>
#include <unistd.h>

namespace weir {

std::span<const std::byte> FileBytes::read(std::size_t offset, std::size_t size, Buffer<std::byte>& space) const {
    assert(offset <= bytes_.size() && size <= bytes_.size() - offset);
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

FileWindow::FileWindow(const FileBytes& file, std::size_t bytes) : file_(file), bytes_(bytes) {
    if (file.isMemory()) seen_ = file;
}

void FileWindow::moveTo(std::size_t offset, std::size_t least) {
    if (file_.isMemory()) return;
    const std::size_t left = file_.size() - std::min(offset, file_.size());
    seen_ = file_.read(offset, std::min(std::max(bytes_, least), left), space_);
    from_ = offset;
}

}  // namespace weir
