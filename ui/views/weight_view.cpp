// See weight_view.h.
#include "ui/views/weight_view.h"

#include "ui/actions.h"
#include "ui/delegates/codes_delegate.h"
#include "ui/delegates/table_look.h"
#include "ui/models/weight_model.h"
#include "ui/state/workbench.h"
#include "ui/text/format.h"
#include "ui/text/table_copy.h"

#include "core/session/project/resources.h"

#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QSaveFile>
#include <QSpinBox>
#include <QTableView>
#include <QToolButton>

#include <algorithm>

namespace weir::ui {
namespace {

const QString kFileFilter = QStringLiteral("Score profiles (*.score);;All files (*)");

/// A spin box in every cell; its value applies after every key and step.
class PointsDelegate final : public QStyledItemDelegate {
public:
    PointsDelegate(const WeightModel& model, QObject* parent) : QStyledItemDelegate(parent), model_(model) {}
    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem&, const QModelIndex& index) const override {
        auto* box = new QSpinBox(parent);
        box->setRange(0, score::kMostPoints);
        box->setSingleStep(5);
        box->setStepType(QAbstractSpinBox::DefaultStepType);
        box->setAlignment(Qt::AlignRight);
        box->setFocusPolicy(Qt::WheelFocus);
        if (model_.isGood(index.row())) box->setPrefix(QStringLiteral("+"));
        box->setAccessibleName(
            WeightView::tr("Points of %1").arg(index.siblingAtColumn(WeightModel::kCode).data().toString()));
        const auto* self = this;
        connect(box, &QSpinBox::valueChanged, box,
                [self, box] { emit const_cast<PointsDelegate*>(self)->commitData(box); });
        return box;
    }
    void setEditorData(QWidget* editor, const QModelIndex& index) const override {
        auto* box = qobject_cast<QSpinBox*>(editor);
        const QSignalBlocker quiet(box);
        if (const int points = index.data(Qt::EditRole).toInt(); points != box->value()) box->setValue(points);
        if (!box->hasFocus()) box->findChild<QLineEdit*>()->deselect();
    }
    void setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const override {
        model->setData(index, qobject_cast<QSpinBox*>(editor)->value(), Qt::EditRole);
    }
    void updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option, const QModelIndex&) const override {
        editor->setGeometry(option.rect.adjusted(4, 0, -4, -1));
    }

private:
    const WeightModel& model_;
};

}  // namespace

WeightView::WeightView(Workbench& workbench, QWidget* parent)
    : View(workbench, parent), model_(new WeightModel(workbench.scores(), this)), table_(new QTableView),
      profiles_(new QToolButton(this)), revert_(new QToolButton(this)) {
    build();
    connect(model_, &WeightModel::testsChanged, this, &WeightView::openEditors);
    connect(&workbench.scores(), &ScoreBoard::ranked, this, &WeightView::refresh);
    connect(&workbench.scores(), &ScoreBoard::textChanged, this, &WeightView::refresh);
    connect(&workbench, &Workbench::snapshotChanged, this, &WeightView::refresh);
    connect(&workbench.pick(), &Pick::codePicked, this, &WeightView::onPicked);
    openEditors();
    refresh();
}

