// weir-cli inspect: shows the traffic of a host or port, and its codes and classes.
#include "app/cli/cli_registry.h"
#include "app/cli/filter_needs.h"
#include "app/cli/project_options.h"
#include "app/cli/text_table.h"
#include "core/base/text.h"
#include "core/session/verbs/portrait.h"

#include <CLI/CLI.hpp>

#include <cstdio>

namespace weir::cli {
namespace {

using session::Portrait;
using session::PortraitList;
using session::PortraitSums;

struct InspectOptions {
    ProjectOptions project;
    RuleOptions rules;
    std::string subject;
};

Json sumsJson(const PortraitSums& s) { return {{"flows", s.flows}, {"packets", s.packets}, {"bytes", s.bytes}}; }

Json listJson(const PortraitList& list) {
    Json out{{"count", list.count}, {"top", Json::array()}};
    for (const PortraitList::Line& line : list.lines) {
        Json row{{"value", line.value}, {"to", sumsJson(line.toNear)}, {"from", sumsJson(line.toFar)}};
        if (!line.about.empty()) row["about"] = line.about;
        out["top"].push_back(std::move(row));
    }
    return out;
}

Json foundJson(const std::vector<Portrait::Found>& found, const char* name) {
    Json out = Json::array();
    for (const Portrait::Found& f : found) out.push_back(Json{{name, f.name}, {"flows", f.flows}});
    return out;
}

Json portraitJson(const Portrait& p, bool host) {
    Json out{{"filter", p.filter},
             {"first", utcText(p.first)},
             {"last", utcText(p.last)},
             {"to", sumsJson(p.toNear)},
             {"from", sumsJson(p.toFar)}};
    out["peers"] = listJson(p.farHosts);
    if (host) {
        out["own_ports"] = listJson(p.nearPorts);
        out["peer_ports"] = listJson(p.farPorts);
        out["lists"] = p.lists;
    } else {
        out["hosts"] = listJson(p.nearHosts);
        out["protocols"] = listJson(p.nearPorts);
    }
    out["countries"] = listJson(p.countries);
    out["systems"] = listJson(p.systems);
    if (host) out["about"] = p.about.empty() ? Json(nullptr) : Json(p.about);
    out["targets"] = {{"hosts", p.targets.hosts},
                      {"least", p.targets.least},
                      {"mean", p.targets.hosts ? Json(p.targets.mean) : Json(nullptr)},
                      {"most", p.targets.most}};
    out["codes"] = foundJson(p.codes, "code");
    out["classes"] = foundJson(p.classes, "class");
    out["timeline"] = {
        {"from", utcText(p.from)}, {"step_ms", double(p.binUs) / 1000}, {"to", p.toNearAt}, {"from_it", p.toFarAt}};
    return out;
}

void printList(std::ostream& out, const char* title, const PortraitList& list) {
    if (list.count == 0) return;
    out << '\n';
    TextTable table({{title}, {"flows in", true}, {"bytes in", true}, {"flows out", true}, {"bytes out", true}, {""}});
    for (const PortraitList::Line& line : list.lines)
        table.add({line.value, grouped(line.toNear.flows), grouped(line.toNear.bytes), grouped(line.toFar.flows),
                   grouped(line.toFar.bytes), line.about});
    table.print(out);
    if (list.count > list.lines.size()) out << "and " << grouped(list.count - list.lines.size()) << " more\n";
}

void printFound(std::ostream& out, const char* title, const std::vector<Portrait::Found>& found) {
    if (found.empty()) return;
    out << '\n';
    TextTable table({{title}, {"flows", true}});
    for (const Portrait::Found& f : found) table.add({f.name, grouped(f.flows)});
    table.print(out);
}

void printPortrait(std::ostream& out, const Portrait& p, bool host) {
    out << p.filter << ", " << utcText(p.first) << " to " << utcText(p.last) << '\n';
    const auto way = [&out](const char* title, const PortraitSums& s) {
        out << title << grouped(s.flows) << " flows, " << grouped(s.packets) << " packets, " << grouped(s.bytes)
            << " bytes\n";
    };
    way("incoming  ", p.toNear);
    way("outgoing  ", p.toFar);
    if (p.targets.hosts) {
        char mean[32];
        std::snprintf(mean, sizeof mean, "%.1f", p.targets.mean);
        out << counted(p.targets.hosts, "target", "targets") << "; flows per target: min " << grouped(p.targets.least)
            << ", mean " << mean << ", max " << grouped(p.targets.most) << '\n';
    }
    if (!p.about.empty()) out << p.about << '\n';
    for (const std::string& list : p.lists) out << list << '\n';
    if (!host) printList(out, "host with the port", p.nearHosts);
    printList(out, host ? "peer" : "client", p.farHosts);
    printList(out, host ? "port of the host" : "protocol", p.nearPorts);
    printList(out, "port of peers", p.farPorts);
    printList(out, "country of peers", p.countries);
    printList(out, "AS of peers", p.systems);
    printFound(out, "code", p.codes);
    printFound(out, "class", p.classes);
}

int run(const InspectOptions& o, Console& console) {
    const auto subject = session::parseSubject(o.subject);
    if (!subject) return console.fail(subject.error());
    auto project = o.project.open(Purpose::reading, console);
    if (!project) return console.fail(project.error());
    const auto judged = prepareFor(**project, {}, {true, true, true}, o.project, o.rules, console);
    if (!judged) return console.fail(judged.error());
    const auto job = console.job();
    const auto portrait = session::portraitOf(judged->snapshot, judged->judgement, *subject, *job);
    if (!portrait) return console.fail(portrait.error());
    const bool host = std::holds_alternative<session::HostSubject>(*subject);
    if (console.json)
        console.print(portraitJson(*portrait, host));
    else
        printPortrait(console.out(), *portrait, host);
    return kDone;
}

}  // namespace

VerbRun defineInspect(CLI::App& app) {
    auto o = std::make_shared<InspectOptions>();
    o->project.addTo(app);
    o->rules.addTo(app, false);
    app.add_option("SUBJECT", o->subject, "address of a host, or a port; for ICMP 256 × type + code")->required();
    return [o](Console& console) { return run(*o, console); };
}

}  // namespace weir::cli
