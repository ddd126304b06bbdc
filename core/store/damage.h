// What was found damaged in a project file since it was opened.
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace weir::store {

/// The code of errors that mean: the file is damaged here.
inline constexpr Errc kDamaged = Errc::truncated;

/// What damage costs.
enum class Loss : std::uint8_t {
    source,   ///< a source is left out
    part,     ///< something else is left out, such as lists or marks
    derived,  ///< nothing: it is computed again
};
struct Damage {
    Loss loss = Loss::part;
    std::uint32_t source = 0;  ///< of Loss::source, else 0
    std::string text;          ///< "source 2, column octetDeltaCount, chunk 3: the checksum is wrong"
};

/// Thread-safe; shared by a project file and its snapshots.
class DamageLog {
public:
    explicit DamageLog(std::string path) : path_(std::move(path)) {}
    /// Remembers it, once per source and text. Returns it as an error: "P.weir: damaged: …" (kDamaged).
    Error note(Damage damage);
    Error noteSource(std::uint32_t source, const std::string& text) { return note({Loss::source, source, text}); }
    std::vector<Damage> list() const;
    bool leavesOut(std::uint32_t source) const;
    /// True when something is left out: then nothing is written any more.
    bool anyLoss() const;
    const std::string& path() const { return path_; }

private:
    const std::string path_;
    mutable std::mutex mutex_;
    std::vector<Damage> found_;
};

/// "source 2, column octetDeltaCount, chunk 3" and the like, for texts of Damage.
std::string chunkName(std::uint32_t source, std::string_view column, std::uint32_t chunk);

}  // namespace weir::store
