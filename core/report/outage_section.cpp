// Local services that could not be reached.
#include "core/report/registry.h"

namespace weir::report {
namespace {

constexpr std::size_t kMaxOutageRows = 100;

}  // namespace

std::optional<Section> outageSection(const Material& material) {
    if (material.outages.empty()) return std::nullopt;
    Section out;
    out.blocks.push_back(Paragraph{counted(material.outages.size(), "outage", "outages") +
                                   " of local services. An outage is a run of flows of the class Service Unreachable "
                                   "with no answer from the service in between."});
    Table table{"outages",
                "",
                {{"service", "Service"},
                 {"start", "Start (UTC)"},
                 {"end", "End (UTC)"},
                 {"clients", "Clients", Kind::count},
                 {"flows", "Flows", Kind::count},
                 {"answered_again", "Answered again (UTC)"}},
                {}};
    std::uint64_t rest = 0;
    for (std::size_t i = 0; i < material.outages.size(); ++i) {
        const Outage& o = material.outages[i];
        if (i < kMaxOutageRows)
            table.rows.push_back({o.service, o.start, o.end, cell(o.clients), cell(o.flows),
                                  o.answeredAgain.empty() ? Cell() : Cell(o.answeredAgain)});
        else
            rest += o.flows;
    }
    if (material.outages.size() > kMaxOutageRows)
        table.note = counted(material.outages.size() - kMaxOutageRows, "more outage", "more outages") + " with " +
                     counted(rest, "flow", "flows") + " not shown.";
    out.blocks.push_back(std::move(table));
    return out;
}

}  // namespace weir::report
