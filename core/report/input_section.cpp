// The last section of every report: what was read and what was not, settings, rules and program version.
#include "core/report/registry.h"

namespace weir::report {

std::optional<Section> inputSection(const Material& material) {
    Section out;
    Table inputs{"captures",
                 "Captures",
                 {{"path", "File"},
                  {"kind", "Kind"},
                  {"flows", "Flows", Kind::count},
                  {"packets", "Packets", Kind::count},
                  {"bytes", "Bytes", Kind::count},
                  {"first", "First (UTC)"},
                  {"last", "Last (UTC)"},
                  {"sha256", "SHA-256"}},
                 {}};
    Table drops{"drops",
                "Not used",
                {{"path", "File"}, {"reason", "Reason"}, {"records", "Records", Kind::count}, {"damage", "Damage"}},
                {}};
    for (const Input& i : material.inputs) {
        inputs.rows.push_back({i.path, i.kind, cell(i.flows), cell(i.packets), cell(i.bytes), i.first, i.last,
                               i.sha256.empty() ? Cell() : Cell(i.sha256)});
        for (const Drop& d : i.drops)
            drops.rows.push_back({i.path, d.reason, cell(d.records), std::string(d.damage ? "yes" : "no")});
    }
    out.blocks.push_back(std::move(inputs));
    if (drops.rows.empty())
        out.blocks.push_back(Paragraph{"No input was dropped."});
    else
        out.blocks.push_back(std::move(drops));
    std::string local;
    for (const std::string& l : material.local) local.append(local.empty() ? "" : ", ").append(l);
    out.blocks.push_back(Paragraph{"Local networks: " + (local.empty() ? std::string("none") : local) + "."});
    if (!material.lists.empty()) {
        Table lists{"lists",
                    "Lists",
                    {{"list", "List"},
                     {"date", "Date"},
                     {"entries", "Entries", Kind::count},
                     {"source", "Source"},
                     {"sha256", "SHA-256"}},
                    {}};
        for (const ListUsed& l : material.lists)
            lists.rows.push_back({l.name, l.date, cell(l.entries), l.source, l.sha256});
        out.blocks.push_back(std::move(lists));
    }
    Table settings{"settings",
                   "Settings",
                   {{"setting", "Setting"},
                    {"label", "Meaning"},
                    {"value", "Value"},
                    {"unit", "Unit"},
                    {"mark", "Source of default"}},
                   {},
                   "S: published method, F: public material, R and I: our default."};
    for (const SettingUsed& s : material.settings) settings.rows.push_back({s.id, s.label, s.value, s.unit, s.mark});
    out.blocks.push_back(std::move(settings));
    if (material.rules)
        out.blocks.push_back(Listing{"Rule set " + material.rules->set->name, material.rules->set->text});
    if (material.comparison) {
        out.blocks.push_back(Listing{"Champion: " + material.comparison->champion, material.comparison->was->text});
        out.blocks.push_back(Listing{"Challenger: " + material.comparison->challenger, material.comparison->is->text});
    }
    if (material.scores)
        out.blocks.push_back(Listing{"Score profile " + material.scores->profile->name, material.scores->text});
    out.blocks.push_back(Paragraph{"Generated " + material.made + " by " + material.program + "."});
    return out;
}

}  // namespace weir::report
