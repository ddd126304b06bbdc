// A source's ordered addresses in the project file: differences, packed; about two bytes an IPv4 host.
#pragma once

#include "core/base/result.h"
#include "core/flow/address_table.h"
#include "core/store/sqlite_db.h"

#include <cstdint>

namespace weir::store {

Status saveAddresses(Db& db, std::uint32_t source, const flow::AddressTable& table);
/// Errors: kDamaged, when blocks are missing, damaged or out of order; store.
Result<flow::AddressTable> loadAddresses(const Db& db, std::uint32_t source);

}  // namespace weir::store
