// See dock_host.h.
#include "ui/shell/dock_host.h"

#include "ui/actions.h"
#include "ui/icon.h"
#include "ui/shell/dock_title.h"
#include "ui/shell/view_registry.h"
#include "ui/state/workbench.h"
#include "ui/text/format.h"
#include "ui/theme.h"
#include "ui/view.h"

#include <QCoreApplication>
#include <QDir>
#include <QDockWidget>
#include <QEvent>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QMainWindow>
#include <QMouseEvent>
#include <QPainter>
#include <QSettings>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace weir::ui {
namespace {

constexpr int kLayoutVersion = 5;  ///< raised when views come or go, so that old arrangements are not restored

/// A line around the view, instead of a frame that would cost two pixels on every side.
class DockBody final : public QWidget {
public:
    DockBody(View* view, bool topLine) : topLine_(topLine) {
        auto* box = new QVBoxLayout(this);
        box->setContentsMargins(1, topLine ? 1 : 0, 1, 1);
        box->addWidget(view);
        setFocusProxy(view);
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setPen(Theme::current().rule);
        painter.drawRect(rect().adjusted(0, topLine_ ? 0 : -1, -1, -1));
    }

private:
    bool topLine_;
};

Perspective readPerspective(const QString& path) {
    QFile file(path);
    const bool open = file.open(QIODevice::ReadOnly);
    Q_ASSERT_X(open, "readPerspective", "layout resource missing");
    Perspective p;
    p.layout = QJsonDocument::fromJson(file.readAll()).object();
    p.id = p.layout.value(QStringLiteral("id")).toString();
    const auto translated = [&p](const QString& key) {
        return QCoreApplication::translate("weir::ui::Perspective",
                                           p.layout.value(key).toString().toUtf8().constData());
    };
    p.title = translated(QStringLiteral("title"));
    p.question = translated(QStringLiteral("question"));
    p.needs = translated(QStringLiteral("needs"));
    p.key = p.layout.value(QStringLiteral("key")).toString();
    const QString rows = p.layout.value(QStringLiteral("rows")).toString();
    if (!rows.isEmpty()) p.rows = rows == u"records" ? session::Rows::records : session::Rows::derived;
    p.center = p.layout.value(QStringLiteral("center")).toBool();
    return p;
}

QJsonArray childrenOf(const QJsonValue& node) {
    const QJsonObject o = node.toObject();
    for (const QString& key : {QStringLiteral("across"), QStringLiteral("down"), QStringLiteral("tabs")})
        if (o.contains(key)) return o.value(key).toArray();
    return {};
}

QString viewOf(const QJsonValue& node) {
    return node.isString() ? node.toString() : node.toObject().value(QStringLiteral("view")).toString();
}

Qt::DockWidgetArea qtArea(Area area) {
    switch (area) {
        case Area::left: return Qt::LeftDockWidgetArea;
        case Area::right: return Qt::RightDockWidgetArea;
        case Area::top: return Qt::TopDockWidgetArea;
        case Area::bottom: return Qt::BottomDockWidgetArea;
    }
    return Qt::LeftDockWidgetArea;
}

}  // namespace

DockHost::DockHost(QMainWindow& window, Workbench& workbench)
    : QObject(&window), window_(window), workbench_(workbench) {
    window.setDockOptions(QMainWindow::AllowNestedDocks | QMainWindow::AllowTabbedDocks);
    window.setCorner(Qt::TopLeftCorner, Qt::TopDockWidgetArea);
    window.setCorner(Qt::TopRightCorner, Qt::TopDockWidgetArea);
    window.setCorner(Qt::BottomLeftCorner, Qt::BottomDockWidgetArea);
    window.setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    window.setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
    for (std::size_t i = 0; i < viewTable().size(); ++i) makeDock(i);
    for (const QString& name : QDir(QStringLiteral(":/layout")).entryList()) {
        Perspective p = readPerspective(QStringLiteral(":/layout/") + name);
        if (p.id == u"welcome")
            welcome_ = std::move(p);
        else
            perspectives_.push_back(std::move(p));
    }
    const auto order = [](const Perspective& p) { return p.layout.value(QStringLiteral("order")).toInt(); };
    std::sort(perspectives_.begin(), perspectives_.end(),
              [&](const auto& a, const auto& b) { return order(a) < order(b); });
    window.installEventFilter(this);
}

