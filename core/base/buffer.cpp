// Memory behind Buffer: malloc for small arrays, anonymous maps with huge-page advice for large ones.
#include "core/base/buffer.h"

#include <sys/mman.h>

namespace weir {
namespace {

constexpr std::size_t kMapFrom = 4u << 20;

void* mapBytes(std::size_t bytes) {
    void* p = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (p == MAP_FAILED) throw std::bad_alloc();
    (void)::madvise(p, bytes, MADV_HUGEPAGE);
    return p;
}

}  // namespace

void* allocateBytes(std::size_t bytes) {
    if (bytes == 0) return nullptr;
    if (bytes >= kMapFrom) return mapBytes(bytes);
    void* p = std::malloc(bytes);
    if (!p) throw std::bad_alloc();
    return p;
}

void freeBytes(void* p, std::size_t bytes) noexcept {
    if (!p) return;
    if (bytes >= kMapFrom) ::munmap(p, bytes);
    else std::free(p);
}

void* reallocateBytes(void* old, std::size_t oldBytes, std::size_t newBytes) {
    if (!old) return allocateBytes(newBytes);
    if (oldBytes >= kMapFrom && newBytes >= kMapFrom) {
        void* p = ::mremap(old, oldBytes, newBytes, MREMAP_MAYMOVE);
        if (p == MAP_FAILED) throw std::bad_alloc();
        (void)::madvise(p, newBytes, MADV_HUGEPAGE);
        return p;
    }
    void* p = allocateBytes(newBytes);
    std::memcpy(p, old, oldBytes < newBytes ? oldBytes : newBytes);
    freeBytes(old, oldBytes);
    return p;
}

}  // namespace weir
