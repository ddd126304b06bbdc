// See file_actions.h.
#include "ui/dialogs/file_actions.h"

#include "ui/actions.h"
#include "ui/dialogs/add_list_dialog.h"
#include "ui/dialogs/cleaning_dialog.h"
#include "ui/dialogs/csv_mapping_dialog.h"
#include "ui/dialogs/csv_mappings.h"
#include "ui/dialogs/local_networks_dialog.h"
#include "ui/dialogs/recovery_dialog.h"
#include "ui/dialogs/settings_dialog.h"
#include "ui/jobs/job_list.h"
#include "ui/jobs/project_control.h"
#include "ui/shell/notice_bar.h"
#include "ui/shell/place_keeper.h"
#include "ui/shell/recent.h"
#include "ui/state/workbench.h"
#include "ui/text/format.h"
#include "ui/text/shown_text.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>

namespace weir::ui {
namespace {

QString lastFolder() { return QSettings().value(QStringLiteral("folder")).toString(); }
bool isGeo(const QString& path) { return path.endsWith(QStringLiteral(".mmdb"), Qt::CaseInsensitive); }
void rememberFolder(const QString& path) {
    QSettings().setValue(QStringLiteral("folder"), QFileInfo(path).absolutePath());
}

}  // namespace

FileActions::FileActions(Workbench& workbench, ProjectControl& control, PlaceKeeper& keeper, NoticeBar& notices,
                         QWidget* window)
    : QObject(window), workbench_(workbench), control_(control), keeper_(keeper), notices_(notices), window_(window) {
    bind();
    connect(&control, &ProjectControl::opened, this, [this](const QString& path) {
        addRecent(path);
        emit recentChanged();
    });
    connect(&control, &ProjectControl::saved, this, [this](const QString& path) {
        addRecent(path);
        keeper_.store();
        emit recentChanged();
    });
    connect(&control, &ProjectControl::failed, this,
            [this](const QString& what, const QString& why) { notices_.show(what, why, true); });
    connect(&workbench, &Workbench::failed, this,
            [this](const QString& what, const QString& why) { notices_.show(what, why, true); });
    connect(&control, &ProjectControl::imported, this, &FileActions::report);
    connect(&control, &ProjectControl::localNeeded, this, &FileActions::askLocal);
    connect(&workbench, &Workbench::sourceRemovalAsked, &control, &ProjectControl::removeSource);
    connect(&workbench, &Workbench::listRemovalAsked, &control, &ProjectControl::removeList);
    connect(&control, &ProjectControl::listAdded, this, &FileActions::reportList);
    connect(&control, &ProjectControl::geoAdded, this, [this](const QString& path) {
        notices_.show(tr("%1 was added").arg(QFileInfo(path).fileName()),
                      tr("the Inspector shows the countries and networks of hosts"), false);
    });
}

void FileActions::bind() {
    Actions& actions = workbench_.actions();
    actions.bind("file.new", this, [this] {
        if (mayLeave()) control_.create();
    });
    actions.bind("file.openCapture", this, [this] { chooseCaptures(); });
    actions.bind("file.openFolder", this, [this] { chooseFolder(); });
    actions.bind("file.addList", this, [this] { chooseList(); });
    actions.bind("file.openSample", this, [this] { control_.openSample(); });
    actions.bind("file.openProject", this, [this] { chooseProject(); });
    actions.bind("file.save", this, [this] { save(); });
    actions.bind("file.saveAs", this, [this] { saveAs(false); });
    actions.bind("file.openCopy", this, [this] {
        keeper_.store();
        control_.openCopy();
    });
    actions.bind("file.close", this, [this] { closeProject(); });
    actions.bind("file.quit", window_, [this] { window_->close(); });
    actions.bind("edit.localNetworks", this, [this] { editLocal(); });
    actions.bind("edit.cleaning", this, [this] { editCleaning(); });
    actions.bind("edit.settings", this, [this] { editSettings(); });
    const auto enable = [this] {
        for (const char* id : {"file.addList", "file.save", "file.saveAs", "file.openCopy", "file.close",
                               "edit.localNetworks", "edit.cleaning", "edit.settings"})
            workbench_.actions().get(id)->setEnabled(workbench_.project() != nullptr);
    };
    connect(&workbench_, &Workbench::projectChanged, this, enable);
    enable();
}

void FileActions::openFiles(const QStringList& paths) {
    QStringList captures;
    for (const QString& path : paths) {
        if (isGeo(path) && workbench_.project())
            control_.addGeo(path);
        else if (!path.endsWith(u".weir"))
            captures << path;
        else if (mayLeave())
            control_.open(path);
    }
    if (captures.isEmpty()) return;
    notices_.dismiss();
    for (const QString& path : captures) addRecent(path);
    emit recentChanged();
    importCaptures(captures);
}

/// Unrecognised text formats need a mapping. The dialog opens at most once: for the first such file, and its answer
/// holds for all files with the same columns. The import refuses the others with a reason.
void FileActions::importCaptures(const QStringList& paths) {
    QMap<QString, QString> mappings, keys;
    QString first;
    for (const QString& path : paths) {
        const UnknownText text = unknownText(path);
        if (text.key.isEmpty()) continue;
        const QString kept = keptMapping(text.key);
        if (!kept.isEmpty())
            mappings[path] = kept;
        else
            keys[path] = text.key;
        if (kept.isEmpty() && first.isEmpty()) first = path;
    }
    if (first.isEmpty()) return control_.import(paths, true, mappings);
    QStringList alike;
    for (auto it = keys.begin(); it != keys.end(); ++it)
        if (it.value() == keys[first]) alike << it.key();
    askMapping(paths, mappings, first, alike);
}

void FileActions::askMapping(const QStringList& paths, const QMap<QString, QString>& known, const QString& path,
                             const QStringList& alike) {
    UnknownText text = unknownText(path);
    auto* dialog = new CsvMappingDialog(shownText(QFileInfo(path).fileName()), std::move(text.head), window_);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, paths, known, path, alike, key = text.key] {
        QMap<QString, QString> mappings = known;
        for (const QString& file : dialog->forAll() ? alike : QStringList{path}) mappings[file] = dialog->mapping();
        if (dialog->forAll()) keepMapping(key, dialog->mapping());
        control_.import(paths, true, mappings);
    });
    connect(dialog, &QDialog::rejected, this, [this, paths, known, alike] {
        QStringList others;
        for (const QString& file : paths)
            if (!alike.contains(file)) others << file;
        if (!others.isEmpty()) control_.import(others, true, known);
    });
    dialog->open();
}

