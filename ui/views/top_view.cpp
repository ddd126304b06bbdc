// See top_view.h.
#include "ui/views/top_view.h"

#include "ui/actions.h"
#include "ui/delegates/bar_delegate.h"
#include "ui/delegates/table_look.h"
#include "ui/state/workbench.h"
#include "ui/text/format.h"
#include "ui/text/table_copy.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLineEdit>
#include <QMenu>
#include <QSpinBox>
#include <QTableView>

#include <algorithm>

namespace weir::ui {
namespace {

/// What the Inspector can show of a value; nothing for other keys.
std::optional<session::PortraitSubject> subjectOf(tally::Key key, const std::string& value) {
    using tally::Key;
    const bool host = key == Key::src || key == Key::dst, port = key == Key::srcPort || key == Key::dstPort;
    const auto subject = session::parseSubject(value);
    return subject && (host ? std::holds_alternative<session::HostSubject>(*subject)
                            : port && std::holds_alternative<session::PortSubject>(*subject))
               ? std::optional(*subject)
               : std::nullopt;
}

}  // namespace

TopView::TopView(Workbench& workbench, QWidget* parent)
    : View(workbench, parent), model_(new TopModel(this)), table_(new QTableView), bar_(new BarDelegate(table_)),
      picker_(new QWidget(this)), element_(new QComboBox(picker_)), keys_(new QLineEdit(picker_)),
      order_(new QComboBox(this)), most_(new QSpinBox(this)), job_(workbench.jobs()) {
    for (QWidget* control : std::initializer_list<QWidget*>{picker_, order_, most_}) control->hide();
    buildPickers();
    build();
    connect(&workbench, &Workbench::selectionChanged, this, &TopView::recompute);
    connect(&workbench, &Workbench::zoneChanged, this, [this] { model_->setZone(this->workbench().zone()); });
    recompute();
}

void TopView::buildPickers() {
    auto* row = new QHBoxLayout(picker_);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    row->addWidget(element_);
    row->addWidget(keys_);
    for (const tally::Element& e : tally::elements()) {
        if (e.secondName) continue;
        element_->addItem(fromUtf8(e.title), fromUtf8(e.id));
        element_->setItemData(element_->count() - 1, fromUtf8(e.help), Qt::ToolTipRole);
    }
    element_->insertSeparator(element_->count());
    element_->addItem(tr("Several keys…"), QString());
    element_->setCurrentIndex(element_->findData(QStringLiteral("dstport")));
    element_->setAccessibleName(tr("Count by"));
    element_->setToolTip(tr("What to count; *Several keys* counts combinations of keys"));
    keys_->setText(QStringLiteral("srcip,dstport"));
    keys_->setAccessibleName(tr("Keys"));
    keys_->setToolTip(
        tr("Keys, comma-separated: srcip, dstip, srcip4/24, srcport, dstport, proto, srcas, inif, srctos, class, …"));
    keys_->setMinimumWidth(160);
    keys_->hide();
    for (const tally::OrderInfo& o : tally::orders()) order_->addItem(fromUtf8(o.title), fromUtf8(o.id));
    order_->setAccessibleName(tr("Order by"));
    most_->setRange(0, 100'000);
    most_->setValue(20);
    most_->setSpecialValueText(tr("all"));
    most_->setKeyboardTracking(false);
    most_->setAccessibleName(tr("Maximum number of values"));
    most_->setToolTip(tr("Maximum number of values; 0 = all"));
    connect(element_, &QComboBox::currentIndexChanged, this, [this] {
        keys_->setVisible(severalKeys());
        recompute();
    });
    connect(keys_, &QLineEdit::editingFinished, this, &TopView::recompute);
    connect(order_, &QComboBox::currentIndexChanged, this, &TopView::recompute);
    connect(most_, &QSpinBox::valueChanged, this, &TopView::recompute);
}

void TopView::build() {
    setUpTable(*table_);
    table_->setModel(model_);
    table_->setObjectName(QStringLiteral("topTable"));
    table_->setAccessibleName(tr("Top values"));
    table_->setSelectionMode(QAbstractItemView::ExtendedSelection);
    table_->setSortingEnabled(true);
    table_->horizontalHeader()->setStretchLastSection(true);
    connect(table_, &QAbstractItemView::activated, this,
            [this](const QModelIndex& at) { filterBy(at.row(), FilterMode::andAlso); });
    connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& at) {
        if (at.isValid()) pick(at.row());
    });
    makeCopyable(table_, [this](QMenu& menu, const QModelIndex& at) { addMenu(menu, at.row()); });
    setContent(table_);
}

