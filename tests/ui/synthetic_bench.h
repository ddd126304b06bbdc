// A workbench on a project without captures whose tally is given: what the Refine views need, without a window.
#pragma once

#include "core/session/evidence/open_project.h"
#include "tests/support/window_driver.h"
#include "ui/state/workbench.h"

#include <initializer_list>
#include <memory>
#include <string_view>
#include <vector>

namespace weir::test {

inline rules::Word wordOf(std::initializer_list<std::string_view> signs) {
    rules::Word word = 0;
    const auto names = session::signNames();
    for (const auto name : signs)
        for (std::size_t i = 0; i < names.size(); ++i)
            if (names[i] == name) word |= rules::Word{1} << i;
    return word;
}

/// Backscatter1 ∧ Benign1 in 70 flows, Backscatter1 ∧ Benign3 in 20, nothing for 9, under bigler-2011.
inline tally::Tally sampleTally() {
    return {{wordOf({"TRWscan", "HCscan", "GreyIP", "Onepkt", "TCP"}), 500, 500, 20'000},
            {wordOf({"Backsc", "PotOk", "TCP"}), 60, 180, 9'000},
            {wordOf({"Backsc", "TCP"}), 40, 40, 1'600},
            {wordOf({"TRWnom", "Backsc", "TCP"}), 20, 60, 2'400},
            {wordOf({"Backsc", "PotOk", "UDP"}), 10, 10, 800},
            {wordOf({"UDP"}), 9, 18, 900},
            {wordOf({"bogon", "ICMP"}), 5, 5, 300}};
}

struct SyntheticBench {
    explicit SyntheticBench(const QString& path, tally::Tally tally = sampleTally()) {
        auto made = session::createProject(path.toStdString());
        Q_ASSERT(made);
        project = *made;
        project->publish([&](session::Snapshot& s) {
            s.storedTally = std::make_shared<const tally::Tally>(std::move(tally));
            s.sources.push_back({});  // views ask for captures before they ask for signs
        });
        bench.setProject(project);
    }
    session::ProjectPtr project;
    ui::Workbench bench;
};

}  // namespace weir::test