void FileActions::chooseCaptures() {
    const QStringList paths =
        QFileDialog::getOpenFileNames(window_, tr("Open capture"), lastFolder(),
                                      tr("Captures (*.pcap *.pcapng *.cap *.dump nfcapd.* *.nfcapd *.nf *.csv *.tsv "
                                         "*.log *.json *.ndjson *.binetflow *.txt);;All files (*)"));
    if (paths.isEmpty()) return;
    rememberFolder(paths.front());
    openFiles(paths);
}

void FileActions::chooseFolder() {
    const QString path = QFileDialog::getExistingDirectory(window_, tr("Open folder"), lastFolder());
    if (path.isEmpty()) return;
    rememberFolder(path);
    openFiles({path});
}

void FileActions::chooseProject() {
    const QString path =
        QFileDialog::getOpenFileName(window_, tr("Open project"), lastFolder(), tr("Weir projects (*.weir)"));
    if (path.isEmpty()) return;
    rememberFolder(path);
    openFiles({path});
}

void FileActions::chooseList() {
    const QString path = QFileDialog::getOpenFileName(window_, tr("Add list"), lastFolder(),
                                                      tr("Lists (*.txt *.ipset *.netset *.csv *.data *.gz *.zst *.xz "
                                                         "*.bz2);;Countries and AS numbers (*.mmdb);;All files (*)"));
    if (path.isEmpty()) return;
    rememberFolder(path);
    if (isGeo(path)) return control_.addGeo(path);
    QStringList wanted;
    if (const auto& scores = workbench_.scores().result())
        for (const std::string& name : scores->missingLists) wanted << fromUtf8(name);
    auto* dialog = new AddListDialog(path, wanted, window_);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this,
            [this, dialog, path] { control_.addList(dialog->name(), path, dialog->origin()); });
    dialog->open();
}

void FileActions::reportList(const session::AddedList& added) {
    if (added.list.rejected == 0 && !added.dateOfFile) return;
    QStringList why;
    if (added.list.rejected != 0) {
        QString left = tr("%n line(s) skipped", nullptr, int(added.list.rejected));
        if (!added.problems.empty())
            left += tr(", first in line %1: %2")
                        .arg(added.problems.front().line)
                        .arg(fromUtf8(added.problems.front().message));
        why << left;
    }
    if (added.dateOfFile) why << tr("no date given; using the file's date, %1").arg(fromUtf8(added.list.date));
    notices_.show((added.list.entries == 1 ? tr("@%1: %2 entry") : tr("@%1: %2 entries"))
                      .arg(fromUtf8(added.list.name), count(added.list.entries)),
                  why.join(QStringLiteral("; ")), false);
}

void FileActions::save() {
    const session::SnapshotPtr& snapshot = workbench_.snapshot();
    if (snapshot && (snapshot->untitled || !snapshot->readOnlyReason.empty())) return saveAs(false);
    const QString problem = keeper_.store();
    if (!problem.isEmpty()) notices_.show(tr("The project could not be saved"), problem, true);
}

void FileActions::saveAs(bool thenClose) {
    QString path =
        QFileDialog::getSaveFileName(window_, tr("Save project as"), lastFolder(), tr("Weir projects (*.weir)"));
    if (path.isEmpty()) return;
    if (QFileInfo(path).suffix().isEmpty()) path += QStringLiteral(".weir");
    rememberFolder(path);
    keeper_.store();
    control_.saveAs(path, [this, thenClose] {
        if (thenClose) window_->close();
    });
}

