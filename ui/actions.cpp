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
    {"file.openFolder",     WEIR_TR("&File"), WEIR_TR("Open &folder…"),           "Ctrl+Alt+O",   WEIR_TR("Read all captures in a folder and below it, as one group")},
    {"file.addList",        WEIR_TR("&File"), WEIR_TR("Add &list…"),              "Ctrl+Alt+L",   WEIR_TR("Add a list of addresses or ports that filters and scores name with @, or a database of countries or AS numbers (.mmdb)")},
    {"file.openSample",     WEIR_TR("&File"), WEIR_TR("Open the sa&mple"),        "",             WEIR_TR("Read the recorded lab capture that ships with Weir")},
    {"file.openProject",    WEIR_TR("&File"), WEIR_TR("Open &project…"),          "Ctrl+Shift+O", WEIR_TR("Open a .weir file")},
    {"file.save",           WEIR_TR("&File"), WEIR_TR("&Save"),                   "Ctrl+S",       WEIR_TR("Keep rule text, filter and place; an untitled project asks where"), true},
    {"file.saveAs",         WEIR_TR("&File"), WEIR_TR("Save &as…"),               "Ctrl+Shift+S", WEIR_TR("Save a copy and continue working in it")},
    {"file.openCopy",       WEIR_TR("&File"), WEIR_TR("Open a cop&y"),            "",             WEIR_TR("Continue in an untitled copy and leave this project as it is")},
    {"file.report",         WEIR_TR("&File"), WEIR_TR("Export &report…"),         "Ctrl+Alt+R",   WEIR_TR("Write classes, conflicts, comparison and scores as HTML, Markdown, CSV or JSON")},
    {"file.close",          WEIR_TR("&File"), WEIR_TR("&Close project"),          "Ctrl+W",       WEIR_TR("Back to the welcome page"), true},
    {"file.quit",           WEIR_TR("&File"), WEIR_TR("&Quit"),                   "Ctrl+Q",       WEIR_TR("Close the window")},
    {"edit.undo",           WEIR_TR("&Edit"), WEIR_TR("&Undo"),                   "Ctrl+Z",       WEIR_TR("Take back the last change of rules, settings or sources")},
    {"edit.redo",           WEIR_TR("&Edit"), WEIR_TR("&Redo"),                   "Ctrl+Shift+Z", WEIR_TR("Do it again")},
    {"edit.localNetworks",  WEIR_TR("&Edit"), WEIR_TR("&Local networks…"),        "Ctrl+L",       WEIR_TR("Which networks are inside: decides the direction of every flow"), true},
    {"edit.cleaning",       WEIR_TR("&Edit"), WEIR_TR("&Double counts and exclusions…"), "",        WEIR_TR("Which records make no flows: copies from several exporters, measurement artefacts")},
    {"edit.settings",       WEIR_TR("&Edit"), WEIR_TR("&Settings…"),              "Ctrl+,",       WEIR_TR("Every number behind metering, profiles and signs")},
    {"edit.tag",            WEIR_TR("&Edit"), WEIR_TR("&Tag selected rows…"),     "Ctrl+T",       WEIR_TR("Put the rows selected in the flow list under a tag, with a note"), true},
    {"view.restore",        WEIR_TR("&View"), WEIR_TR("&Restore perspective"),    "",             WEIR_TR("Put the docks of this perspective back to their places")},
    {"view.zone",           WEIR_TR("&View"), WEIR_TR("Times in local &zone"),    "Ctrl+Shift+U", WEIR_TR("Show times in the zone of this computer instead of UTC"), true},
    {"view.records",        WEIR_TR("&View"), WEIR_TR("List &records"),           "Ctrl+Shift+R", WEIR_TR("List records as metered or exported")},
    {"view.flows",          WEIR_TR("&View"), WEIR_TR("List &flows"),             "Ctrl+Shift+F", WEIR_TR("List flows after defragmentation and pairing")},
    {"view.direction",      WEIR_TR("&View"), WEIR_TR("&Direction…"),             "Ctrl+Shift+D", WEIR_TR("List only inbound, outbound, internal or transit rows")},
    {"go.filter",           WEIR_TR("&Go"),   WEIR_TR("&Filter field"),           "Ctrl+K",       WEIR_TR("Type a filter")},
    {"go.back",             WEIR_TR("&Go"),   WEIR_TR("Filter &back"),            "Alt+Left",     WEIR_TR("The filter, time range, codes and direction before these")},
    {"go.forward",          WEIR_TR("&Go"),   WEIR_TR("Filter for&ward"),         "Alt+Right",    WEIR_TR("The filter, time range, codes and direction after these")},
    {"go.clear",            WEIR_TR("&Go"),   WEIR_TR("&Clear all filters"),      "Ctrl+Shift+K", WEIR_TR("Remove filter, time range, codes and direction: show every row")},
    {"go.saveFilter",       WEIR_TR("&Go"),   WEIR_TR("Save filter as…"),         "Ctrl+D",       WEIR_TR("Keep the filter under a name in the project")},
    {"go.palette",          WEIR_TR("&Go"),   WEIR_TR("Find &action…"),           "Ctrl+Shift+P", WEIR_TR("Search all actions by name"), true},
    {"rules.saveIteration", WEIR_TR("&Rules"), WEIR_TR("Save &iteration…"),       "Ctrl+I",       WEIR_TR("Keep the rule text with its numbers")},
    {"rules.open",          WEIR_TR("&Rules"), WEIR_TR("&Read rules from file…"), "",             WEIR_TR("Replace the draft by a .rules file"), true},
    {"rules.export",        WEIR_TR("&Rules"), WEIR_TR("&Write rules to file…"),  "",             WEIR_TR("Write the draft as a .rules file")},
    {"rules.loadGlatz",     WEIR_TR("&Rules"), WEIR_TR("Load glatz-2012"),        "",             WEIR_TR("Replace the draft by the shipped 17 rules"), true},
    {"rules.loadBigler",    WEIR_TR("&Rules"), WEIR_TR("Load bigler-2011"),       "",             WEIR_TR("Replace the draft by the shipped 16 rules")},
    {"rules.show",          WEIR_TR("&Rules"), WEIR_TR("&Go to the rule text"),   "Ctrl+E",       WEIR_TR("Bring the rules to the front, at the rule that is picked")},
    {"rules.find",          WEIR_TR("&Rules"), WEIR_TR("&Find and replace…"),     "Ctrl+Alt+F",   WEIR_TR("Search the rule text (inside of it Ctrl+F, Ctrl+H, F3)"), true},
    {"rules.comment",       WEIR_TR("&Rules"), WEIR_TR("&Comment or uncomment"),  "",             WEIR_TR("Take the selected lines of the rule text out, or back in (inside of it Ctrl+/)")},
    {"rules.fold",          WEIR_TR("&Rules"), WEIR_TR("Fold &all classes"),      "",             WEIR_TR("Show the classes of the rule text without their rules (inside of it Ctrl+[ folds one)")},
    {"rules.unfold",        WEIR_TR("&Rules"), WEIR_TR("&Unfold all classes"),    "",             WEIR_TR("Show every line of the rule text")},
    {"rules.applyFix",      WEIR_TR("&Rules"), WEIR_TR("Apply the suggested &fix"), "Ctrl+.",     WEIR_TR("Replace the word under the wavy line"), true},
    {"jobs.show",           WEIR_TR("&Tools"), WEIR_TR("&Jobs"),                  "Ctrl+J",       WEIR_TR("Show what runs and what ran")},
    {"jobs.cancel",         WEIR_TR("&Tools"), WEIR_TR("&Cancel all jobs"),       "Ctrl+Shift+X", WEIR_TR("Stop everything that runs")},
    {"help.manual",         WEIR_TR("&Help"), WEIR_TR("&Manual"),                 "F1",           WEIR_TR("Open the manual")},
    {"help.keys",           WEIR_TR("&Help"), WEIR_TR("&Keyboard"),               "Ctrl+F1",      WEIR_TR("All keys in one table")},
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
