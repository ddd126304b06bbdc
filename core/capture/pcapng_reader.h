// pcapng files: sections of either byte order, many interfaces, all packet blocks.
#pragma once

#include "core/capture/reader.h"

namespace weir::capture {

int probePcapng(std::span<const std::byte> head);

/// Simple packet blocks carry no time: they get the time of the packet before them. A block whose length cannot be
/// right is counted as damage, and reading goes on at the next place where two blocks in a row have a known type and
/// equal lengths at both ends. Source: draft-ietf-opsawg-pcapng.
Result<std::unique_ptr<FrameFile>> openPcapng(const FileBytes& bytes, const ReadOptions& options = {});

}  // namespace weir::capture
