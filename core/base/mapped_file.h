// A file's bytes, mapped read-only.
#pragma once

#include "core/base/file_bytes.h"
#include "core/base/result.h"

#include <cstddef>
#include <span>
#include <string>

namespace weir {

/// The whole file as a span; empty files map to an empty span. Move only.
/// Contract: a file that is truncated by somebody else while mapped raises SIGBUS; captures are opened for reading one
/// at a time.
class MappedFile {
public:
    static Result<MappedFile> open(const std::string& path);
    MappedFile(MappedFile&& o) noexcept;
    MappedFile& operator=(MappedFile&& o) noexcept;
    ~MappedFile();
    std::span<const std::byte> bytes() const { return {data_, size_}; }
    FileBytes file() const { return {bytes(), descriptor_}; }

private:
    MappedFile(const std::byte* data, std::size_t size, int descriptor)
        : data_(data), size_(size), descriptor_(descriptor) {}
    const std::byte* data_ = nullptr;
    std::size_t size_ = 0;
    int descriptor_ = -1;
};

}  // namespace weir
