// Templates of NetFlow 9 and IPFIX, compiled to the list of what goes where.
#pragma once

#include "core/flow/schema.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace weir::capture {

inline constexpr std::uint16_t kVariableLength =
    65535;  ///< as a field's length: each record brings its own (RFC 7011 section 7)

/// A field of a template. `enterprise` 0 = IANA; scope fields of NetFlow 9 have kScopeEnterprise and their scope type
/// as id.
struct TemplateField {
    std::uint32_t enterprise = 0;
    std::uint16_t id = 0, length = 0;
};
inline constexpr std::uint32_t kScopeEnterprise = 0xffffffff, kReverseEnterprise = 29305;

/// How a field's bytes become a value.
enum class Read : std::uint8_t {
    number,  ///< unsigned, 1 to 8 bytes, most significant first
    or8,
    high8,  ///< a number that is or-ed into the value; the same, shifted left by 8
    ipv4,
    ipv6,
    uptimeMs,  ///< milliseconds since boot, 32 bits that wrap
    seconds,
    milliseconds,
    ntpUs,
    ntpNs,
    beforeExportUs,
    durationMs,
    durationUs,
    sampler,  ///< a number that names a sampler of the exporter
};
/// Where values go besides the columns of flow::Col.
enum Slot : std::uint8_t { kSrc6 = flow::kColCount, kDst6, kDuration, kSlots };

struct FieldOp {
    std::uint8_t slot = 0;  ///< flow::Col or Slot
    Read read = Read::number;
    bool whereZero = false;    ///< only rows whose value is zero so far
    std::uint16_t offset = 0;  ///< in the record; in a template with variable lengths the number of the field
    std::uint16_t length = 0;  ///< kVariableLength: as the record says
};

struct RecordTemplate {
    std::vector<TemplateField> fields;
    std::vector<FieldOp> ops;
    flow::ColSet filled;            ///< columns that `ops` write
    flow::ColSet whole;             ///< of those, the ones whose first op writes every row whatever is in it
    std::uint32_t recordBytes = 0;  ///< of a record; with variable lengths the least
    bool variable = false;
    bool options = false;
    bool v4 = false, v6 = false;  ///< addresses of that family
    bool samples = false;         ///< sFlow: a whole datagram, not records of these fields
    bool icmpFields = false;      ///< type and code stand apart from the ports
    bool hasAddresses() const { return v4 || v6; }
    /// Two templates with equal fields decode alike.
    bool sameAs(const std::vector<TemplateField>& other, bool otherOptions) const;
};

/// REQUIRES at least one field.
RecordTemplate compileTemplate(std::vector<TemplateField> fields, bool options);
/// The records of NetFlow 1, 5 and 7 as a template.
const RecordTemplate& oldTemplate(std::uint16_t version, std::uint16_t recordBytes);

/// The flow samples of an sFlow datagram.
const RecordTemplate& sampleTemplate();

/// Finds each field of the record at the begin of `bytes`: places[i], lengths[i]. Returns the record's length, 0 = it
/// does not fit.
std::size_t locateFields(const RecordTemplate& t, std::span<const std::byte> bytes,
                         std::vector<const std::byte*>& places, std::vector<std::uint16_t>& lengths);
/// Whole records in the content of a data set; padding behind them is none.
std::uint32_t countRecords(const RecordTemplate& t, std::span<const std::byte> content);

}  // namespace weir::capture
