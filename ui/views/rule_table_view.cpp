// The panel Rule table: what each rule requires of each sign. A click on a cell, or Space, edits the rule text; can be
// undone.
#include "core/session/evidence/sign_basis.h"
#include "core/signs/sign_family.h"
#include "ui/delegates/class_chip_delegate.h"
#include "ui/delegates/rotated_header.h"
#include "ui/delegates/table_look.h"
#include "ui/delegates/term_delegate.h"
#include "ui/models/combination_filter.h"
#include "ui/models/rule_table_model.h"
#include "ui/rule_jumps.h"
#include "ui/state/rule_figures.h"
#include "ui/state/workbench.h"
#include "ui/text/format.h"
#include "ui/text/table_copy.h"
#include "ui/view.h"

#include <QKeyEvent>
#include <QMenu>
#include <QTableView>

#include <algorithm>

namespace weir::ui {
namespace {

class RuleTableView final : public View {
    Q_OBJECT
public:
    RuleTableView(Workbench& workbench, QWidget* parent)
        : View(workbench, parent), model_(new RuleTableModel(this)), table_(new QTableView), header_(new RotatedHeader),
          terms_(new TermDelegate(table_)) {
        build();
        connect(&workbench.figures(), &RuleFigures::changed, this, &RuleTableView::refresh);
        connect(&workbench.pick(), &Pick::rulePicked, this, &RuleTableView::onPicked);
        connect(table_->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& at) {
            if (at.isValid() && !following_) this->workbench().pick().setRule(at.row());
        });
        refresh();
    }

protected:
    void showEvent(QShowEvent* event) override {
        View::showEvent(event);
        refresh();
    }
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (watched != table_ || event->type() != QEvent::KeyPress) return View::eventFilter(watched, event);
        const auto* key = static_cast<QKeyEvent*>(event);
        const QModelIndex at = table_->currentIndex();
        if (!at.isValid() || !model_->isSign(at.column()) || key->modifiers() & (Qt::ControlModifier | Qt::AltModifier))
            return false;
        switch (key->key()) {
            case Qt::Key_Space: step(at); return true;
            case Qt::Key_Plus: put(at, SignTerm::present); return true;
            case Qt::Key_Minus:
            case Qt::Key_Exclam: put(at, SignTerm::absent); return true;
            case Qt::Key_Delete:
            case Qt::Key_Backspace: put(at, SignTerm::any); return true;
            default: return false;
        }
    }

private:
    void build() {
        setUpTable(*table_);
        table_->setObjectName(QStringLiteral("ruleTable"));
        table_->setAccessibleName(tr("Rules and their signs"));
        table_->setHorizontalHeader(header_);
        header_->setAccessibleName(tr("Columns"));
        table_->setModel(model_);
        table_->setSelectionMode(QAbstractItemView::SingleSelection);
        table_->setSelectionBehavior(QAbstractItemView::SelectRows);
        header_->setDefaultAlignment(Qt::AlignLeft | Qt::AlignBottom);
        header_->setStretchLastSection(true);
        header_->setSectionsClickable(false);
        table_->setItemDelegateForColumn(RuleTableModel::kClass, new ClassChipDelegate(table_));
        terms_->setRuleBefore(RuleTableModel::kFirstSign + int(signs::oneWay().bitOf("TCP")));
        table_->installEventFilter(this);
        connect(table_, &QAbstractItemView::clicked, this, [this](const QModelIndex& at) {
            if (model_->isSign(at.column())) step(at);
        });
        connect(table_, &QAbstractItemView::activated, this, [this](const QModelIndex& at) {
            if (!model_->isSign(at.column())) goToRule(this->workbench(), at.row());
        });
        makeCopyable(table_, [this](QMenu& menu, const QModelIndex& at) {
            if (!at.isValid()) return;
            const QString rule = at.siblingAtColumn(RuleTableModel::kRule).data().toString();
            const bool can = !workbench().rules().stale();
            menu.addAction(tr("Show flows"), this, [this, row = at.row()] {
                const auto& set = model_->judgement()->parsed.set;
                workbench().filter().set(filterOfRule(set.rules[std::size_t(row)], set), FilterMode::andAlso);
            });
            menu.addAction(tr("Copy rule %1 below").arg(rule), this,
                           [this, row = at.row()] { edit(model_->textWithCopy(row), tr("Add rule")); })
                ->setEnabled(can);
            menu.addAction(tr("Remove rule %1").arg(rule), this,
                           [this, row = at.row(), rule] {
                               edit(model_->textWithoutRule(row), tr("Remove rule %1").arg(rule));
                           })
                ->setEnabled(can);
            addRuleJumps(menu, workbench(), {std::uint16_t(at.row())});
        });
        setContent(table_);
    }

