// Memory behind Buffer: malloc for small arrays, anonymous maps with huge-page advice for large ones.
#include "core/base/buffer.h"

#include <sys/mman.h>
#include <cstdint>

namespace weir {
namespace {

constexpr std::size_t kMapFrom = 1u << 20;
constexpr std::size_t kHugePage = 2u << 20;

/// Large arrays take whole huge pages: 512 times fewer page faults.
constexpr std::size_t pagesOf(std::size_t bytes) { return (bytes + kHugePage - 1) / kHugePage * kHugePage; }

/// Address space that begins at a huge page. REQUIRES: bytes is a number of huge pages.
std::byte* reserveSpace(std::size_t bytes) {
    void* const p = ::mmap(nullptr, bytes + kHugePage, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (p == MAP_FAILED) throw std::bad_alloc();
    auto* const begin = static_cast<std::byte*>(p);
    const std::size_t head = (kHugePage - reinterpret_cast<std::uintptr_t>(p) % kHugePage) % kHugePage;
    if (head > 0) ::munmap(begin, head);
    ::munmap(begin + head + bytes, kHugePage - head);
    return begin + head;
}

void* mapBytes(std::size_t wanted) {
    const std::size_t bytes = pagesOf(wanted);
    void* const p =
        ::mmap(reserveSpace(bytes), bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
    if (p == MAP_FAILED) throw std::bad_alloc();
    (void)::madvise(p, bytes, MADV_HUGEPAGE);
    return p;
}

/// Moves pages, copies nothing.
void* remapBytes(void* old, std::size_t oldBytes, std::size_t newBytes) {
    const std::size_t from = pagesOf(oldBytes), to = pagesOf(newBytes);
    if (from == to) return old;
    void* const p = ::mremap(old, from, to, MREMAP_MAYMOVE | MREMAP_FIXED, reserveSpace(to));
    if (p == MAP_FAILED) throw std::bad_alloc();
    (void)::madvise(p, to, MADV_HUGEPAGE);
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

void* allocateZeros(std::size_t bytes) {
    void* const p = allocateBytes(bytes);
    if (p && bytes < kMapFrom) std::memset(p, 0, bytes);
    return p;
}

void freeBytes(void* p, std::size_t bytes) noexcept {
    if (!p) return;
    if (bytes >= kMapFrom)
        ::munmap(p, pagesOf(bytes));
    else
        std::free(p);
}

void* reallocateBytes(void* old, std::size_t oldBytes, std::size_t newBytes) {
    if (!old) return allocateBytes(newBytes);
    if (oldBytes >= kMapFrom && newBytes >= kMapFrom) return remapBytes(old, oldBytes, newBytes);
    void* p = allocateBytes(newBytes);
    std::memcpy(p, old, oldBytes < newBytes ? oldBytes : newBytes);
    freeBytes(old, oldBytes);
    return p;
}

}  // namespace weir