QList<QWidget*> TopView::titleControls() {
    for (QWidget* control : std::initializer_list<QWidget*>{picker_, order_, most_}) control->show();
    keys_->setVisible(severalKeys());
    return {picker_, order_, most_};
}

bool TopView::severalKeys() const { return element_->currentData().toString().isEmpty(); }

Result<session::TopRequest> TopView::request() const {
    session::TopRequest out;
    const auto& selection = workbench().selection();
    out.query = selection->query;
    out.order = tally::orders()[std::size_t(std::max(0, order_->currentIndex()))].order;
    out.most = std::uint64_t(most_->value());
    if (severalKeys()) {
        auto keys = tally::parseKeys(keys_->text().remove(u' ').toStdString());
        if (!keys) return keys.error();
        out.alternatives = {std::move(*keys)};
        return out;
    }
    auto spec = tally::parseTop(element_->currentData().toString().toStdString());
    if (!spec) return spec.error();
    out.alternatives = tally::keysOf(*spec);
    return out;
}

void TopView::recompute() {
    stale_ = !isVisible();
    problem_.clear();
    const auto& selection = workbench().selection();
    if (stale_ || !selection || !selection->snapshot->records || !workbench().selectionError().isEmpty()) {
        job_.cancel();
        if (!selection || !selection->snapshot->records) model_->setList(nullptr, workbench().zone());
        return showResult();
    }
    auto asked = request();
    if (!asked) return take(asked.error());
    job_.start(
        tr("Top values"),
        [selection, asked = std::move(*asked)](JobContext& job) -> Result<GroupListPtr> {
            auto list = session::topGroups(selection->snapshot, selection->judgement, asked, job);
            if (!list) return list.error();
            return GroupListPtr(std::make_shared<session::GroupList>(std::move(*list)));
        },
        [this](Result<GroupListPtr> result) { take(std::move(result)); }, false);
    showResult();
}

void TopView::take(Result<GroupListPtr> result) {
    if (!result && result.error().code == Errc::cancelled) return;
    problem_ = result ? QString() : fromUtf8(result.error().detail);
    if (result) {
        const bool sameShape = model_->list() && model_->list()->keyCount() == (*result)->keyCount() &&
                               model_->list()->request.order == (*result)->request.order;
        model_->setList(std::move(*result), workbench().zone());
        const TopModel::Column by[] = {TopModel::Column::flows, TopModel::Column::packets, TopModel::Column::bytes,
                                       TopModel::Column::rate,  TopModel::Column::rate,    TopModel::Column::rate};
        table_->horizontalHeader()->setSortIndicator(model_->columnOf(by[std::size_t(model_->list()->request.order)]),
                                                     Qt::DescendingOrder);
        for (int column = 0; column < model_->columnCount(); ++column)
            table_->setItemDelegateForColumn(column,
                                             model_->kindOf(column) == TopModel::Column::share ? bar_ : nullptr);
        fitColumns(!sameShape);
    } else {
        model_->setList(nullptr, workbench().zone());
    }
    showResult();
}

/// Columns of the same shape only grow: counts do while a capture is read, and a width that somebody chose stays.
void TopView::fitColumns(bool fresh) {
    QHeaderView* header = table_->horizontalHeader();
    for (int column = 0; column < model_->columnCount(); ++column) {
        if (model_->kindOf(column) == TopModel::Column::share) {
            if (fresh) header->resizeSection(column, 96);
            continue;
        }
        const int before = header->sectionSize(column);
        table_->resizeColumnToContents(column);
        if (!fresh && header->sectionSize(column) < before) header->resizeSection(column, before);
    }
}

void TopView::showResult() {
    const auto& selection = workbench().selection();
    const auto& list = model_->list();
    setScope(list ? tr("%1 of %2 · %3 %4 = 100 %")
                        .arg(count(list->size()), count(list->groups.count), count(list->groups.total.flows),
                             list->request.query.rows == session::Rows::records ? tr("records") : tr("flows"))
                  : QString());
    if (!workbench().selectionError().isEmpty())
        return showError(workbench().selectionError(), tr("Correct the filter, or clear it."));
    if (!problem_.isEmpty())
        return showError(problem_, tr("Choose another element, or switch between Records and Flows."));
    if (!selection || !selection->snapshot->records)
        return showState(tr("No captures yet"), tr("Open a capture to see its busiest ports, hosts and classes."),
                         workbench().actions().get("file.openCapture"));
    if (!list) return showState(tr("Counting"), {});
    if (list->size() == 0) return showState(tr("No flows match the filter"), {}, workbench().actions().get("go.clear"));
    showContent();
}

