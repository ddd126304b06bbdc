// Countries and autonomous systems of addresses, out of a MaxMind DB file that the user has.
#pragma once

#include "core/base/result.h"
#include "core/flow/address.h"

#include <cstdint>
#include <memory>
#include <string>

namespace weir::lists {

struct GeoEntry {
    std::string country;   ///< ISO 3166 code, "DE"; empty = not known
    std::uint32_t as = 0;  ///< 0 = not known
    std::string asName;
    bool empty() const { return country.empty() && as == 0; }
};

/// One open file. All calls are thread-safe.
class GeoDatabase {
public:
    /// Reads GeoLite2 and GeoIP2 (ASN, Country, City, …), DB-IP, and IPinfo files. Errors: io, badMagic (no such
    /// database), with the remedy.
    static Result<std::shared_ptr<const GeoDatabase>> open(const std::string& path);
    ~GeoDatabase();
    GeoDatabase(const GeoDatabase&) = delete;
    GeoDatabase& operator=(const GeoDatabase&) = delete;

    /// What the file says of the address; a damaged record says nothing. Cost: about 1 µs.
    GeoEntry find(const flow::IpAddr& address) const;
    const std::string& path() const { return path_; }
    std::string type() const;  ///< "GeoLite2-ASN"
    std::string date() const;  ///< when it was built, YYYY-MM-DD

private:
    struct Handle;
    GeoDatabase(std::string path, std::unique_ptr<Handle> handle);
    std::string path_;
    std::unique_ptr<Handle> handle_;
};

}  // namespace weir::lists
