// The only file that includes libmaxminddb.
#include "core/lists/geo.h"

#include "core/base/text.h"

#include <maxminddb.h>

#include <netinet/in.h>
#include <cerrno>
#include <cstring>
#include <string_view>

namespace weir::lists {

struct GeoDatabase::Handle {
    MMDB_s db{};
    bool open = false;
    ~Handle() {
        if (open) MMDB_close(&db);
    }
};

namespace {

template <class... Keys>
std::string textAt(MMDB_entry_s entry, Keys... keys) {
    MMDB_entry_data_s data{};
    if (MMDB_get_value(&entry, &data, keys..., nullptr) != MMDB_SUCCESS || !data.has_data ||
        data.type != MMDB_DATA_TYPE_UTF8_STRING)
        return {};
    return {data.utf8_string, data.data_size};
}

std::uint32_t numberAt(MMDB_entry_s entry, const char* key) {
    MMDB_entry_data_s data{};
    if (MMDB_get_value(&entry, &data, key, nullptr) != MMDB_SUCCESS || !data.has_data ||
        data.type != MMDB_DATA_TYPE_UINT32)
        return 0;
    return data.uint32;
}

/// "AS64496" → 64496
std::uint32_t asOf(std::string_view text) {
    if (text.starts_with("AS")) text.remove_prefix(2);
    return wholeNumber<std::uint32_t>(text).value_or(0);
}

std::string firstOf(std::string a, std::string b) { return a.empty() ? b : a; }

}  // namespace

GeoDatabase::GeoDatabase(std::string path, std::unique_ptr<Handle> handle)
    : path_(std::move(path)), handle_(std::move(handle)) {}
GeoDatabase::~GeoDatabase() = default;

Result<std::shared_ptr<const GeoDatabase>> GeoDatabase::open(const std::string& path) {
    auto handle = std::make_unique<Handle>();
    const int status = MMDB_open(path.c_str(), MMDB_MODE_MMAP, &handle->db);
    if (status == MMDB_FILE_OPEN_ERROR || status == MMDB_IO_ERROR)
        return Error{Errc::io, path + ": cannot be read: " + std::strerror(errno), 0};
    if (status != MMDB_SUCCESS)
        return Error{Errc::badMagic,
                     path + ": not a MaxMind database (" + MMDB_strerror(status) +
                         "); expected a .mmdb file of countries or AS numbers",
                     0};
    handle->open = true;
    return std::shared_ptr<const GeoDatabase>(new GeoDatabase(path, std::move(handle)));
}

GeoEntry GeoDatabase::find(const flow::IpAddr& address) const {
    sockaddr_in v4{};
    sockaddr_in6 v6{};
    const sockaddr* socket = nullptr;
    if (address.isV4()) {
        v4.sin_family = AF_INET;
        v4.sin_addr.s_addr = htonl(address.v4Value());
        socket = reinterpret_cast<const sockaddr*>(&v4);
    } else {
        v6.sin6_family = AF_INET6;
        std::memcpy(&v6.sin6_addr, address.b.data(), address.b.size());
        socket = reinterpret_cast<const sockaddr*>(&v6);
    }
    int status = MMDB_SUCCESS;
    MMDB_lookup_result_s found = MMDB_lookup_sockaddr(&handle_->db, socket, &status);
    GeoEntry out;
    if (status != MMDB_SUCCESS || !found.found_entry) return out;
    out.country = firstOf(firstOf(textAt(found.entry, "country", "iso_code"), textAt(found.entry, "country_code")),
                          textAt(found.entry, "registered_country", "iso_code"));
    out.as = numberAt(found.entry, "autonomous_system_number");
    if (out.as == 0) out.as = asOf(textAt(found.entry, "asn"));
    out.asName = firstOf(textAt(found.entry, "autonomous_system_organization"), textAt(found.entry, "as_name"));
    return out;
}

std::string GeoDatabase::type() const {
    return handle_->db.metadata.database_type ? handle_->db.metadata.database_type : "";
}
std::string GeoDatabase::date() const {
    return utcText(std::int64_t(handle_->db.metadata.build_epoch) * 1'000'000).substr(0, 10);
}

}  // namespace weir::lists