QString TopView::filterOf(int row) const {
    if (row < 0 || !model_->list()) return {};
    const QString text = fromUtf8(model_->list()->filter(model_->groupAt(row)));
    const auto& list = *model_->list();
    const auto problems =
        session::checkFilter(list.snapshot, list.judgement, text.toStdString(), list.request.query.questions);
    return std::ranges::any_of(problems, [](const Diagnostic& d) { return d.severity == Severity::error; }) ? QString()
                                                                                                            : text;
}

void TopView::filterBy(int row, FilterMode mode) {
    if (const QString text = filterOf(row); !text.isEmpty()) workbench().filter().set(text, mode);
}

void TopView::addMenu(QMenu& menu, int row) {
    if (row < 0) return;
    const QString text = filterOf(row);
    const auto section = [&](const QString& title, auto act) {
        QMenu* sub = menu.addMenu(title.arg(fontMetrics().elidedText(text, Qt::ElideMiddle, 320)));
        sub->setEnabled(!text.isEmpty());
        const std::pair<QString, FilterMode> modes[] = {{tr("Selected"), FilterMode::replace},
                                                        {tr("… and"), FilterMode::andAlso},
                                                        {tr("… or"), FilterMode::orElse},
                                                        {tr("… and not"), FilterMode::andNot}};
        for (const auto& [name, mode] : modes)
            connect(sub->addAction(name), &QAction::triggered, this, [act, mode = mode] { act(mode); });
    };
    section(tr("Apply as filter: %1"), [this, row](FilterMode mode) { filterBy(row, mode); });
    section(tr("Prepare as filter: %1"), [this, text](FilterMode mode) { workbench().filter().prepare(text, mode); });
    menu.addSeparator();
    menu.addAction(tr("Copy as JSON"), this, [this] {
        QList<int> rows;
        for (const QModelIndex& i : table_->selectionModel()->selectedRows()) rows << i.row();
        std::ranges::sort(rows);
        copyJson(rows);
    });
}

void TopView::copyJson(const QList<int>& rows) const {
    QJsonArray out;
    for (const int row : rows) {
        QJsonObject object;
        for (int column = 0; column < model_->columnCount(); ++column)
            if (model_->kindOf(column) != TopModel::Column::percent)
                object.insert(model_->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString(),
                              QJsonValue::fromVariant(model_->index(row, column).data(kRawRole)));
        out.append(object);
    }
    QGuiApplication::clipboard()->setText(QString::fromUtf8(QJsonDocument(out).toJson()));
}

/// Selects the row's host, port, sign combination or rule, which other panels can show.
void TopView::pick(int row) {
    const auto& list = *model_->list();
    const std::size_t group = model_->groupAt(row);
    if (list.keyCount() == 1) {
        if (const auto subject = subjectOf(list.key(0).key, list.text(group, 0)))
            workbench().pick().setSubject(subject);
    }
    const std::uint64_t number =
        list.keyCount() == 1 && list.groups.plan.place(0).bits <= 64 ? list.number(group, 0) : 0;
    if (list.key(0).key == tally::Key::signs && number != 0) workbench().pick().setCombination(number);
    if (list.key(0).key == tally::Key::rule && number + 2 < list.rules.size()) workbench().pick().setRule(int(number));
}

void TopView::showEvent(QShowEvent* event) {
    View::showEvent(event);
    if (stale_) recompute();
}

QJsonObject TopView::state() const {
    return {{QStringLiteral("element"), element_->currentData().toString()},
            {QStringLiteral("keys"), keys_->text()},
            {QStringLiteral("order"), order_->currentData().toString()},
            {QStringLiteral("most"), most_->value()}};
}

void TopView::restore(const QJsonObject& state) {
    const int element = element_->findData(state.value(QStringLiteral("element")).toString(QStringLiteral("dstport")));
    const int order = order_->findData(state.value(QStringLiteral("order")).toString(QStringLiteral("flows")));
    keys_->setText(state.value(QStringLiteral("keys")).toString(QStringLiteral("srcip,dstport")));
    element_->setCurrentIndex(std::max(0, element));
    order_->setCurrentIndex(std::max(0, order));
    most_->setValue(state.value(QStringLiteral("most")).toInt(20));
}

View* makeTopView(Workbench& workbench, QWidget* parent) { return new TopView(workbench, parent); }

}  // namespace weir::ui
