// glibc's thresholds.
#include "core/base/freed_memory.h"

#include <malloc.h>

namespace weir {

void keepFreedMemory() {
    constexpr int kMostKept = 64 << 20, kLargestBlock = 32 << 20;  // glibc takes no more for a block
    (void)::mallopt(M_TRIM_THRESHOLD, kMostKept);
    (void)::mallopt(M_MMAP_THRESHOLD, kLargestBlock);
}

}  // namespace weir