bool FileActions::mayLeave() {
    const session::SnapshotPtr& snapshot = workbench_.snapshot();
    if (!snapshot) return true;
    if (!snapshot->untitled) return mayLeaveNamed();
    if (snapshot->sources.empty()) {
        control_.close(true);
        return true;
    }
    if (!mayDrop(tr("Save this project?"),
                 tr("It has %n capture(s) and is only stored temporarily.", nullptr, int(snapshot->sources.size()))))
        return false;
    control_.close(true);
    return true;
}

/// Saved work stays in the file; asks only about changes that could not be saved.
bool FileActions::mayLeaveNamed() {
    workbench_.jobs().cancelAll();  // a job in the file would make the last write wait
    const QString why = fromUtf8(workbench_.snapshot()->readOnlyReason);
    if (!why.isEmpty())
        return !keeper_.hasUnsavedWork() ||
               mayDrop(tr("Save your changes?"),
                       tr("The project is read-only (%1), so they are only in memory.").arg(why));
    const QString problem = keeper_.store();
    return problem.isEmpty() || mayDrop(tr("The last changes could not be saved"), problem);
}

/// Asks whether to save elsewhere, discard, or cancel; true = discard.
bool FileActions::mayDrop(const QString& question, const QString& why) {
    QMessageBox box(QMessageBox::Question, QStringLiteral("Weir"), question, QMessageBox::NoButton, window_);
    box.setInformativeText(why);
    QPushButton* keep = box.addButton(tr("Save as…"), QMessageBox::AcceptRole);
    QPushButton* drop = box.addButton(tr("Discard"), QMessageBox::DestructiveRole);
    box.addButton(QMessageBox::Cancel);
    box.setDefaultButton(keep);
    box.exec();
    if (box.clickedButton() == keep) saveAs(true);
    return box.clickedButton() == drop;
}

void FileActions::offerLeftovers() {
    std::vector<session::Leftover> found = session::findLeftovers();
    if (found.empty()) return;
    auto* dialog = new RecoveryDialog(std::move(found), window_);
    connect(dialog, &RecoveryDialog::openWanted, this, [this](const QString& path) {
        if (mayLeave()) control_.recover(path);
    });
    connect(dialog, &RecoveryDialog::failed, this,
            [this](const QString& what, const QString& why) { notices_.show(what, why, true); });
    dialog->open();
}

void FileActions::closeProject() {
    if (mayLeave()) control_.close(false);
}

void FileActions::askLocal(const std::vector<meter::LocalSuggestion>& suggestions) {
    const auto present =
        workbench_.snapshot() ? workbench_.snapshot()->settings.pairing.local : std::vector<flow::Prefix>();
    auto* dialog = new LocalNetworksDialog(suggestions, present, window_);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { control_.setLocal(dialog->networks()); });
    if (present.empty())  // without an answer the flows are paired all the same, all of them transit
        connect(dialog, &QDialog::rejected, this, [this] { control_.setLocal({}); });
    dialog->open();
}

void FileActions::editLocal() {
    control_.suggestLocal([this](const ProjectControl::LocalFound& found) {
        askLocal(found ? *found : std::vector<meter::LocalSuggestion>());
    });
}

void FileActions::editCleaning() {
    if (!workbench_.snapshot()) return;
    auto* dialog = new CleaningDialog(workbench_.snapshot(), workbench_.jobs(), window_);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        session::Settings settings = workbench_.snapshot()->settings;
        settings.cleaning = dialog->cleaning();
        control_.changeSettings(settings, tr("change duplicates and exclusions"));
    });
    dialog->open();
}

void FileActions::editSettings() {
    if (!workbench_.snapshot()) return;
    auto* dialog = new SettingsDialog(workbench_.snapshot()->settings, window_);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this,
            [this, dialog] { control_.changeSettings(dialog->settings(), tr("change settings")); });
    dialog->open();
}

void FileActions::report(const session::ImportReport& report) {
    for (const session::ImportedFile& file : report.files) {
        const QString name = QFileInfo(fromUtf8(file.path)).fileName();
        QStringList damage;
        for (const store::DropLine& drop : file.source.drops)
            if (drop.damage)
                damage << tr("%1 × %2, first at byte %3")
                              .arg(count(drop.count), fromUtf8(drop.reason), count(drop.firstOffset));
        if (file.failed || file.source.number == 0)
            notices_.show(tr("%1 was not read").arg(name), fromUtf8(file.notice), file.failed);
        else if (file.damaged)
            notices_.show(tr("%1 is damaged; %2 good records were read").arg(name, count(file.source.flows)),
                          damage.join(QStringLiteral("; ")), false);
        else if (!file.notice.empty())
            notices_.show(name, fromUtf8(file.notice), false);
    }
}

}  // namespace weir::ui
