// See welcome.h.
#include "ui/shell/welcome.h"

#include "ui/actions.h"
#include "ui/icon.h"
#include "ui/shell/dock_host.h"
#include "ui/shell/recent.h"
#include "ui/state/workbench.h"
#include "ui/text/shown_text.h"
#include "ui/theme.h"

#include <QEvent>
#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace weir::ui {
namespace {

QLabel* label(const QString& text, bool secondary = false, double scale = 1, bool semibold = false) {
    auto* l = new QLabel(text);
    QFont f = l->font();
    f.setPointSizeF(f.pointSizeF() * scale);
    if (semibold) f.setWeight(QFont::DemiBold);
    l->setFont(f);
    if (secondary) l->setForegroundRole(QPalette::PlaceholderText);
    return l;
}

/// A wide button of two lines: what, and a word about it; the key at the right.
class CommandButton final : public QPushButton {
public:
    CommandButton(QAction* action, const QString& iconName, const QString& text, const QString& hint, bool primary)
        : iconName_(iconName), text_(text), hint_(hint), key_(action->shortcut().toString(QKeySequence::NativeText)),
          primary_(primary) {
        setAccessibleName(text);
        setAccessibleDescription(hint);
        setObjectName(action->objectName());
        setMinimumHeight(2 * fontMetrics().height() + 12);
        setCursor(Qt::PointingHandCursor);
        setDefault(primary);
        connect(this, &QPushButton::clicked, action, &QAction::trigger);
    }

protected:
    void paintEvent(QPaintEvent*) override {
        const Theme& t = Theme::current();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const bool hot = underMouse() || hasFocus();
        QColor field = t.selection;
        field.setAlpha(primary_ ? 90 : 0);
        painter.setPen(QPen(hot ? t.accent : primary_ ? t.selectionLine : t.rule, hasFocus() ? 1.5 : 1));
        painter.setBrush(isDown() ? t.selection : t.surface);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
        painter.setBrush(field);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
        ui::icon(iconName_).paint(&painter, QRect(12, height() / 2 - 8, 16, 16), Qt::AlignCenter, QIcon::Normal,
                                  primary_ ? QIcon::On : QIcon::Off);
        const int line = fontMetrics().height();
        const QRect box = rect().adjusted(40, height() / 2 - line, -12, 0);
        QFont bold = font();
        bold.setWeight(QFont::DemiBold);
        painter.setFont(bold);
        painter.setPen(t.text);
        painter.drawText(QRect(box.left(), box.top(), box.width(), line), Qt::AlignLeft, text_);
        painter.setFont(font());
        painter.setPen(t.secondary);
        painter.drawText(QRect(box.left(), box.top() + line, box.width(), line), Qt::AlignLeft, hint_);
        painter.drawText(QRect(box.left(), 0, box.width(), height()), Qt::AlignRight | Qt::AlignVCenter, key_);
    }

private:
    QString iconName_, text_, hint_, key_;
    bool primary_;
};

class DropFrame final : public QWidget {
public:
    DropFrame() { setMinimumHeight(150); }

protected:
    void paintEvent(QPaintEvent*) override {
        const Theme& t = Theme::current();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(t.dim, 1, Qt::DashLine));
        painter.setBrush(t.header);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
        const int line = fontMetrics().height() + 1;
        const int top = height() / 2 - 2 * line - 8;
        icon(QStringLiteral("download")).paint(&painter, QRect(width() / 2 - 14, top - 8, 28, 28));
        painter.setPen(t.text);
        painter.drawText(QRect(0, top + 28, width(), line), Qt::AlignCenter, QObject::tr("Drop files here"));
        painter.setPen(t.secondary);
        painter.drawText(
            QRect(0, top + 28 + line + 3, width(), 2 * line), Qt::AlignHCenter,
            QObject::tr(
                "Several files become one project.\nWeir asks at most one question: which networks are local."));
    }
};

/// Rows with a line under each; the first one is the header.
QWidget* linkTable(const QList<QStringList>& rows, const QList<int>& stretch) {
    auto* box = new QWidget;
    auto* grid = new QGridLayout(box);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(0);
    for (int r = 0; r < rows.size(); ++r)
        for (int c = 0; c < rows[r].size(); ++c) {
            auto* cell = label(rows[r][c], r == 0 || c > 0);
            cell->setMargin(3);
            cell->setIndent(6);
            if (r == 0) {
                cell->setAutoFillBackground(true);
                cell->setBackgroundRole(QPalette::Button);
            }
            grid->addWidget(cell, r * 2, c);
            auto* line = new QFrame;
            line->setFixedHeight(1);
            line->setAutoFillBackground(true);
            line->setBackgroundRole(r == 0 ? QPalette::Mid : QPalette::Midlight);
            grid->addWidget(line, r * 2 + 1, c);
            if (c < stretch.size()) grid->setColumnStretch(c, stretch[c]);
        }
    return box;
}