    /// The signs of the rule set may be others now.
    void layOutColumns() {
        const auto wide = [this](const QString& text) { return table_->fontMetrics().horizontalAdvance(text) + 16; };
        header_->setUpright(RuleTableModel::kFirstSign, model_->signCount(),
                            RuleTableModel::kFirstSign + int(signs::oneWay().bitOf("TCP")));
        header_->resizeSection(RuleTableModel::kRule, wide(QStringLiteral("0000")));
        header_->resizeSection(RuleTableModel::kClass, wide(QStringLiteral("Malicious Scanning")) + 12);
        for (int column = RuleTableModel::kFirstSign; column < model_->columnCount(); ++column) {
            const bool sign = model_->isSign(column);
            table_->setItemDelegateForColumn(column, sign ? static_cast<QAbstractItemDelegate*>(terms_) : nullptr);
            header_->setSectionResizeMode(column, sign ? QHeaderView::Fixed : QHeaderView::Interactive);
            if (sign) header_->resizeSection(column, 20);
        }
        header_->resizeSection(model_->flowsColumn(), wide(QStringLiteral("0,000,000")));
        header_->setStretchLastSection(true);
    }

    void refresh() {
        if (!isVisible()) return;
        const auto& rules = workbench().rules();
        const auto& judgement = workbench().figures().judgement();
        if (!judgement) return showState(tr("No rules yet"), {});
        const int before = model_->signCount();
        following_ = true;
        model_->setJudgement(judgement);
        following_ = false;
        if (model_->signCount() != before) layOutColumns();
        if (judgement->parsed.set.rules.empty())
            return showState(tr("The rule set has no rules"),
                             tr("Write one in the panel Rules, for example 1: Onepkt !PotOk"));
        setScope(rules.stale() ? tr("the text has an error: not editable here until it is fixed")
                               : tr("%1 rule(s) · click or Space: ● must hold, struck: must not, blank: any", nullptr,
                                    model_->rowCount())
                                     .arg(model_->rowCount()));
        showContent();
        onPicked();
    }

    void onPicked() {
        const int rule = workbench().pick().rule();
        if (rule < 0 || rule >= model_->rowCount() || table_->currentIndex().row() == rule) return;
        following_ = true;
        table_->setCurrentIndex(model_->index(
            rule, std::max(0, table_->currentIndex().column())));  // the column stays, so that keys go on in it
        following_ = false;
    }

    void step(const QModelIndex& at) {
        const SignTerm now = model_->termAt(at.row(), at.column());
        put(at, now == SignTerm::any ? SignTerm::present : now == SignTerm::present ? SignTerm::absent : SignTerm::any);
    }

    void put(const QModelIndex& at, SignTerm term) {
        if (workbench().rules().stale() || model_->termAt(at.row(), at.column()) == term) return;
        edit(model_->textWith(at.row(), at.column(), term),
             tr("Edit rule %1").arg(at.siblingAtColumn(RuleTableModel::kRule).data().toString()));
    }

    /// Refuses edits that would leave an error in the text: the table could not revert them.
    void edit(const std::string& text, const QString& what) {
        const session::SignBasis basis(workbench().snapshot());
        const rules::Parsed parsed = rules::parseRules(text, basis.vocabulary());
        if (parsed.good()) return workbench().rules().edit(fromUtf8(text), what);
        for (const Diagnostic& d : parsed.diagnostics)
            if (d.severity == Severity::error) return setScope(tr("not applied: %1").arg(fromUtf8(d.message)));
    }

    RuleTableModel* model_;
    QTableView* table_;
    RotatedHeader* header_;
    TermDelegate* terms_;
    bool following_ = false;
};

}  // namespace

View* makeRuleTableView(Workbench& workbench, QWidget* parent) { return new RuleTableView(workbench, parent); }

}  // namespace weir::ui

#include "rule_table_view.moc"
