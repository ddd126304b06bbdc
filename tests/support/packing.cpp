// libarchive's filters the other way round.
#include "tests/support/packing.h"

#include <archive.h>
#include <archive_entry.h>

#include <cstdio>
#include <cstdlib>
#include <string>

namespace weir::testing {

std::vector<std::byte> packed(std::span<const std::byte> bytes, std::string_view packing) {
    std::vector<std::byte> out(bytes.size() + bytes.size() / 8 + (1u << 16));
    std::size_t used = 0;
    archive* const a = archive_write_new();
    archive_entry* const entry = archive_entry_new();
    archive_entry_set_filetype(entry, AE_IFREG);
    const auto require = [&](auto code) {
        if (code >= 0) return;
        std::fprintf(stderr, "packing as %s: %s\n", std::string(packing).c_str(), archive_error_string(a));
        std::abort();
    };
    require(archive_write_add_filter_by_name(a, std::string(packing).c_str()));
    require(archive_write_set_format_raw(a));
    require(archive_write_set_filter_option(a, nullptr, "compression-level", "1"));
    require(archive_write_set_bytes_per_block(a, 0));
    require(archive_write_open_memory(a, out.data(), out.size(), &used));
    require(archive_write_header(a, entry));
    require(archive_write_data(a, bytes.data(), bytes.size()));
    require(archive_write_close(a));
    archive_entry_free(entry);
    archive_write_free(a);
    out.resize(used);
    return out;
}

}  // namespace weir::testing
