// Ranges by pread.
#include "core/base/file_bytes.h"

#include <cassert>
#include <cerrno>
#include <unistd.h>

namespace weir {

std::span<const std::byte> FileBytes::read(std::size_t offset, std::size_t size, Buffer<std::byte>& space) const {
    assert(offset <= bytes_.size() && size <= bytes_.size() - offset);
    if (descriptor_ < 0) return bytes_.subspan(offset, size);
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

}  // namespace weir
