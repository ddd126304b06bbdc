// The panel Side by side: champion and challenger, aligned by rule or test, and the choice of both.
#include "ui/compare_view.h"
#include "ui/delegates/align_delegate.h"
#include "ui/delegates/table_look.h"
#include "ui/models/compare_text_model.h"
#include "ui/state/workbench.h"
#include "ui/text/format.h"
#include "ui/text/table_copy.h"

#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QTableView>
#include <QToolButton>

namespace weir::ui {
namespace {

class CompareTextView final : public CompareView {
    Q_OBJECT
public:
    CompareTextView(Workbench& workbench, QWidget* parent)
        : CompareView(workbench, parent), model_(new CompareTextModel(this)), table_(new QTableView),
          sides_(new QWidget(this)), champion_(new QComboBox(sides_)), challenger_(new QComboBox(sides_)),
          only_(new QToolButton(this)), promote_(new QToolButton(this)) {
        for (QWidget* control : std::initializer_list<QWidget*>{sides_, only_, promote_}) control->hide();
        buildControls();
        setUpTable(*table_);
        table_->setModel(model_);
        table_->setObjectName(QStringLiteral("compareTexts"));
        table_->setAccessibleName(tr("Champion and challenger, line by line"));
        table_->setItemDelegateForColumn(CompareTextModel::kBefore, new AlignDelegate(false, table_));
        table_->setItemDelegateForColumn(CompareTextModel::kAfter, new AlignDelegate(true, table_));
        QHeaderView* header = table_->horizontalHeader();
        for (const int column : {CompareTextModel::kBefore, CompareTextModel::kAfter})
            header->setSectionResizeMode(column, QHeaderView::Stretch);
        for (const int column : {CompareTextModel::kBeforeFlows, CompareTextModel::kAfterFlows})
            header->resizeSection(column, fontMetrics().horizontalAdvance(QStringLiteral("000,000")) + 14);
        makeCopyable(table_);
        setContent(table_);
        refreshIfSeen();
    }
    QList<QWidget*> titleControls() override {
        for (QWidget* control : std::initializer_list<QWidget*>{sides_, only_, promote_}) control->show();
        return {sides_, only_, promote_};
    }
    QJsonObject state() const override { return comparison().state(); }
    void restore(const QJsonObject& state) override { comparison().setState(state); }

private:
    void buildControls() {
        auto* row = new QHBoxLayout(sides_);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(4);
        auto* swap = new QToolButton(sides_);
        swap->setText(QStringLiteral("⇄"));
        swap->setToolTip(tr("Swap champion and challenger"));
        swap->setAccessibleName(swap->toolTip());
        swap->setAutoRaise(true);
        for (QComboBox* box : {champion_, challenger_}) box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
        champion_->setToolTip(tr("The current version"));
        challenger_->setToolTip(tr("The proposed version"));
        champion_->setAccessibleName(tr("Champion"));
        challenger_->setAccessibleName(tr("Challenger"));
        row->addWidget(champion_);
        row->addWidget(swap);
        row->addWidget(challenger_);
        only_->setText(tr("Changes only"));
        only_->setCheckable(true);
        only_->setAutoRaise(true);
        promote_->setText(tr("Promote challenger"));
        promote_->setAutoRaise(true);
        connect(champion_, &QComboBox::activated, this, [this] { choose(champion_, true); });
        connect(challenger_, &QComboBox::activated, this, [this] { choose(challenger_, false); });
        connect(swap, &QToolButton::clicked, this, [this] { comparison().swap(); });
        connect(only_, &QToolButton::toggled, this, &CompareTextView::refresh);
        connect(promote_, &QToolButton::clicked, this, [this] { comparison().promote(); });
    }

    void choose(QComboBox* box, bool champion) {
        QString id = box->currentData().toString();
        if (id.isEmpty()) {
            const QString path =
                QFileDialog::getOpenFileName(this, tr("Rule set or score profile"), {},
                                             tr("Rule sets and score profiles (*.rules *.score);;All files (*)"));
            if (!path.isEmpty()) id = comparison().addFile(path);
        }
        if (id.isEmpty()) return refresh();
        champion ? comparison().setChampion(id) : comparison().setChallenger(id);
    }

    void fill(QComboBox* box, const QString& id) {
        const QSignalBlocker quiet(box);
        box->clear();
        bool profiles = false;
        for (const auto& side : comparison().choices()) {
            if (side.profile != profiles) box->insertSeparator(box->count());
            profiles = side.profile;
            box->addItem(side.title, side.id);
        }
        box->insertSeparator(box->count());
        box->addItem(tr("From file…"), QString());
        box->setCurrentIndex(box->findData(id));
    }

    void refresh() override {
        fill(champion_, comparison().champion().id);
        fill(challenger_, comparison().challenger().id);
        const bool profiles = comparison().ofProfiles();
        promote_->setEnabled(!comparison().challenger().id.endsWith(QStringLiteral("draft")));
        promote_->setToolTip(profiles ? tr("Make it the current profile (can be undone)")
                                      : tr("Make its text the draft and the champion (can be undone)"));
        setScope({});
        if (profiles) {
            const auto scores = scoresToShow();
            if (!scores) return;
            model_->set(CompareTextModel::sideOf(*scores, true), CompareTextModel::sideOf(*scores, false),
                        only_->isChecked());
        } else {
            const auto result = rulesToShow();
            if (!result) return;
            model_->set(CompareTextModel::sideOf(*result->champion), CompareTextModel::sideOf(*result->challenger),
                        only_->isChecked());
        }
        setScope((!profiles && comparison().stale() ? tr("the draft has errors: last valid text · ") : QString()) +
                 tr("%n line(s) differ", nullptr, int(model_->changes())));
        if (model_->rowCount() == 0) return showState(tr("No lines differ"), {});
        showContent();
    }

    CompareTextModel* model_;
    QTableView* table_;
    QWidget* sides_;
    QComboBox *champion_, *challenger_;
    QToolButton *only_, *promote_;
};

}  // namespace

View* makeCompareTextView(Workbench& workbench, QWidget* parent) { return new CompareTextView(workbench, parent); }

}  // namespace weir::ui

#include "compare_text_view.moc"
