// See view_registry.h. ONE LINE PER VIEW.
#include "ui/shell/view_registry.h"

#include <QtGlobal>

#include <array>

namespace weir::ui {

View* makeTimelineView(Workbench& workbench, QWidget* parent);
View* makeSourcesView(Workbench& workbench, QWidget* parent);
View* makeStripView(Workbench& workbench, QWidget* parent);
View* makeRulesView(Workbench& workbench, QWidget* parent);
View* makeConflictView(Workbench& workbench, QWidget* parent);
View* makeCombinationView(Workbench& workbench, QWidget* parent);
View* makeInspectorView(Workbench& workbench, QWidget* parent);
View* makeIterationsView(Workbench& workbench, QWidget* parent);
View* makeFlowView(Workbench& workbench, QWidget* parent);
View* makeCodeCombinationView(Workbench& workbench, QWidget* parent);
View* makeWeightView(Workbench& workbench, QWidget* parent);
View* makeCodeChartView(Workbench& workbench, QWidget* parent);
View* makeCodeOverlapView(Workbench& workbench, QWidget* parent);
View* makeBadnessChartView(Workbench& workbench, QWidget* parent);
View* makeCodeSourcesView(Workbench& workbench, QWidget* parent);
View* makeCodePortsView(Workbench& workbench, QWidget* parent);
View* makeTopView(Workbench& workbench, QWidget* parent);
View* makeCompareTextView(Workbench& workbench, QWidget* parent);
View* makeMigrationView(Workbench& workbench, QWidget* parent);
View* makeClassChangeView(Workbench& workbench, QWidget* parent);
View* makeDeviationView(Workbench& workbench, QWidget* parent);
View* makeMovedView(Workbench& workbench, QWidget* parent);
View* makeSuggestionView(Workbench& workbench, QWidget* parent);
View* makeMarkView(Workbench& workbench, QWidget* parent);
View* makeRuleTableView(Workbench& workbench, QWidget* parent);
View* makeOutageView(Workbench& workbench, QWidget* parent);
View* makeSweepView(Workbench& workbench, QWidget* parent);
View* makeJobsView(Workbench& workbench, QWidget* parent);

namespace {

#define WEIR_TR(text) QT_TRANSLATE_NOOP("weir::ui::View", text)
// clang-format off
constexpr auto kViews = std::to_array<ViewDef>({
    {"timeline",     WEIR_TR("Timeline"),          "timeline",   &makeTimelineView,    Area::top, "filter"},
    {"sources",      WEIR_TR("Sources"),           "sources",    &makeSourcesView,     Area::left, "captures"},
    {"codes",        WEIR_TR("Code combinations"), "combinations", &makeCodeCombinationView, Area::left, "triage"},
    {"weights",      WEIR_TR("Weights"),           "weights",    &makeWeightView,      Area::left, "triage"},
    {"codeChart",    WEIR_TR("Records per code"),  "chart",      &makeCodeChartView,   Area::left, "triage"},
    {"codeOverlap",  WEIR_TR("Code overlap"),          "conflicts",  &makeCodeOverlapView, Area::left, "triage"},
    {"badnessChart", WEIR_TR("By badness"),        "chart",     &makeBadnessChartView, Area::left, "triage"},
    {"codeSources",  WEIR_TR("Top sources"),       "top",        &makeCodeSourcesView, Area::left, "triage"},
    {"codePorts",    WEIR_TR("Top destination ports"), "top",    &makeCodePortsView,   Area::left, "triage"},
    {"strip",        WEIR_TR("Figures"),           "strip",      &makeStripView,       Area::left, "refine", false},
    {"rules",        WEIR_TR("Rules"),             "rules",      &makeRulesView,       Area::left, "rules"},
    {"conflicts",    WEIR_TR("Conflicts"),         "conflicts",  &makeConflictView,    Area::left, "refine"},
    {"combinations", WEIR_TR("Sign combinations"), "combinations", &makeCombinationView, Area::bottom, "refine"},
    {"ruleTable",    WEIR_TR("Rule table"),        "rules",      &makeRuleTableView,   Area::bottom, "refine"},
    {"suggestions",  WEIR_TR("Suggestions"),       "star",       &makeSuggestionView,  Area::bottom, "refine"},
    {"flows",        WEIR_TR("Flows"),             "flows",      &makeFlowView,        Area::bottom, "filter"},
    {"top",          WEIR_TR("Top"),               "top",        &makeTopView,         Area::bottom, "top"},
    {"inspector",    WEIR_TR("Inspector"),         "inspector",  &makeInspectorView,   Area::right, "refine"},
    {"iterations",   WEIR_TR("Iterations"),        "iterations", &makeIterationsView,  Area::bottom, "refine"},
    {"compareTexts", WEIR_TR("Side by side"),      "rules",      &makeCompareTextView, Area::left, "compare"},
    {"migration",    WEIR_TR("Migration"),         "conflicts",  &makeMigrationView,   Area::left, "compare"},
    {"classChange",  WEIR_TR("Classes"),           "chart",      &makeClassChangeView, Area::left, "compare"},
    {"deviation",    WEIR_TR("Deviation"),         "chart",      &makeDeviationView,   Area::bottom, "compare"},
    {"moved",        WEIR_TR("Changes"),        "combinations", &makeMovedView,     Area::bottom, "compare"},
    {"marks",        WEIR_TR("Marks"),             "marks",      &makeMarkView,        Area::bottom, "triage"},
    {"outages",      WEIR_TR("Outages"),           "warning",    &makeOutageView,      Area::bottom, "refine"},
    {"sensitivity",  WEIR_TR("Sensitivity"),       "chart",      &makeSweepView,       Area::bottom, "refine"},
    {"jobs",         WEIR_TR("Jobs"),              "jobs",       &makeJobsView,        Area::bottom, "captures"},
});
// clang-format on
#undef WEIR_TR

static_assert(
    [] {
        for (std::size_t i = 0; i < kViews.size(); ++i)
            for (std::size_t k = i + 1; k < kViews.size(); ++k)
                if (kViews[i].id == kViews[k].id) return false;
        return true;
    }(),
    "view ids are unique");

}  // namespace

std::span<const ViewDef> viewTable() { return kViews; }

}  // namespace weir::ui
