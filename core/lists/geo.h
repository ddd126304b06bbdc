// Countries and autonomous systems of addresses, from MaxMind DB files that the user has.
#pragma once

#include "core/base/result.h"
#include "core/flow/address.h"

#include <cstdint>
#include <memory>
#include <string>

namespace weir::lists {

/// Record of one address in a database.
struct GeoEntry {
    std::string country;   ///< ISO 3166-1 code, "DE"; empty = not known
    std::uint32_t as = 0;  ///< AS number; 0 = not known
    std::string asName;    ///< organisation that has the AS number; empty = not known
    bool empty() const { return country.empty() && as == 0; }  ///< neither country nor AS is known
};

/// One open MaxMind DB file, mapped into memory. All calls are thread-safe.
class GeoDatabase {
public:
    /// Opens a file in the layout of GeoLite2 or GeoIP2 (ASN, Country, City, …), DB-IP or IPinfo. Errors: io ("PATH:
    /// cannot be read: …"); badMagic (not such a database; the text says which files are expected).
    static Result<std::shared_ptr<const GeoDatabase>> open(const std::string& path);
    ~GeoDatabase();
    GeoDatabase(const GeoDatabase&) = delete;
    GeoDatabase& operator=(const GeoDatabase&) = delete;

    /// The record of the address; empty if there is none or it is damaged. Cost: about 1 µs.
    GeoEntry find(const flow::IpAddr& address) const;
    const std::string& path() const { return path_; }  ///< as given to open()
    std::string type() const;                          ///< type in the file's metadata: "GeoLite2-ASN"
    std::string date() const;                          ///< day on which the file was built, YYYY-MM-DD, UTC

private:
    struct Handle;
    GeoDatabase(std::string path, std::unique_ptr<Handle> handle);
    std::string path_;
    std::unique_ptr<Handle> handle_;
};

}  // namespace weir::lists