void DockHost::makeDock(std::size_t index) {
    const ViewDef& def = viewTable()[index];
    const QString id = fromUtf8(def.id);
    auto* dock = new QDockWidget(QCoreApplication::translate("weir::ui::View", def.title), &window_);
    View* view = def.make(workbench_, dock);
    view->setObjectName(id);
    dock->setObjectName(QStringLiteral("dock.") + id);
    dock->setWidget(new DockBody(view, !def.titled));
    dock->setTitleBarWidget(def.titled ? static_cast<QWidget*>(new DockTitle(*dock, *view)) : new QWidget(dock));
    dock->setFocusProxy(view);
    window_.addDockWidget(qtArea(def.area), dock);
    QAction* toggle = dock->toggleViewAction();
    toggle->setObjectName(QStringLiteral("dock.") + id);
    toggle->setIcon(icon(QString::fromLatin1(def.icon)));
    toggle->setStatusTip(tr("Show or hide the panel %1").arg(dock->windowTitle()));
    workbench_.actions().add(toggle);
    docks_.insert(id, dock);
    views_.insert(id, view);
}

const Perspective* DockHost::find(const QString& id) const {
    if (id == u"welcome") return &welcome_;
    const auto it =
        std::find_if(perspectives_.begin(), perspectives_.end(), [&](const Perspective& p) { return p.id == id; });
    return it == perspectives_.end() ? nullptr : &*it;
}

const QString& DockHost::first() const {
    const auto it = std::find_if(perspectives_.begin(), perspectives_.end(),
                                 [](const Perspective& p) { return p.layout.value(QStringLiteral("first")).toBool(); });
    return it == perspectives_.end() ? perspectives_.front().id : it->id;
}

void DockHost::show(const QString& id) {
    const Perspective* p = find(id);
    if (p == nullptr || id == current_) return;
    save();
    current_ = id;
    arrange(*p);
    const QByteArray kept = QSettings().value(QStringLiteral("layout/") + id).toByteArray();
    if (!kept.isEmpty() && window_.restoreState(kept, kLayoutVersion)) {
        window_.centralWidget()->setVisible(p->center);
        for (Size& s : sizes_) s.px = -1;  // the user's sizes are the requested ones from now on
    }
    if (p->rows) workbench_.filter().setRows(*p->rows);
    emit perspectiveChanged(id);
}

void DockHost::restoreDefault() {
    QSettings().remove(QStringLiteral("layout/") + current_);
    if (const Perspective* p = find(current_)) arrange(*p);
}

void DockHost::save() {
    if (!current_.isEmpty())
        QSettings().setValue(QStringLiteral("layout/") + current_, window_.saveState(kLayoutVersion));
}

QDockWidget* DockHost::leader(const QJsonValue& node) const {
    const QJsonArray children = childrenOf(node);
    for (const QJsonValue& child : children)
        if (QDockWidget* d = leader(child)) return d;
    return docks_.value(viewOf(node));
}

void DockHost::split(const QJsonValue& node, int group) {
    const QJsonObject o = node.toObject();
    const QJsonArray children = childrenOf(node);
    QDockWidget* before = nullptr;
    for (const QJsonValue& child : children) {
        QDockWidget* dock = leader(child);
        if (dock == nullptr) continue;
        dock->show();
        if (before != nullptr && o.contains(QStringLiteral("tabs")))
            window_.tabifyDockWidget(before, dock);
        else if (before != nullptr)
            window_.splitDockWidget(before, dock, o.contains(QStringLiteral("down")) ? Qt::Vertical : Qt::Horizontal);
        before = dock;
    }
    const int inner = ++groups_;
    for (const QJsonValue& child : children) split(child, inner);
    QDockWidget* first = leader(node);
    if (first == nullptr) return;
    const double scale = std::max(1.0, window_.fontMetrics().height() / 17.0);
    const auto note = [&](const QString& key, Qt::Orientation orientation) {
        if (o.contains(key))
            sizes_.push_back({first, int(o.value(key).toInt() * scale), orientation,
                              !o.value(QStringLiteral("stretch")).toBool() || orientation == Qt::Vertical, group});
    };
    note(QStringLiteral("width"), Qt::Horizontal);
    note(QStringLiteral("height"), Qt::Vertical);
    if (o.contains(QStringLiteral("tabs"))) first->raise();
}

void DockHost::arrange(const Perspective& p) {
    window_.setUpdatesEnabled(false);
    sizes_.clear();
    for (QDockWidget* dock : std::as_const(docks_)) {
        dock->setFloating(false);
        window_.removeDockWidget(dock);
    }
    window_.centralWidget()->setVisible(p.center);
    const std::pair<QString, Qt::DockWidgetArea> areas[] = {{QStringLiteral("top"), Qt::TopDockWidgetArea},
                                                            {QStringLiteral("left"), Qt::LeftDockWidgetArea},
                                                            {QStringLiteral("right"), Qt::RightDockWidgetArea},
                                                            {QStringLiteral("bottom"), Qt::BottomDockWidgetArea}};
    for (const auto& [key, area] : areas) {
        const QJsonValue node = p.layout.value(key);
        QDockWidget* first = leader(node);
        if (first == nullptr) continue;
        window_.addDockWidget(area, first);
        first->show();
        split(node, 0);
    }
    const QJsonObject heights = p.layout.value(QStringLiteral("heights")).toObject();
    for (auto it = heights.begin(); it != heights.end(); ++it)
        if (QDockWidget* d = docks_.value(it.key())) sizes_.push_back({d, it.value().toInt(), Qt::Vertical, true, 0});
    for (const QJsonValue& id : p.layout.value(QStringLiteral("hidden")).toArray())
        if (QDockWidget* d = docks_.value(id.toString())) d->hide();
    for (std::size_t i = 0; i < viewTable().size();
         ++i) {  // views the arrangement does not name can be opened from the menu
        QDockWidget* dock = docks_.value(fromUtf8(viewTable()[i].id));
        if (window_.dockWidgetArea(dock) != Qt::NoDockWidgetArea) continue;
        window_.addDockWidget(qtArea(viewTable()[i].area), dock);
        dock->hide();
    }
    window_.setUpdatesEnabled(true);
    resizeTo(false);
    if (window_.isVisible()) settle(false);
}

