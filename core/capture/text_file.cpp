// One decoder a part.
#include "core/capture/text_file.h"

#include <algorithm>
#include <deque>
#include <mutex>

namespace weir::capture::text {
namespace {

/// Rows that the decoder does not see: comments and repeated heads.
bool isSkipped(const Plan& plan, std::string_view row) {
    if (plan.comment != '\0' && row.front() == plan.comment) return true;
    return !plan.head.empty() && row == plan.head;
}

class TextFile final : public FlowFile {
public:
    TextFile(const FileBytes& bytes, Plan plan) : bytes_(bytes), plan_(std::move(plan)), cuts_(bytes, plan_) {}
    bool has(std::size_t part) override {
        const std::lock_guard lock(mutex_);
        while (part >= parts_.size() && !ended_) look();
        return part < parts_.size();
    }
    std::size_t parts() const override {
        const std::lock_guard lock(mutex_);
        return parts_.size();
    }
    std::uint64_t partBytes(std::size_t part) const override { return at(part).cut.size; }
    std::size_t partRows(std::size_t part) const override {
        const Part& p = at(part);
        Buffer<std::byte> space;
        return bytes_.isStream() ? p.rows
                                 : countRows(textOf(bytes_.read(p.cut.offset, p.cut.size, space)), plan_.layout);
    }
    const DropCounts& openDrops() const override { return drops_; }

    void decode(std::size_t part, flow::AddressDictionary& dictionary, flow::RecordColumns& out,
                DropCounts& drops) const override {
        thread_local Buffer<std::byte> space;
        Part& p = at(part);
        const std::string_view all =
            textOf(bytes_.isStream() ? p.copy.span() : bytes_.read(p.cut.offset, p.cut.size, space));
        const bool endsInLongLine = p.cut.endsInLongRow && !plan_.layout.array;
        const std::string_view text = all.substr(0, endsInLongLine ? all.rfind('\n') + 1 : all.size());
        RowDecoder rows(plan_, out, countRows(text, plan_.layout));
        LineReader lines(text, plan_.layout, plan_.fields);
        Line line;
        while (lines.next(line)) {
            if (isSkipped(plan_, line.text)) continue;
            Reject bad = rows.add(line);
            if (bad && p.cut.endsInLongRow && line.text.data() + line.text.size() == text.data() + text.size())
                bad.reason = longRow(plan_.layout);
            if (bad) drops.add(bad.reason, p.cut.offset + std::size_t(line.text.data() - text.data()), bad.damage);
        }
        if (endsInLongLine) drops.add(longRow(plan_.layout), p.cut.offset + text.size());
        rows.finish(dictionary);
        giveBack(p);
    }

private:
    struct Part {
        TextPart cut;
        Buffer<std::byte> copy;  ///< of a stream, until it is decoded
        std::size_t rows = 0;    ///< of a stream
    };

    /// Parts do not move; of one that is there only decode() changes what it holds.
    Part& at(std::size_t part) const {
        const std::lock_guard lock(mutex_);
        return parts_[part];
    }

    void look() {
        const auto cut = cuts_.next();
        ended_ = !cut;
        if (!cut) return;
        Part part{*cut, {}, 0};
        if (bytes_.isStream()) {
            const std::string_view text = cuts_.text(*cut);
            part.rows = countRows(text, plan_.layout);
            part.copy = std::move(spare_);
            part.copy.clear();
            part.copy.append(std::as_bytes(std::span(text.data(), text.size())));
        }
        parts_.push_back(std::move(part));
    }

    void giveBack(Part& p) const {
        const std::lock_guard lock(mutex_);
        if (p.copy.size() > spare_.size()) std::swap(spare_, p.copy);
        p.copy.release();
    }

    const FileBytes bytes_;
    Plan plan_;
    DropCounts drops_;
    mutable std::mutex mutex_;  ///< of all below
    TextCuts cuts_;
    mutable std::deque<Part> parts_;
    mutable Buffer<std::byte> spare_;  ///< memory of a part that was decoded
    bool ended_ = false;
};

}  // namespace

std::unique_ptr<FlowFile> openText(const FileBytes& bytes, Plan plan) {
    return std::make_unique<TextFile>(bytes, std::move(plan));
}

Preview preview(std::string_view text, const Plan& plan, std::size_t rows, std::size_t bytes) {
    constexpr std::size_t kMostField = 80, kMostRejected = 1000;
    Preview out;
    const std::size_t end = std::size_t(TextCuts(std::as_bytes(std::span(text.data(), text.size())), plan).dataEnd()),
                      first = std::min(plan.firstRow, end);
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
        number +=
            std::uint64_t(std::count(seen.begin() + std::ptrdiff_t(counted), seen.begin() + std::ptrdiff_t(at), '\n'));
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
        if (bad.column >= 0)
            r.field = std::string(line.fields[plan.columns[std::size_t(bad.column)].index].substr(0, kMostField));
        out.rejected.push_back(std::move(r));
    }
    shown.finish(out.dictionary);
    return out;
}

}  // namespace weir::capture::text
