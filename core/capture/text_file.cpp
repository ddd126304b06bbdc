// Cutting at line ends; one decoder a part.
#include "core/capture/text_file.h"

#include "core/flow/chunk_source.h"

#include <algorithm>

namespace weir::capture::text {
namespace {

constexpr std::size_t kRowsOfPart = 60000;       ///< aimed at: a little below a chunk, rows differ in length
constexpr std::size_t kSampleBytes = 1u << 18;
constexpr std::size_t kLeastPart = 1u << 16, kMostPart = 64u << 20;
constexpr int kMostCutTries = 16;

/// Where the data ends: in front of the trailer, which stands in the last lines when there is one.
std::size_t endOfData(std::string_view text, const Plan& plan) {
    if (plan.trailer.empty()) return text.size();
    constexpr std::size_t kTail = 4096;
    const std::size_t from = std::max(plan.firstRow, text.size() > kTail ? text.size() - kTail : 0);
    for (std::size_t at = from; (at = text.find(plan.trailer, at)) != std::string_view::npos; ++at)
        if (at == plan.firstRow || text[at - 1] == '\n') return at;
    return text.size();
}

/// Rows that the decoder does not see: comments and repeated heads.
bool isSkipped(const Plan& plan, std::string_view row) {
    if (plan.comment != '\0' && row.front() == plan.comment) return true;
    return !plan.head.empty() && row == plan.head;
}

class TextFile final : public FlowFile {
public:
    TextFile(const FileBytes& bytes, Plan plan) : bytes_(bytes), text_(textOf(bytes)), plan_(std::move(plan)) { cut(); }
    std::size_t parts() const override { return cuts_.size() - 1; }
    std::uint64_t partBytes(std::size_t part) const override { return cuts_[part + 1] - cuts_[part]; }
    std::size_t partRows(std::size_t part) const override { return countLines(textOfPart(part)); }
    const DropCounts& openDrops() const override { return drops_; }

    void decode(std::size_t part, flow::AddressDictionary& dictionary, flow::RecordColumns& out, DropCounts& drops) const override {
        thread_local Buffer<std::byte> space;
        const std::string_view text = textOf(bytes_.read(cuts_[part], partBytes(part), space));
        RowDecoder rows(plan_, out, countLines(text));
        LineReader lines(text, plan_.layout, plan_.fields);
        Line line;
        while (lines.next(line)) {
            if (isSkipped(plan_, line.text)) continue;
            if (const Reject bad = rows.add(line)) drops.add(bad.reason, cuts_[part] + std::size_t(line.text.data() - text.data()), bad.damage);
        }
        rows.finish(dictionary);
    }

private:
    std::string_view textOfPart(std::size_t part) const { return text_.substr(cuts_[part], cuts_[part + 1] - cuts_[part]); }

    void cut() {
        const std::size_t end = endOfData(text_, plan_);
        const std::size_t first = std::min(plan_.firstRow, end);
        const std::string_view sample = text_.substr(first, std::min(kSampleBytes, end - first));
        const std::size_t lines = std::max<std::size_t>(1, countLines(sample));
        const std::size_t step = std::clamp(sample.size() / lines * kRowsOfPart, kLeastPart, kMostPart);
        cuts_.push_back(first);
        while (end - cuts_.back() > step + step / 4) cuts_.push_back(rowBehind(cuts_.back() + step, end));
        if (cuts_.back() < end || cuts_.size() == 1) cuts_.push_back(end);
    }

    /// The next line that looks like the beginning of a row: a line end may stand inside quotes.
    std::size_t rowBehind(std::size_t at, std::size_t end) const {
        std::size_t first = end;
        for (int tries = 0; tries < kMostCutTries; ++tries) {
            const auto lineEnd = text_.substr(0, end).find('\n', at);
            if (lineEnd == std::string_view::npos) break;
            at = lineEnd + 1;
            if (tries == 0) first = at;
            if (plan_.rowFields == 0 || at == end) break;
            Line line;
            LineReader reader(text_.substr(at, std::min<std::size_t>(end - at, 1u << 16)), plan_.layout, plan_.rowFields + 1);
            if (reader.next(line) && line.fields.size() == plan_.rowFields) return at;
        }
        return first;
    }

    const FileBytes bytes_;
    std::string_view text_;  ///< all of it
    Plan plan_;
    DropCounts drops_;
    std::vector<std::size_t> cuts_;  ///< offsets; a part lies between two
};

}  // namespace

std::unique_ptr<FlowFile> openText(const FileBytes& bytes, Plan plan) { return std::make_unique<TextFile>(bytes, std::move(plan)); }

Preview preview(std::string_view text, const Plan& plan, std::size_t rows, std::size_t bytes) {
    constexpr std::size_t kMostField = 80, kMostRejected = 1000;
    Preview out;
    const std::size_t end = endOfData(text, plan), first = std::min(plan.firstRow, end);
    const std::string_view seen = text.substr(first, std::min(bytes, end - first));
    out.whole = first + seen.size() == end;
    flow::RecordColumns scratch;
    RowDecoder shown(plan, out.records, rows), checked(plan, scratch, 1);
    LineReader lines(seen, plan.layout, plan.fields);
    Line line;
    std::uint64_t number = 1 + std::uint64_t(std::count(text.begin(), text.begin() + std::ptrdiff_t(first), '\n'));
    std::size_t counted = 0;
    while (lines.next(line)) {
        const auto at = std::size_t(line.text.data() - seen.data());
        const bool cutOff = !out.whole && at + line.text.size() >= seen.size();
        if (cutOff || isSkipped(plan, line.text)) continue;
        number += std::uint64_t(std::count(seen.begin() + std::ptrdiff_t(counted), seen.begin() + std::ptrdiff_t(at), '\n'));
        counted = at;
        ++out.rowsSeen;
        const bool show = shown.rows() < rows;
        Reject bad = show ? shown.add(line) : Reject{};
        if (!show) {
            bad = checked.add(line);
            if (!bad) checked.restart();
        }
        if (show && !bad) out.lines.push_back(number);
        if (!bad) continue;
        ++out.rowsRejected;
        if (out.rejected.size() == kMostRejected) continue;
        RejectedRow r{number, std::string(bad.reason), {}, bad.column};
        if (bad.column >= 0) r.field = std::string(line.fields[plan.columns[std::size_t(bad.column)].index].substr(0, kMostField));
        out.rejected.push_back(std::move(r));
    }
    shown.finish(out.dictionary);
    return out;
}

}  // namespace weir::capture::text