/// Sizes hold only once the layout has run, and Qt comes near to them by steps.
void DockHost::settle(bool onlyFixed, int steps) {
    QTimer::singleShot(0, this, [this, onlyFixed, steps] {
        resizeTo(onlyFixed);
        for (Size& s : sizes_)
            if (s.px < 0) s.px = actual(s);
        const bool there =
            std::all_of(sizes_.begin(), sizes_.end(), [](const Size& s) { return !s.fixed || actual(s) == s.px; });
        if (!there && steps > 1)
            settle(true, steps - 1);
        else
            shareRest();
    });
}

/// Distributes the room that the fixed panels leave in proportion to the requested sizes.
void DockHost::shareRest() {
    for (int group = 1; group <= groups_; ++group) {
        QList<QDockWidget*> docks;
        QList<int> px;
        int wanted = 0, there = 0;
        for (const Size& s : sizes_)
            if (!s.fixed && s.group == group && s.dock->isVisible() && !s.dock->isFloating()) {
                docks << s.dock;
                wanted += s.px;
                there += actual(s);
                px << s.px;
            }
        if (docks.size() < 2 || wanted <= 0) continue;
        for (int& p : px) p = p * there / wanted;
        window_.resizeDocks(docks, px, Qt::Horizontal);
    }
}

/// Of the panel, or of the one that covers it in the same tabs.
int DockHost::actual(const Size& size) {
    const auto* window = qobject_cast<const QMainWindow*>(size.dock->parentWidget());
    const QDockWidget* shown = size.dock;
    if (shown->visibleRegion().isEmpty() && window != nullptr)
        for (const QDockWidget* tab : window->tabifiedDockWidgets(size.dock))
            if (!tab->visibleRegion().isEmpty()) shown = tab;
    return size.orientation == Qt::Horizontal ? shown->width() : shown->height();
}

void DockHost::resizeTo(bool onlyFixed) {
    for (const Qt::Orientation orientation : {Qt::Horizontal, Qt::Vertical}) {
        QList<QDockWidget*> docks;
        QList<int> px;
        for (const Size& s : sizes_)
            if (s.px >= 0 && s.orientation == orientation && (s.fixed || !onlyFixed) && !s.dock->isHidden() &&
                !s.dock->isFloating()) {
                docks << s.dock;
                px << s.px;
            }
        if (!docks.isEmpty()) window_.resizeDocks(docks, px, orientation);
    }
}

bool DockHost::eventFilter(QObject* watched, QEvent* event) {
    if (watched != &window_) return false;
    switch (event->type()) {
        case QEvent::Show: settle(false); break;
        case QEvent::Resize: settle(true); break;
        case QEvent::MouseButtonPress:
            dragging_ = window_.isSeparator(static_cast<QMouseEvent*>(event)->position().toPoint());
            break;
        case QEvent::MouseButtonRelease:
            if (std::exchange(dragging_, false))
                for (Size& s : sizes_) s.px = actual(s);  // the user's sizes are the requested ones from now on
            break;
        default: break;
    }
    return false;
}

void DockHost::raise(const QString& viewId) {
    if (QDockWidget* d = dock(viewId)) {
        d->show();
        d->raise();
        views_.value(viewId)->setFocus();
    }
}

const char* DockHost::helpPage(const QWidget* focus) const {
    for (const QWidget* w = focus; w != nullptr; w = w->parentWidget())
        for (const ViewDef& def : viewTable())
            if (w == views_.value(fromUtf8(def.id))) return def.page;
    return "index";
}

QJsonObject DockHost::viewStates() const {
    QJsonObject out;
    for (auto it = views_.begin(); it != views_.end(); ++it)
        if (const QJsonObject state = it.value()->state(); !state.isEmpty()) out.insert(it.key(), state);
    return out;
}

void DockHost::restoreViewStates(const QJsonObject& states) {
    for (auto it = views_.begin(); it != views_.end(); ++it) it.value()->restore(states.value(it.key()).toObject());
}

}  // namespace weir::ui
