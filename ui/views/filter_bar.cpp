// See filter_bar.h.
#include "ui/views/filter_bar.h"

#include "ui/actions.h"
#include "ui/editors/filter_edit.h"
#include "ui/icon.h"
#include "ui/state/workbench.h"
#include "ui/text/format.h"
#include "ui/theme.h"
#include "ui/views/filter_field.h"

#include <QActionGroup>
#include <QButtonGroup>
#include <QEvent>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QToolButton>

namespace weir::ui {
namespace {

QToolButton* iconButton(QWidget* parent, const QString& name, QAction* action) {
    auto* button = new QToolButton(parent);
    button->setIcon(icon(name));
    button->setToolTip(action->toolTip());
    button->setAccessibleName(action->text().remove(u'&'));
    button->setFixedSize(24, 24);
    QObject::connect(button, &QToolButton::clicked, action, &QAction::trigger);
    return button;
}

}  // namespace

FilterBar::FilterBar(Workbench& workbench, QWidget* parent)
    : QWidget(parent), workbench_(workbench), edit_(new FilterEdit), hint_(nullptr) {
    build();
    bindActions();
    edit_->setChecker([this](const QString& text) {
        return session::checkFilter(workbench_.snapshot(), workbench_.rules().judgement(), toUtf8(text),
                                    workbench_.questions());
    });
    edit_->setCompletions([this](const QString& text, std::size_t offset) {
        FilterEdit::Completions out;
        for (const session::Completion& c : session::completeFilter(
                 workbench_.snapshot(), workbench_.rules().judgement(), toUtf8(text), offset, workbench_.questions()))
            out.emplace_back(fromUtf8(c.text), fromUtf8(c.help));
        return out;
    });
    FlowFilter& filter = workbench.filter();
    connect(edit_, &FilterEdit::applied, this, [&filter](const QString& text) { filter.set(text); });
    connect(edit_, &FilterEdit::checked, this, &FilterBar::showProblem);
    connect(&filter, &FlowFilter::changed, this, &FilterBar::showFilter);
    connect(&filter.saved(), &SavedFilters::changed, this, &FilterBar::fillSaved);
    connect(&filter, &FlowFilter::prepared, edit_, &FilterEdit::prepare);
    connect(&workbench, &Workbench::selectionChanged, this, &FilterBar::showCounts);
    connect(&workbench, &Workbench::snapshotChanged, edit_, &FilterEdit::recheck);
    showFilter();
    showCounts();
    fillSaved();
}

void FilterBar::build() {
    Actions& actions = workbench_.actions();
    back_ = iconButton(this, QStringLiteral("back"), actions.get("go.back"));
    forward_ = iconButton(this, QStringLiteral("forward"), actions.get("go.forward"));
    edit_->setFixedHeight(edit_->sizeHint().height());
    field_ = new FilterField(workbench_, *edit_, this);
    QSizePolicy grows(QSizePolicy::Expanding, QSizePolicy::Fixed);
    grows.setHeightForWidth(true);
    field_->setSizePolicy(grows);

    star_ = new QToolButton(this);
    star_->setIcon(icon(QStringLiteral("star")));
    star_->setToolTip(tr("Saved filters"));
    star_->setAccessibleName(tr("Saved filters"));
    star_->setPopupMode(QToolButton::InstantPopup);
    star_->setStyleSheet(QStringLiteral("QToolButton::menu-indicator { image: none; }"));
    star_->setFixedSize(24, 24);
    star_->setMenu(new QMenu(star_));
    auto* which = new QButtonGroup(this);
    const auto choice = [&](const QString& text, QAction* action, const char* name) {
        auto* button = new QToolButton(this);
        button->setText(text);
        button->setToolTip(action->toolTip());
        button->setCheckable(true);
        button->setFixedHeight(24);
        button->setObjectName(QString::fromLatin1(name));
        connect(button, &QToolButton::clicked, action, &QAction::trigger);
        which->addButton(button);
        return button;
    };
    records_ = choice(tr("Records"), actions.get("view.records"), "recordsButton");
    flows_ = choice(tr("Flows"), actions.get("view.flows"), "flowsButton");
    counts_ = new QLabel(this);
    counts_->setObjectName(QStringLiteral("rowCounts"));
    counts_->setTextFormat(Qt::RichText);

    direction_ = new QToolButton(this);
    buildDirections();

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(8, 4, 8, 4);
    row->setSpacing(5);
    row->addWidget(back_, 0, Qt::AlignTop);
    row->addWidget(forward_, 0, Qt::AlignTop);
    row->addWidget(field_, 1, Qt::AlignTop);
    row->addWidget(star_, 0, Qt::AlignTop);
    auto* pair = new QHBoxLayout;
    pair->setSpacing(0);
    pair->addWidget(records_, 0, Qt::AlignTop);
    pair->addWidget(flows_, 0, Qt::AlignTop);
    row->addLayout(pair);
    row->addWidget(direction_, 0, Qt::AlignTop);
    row->addSpacing(4);
    counts_->setFixedHeight(24);
    row->addWidget(counts_, 0, Qt::AlignTop);
}

void FilterBar::buildDirections() {
    direction_->setText(tr("Direction"));
    direction_->setToolTip(workbench_.actions().get("view.direction")->toolTip());
    direction_->setPopupMode(QToolButton::InstantPopup);
    direction_->setFixedHeight(24);
    direction_->setObjectName(QStringLiteral("directionButton"));
    auto* menu = new QMenu(direction_);
    auto* group = new QActionGroup(menu);
    const std::pair<QString, Heading> headings[] = {{tr("&All directions"), Heading::any},
                                                    {tr("&Inbound"), Heading::inbound},
                                                    {tr("&Outbound"), Heading::outbound},
                                                    {tr("I&nternal"), Heading::internal},
                                                    {tr("&Transit"), Heading::transit}};
    for (const auto& [text, heading] : headings) {
        QAction* action = group->addAction(text);
        action->setCheckable(true);
        menu->addAction(action);
        connect(action, &QAction::triggered, this, [this, heading = heading] {
            Narrowing to = workbench_.filter().narrowing();
            to.heading = heading;
            workbench_.filter().narrow(to);
        });
        connect(menu, &QMenu::aboutToShow, action, [this, action, heading = heading] {
            action->setChecked(workbench_.filter().narrowing().heading == heading);
        });
    }
    direction_->setMenu(menu);
}

void FilterBar::bindActions() {
    Actions& actions = workbench_.actions();
    FlowFilter& filter = workbench_.filter();
    actions.bind("go.filter", this, [this] { edit_->setFocus(Qt::ShortcutFocusReason); });
    actions.bind("go.back", this, [&filter] { filter.back(); });
    actions.bind("go.forward", this, [&filter] { filter.forward(); });
    actions.bind("go.clear", this, [this, &filter] {
        filter.narrow({});
        edit_->setFilter({});
    });
    actions.bind("go.saveFilter", this, [this] { askName(); });
    actions.bind("view.records", this, [&filter] { filter.setRows(session::Rows::records); });
    actions.bind("view.direction", this,
                 [this] { direction_->menu()->popup(direction_->mapToGlobal(QPoint(0, direction_->height()))); });
    actions.bind("view.flows", this, [&filter] { filter.setRows(session::Rows::derived); });
}

void FilterBar::showFilter() {
    const FlowFilter& filter = workbench_.filter();
    edit_->setFilter(filter.text());
    back_->setEnabled(filter.canGoBack());
    forward_->setEnabled(filter.canGoForward());
    const bool records = filter.rows() == session::Rows::records;
    records_->setChecked(records);
    flows_->setChecked(!records);
}

void FilterBar::showCounts() {
    const session::SelectionPtr& s = workbench_.selection();
    const bool records =
        s ? s->query.rows == session::Rows::records : workbench_.filter().rows() == session::Rows::records;
    const QString unit = records ? tr("records") : tr("flows");
    const QColor dim = Theme::current().secondary;
    if (!s)
        counts_->setText(QStringLiteral("<span style='color:%1'>%2</span>").arg(dim.name(), tr("no %1").arg(unit)));
    else
        counts_->setText(QStringLiteral("<b style='font-weight:600'>%1</b> <span style='color:%2'>%3</span>")
                             .arg(count(s->count), dim.name(), tr("of %1 %2").arg(count(s->total), unit)));
}

void FilterBar::showProblem() {
    field_->update();
    update();
    const bool show = edit_->hasFocus() && !edit_->problem().isEmpty() && !edit_->completing();
    if (hint_ == nullptr) {
        if (!show) return;
        hint_ = new QLabel(window());
        hint_->setObjectName(QStringLiteral("filterHint"));
        hint_->setAutoFillBackground(true);
        hint_->setMargin(6);
        hint_->setFrameShape(QFrame::Box);
    }
    QPalette p = palette();
    p.setColor(QPalette::Window, Theme::current().surface);
    p.setColor(QPalette::WindowText, Theme::current().error);
    hint_->setPalette(p);
    hint_->setText(edit_->problem());
    hint_->adjustSize();
    hint_->move(field_->mapTo(window(), QPoint(0, field_->height() + 3)));
    hint_->setVisible(show);
    hint_->raise();
}

void FilterBar::fillSaved() {
    QMenu* menu = star_->menu();
    menu->clear();
    menu->addAction(workbench_.actions().get("go.saveFilter"));
    const auto& saved = workbench_.filter().saved().list();
    if (saved.isEmpty()) return;
    menu->addSeparator();
    for (const SavedFilter& f : saved) {
        QAction* action = menu->addAction(f.name);
        action->setToolTip(f.text);
        connect(action, &QAction::triggered, this, [this, text = f.text] { workbench_.filter().set(text); });
    }
    QMenu* remove = menu->addMenu(tr("Remove"));
    for (const SavedFilter& f : saved)
        connect(remove->addAction(f.name), &QAction::triggered, this,
                [this, name = f.name] { workbench_.filter().saved().save(name, {}); });
}

void FilterBar::askName() {
    const QString text = edit_->filter();
    if (text.isEmpty() || !workbench_.project()) return;
    auto* dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Save filter"));
    dialog->setLabelText(tr("Name for “%1”").arg(fontMetrics().elidedText(text, Qt::ElideRight, 400)));
    dialog->setTextValue(text.left(40));
    connect(dialog, &QInputDialog::textValueSelected, this, [this, text](const QString& name) {
        if (!name.trimmed().isEmpty()) workbench_.filter().saved().save(name.trimmed(), text);
    });
    dialog->open();
}

void FilterBar::paintEvent(QPaintEvent*) {
    const Theme& t = Theme::current();
    QPainter painter(this);
    painter.fillRect(rect(), t.window);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool edited = edit_->filter() != workbench_.filter().text();
    const bool wrong = !edit_->problem().isEmpty() && !edit_->completing();
    const QColor edge = wrong                       ? t.error
                        : edited                    ? t.good
                        : edit_->hasFocus()         ? t.accent
                        : edit_->filter().isEmpty() ? t.rule
                                                    : t.selectionLine;
    painter.setPen(QPen(edge, edit_->hasFocus() || wrong ? 1.5 : 1));
    painter.setBrush(t.surface);
    painter.drawRoundedRect(QRectF(field_->geometry()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
}

void FilterBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) {
        showCounts();
        update();
    }
    QWidget::changeEvent(event);
}

}  // namespace weir::ui
