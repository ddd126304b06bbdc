// The dock Side by side: champion and challenger, aligned by rule or test, and which two they are.
#include "ui/comparison.h"
#include "ui/delegates/align_delegate.h"
#include "ui/delegates/table_look.h"
#include "ui/models/compare_text_model.h"
#include "ui/text/format.h"
#include "ui/text/table_copy.h"
#include "ui/view.h"
#include "ui/workbench.h"

#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QTableView>
#include <QToolButton>

namespace weir::ui {
namespace {

class CompareTextView final : public View {
    Q_OBJECT
public:
    CompareTextView(Workbench& workbench, QWidget* parent)
        : View(workbench, parent), comparison_(Comparison::of(workbench)), model_(new CompareTextModel(this)), table_(new QTableView), sides_(new QWidget(this)), champion_(new QComboBox(sides_)),
          challenger_(new QComboBox(sides_)), only_(new QToolButton(this)), promote_(new QToolButton(this)) {
        for (QWidget* control : std::initializer_list<QWidget*>{sides_, only_, promote_}) control->hide();
        buildControls();
        setUpTable(*table_);
        table_->setModel(model_);
        table_->setObjectName(QStringLiteral("compareTexts"));
        table_->setAccessibleName(tr("Champion and challenger, line by line"));
        table_->setItemDelegateForColumn(CompareTextModel::kBefore, new AlignDelegate(false, table_));
        table_->setItemDelegateForColumn(CompareTextModel::kAfter, new AlignDelegate(true, table_));
        QHeaderView* header = table_->horizontalHeader();
        for (const int column : {CompareTextModel::kBefore, CompareTextModel::kAfter}) header->setSectionResizeMode(column, QHeaderView::Stretch);
        for (const int column : {CompareTextModel::kBeforeFlows, CompareTextModel::kAfterFlows}) header->resizeSection(column, fontMetrics().horizontalAdvance(QStringLiteral("000,000")) + 14);
        makeCopyable(table_);
        setContent(table_);
        connect(&comparison_, &Comparison::changed, this, &CompareTextView::refreshIfSeen);
        refreshIfSeen();
    }
    QList<QWidget*> titleControls() override {
        for (QWidget* control : std::initializer_list<QWidget*>{sides_, only_, promote_}) control->show();
        return {sides_, only_, promote_};
    }
    QJsonObject state() const override { return comparison_.state(); }
    void restore(const QJsonObject& state) override { comparison_.setState(state); }

protected:
    void showEvent(QShowEvent* event) override {
        View::showEvent(event);
        refresh();
    }

private:
    void buildControls() {
        auto* row = new QHBoxLayout(sides_);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(4);
        auto* swap = new QToolButton(sides_);
        swap->setText(QStringLiteral("⇄"));
        swap->setToolTip(tr("Exchange champion and challenger"));
        swap->setAccessibleName(swap->toolTip());
        swap->setAutoRaise(true);
        for (QComboBox* box : {champion_, challenger_}) box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
        champion_->setToolTip(tr("What is in force"));
        challenger_->setToolTip(tr("What would be"));
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
        connect(swap, &QToolButton::clicked, this, [this] { comparison_.swap(); });
        connect(only_, &QToolButton::toggled, this, &CompareTextView::refresh);
        connect(promote_, &QToolButton::clicked, this, [this] { comparison_.promote(); });
    }

    void choose(QComboBox* box, bool champion) {
        QString id = box->currentData().toString();
        if (id.isEmpty()) {
            const QString path = QFileDialog::getOpenFileName(this, tr("Rule set or score profile"), {}, tr("Rule sets and score profiles (*.rules *.score);;All files (*)"));
            if (!path.isEmpty()) id = comparison_.addFile(path);
        }
        if (id.isEmpty()) return refresh();
        champion ? comparison_.setChampion(id) : comparison_.setChallenger(id);
    }

    void fill(QComboBox* box, const QString& id) {
        const QSignalBlocker quiet(box);
        box->clear();
        bool profiles = false;
        for (const auto& side : comparison_.choices()) {
            if (side.profile != profiles) box->insertSeparator(box->count());
            profiles = side.profile;
            box->addItem(side.title, side.id);
        }
        box->insertSeparator(box->count());
        box->addItem(tr("From file…"), QString());
        box->setCurrentIndex(box->findData(id));
    }

    void refreshIfSeen() {
        if (isVisible()) refresh();
    }

    void refresh() {
        fill(champion_, comparison_.champion().id);
        fill(challenger_, comparison_.challenger().id);
        promote_->setEnabled(!comparison_.challenger().id.endsWith(QStringLiteral("draft")));
        promote_->setToolTip(comparison_.ofProfiles() ? tr("Make it the profile in force; undo takes it back") : tr("Make its text the draft and the champion; undo takes it back"));
        setScope({});
        if (comparison_.ofProfiles()) return refreshScores();
        const auto result = comparison_.result();
        if (!result) return showState(tr("No flows yet"), tr("Open a capture and say which networks are local: then two rule sets can be compared on it."));
        if (!result->good()) return showError(tr("A rule set has errors"), tr("Choose another one."));
        model_->set(CompareTextModel::sideOf(*result->champion), CompareTextModel::sideOf(*result->challenger), only_->isChecked());
        setScope((comparison_.stale() ? tr("the draft has errors: its last good text · ") : QString()) + tr("%n line(s) differ", nullptr, int(model_->changes())));
        if (model_->rowCount() == 0) return showState(tr("No line differs"), {});
        showContent();
    }

    void refreshScores() {
        const auto scores = comparison_.scores();
        if (!comparison_.problem().isEmpty()) return showError(comparison_.problem(), tr("Choose another one."));
        if (!scores) return showState(workbench().snapshot() && workbench().snapshot()->records ? tr("Scoring") : tr("No flows yet"), tr("Every record is scored by both profiles."));
        model_->set(CompareTextModel::sideOf(*scores->champion), CompareTextModel::sideOf(*scores->challenger), only_->isChecked());
        setScope(tr("%n line(s) differ", nullptr, int(model_->changes())));
        if (model_->rowCount() == 0) return showState(tr("No line differs"), {});
        showContent();
    }

    Comparison& comparison_;
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
