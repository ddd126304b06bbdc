// See actions.h. One line per action; the order is that of the menus.
#include "ui/actions.h"

#include "ui/text/format.h"

#include <QCoreApplication>
#include <QKeySequence>

#include <array>

namespace weir::ui {
namespace {

#define WEIR_TR(text) QT_TRANSLATE_NOOP("weir::ui::Actions", text)
// clang-format off
constexpr auto kActions = std::to_array<ActionDef>({
    {"file.new",            WEIR_TR("&File"), WEIR_TR("&New project"),            "Ctrl+N",       WEIR_TR("Start an empty project")},
    {"file.openCapture",    WEIR_TR("&File"), WEIR_TR("&Open capture…"),          "Ctrl+O",       WEIR_TR("Read packet traces or flow captures into the project")},
    {"file.openFolder",     WEIR_TR("&File"), WEIR_TR("Open &folder…"),           "Ctrl+Alt+O",   WEIR_TR("Read all captures in a folder and its subfolders as one group")},
    {"file.addList",        WEIR_TR("&File"), WEIR_TR("Add &list…"),              "Ctrl+Alt+L",   WEIR_TR("Add a list of addresses or ports for use as @name in filters and scores, or a country or AS number database (.mmdb)")},
    {"file.openSample",     WEIR_TR("&File"), WEIR_TR("Open the sa&mple"),        "",             WEIR_TR("Read the recorded lab capture that ships with Weir")},
    {"file.openProject",    WEIR_TR("&File"), WEIR_TR("Open &project…"),          "Ctrl+Shift+O", WEIR_TR("Open a .weir file")},
    {"file.save",           WEIR_TR("&File"), WEIR_TR("&Save"),                   "Ctrl+S",       WEIR_TR("Save rules, filter and layout; an untitled project needs a file name first"), true},
    {"file.saveAs",         WEIR_TR("&File"), WEIR_TR("Save &as…"),               "Ctrl+Shift+S", WEIR_TR("Save a copy and continue working in it")},
    {"file.openCopy",       WEIR_TR("&File"), WEIR_TR("Open a cop&y"),            "",             WEIR_TR("Continue working in an untitled copy; this project stays unchanged")},
    {"file.report",         WEIR_TR("&File"), WEIR_TR("Export &report…"),         "Ctrl+Alt+R",   WEIR_TR("Write classes, conflicts, comparison and scores as HTML, Markdown, CSV or JSON")},
    {"file.close",          WEIR_TR("&File"), WEIR_TR("&Close project"),          "Ctrl+W",       WEIR_TR("Close the project and return to the welcome page"), true},
    {"file.quit",           WEIR_TR("&File"), WEIR_TR("&Quit"),                   "Ctrl+Q",       WEIR_TR("Close the window")},
    {"edit.undo",           WEIR_TR("&Edit"), WEIR_TR("&Undo"),                   "Ctrl+Z",       WEIR_TR("Undo the last change to rules, settings or sources")},
    {"edit.redo",           WEIR_TR("&Edit"), WEIR_TR("&Redo"),                   "Ctrl+Shift+Z", WEIR_TR("Redo the last change that was undone")},
    {"edit.localNetworks",  WEIR_TR("&Edit"), WEIR_TR("&Local networks…"),        "Ctrl+L",       WEIR_TR("Set the local networks; they decide the direction of every flow"), true},
    {"edit.cleaning",       WEIR_TR("&Edit"), WEIR_TR("&Duplicates and exclusions…"), "",        WEIR_TR("Exclude records from flow building: duplicates from several exporters, measurement artefacts")},
    {"edit.settings",       WEIR_TR("&Edit"), WEIR_TR("&Settings…"),              "Ctrl+,",       WEIR_TR("Change the timeouts and thresholds for metering, profiles and signs")},
    {"edit.tag",            WEIR_TR("&Edit"), WEIR_TR("&Tag selected rows…"),     "Ctrl+T",       WEIR_TR("Tag the selected rows of the flow list, with a note"), true},
    {"view.restore",        WEIR_TR("&View"), WEIR_TR("&Restore default layout"),    "",             WEIR_TR("Restore the default layout of the panels in this perspective")},
    {"view.zone",           WEIR_TR("&View"), WEIR_TR("Times in local &zone"),    "Ctrl+Shift+U", WEIR_TR("Show times in the time zone of this computer instead of UTC"), true},
    {"view.records",        WEIR_TR("&View"), WEIR_TR("List &records"),           "Ctrl+Shift+R", WEIR_TR("List the records as they were metered or exported")},
    {"view.flows",          WEIR_TR("&View"), WEIR_TR("List &flows"),             "Ctrl+Shift+F", WEIR_TR("List the flows built from the records by defragmentation and pairing")},
    {"view.direction",      WEIR_TR("&View"), WEIR_TR("&Direction…"),             "Ctrl+Shift+D", WEIR_TR("List only inbound, outbound, internal or transit rows")},
    {"go.filter",           WEIR_TR("&Go"),   WEIR_TR("&Filter field"),           "Ctrl+K",       WEIR_TR("Go to the filter field")},
    {"go.back",             WEIR_TR("&Go"),   WEIR_TR("Filter &back"),            "Alt+Left",     WEIR_TR("Return to the previous filter, time range, codes and direction")},
    {"go.forward",          WEIR_TR("&Go"),   WEIR_TR("Filter for&ward"),         "Alt+Right",    WEIR_TR("Go to the next filter, time range, codes and direction")},
    {"go.clear",            WEIR_TR("&Go"),   WEIR_TR("&Clear all filters"),      "Ctrl+Shift+K", WEIR_TR("Clear filter, time range, codes and direction to show all rows")},
    {"go.saveFilter",       WEIR_TR("&Go"),   WEIR_TR("Save filter as…"),         "Ctrl+D",       WEIR_TR("Save the filter under a name in the project")},
    {"go.palette",          WEIR_TR("&Go"),   WEIR_TR("Find &action…"),           "Ctrl+Shift+P", WEIR_TR("Search all actions by name"), true},
    {"rules.saveIteration", WEIR_TR("&Rules"), WEIR_TR("Save &iteration…"),       "Ctrl+I",       WEIR_TR("Save the rule text together with its results")},
    {"rules.open",          WEIR_TR("&Rules"), WEIR_TR("&Read rules from file…"), "",             WEIR_TR("Replace the draft with a .rules file"), true},
    {"rules.export",        WEIR_TR("&Rules"), WEIR_TR("&Write rules to file…"),  "",             WEIR_TR("Write the draft as a .rules file")},
    {"rules.loadGlatz",     WEIR_TR("&Rules"), WEIR_TR("Load glatz-2012"),        "",             WEIR_TR("Replace the draft with the shipped set of 17 rules"), true},
    {"rules.loadBigler",    WEIR_TR("&Rules"), WEIR_TR("Load bigler-2011"),       "",             WEIR_TR("Replace the draft with the shipped set of 16 rules")},
    {"rules.show",          WEIR_TR("&Rules"), WEIR_TR("&Go to the rule text"),   "Ctrl+E",       WEIR_TR("Show the rule text at the selected rule")},
    {"rules.find",          WEIR_TR("&Rules"), WEIR_TR("&Find and replace…"),     "Ctrl+Alt+F",   WEIR_TR("Search the rule text (in the editor: Ctrl+F, Ctrl+H, F3)"), true},
    {"rules.comment",       WEIR_TR("&Rules"), WEIR_TR("&Comment or uncomment"),  "",             WEIR_TR("Comment out the selected lines of the rule text, or uncomment them (in the editor: Ctrl+/)")},
    {"rules.fold",          WEIR_TR("&Rules"), WEIR_TR("Fold &all classes"),      "",             WEIR_TR("Fold the rules of every class in the rule text (in the editor: Ctrl+[ folds one class)")},
    {"rules.unfold",        WEIR_TR("&Rules"), WEIR_TR("&Unfold all classes"),    "",             WEIR_TR("Show every line of the rule text")},
    {"rules.applyFix",      WEIR_TR("&Rules"), WEIR_TR("Apply the suggested &fix"), "Ctrl+.",     WEIR_TR("Replace the underlined word with the suggestion"), true},
    {"jobs.show",           WEIR_TR("&Tools"), WEIR_TR("&Jobs"),                  "Ctrl+J",       WEIR_TR("Show running and finished jobs")},
    {"jobs.cancel",         WEIR_TR("&Tools"), WEIR_TR("&Cancel all jobs"),       "Ctrl+Shift+X", WEIR_TR("Cancel all running jobs")},
    {"help.manual",         WEIR_TR("&Help"), WEIR_TR("&Manual"),                 "F1",           WEIR_TR("Open the manual")},
    {"help.keys",           WEIR_TR("&Help"), WEIR_TR("&Keyboard shortcuts"),               "Ctrl+F1",      WEIR_TR("List all keyboard shortcuts")},
    {"help.about",          WEIR_TR("&Help"), WEIR_TR("&About Weir"),             "",             WEIR_TR("Version, licence and libraries"), true},
});
// clang-format on
#undef WEIR_TR

static_assert(
    [] {
        for (std::size_t i = 0; i < kActions.size(); ++i)
            for (std::size_t k = i + 1; k < kActions.size(); ++k)
                if (kActions[i].id == kActions[k].id) return false;
        return true;
    }(),
    "action ids are unique");

QString translated(const char* text) { return QCoreApplication::translate("weir::ui::Actions", text); }

}  // namespace

std::span<const ActionDef> actionTable() { return kActions; }

Actions::Actions(QObject* parent) : QObject(parent) {
    for (const ActionDef& def : kActions) {
        auto* action = new QAction(translated(def.text), this);
        action->setObjectName(fromUtf8(def.id));
        action->setShortcut(QKeySequence::fromString(QString::fromLatin1(def.shortcut), QKeySequence::PortableText));
        action->setStatusTip(translated(def.help));
        QString tip = translated(def.help);
        if (!action->shortcut().isEmpty())
            tip += QStringLiteral(" (") + action->shortcut().toString(QKeySequence::NativeText) + u')';
        action->setToolTip(tip);
        action->setVisible(false);  // until somebody answers to it
        all_.push_back(action);
        byId_.insert(action->objectName(), action);
    }
}

QAction* Actions::get(std::string_view id) const {
    QAction* action = byId_.value(fromUtf8(id));
    Q_ASSERT_X(action != nullptr, "Actions::get", "unknown action id");
    return action;
}

void Actions::add(QAction* action) {
    all_.push_back(action);
    if (!action->objectName().isEmpty()) byId_.insert(action->objectName(), action);
}

}  // namespace weir::ui