void clearLayout(QLayout* layout) {
    while (QLayoutItem* item = layout->takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

}  // namespace

Welcome::Welcome(Workbench& workbench, QWidget* parent) : QScrollArea(parent), workbench_(workbench) {
    setFrameShape(QFrame::Box);  // same colour as the lines of panels
    setFrameShadow(QFrame::Plain);
    setForegroundRole(QPalette::Mid);
    setWidgetResizable(true);
    viewport()->setBackgroundRole(QPalette::Base);
    auto* page = new QWidget;
    page->setAutoFillBackground(true);
    page->setBackgroundRole(QPalette::Base);
    auto* middle = new QWidget;
    middle->setMaximumWidth(880);
    auto* columns = new QGridLayout;
    columns->setHorizontalSpacing(40);
    columns->addLayout(buildLeft(), 0, 0);
    columns->addLayout(buildRight(), 0, 1);
    columns->setColumnStretch(0, 1);
    columns->setColumnStretch(1, 1);
    auto* down = new QVBoxLayout(middle);
    down->setContentsMargins(0, 28, 0, 20);
    down->setSpacing(18);
    down->addLayout(columns);
    lower_ = new QVBoxLayout;
    lower_->setSpacing(18);
    down->addLayout(lower_);
    down->addStretch();
    auto* outer = new QHBoxLayout(page);
    outer->setContentsMargins(24, 0, 24, 0);
    outer->addStretch(1);
    outer->addWidget(middle, 20);
    outer->addStretch(1);
    setWidget(page);
    showRecent();
}

QLayout* Welcome::buildLeft() {
    Actions& actions = workbench_.actions();
    auto* box = new QVBoxLayout;
    box->setSpacing(8);
    auto* head = new QVBoxLayout;
    head->setSpacing(2);
    head->addWidget(label(QStringLiteral("Weir"), false, 1.67, true));
    head->addWidget(label(tr("Read captures, classify flows, refine rules."), true));
    box->addLayout(head);
    box->addSpacing(6);
    box->addWidget(new CommandButton(actions.get("file.openCapture"), QStringLiteral("folder-open"),
                                     tr("Open capture…"), tr("packets or flow records, one file or many"), true));
    box->addWidget(new CommandButton(actions.get("file.openSample"), QStringLiteral("chevron"), tr("Open the sample"),
                                     tr("real traffic recorded in a lab network"), false));
    box->addWidget(new CommandButton(actions.get("file.openProject"), QStringLiteral("folder"), tr("Open project…"),
                                     tr("a .weir file"), false));
    box->addSpacing(4);
    box->addWidget(label(tr("Recent"), false, 1, true));
    recent_ = new QVBoxLayout;
    recent_->setSpacing(2);
    box->addLayout(recent_);
    box->addStretch();
    return box;
}

QLayout* Welcome::buildRight() {
    auto* box = new QVBoxLayout;
    box->setSpacing(16);
    box->addWidget(new DropFrame);
    box->addWidget(linkTable({{tr("Reads"), {}},
                              {tr("Packets"), tr("pcap and pcapng, both byte orders")},
                              {tr("Flows"), tr("nfcapd of nfdump 1.6 and 1.7")},
                              {tr("Rules"), tr("rule sets (.rules)")}},
                             {1, 4}));
    box->addStretch();
    return box;
}

void Welcome::describe(const DockHost& docks) {
    QList<QStringList> rows{{tr("Perspective"), tr("Question it answers"), tr("Needs")}};
    for (const Perspective& p : docks.perspectives()) rows << QStringList{p.title, p.question, p.needs};
    lower_->addWidget(linkTable(rows, {1, 5, 2}));
    auto* keys = new QHBoxLayout;
    keys->setSpacing(6);
    const auto key = [&](const char* id, const QString& what) {
        auto* k = label(workbench_.actions().get(id)->shortcut().toString(QKeySequence::NativeText));
        k->setFont(Theme::fixedFont());
        keys->addWidget(k);
        keys->addWidget(label(what, true));
        keys->addSpacing(18);
    };
    key("go.palette", tr("find any action"));
    key("go.filter", tr("filter"));
    key("help.manual", tr("manual"));
    keys->addStretch();
    lower_->addLayout(keys);
}

void Welcome::showRecent() {
    clearLayout(recent_);
    const QStringList files = recentFiles();
    if (files.isEmpty()) return recent_->addWidget(label(tr("Projects and captures you open are listed here."), true));
    for (const QString& path : files.mid(0, 6)) {
        auto* link = new QPushButton(shownText(QFileInfo(path).fileName()));
        link->setFlat(true);
        link->setCursor(Qt::PointingHandCursor);
        link->setToolTip(path);
        link->setStyleSheet(
            QStringLiteral("QPushButton { text-align: left; padding: 2px 4px; color: palette(link); border: none; "
                           "background: transparent; }"
                           "QPushButton:hover, QPushButton:focus { text-decoration: underline; }"));
        connect(link, &QPushButton::clicked, this, [this, path] { emit recentChosen(path); });
        recent_->addWidget(link);
    }
}

void Welcome::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange && recent_ != nullptr)
        QMetaObject::invokeMethod(this, &Welcome::showRecent, Qt::QueuedConnection);
    QScrollArea::changeEvent(event);
}

}  // namespace weir::ui
