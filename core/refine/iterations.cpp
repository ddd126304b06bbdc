// Iterations as a table of the project file and back.
#include "core/refine/iterations.h"

#include "core/flow/table_columns.h"

#include <algorithm>

namespace weir::refine {
namespace {

using Numbers = std::vector<std::int64_t>;
using Texts = std::vector<std::string>;

struct NumberField {
    std::string_view name;
    std::int64_t (*get)(const Iteration&);
    void (*set)(Iteration&, std::int64_t);
};
struct TextField {
    std::string_view name;
    std::string Iteration::*member;
};

// clang-format off
constexpr NumberField kNumbers[] = {
    {"id",           [](const Iteration& i) { return i.id; },                         [](Iteration& i, std::int64_t v) { i.id = v; }},
    {"parent",       [](const Iteration& i) { return i.parent; },                     [](Iteration& i, std::int64_t v) { i.parent = v; }},
    {"one_way",      [](const Iteration& i) { return std::int64_t(i.oneWay); },       [](Iteration& i, std::int64_t v) { i.oneWay = std::uint64_t(v); }},
    {"conflicting",  [](const Iteration& i) { return std::int64_t(i.conflicting); },  [](Iteration& i, std::int64_t v) { i.conflicting = std::uint64_t(v); }},
    {"unclassified", [](const Iteration& i) { return std::int64_t(i.unclassified); }, [](Iteration& i, std::int64_t v) { i.unclassified = std::uint64_t(v); }},
    {"observed",     [](const Iteration& i) { return std::int64_t(i.observed); },     [](Iteration& i, std::int64_t v) { i.observed = std::uint64_t(v); }},
};
// clang-format on
constexpr TextField kTexts[] = {
    {"name", &Iteration::name}, {"tag", &Iteration::tag},   {"time", &Iteration::time},
    {"text", &Iteration::text}, {"edit", &Iteration::edit},
};
// clang-format on

}  // namespace

flow::Table toTable(const std::vector<Iteration>& iterations) {
    flow::Table table{"iteration", {}};
    for (const NumberField& f : kNumbers) {
        Numbers values;
        for (const Iteration& i : iterations) values.push_back(f.get(i));
        table.columns.push_back({std::string(f.name), std::move(values)});
    }
    for (const TextField& f : kTexts) {
        Texts values;
        for (const Iteration& i : iterations) values.push_back(i.*f.member);
        table.columns.push_back({std::string(f.name), std::move(values)});
    }
    return table;
}

Result<std::vector<Iteration>> fromTable(const flow::Table& table) {
    const std::size_t rows = flow::rowsOf(table);
    std::vector<Iteration> iterations(rows);
    const auto missing = [](std::string_view name) {
        std::string what("the table of iterations has no usable column ");
        what.append(name);
        return Error{Errc::store, std::move(what), 0};
    };
    for (const NumberField& f : kNumbers) {
        const Numbers* values = flow::columnOf<std::int64_t>(table, f.name);
        if (!values) return missing(f.name);
        for (std::size_t i = 0; i < rows; ++i) f.set(iterations[i], (*values)[i]);
    }
    for (const TextField& f : kTexts) {
        const Texts* values = flow::columnOf<std::string>(table, f.name);
        if (!values) return missing(f.name);
        for (std::size_t i = 0; i < rows; ++i) iterations[i].*f.member = (*values)[i];
    }
    return iterations;
}

}  // namespace weir::refine
