// libarchive's filters over a mapped file.
#include "core/capture/unpack.h"

#include <archive.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>

namespace weir::capture {
namespace {

using namespace std::string_view_literals;

struct Magic {
    std::string_view bytes, name;
};
constexpr auto kMagics = std::to_array<Magic>({
    {"\x1f\x8b\x08"sv, "gzip"},
    {"BZh"sv, "bzip2"},
    {"\xfd" "7zXZ\0"sv, "xz"},
    {"\x28\xb5\x2f\xfd"sv, "zstd"},
    {"\x04\x22\x4d\x18"sv, "lz4"},
});

struct Free {
    void operator()(struct archive* a) const noexcept { archive_read_free(a); }
};
using Archive = std::unique_ptr<struct archive, Free>;

/// At the packed data, ready for blocks; null when the filter does not take the bytes.
Archive open(std::span<const std::byte> packed) {
    Archive a(archive_read_new());
    if (!a) return a;
    archive_read_support_filter_gzip(a.get());
    archive_read_support_filter_bzip2(a.get());
    archive_read_support_filter_xz(a.get());
    archive_read_support_filter_zstd(a.get());
    archive_read_support_filter_lz4(a.get());
    archive_read_support_format_raw(a.get());
    archive_read_support_format_empty(a.get());
    struct archive_entry* entry = nullptr;
    if (archive_read_open_memory(a.get(), packed.data(), packed.size()) != ARCHIVE_OK || archive_read_next_header(a.get(), &entry) != ARCHIVE_OK) return {};
    // Bytes that no filter takes would come through as they are.
    if (archive_filter_code(a.get(), 0) == ARCHIVE_FILTER_NONE) return {};
    return a;
}

/// Calls take(bytes) for each block until it returns false. Returns why it ended early, else empty.
template <class Take>
std::string eachBlock(struct archive* a, Take take) {
    for (;;) {
        const void* data = nullptr;
        std::size_t size = 0;
        la_int64_t offset = 0;
        const int code = archive_read_data_block(a, &data, &size, &offset);
        if (code == ARCHIVE_EOF) return {};
        if (code != ARCHIVE_OK && code != ARCHIVE_WARN) {
            const char* why = archive_error_string(a);
            return why ? why : "damaged archive";
        }
        if (!take(std::span(static_cast<const std::byte*>(data), size))) return {};
    }
}

}  // namespace

std::string_view packingOf(std::span<const std::byte> head) {
    for (const Magic& m : kMagics)
        if (head.size() >= m.bytes.size() && std::memcmp(head.data(), m.bytes.data(), m.bytes.size()) == 0) return m.name;
    return {};
}

Result<Unpacked> unpack(std::span<const std::byte> packed, std::uint64_t most, JobContext& job) {
    const Archive a = open(packed);
    Unpacked out;
    if (!a) {
        out.damage = "damaged archive";
        return out;
    }
    bool stopped = false, tooLarge = false;
    out.damage = eachBlock(a.get(), [&](std::span<const std::byte> block) {
        stopped = !job.step(out.bytes.size(), 0, "unpacking", "bytes") || job.cancelled();
        tooLarge = block.size() > most - out.bytes.size();
        if (stopped || tooLarge) return false;
        out.bytes.append(block);
        return true;
    });
    if (stopped) return cancelledError();
    if (tooLarge)
        return Error{Errc::unsupported, "unpacks to more than " + std::to_string(most >> 20) + " MiB (setting capture.most-unpacked); unpack it to disk and import that", 0};
    out.damagedAt = out.bytes.size();
    return out;
}

Buffer<std::byte> unpackedHead(std::span<const std::byte> packed, std::size_t bytes) {
    Buffer<std::byte> out;
    const Archive a = open(packed);
    if (!a) return out;
    (void)eachBlock(a.get(), [&](std::span<const std::byte> block) {
        out.append(block.first(std::min(block.size(), bytes - out.size())));
        return out.size() < bytes;
    });
    return out;
}

}  // namespace weir::capture
