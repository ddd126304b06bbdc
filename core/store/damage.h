// Damage found in a project file since it was opened.
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace weir::store {

/// Code of errors that mean: the file is damaged here.
inline constexpr Errc kDamaged = Errc::truncated;

/// What is lost through damage.
enum class Loss : std::uint8_t {
    source,   ///< one source, which is left out
    part,     ///< something else, such as lists or marks
    derived,  ///< nothing: the results are computed again
};
/// One place of damage.
struct Damage {
    Loss loss = Loss::part;
    std::uint32_t source = 0;  ///< number of the source for Loss::source, else 0
    std::string text;          ///< "source 2, column octetDeltaCount, chunk 3: the checksum is wrong"
};

/// All damage found in one project file; shared by the file and its snapshots. Thread-safe.
class DamageLog {
public:
    /// Of the file at `path`.
    explicit DamageLog(std::string path) : path_(std::move(path)) {}
    /// Adds the damage, once per source and text; control characters in the text become `?`. Returns it as an error:
    /// kDamaged, "PATH: damaged: TEXT".
    Error note(Damage damage);
    /// note() for a lost source.
    Error noteSource(std::uint32_t source, const std::string& text) { return note({Loss::source, source, text}); }
    std::vector<Damage> list() const;            ///< in the order found
    bool leavesOut(std::uint32_t source) const;  ///< whether this source is lost
    bool anyLoss() const;  ///< whether anything but derived results is lost; then nothing is written
    const std::string& path() const { return path_; }  ///< as given

private:
    const std::string path_;
    mutable std::mutex mutex_;
    std::vector<Damage> found_;
};

/// "source 2, column octetDeltaCount, chunk 3", the beginning of a Damage text.
std::string chunkName(std::uint32_t source, std::string_view column, std::uint32_t chunk);

}  // namespace weir::store