void WeightView::build() {
    setUpTable(*table_);
    table_->setModel(model_);
    table_->setObjectName(QStringLiteral("weightTable"));
    table_->setAccessibleName(tr("Points of the codes"));
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->setItemDelegateForColumn(WeightModel::kCode, new CodeNameDelegate(table_));
    table_->setItemDelegateForColumn(WeightModel::kPoints, new PointsDelegate(*model_, table_));
    const int height = std::max(table_->verticalHeader()->defaultSectionSize(), QSpinBox().sizeHint().height() + 1);
    table_->verticalHeader()->setDefaultSectionSize(height);
    table_->horizontalHeader()->resizeSection(WeightModel::kPoints, 66);
    table_->horizontalHeader()->resizeSection(
        WeightModel::kRecords, table_->fontMetrics().horizontalAdvance(QStringLiteral("00,000,000")) + 14);
    table_->horizontalHeader()->setSectionResizeMode(WeightModel::kCode, QHeaderView::Stretch);
    connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &WeightView::onCurrent);
    const auto filterBy = [this](const QModelIndex& at) {
        if (at.isValid())
            workbench().filter().set(
                fromUtf8(session::codeFilter(workbench().scores().profile().tests[std::size_t(at.row())].code)));
    };
    connect(table_, &QAbstractItemView::activated, this, filterBy);
    makeCopyable(table_, [this, filterBy](QMenu& menu, const QModelIndex& at) {
        if (at.isValid())
            menu.addAction(tr("Filter by this code"), this,
                           [filterBy, at = QPersistentModelIndex(at)] { filterBy(at); });
        menu.addAction(workbench().actions().get("file.addList"));
    });
    setContent(table_);

    profiles_->setText(tr("Profile"));
    profiles_->setToolTip(tr("Choose a score profile"));
    profiles_->setPopupMode(QToolButton::InstantPopup);
    profiles_->setMenu(new QMenu(profiles_));
    connect(profiles_->menu(), &QMenu::aboutToShow, this, &WeightView::fillProfiles);
    revert_->setText(tr("Revert"));
    revert_->setToolTip(tr("Restore the original points of the profile"));
    revert_->setAutoRaise(true);
    connect(revert_, &QToolButton::clicked, this,
            [this] { workbench().scores().edit(workbench().scores().base(), tr("revert points")); });
}

void WeightView::fillProfiles() {
    QMenu* menu = profiles_->menu();
    menu->clear();
    for (const session::Resource& shipped : session::resources()) {
        if (shipped.kind != "score") continue;
        const QString name = fromUtf8(shipped.name);
        menu->addAction(tr("Load %1").arg(name), this,
                        [this, name, text = fromUtf8(shipped.text)] { loadProfile(text, name); });
    }
    menu->addSeparator();
    menu->addAction(tr("Read profile from file…"), this, &WeightView::openFile);
    menu->addAction(tr("Write profile to file…"), this, &WeightView::writeFile);
}

void WeightView::openEditors() {
    for (int row = 0; row < model_->rowCount(); ++row)
        table_->openPersistentEditor(model_->index(row, WeightModel::kPoints));
}

bool WeightView::loadProfile(const QString& text, const QString& name) {
    const auto problems = session::checkProfile(workbench().snapshot(), toUtf8(text));
    for (const Diagnostic& d : problems) {
        if (d.severity != Severity::error) continue;
        emit workbench().failed(tr("%1 was not loaded").arg(name),
                                tr("line %1: %2").arg(d.line).arg(fromUtf8(d.message)));
        return false;
    }
    workbench().scores().edit(text, tr("load %1").arg(name));
    return true;
}

void WeightView::openFile() {
    const QString path = QFileDialog::getOpenFileName(this, tr("Read profile from file"), QString(), kFileFilter);
    if (path.isEmpty()) return;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return emit workbench().failed(tr("%1 cannot be read").arg(path), file.errorString());
    loadProfile(QString::fromUtf8(file.readAll()), QFileInfo(path).completeBaseName());
}

void WeightView::writeFile() {
    const QString path =
        QFileDialog::getSaveFileName(this, tr("Write profile to file"), QStringLiteral("profile.score"), kFileFilter);
    if (path.isEmpty()) return;
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(workbench().scores().text().toUtf8()) >= 0 && file.commit())
        return;
    emit workbench().failed(tr("%1 cannot be written").arg(path), file.errorString());
}

void WeightView::refresh() {
    auto& board = workbench().scores();
    revert_->setEnabled(board.text() != board.base());
    profiles_->setEnabled(workbench().project() != nullptr);
    setScope(board.result()
                 ? fromUtf8(board.profile().name) + (board.text() == board.base() ? QString() : tr(" · edited"))
                 : QString());
    if (!board.result())
        return showState(tr("No scores yet"), tr("Codes and their points are listed here once records are scored."));
    showContent();
}

void WeightView::onCurrent() {
    if (!following_ && table_->currentIndex().isValid()) workbench().pick().setCode(table_->currentIndex().row());
}

void WeightView::onPicked() {
    const int code = workbench().pick().code();
    following_ = true;
    if (code >= 0 && code < model_->rowCount())
        table_->selectRow(code);
    else
        table_->selectionModel()->clear();
    following_ = false;
}

View* makeWeightView(Workbench& workbench, QWidget* parent) { return new WeightView(workbench, parent); }

}  // namespace weir::ui
