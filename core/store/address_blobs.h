// The address list of a source in the project file: sorted, stored as packed differences, about 2 bytes per IPv4 host.
#pragma once

#include "core/base/result.h"
#include "core/flow/address_table.h"
#include "core/store/sqlite_db.h"

#include <cstdint>

namespace weir::store {

/// Writes all addresses of the table as those of `source`, in blocks of 65,536. REQUIRES: a transaction; the source has
/// no addresses yet. Errors: store.
Status saveAddresses(Db& db, std::uint32_t source, const flow::AddressTable& table);
/// Reads what saveAddresses() wrote. Memory is limited by the blocks present, not by the counts they state. Errors:
/// kDamaged (a block is missing, damaged or out of order; the text does not name the source), store.
Result<flow::AddressTable> loadAddresses(const Db& db, std::uint32_t source);

}  // namespace weir::store
