// What nfcapd files say of the exporters.
#pragma once

#include "core/flow/exporter.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>

namespace weir::capture::nfcapd {

/// Exporters by the number that flow records have. At most kMost; more are not kept.
class ExporterNotes {
public:
    static constexpr std::size_t kMost = 16384;

    /// A record of the types exporter, exporter statistics and sampler. False: it is damaged.
    bool note(std::uint16_t type, std::span<const std::byte> record, bool swapped);
    /// Joins the notes of a later part: the first description and the last sampling interval count, statistics add up.
    void join(const ExporterNotes& later);
    /// By number from 1; blank where a number is not described.
    std::vector<flow::Exporter> list() const;

private:
    struct Note {
        bool described = false;
        flow::Exporter exporter;
    };
    Note* of(std::uint16_t number);  ///< nullptr: number 0 or too many
    template <bool Swapped>
    bool read(std::uint16_t type, std::span<const std::byte> record);

    std::map<std::uint16_t, Note> notes_;
};

}  // namespace weir::capture::nfcapd
