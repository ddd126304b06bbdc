// Where a text is cut into parts, going forward: a part begins with a row, and no part ends inside one that can be
// read.
#pragma once

#include "core/base/file_bytes.h"
#include "core/capture/text_plan.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace weir::capture::text {

inline std::string_view textOf(std::span<const std::byte> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

struct TextPart {
    std::uint64_t offset = 0;
    std::size_t size = 0;
    bool endsInLongRow = false;  ///< its last row goes on behind it, for more than kMaxRow bytes that no part has
};

/// About 60,000 rows a part by the length of the first rows, at most 20 MiB. A quoted line end never splits a row as
/// long as rows have the number of fields that the plan says. Looks at a few KiB around each cut of a file and keeps a
/// part and 1 MiB of a stream.
class TextCuts {
public:
    /// `plan` must outlive it.
    TextCuts(const FileBytes& bytes, const Plan& plan);
    /// Nothing at the end.
    std::optional<TextPart> next();
    /// Of the part that next() gave last, of a stream. Valid until next().
    std::string_view text(const TextPart& part) const { return textOf(window_.from(part.offset).first(part.size)); }
    /// Where the data ends; of a stream only behind its last part.
    std::uint64_t dataEnd() const { return end_; }

private:
    std::string_view view(std::uint64_t at, std::size_t size);
    void findEnd(std::uint64_t fileEnd);
    std::optional<std::uint64_t> cutBehind(std::uint64_t at);
    std::optional<std::uint64_t> rowBehind(std::uint64_t at);
    std::optional<std::uint64_t> memberBehind(std::uint64_t at);
    std::optional<std::uint64_t> lineEnd(std::uint64_t at, std::uint64_t limit);
    std::optional<std::uint64_t> member(std::uint64_t at, std::uint64_t limit);
    bool readsAsRow(std::uint64_t at);
    void skipLongRow();

    const Plan& plan_;
    const bool stream_;
    FileWindow window_;
    std::uint64_t at_ = 0,
                  end_;  ///< of the next part; of the data: in front of the trailer, unknown of a stream until it ends
    std::size_t step_ = 0;
    bool longRow_ = false;  ///< at_ is inside a row that nobody gets
};

}  // namespace weir::capture::text
