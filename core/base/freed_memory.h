// How the C library treats memory that was given back.
#pragma once

namespace weir {

/// Keeps freed blocks of up to 32 MiB for the next user instead of returning them to the system at once: scans free and
/// take the same few hundred KiB for every chunk, and each return costs a page fault per 4 KiB when they take them
/// again. Once, before threads start.
void keepFreedMemory();

}  // namespace weir
