// See report_actions.h.
#include "ui/dialogs/report_actions.h"

#include "core/report/formats.h"
#include "ui/actions.h"
#include "ui/dialogs/report_dialog.h"
#include "ui/shell/notice_bar.h"
#include "ui/state/comparison.h"
#include "ui/state/workbench.h"
#include "ui/text/format.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QSaveFile>

namespace weir::ui {
namespace {

Result<bool> writeReport(session::Project& project, const session::ReportRequest& request, const report::Format& format,
                         const QString& path, JobContext& job) {
    const auto document = session::makeReport(project, request, job);
    if (!document) return document.error();
    const std::string bytes = format.render(*document);
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(bytes.data(), qint64(bytes.size())) == qint64(bytes.size()) &&
        file.commit())
        return true;
    return Error{Errc::io, toUtf8(file.errorString()), 0};
}

}  // namespace

ReportActions::ReportActions(Workbench& workbench, NoticeBar& notices, QWidget* window)
    : QObject(window), workbench_(workbench), notices_(notices), window_(window), lane_(workbench.jobs()) {
    setObjectName(QStringLiteral("reportActions"));
    workbench.actions().bind("file.report", this, [this] { ask(); });
}

void ReportActions::ask() {
    const auto& snapshot = workbench_.snapshot();
    if (!snapshot || snapshot->sources.empty())
        return notices_.show(tr("There is nothing to report"), tr("open a capture first"), false);
    QList<ReportDialog::Champion> champions;
    Comparison& comparison = workbench_.comparison();
    for (const Comparison::Side& side : comparison.choices())
        if (side.text != workbench_.rules().text()) champions.append({side.id, side.title});
    auto* dialog = new ReportDialog(champions, comparison.champion().id, window_);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { chooseFile(dialog->sections(), dialog->champion()); });
    dialog->open();
}

void ReportActions::chooseFile(const QStringList& sections, const QString& champion) {
    QStringList filters;
    for (const report::Format& f : report::formats())
        filters << QStringLiteral("%1 (*%2)").arg(fromUtf8(f.name), fromUtf8(f.extension));
    const auto& snapshot = workbench_.snapshot();
    const QString stem =
        snapshot->untitled ? QStringLiteral("report") : QFileInfo(fromUtf8(snapshot->path)).completeBaseName();
    const QString path = QFileDialog::getSaveFileName(window_, tr("Export report"), stem + QStringLiteral(".html"),
                                                      filters.join(QStringLiteral(";;")));
    if (!path.isEmpty()) write(path, sections, champion);
}

void ReportActions::write(const QString& name, const QStringList& sections, const QString& champion) {
    const auto project = workbench_.project();
    if (!project) return;
    const bool known = report::formatOf(toUtf8(name)) != nullptr;
    const QString path = known ? name : name + QStringLiteral(".html");
    session::ReportRequest request;
    for (const QString& id : sections) request.only.push_back(toUtf8(id));
    request.rules =
        workbench_.rules().judgement()->parsed.set.text;  // what the windows show, also while a line is half typed
    request.profile = toUtf8(workbench_.scores().text());
    if (!champion.isEmpty()) {
        const Comparison::Side side = workbench_.comparison().sideOf(champion);
        request.champion = toUtf8(side.text);
        request.championName = toUtf8(side.title);
    }
    lane_.start(
        tr("Export report"),
        [project, request = std::move(request), path](JobContext& job) {
            return writeReport(*project, request, *report::formatOf(toUtf8(path)), path, job);
        },
        [this, path](Result<bool> done) {
            if (done) {
                notices_.show(tr("%1 was written").arg(QFileInfo(path).fileName()), QFileInfo(path).absolutePath(),
                              false);
                emit written(path);
                return;
            }
            if (done.error().code != Errc::cancelled)
                notices_.show(tr("The report was not written"), fromUtf8(done.error().detail), true);
            emit failed();
        });
}

}  // namespace weir::ui
