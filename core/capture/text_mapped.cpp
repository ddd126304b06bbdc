// Texts with IPFIX names, and texts that a mapping explains.
#include "core/capture/csv_mapping.h"
#include "core/capture/text_formats.h"

#include <algorithm>

namespace weir::capture::text {
namespace {

constexpr std::size_t kLeastColumns = 3;

bool usableMapping(const Plan& plan) {
    return plan.has(Field::source) && plan.has(Field::destination) && (plan.has(Field::start) || plan.has(Field::end));
}

std::optional<Plan> planOfObjects(std::string_view text, std::size_t begin) {
    Plan plan;
    plan.layout.delimiter = '\0';
    plan.layout.array = text[begin] == '[';
    for (const MapElement& e : mapElements()) {
        if (e.field == Field::bothPackets || e.field == Field::bothBytes) continue;
        plan.columns.push_back({std::uint16_t(plan.layout.keys.size()), e.field, e.form, false});
        plan.layout.keys.emplace_back(e.name);
    }
    // Which of the names do the first rows have?
    Line line;
    LineReader lines(text.substr(begin, 1u << 16), plan.layout, plan.layout.keys.size());
    std::vector<bool> seen(plan.layout.keys.size());
    for (int rows = 0; rows < 8 && lines.next(line); ++rows)
        for (std::size_t i = 0; i < line.fields.size(); ++i)
            if (!line.fields[i].empty()) seen[i] = true;
    Plan shown;
    for (const Column& c : plan.columns)
        if (seen[c.index]) shown.columns.push_back(c);
    if (!usableMapping(shown)) return {};
    plan.firstRow = begin;
    plan.complete();
    return plan;
}

}  // namespace

std::optional<Plan> planIpfix(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \t\r\n", markLength(text));
    if (begin == std::string_view::npos) return {};
    if (text[begin] == '{' || text[begin] == '[') return planOfObjects(text, begin);
    const auto row = firstRow(text);
    if (!row) return {};
    Plan plan = planWithHead(text, *row, {});
    for (std::size_t i = 0; i < row->fields.size() && i < 65535; ++i)
        if (const MapElement* e = findElement(row->fields[i]))
            plan.columns.push_back({std::uint16_t(i), e->field, e->form, false});
    plan.complete();
    if (!usableMapping(plan)) return {};
    return plan;
}

int probeMapped(std::span<const std::byte> head) {
    const std::string_view text = textOf(head);
    const auto row = firstRow(text);
    if (!row || row->fields.size() < kLeastColumns) return 0;
    const FirstRow below = firstRowWith(text, row->end, row->delimiter);
    return below.fields.empty() || below.fields.size() == row->fields.size() ? 10 : 0;
}

Result<std::unique_ptr<FlowFile>> openMapped(const FileBytes& bytes, const ReadOptions& options) {
    const std::string_view text = textOf(bytes.head());
    if (!options.csvMapping.empty()) {
        const auto mapping = parseMapping(options.csvMapping);
        if (!mapping) return mapping.error();
        auto plan = planOfMapping(text, *mapping);
        if (!plan) return plan.error();
        return openText(bytes, std::move(*plan));
    }
    const auto proposal = proposeMapping(text);
    if (!proposal) return Error{Errc::unsupported, "not a delimited text file", 0};
    std::string known, unknown;
    for (std::size_t i = 0; i < proposal->columns.size(); ++i) {
        const ProposedColumn& c = proposal->columns[i];
        const std::string name = c.name.empty() ? std::to_string(i + 1) : c.name;
        if (c.element)
            known.append(known.empty() ? "" : ", ").append(name).append(" = ").append(c.element->name);
        else
            unknown.append(unknown.empty() ? "" : ", ").append(name);
    }
    std::string why = "unrecognised text format (" + std::to_string(proposal->columns.size()) + " columns)";
    why += known.empty() ? "; no column was recognised" : "; recognised: " + known;
    if (!unknown.empty()) why += "; not recognised: " + (unknown.size() > 200 ? unknown.substr(0, 200) + "…" : unknown);
    const auto missing = proposal->missing();
    if (!missing.empty()) why += "; missing: " + missing;
    const std::string example = missing.empty()
                                    ? toText(proposal->mapping())
                                    : "sourceIPv4Address=3,destinationIPv4Address=5,flowStartMilliseconds=1:s";
    return Error{Errc::unsupported, why + "; say which column is what: --map '" + example + "'", 0};
}

}  // namespace weir::capture::text

namespace weir::capture {

bool wantsMapping(std::span<const std::byte> head) {
    const ReaderDef* reader = bestReader(head);
    return reader && reader->openFlows == text::openMapped;
}

}  // namespace weir::capture
