// Keys of the columns, values raw.
#include "core/report/formats.h"

#include <nlohmann/json.hpp>

namespace weir::report {
namespace {

using Json = nlohmann::ordered_json;

Json value(const Cell& cell) {
    return std::visit(
        [](const auto& v) -> Json {
            if constexpr (std::is_same_v<std::decay_t<decltype(v)>, std::monostate>)
                return nullptr;
            else
                return v;
        },
        cell);
}

Json rowsOf(const Table& table) {
    Json rows = Json::array();
    for (const auto& cells : table.rows) {
        Json row = Json::object();
        for (std::size_t i = 0; i < cells.size(); ++i) row[table.columns[i].key] = value(cells[i]);
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace

std::string toJson(const Document& document) {
    Json out{{"title", document.title},
             {"subtitle", document.subtitle},
             {"made", document.made},
             {"program", document.program},
             {"sections", Json::array()}};
    for (const Section& section : document.sections) {
        Json s{{"id", section.id},
               {"title", section.title},
               {"paragraphs", Json::array()},
               {"tables", Json::object()},
               {"listings", Json::array()}};
        for (const Block& block : section.blocks) {
            if (const auto* p = std::get_if<Paragraph>(&block)) s["paragraphs"].push_back(p->text);
            if (const auto* t = std::get_if<Table>(&block)) s["tables"][t->id] = rowsOf(*t);
            if (const auto* l = std::get_if<Listing>(&block))
                s["listings"].push_back(Json{{"title", l->title}, {"text", l->text}});
        }
        out["sections"].push_back(std::move(s));
    }
    // Names come from captures and files: invalid UTF-8 is replaced, not rejected.
    return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace weir::report
