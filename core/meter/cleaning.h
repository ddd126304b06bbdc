// Records that count only once or not at all: double counts of several exporters (methods.md P1) and excluded artefacts
// (P2).
#pragma once

#include "core/base/buffer.h"
#include "core/base/job.h"
#include "core/base/result.h"
#include "core/flow/chunk_source.h"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace weir::meter {

/// Records with an end in `prefix` that has this port. A part not given fits all.
struct Exclusion {
    std::optional<flow::Prefix> prefix;
    std::optional<std::uint8_t> protocol;
    std::optional<std::uint16_t> port;
    friend bool operator==(const Exclusion&, const Exclusion&) = default;
};
/// "192.0.2.0/24", "192.0.2.7 udp/123", "tcp/8080", "161"; nothing when it is none of these or empty.
std::optional<Exclusion> parseExclusion(std::string_view text);
std::string toText(const Exclusion& e);

struct CleaningSettings {
    bool removeDuplicates = true;
    std::int64_t duplicateGapUs = 1'000'000;  ///< starts this close together may be one packet seen twice [I]
    std::vector<Exclusion> exclude;
};

/// Which device sent a record: by source number, then by the column `exporter` (0 = not known). Numbers of the caller's
/// choice.
using Devices = std::map<std::uint32_t, std::vector<std::uint32_t>>;

/// What was taken away. A record is counted once: exclusions go first.
struct Cleaning {
    /// By project row, 64 rows a word; empty = nothing.
    Buffer<std::uint64_t> removed;
    struct Count {
        std::uint64_t records = 0, packets = 0, bytes = 0;  ///< both directions
        std::uint64_t sampleRow = ~std::uint64_t{0};        ///< the first of them
        void add(std::uint64_t row, std::uint64_t p, std::uint64_t b);
        void merge(const Count& o);
    };
    Count duplicates, excluded;
    std::vector<Count> byExclusion;  ///< in order of the settings
    std::map<std::pair<std::uint32_t, std::uint32_t>, Count>
        byDevices;  ///< (device whose copy stays, device whose copy goes)
    bool isRemoved(std::uint64_t row) const { return !removed.empty() && (removed[row >> 6] >> (row & 63) & 1); }
};

/// A record goes when a record of another device with the same 5-tuple, packets and bytes (also of the reverse
/// direction) that starts in the same interval at most the gap apart stays; of two the one earlier in the project
/// stays. The same for any number of threads. Cost: nothing without exclusions and with one device; else one pass over
/// the records, and 16 bytes a record of each interval at work. Errors: cancelled, store.
Result<Cleaning> cleanRecords(const flow::ChunkSource& records, const CleaningSettings& settings,
                              const Devices& devices, std::int64_t intervalUs, JobContext& job);

}  // namespace weir::meter
