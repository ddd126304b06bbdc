// See help_windows.h.
#include "ui/dialogs/help_windows.h"

#include "core/session/project/resources.h"
#include "ui/actions.h"
#include "ui/text/format.h"
#include "ui/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QDialog>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QImage>
#include <QLabel>
#include <QMainWindow>
#include <QPushButton>
#include <QScrollBar>
#include <QSysInfo>
#include <QTextBrowser>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace weir::ui {
namespace {

/// Pictures as wide as the page at most.
class Pages final : public QTextBrowser {
protected:
    QVariant loadResource(int type, const QUrl& name) override {
        const QVariant found = QTextBrowser::loadResource(type, name);
        if (type != QTextDocument::ImageResource) return found;
        const QImage picture = found.canConvert<QImage>() && !found.value<QImage>().isNull()
                                   ? found.value<QImage>()
                                   : QImage::fromData(found.toByteArray());
        const int room =
            viewport()->width() - verticalScrollBar()->sizeHint().width() - 2 * int(document()->documentMargin());
        return picture.width() > room && room > 0
                   ? picture.convertToFormat(QImage::Format_RGB32).scaledToWidth(room, Qt::SmoothTransformation)
                   : picture;
    }
};

QDialog* dialog(const QString& title, const QString& name, QWidget* parent, QWidget* body, QSize size) {
    auto* d = new QDialog(parent);
    d->setAttribute(Qt::WA_DeleteOnClose);
    d->setWindowTitle(title);
    d->setObjectName(name);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    QObject::connect(buttons, &QDialogButtonBox::rejected, d, &QDialog::reject);
    auto* column = new QVBoxLayout(d);
    column->addWidget(body, 1);
    column->addWidget(buttons);
    d->resize(size);
    d->show();
    return d;
}

}  // namespace

void showManual(QWidget* parent, const char* page) {
    const QString name = QStringLiteral("manual");
    const QUrl url(QStringLiteral("qrc:/manual/%1.md").arg(QString::fromLatin1(page)));
    if (auto* open = parent->findChild<QDialog*>(name)) {
        open->findChild<QTextBrowser*>()->setSource(url, QTextDocument::MarkdownResource);
        open->raise();
        return open->activateWindow();
    }
    auto* browser = new Pages;
    browser->setOpenExternalLinks(true);
    browser->setAccessibleName(QObject::tr("Manual"));
    browser->document()->setDocumentMargin(16);
    QDialog* d = dialog(QObject::tr("Manual"), name, parent, browser, {760, 680});
    browser->setSource(url, QTextDocument::MarkdownResource);
    auto* buttons = d->findChild<QDialogButtonBox*>();
    auto* back = buttons->addButton(QObject::tr("Back"), QDialogButtonBox::ActionRole);
    auto* home = buttons->addButton(QObject::tr("Contents"), QDialogButtonBox::ActionRole);
    QObject::connect(back, &QPushButton::clicked, browser, &QTextBrowser::backward);
    QObject::connect(browser, &QTextBrowser::backwardAvailable, back, &QWidget::setEnabled);
    QObject::connect(home, &QPushButton::clicked, browser, [browser] {
        browser->setSource(QUrl(QStringLiteral("qrc:/manual/index.md")), QTextDocument::MarkdownResource);
    });
    back->setEnabled(false);
}

void showKeys(const Actions& actions, QWidget* parent) {
    auto* table = new QTreeWidget;
    table->setHeaderLabels({QObject::tr("Key"), QObject::tr("Action"), QObject::tr("What it does")});
    table->setRootIsDecorated(false);
    table->setUniformRowHeights(true);
    table->setAccessibleName(QObject::tr("Keys"));
    for (const QAction* action : actions.all())
        if (action->isVisible() && !action->shortcut().isEmpty())
            new QTreeWidgetItem(table, {action->shortcut().toString(QKeySequence::NativeText),
                                        action->text().remove(u'&'), action->statusTip()});
    const std::initializer_list<QStringList> others = {
        {QObject::tr("Enter"), QObject::tr("Filter field: apply"), QObject::tr("In a list: filter by the cell")},
        {QObject::tr("Ctrl+Space"), QObject::tr("Complete"),
         QObject::tr("Show completions in the filter field and in the rule text")},
        {QObject::tr("Esc"), QObject::tr("Filter field: discard the edit"),
         QObject::tr("Return to the applied filter")},
        {QObject::tr("←, →"), QObject::tr("Timeline: move the range"),
         QObject::tr("With Shift: move its end; Delete removes it")},
        {QObject::tr("Shift+F10"), QObject::tr("Context menu"),
         QObject::tr("Open the menu of the focused row, cell or capture")}};
    for (const QStringList& line : others) new QTreeWidgetItem(table, line);
    for (int c = 0; c < 2; ++c) table->resizeColumnToContents(c);
    dialog(QObject::tr("Keyboard shortcuts"), QStringLiteral("keys"), parent, table, {760, 560});
}

void showAbout(QWidget* parent) {
    QStringList lines{QObject::tr("Weir %1").arg(fromUtf8(session::programVersion())),
                      QStringLiteral("Qt %1").arg(QString::fromLatin1(qVersion()))};
    lines += QString::fromLatin1(WEIR_LIBRARIES).split(u'|', Qt::SkipEmptyParts);
    lines << QSysInfo::prettyProductName() + u' ' + QSysInfo::currentCpuArchitecture();
    auto* label = new QLabel(
        QObject::tr("<h3>Weir %1</h3><p>A workbench for network-flow analysts: reads captures, classifies one-way "
                    "flows, shows where the "
                    "rules disagree.</p><p>Free software under the GNU General Public License, version 3 or "
                    "later.</p><p>%2</p>")
            .arg(fromUtf8(session::programVersion()).toHtmlEscaped(), lines.mid(1).join(QStringLiteral("<br>"))));
    label->setWordWrap(true);
    label->setAlignment(Qt::AlignTop);
    label->setTextInteractionFlags(Qt::TextBrowserInteraction);
    QDialog* d = dialog(QObject::tr("About Weir"), QStringLiteral("about"), parent, label, {440, 360});
    auto* copy =
        d->findChild<QDialogButtonBox*>()->addButton(QObject::tr("Copy diagnostics"), QDialogButtonBox::ActionRole);
    QObject::connect(copy, &QPushButton::clicked, d,
                     [lines] { QApplication::clipboard()->setText(lines.join(u'\n')); });
}

}  // namespace weir::ui
