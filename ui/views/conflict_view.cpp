// See conflict_view.h.
#include "ui/views/conflict_view.h"

#include "core/rules/apart_proof.h"
#include "ui/delegates/class_chip_delegate.h"
#include "ui/delegates/table_look.h"
#include "ui/editors/cut_off_box.h"
#include "ui/models/combination_filter.h"
#include "ui/models/combination_text.h"
#include "ui/models/conflict_list_model.h"
#include "ui/models/conflict_matrix_model.h"
#include "ui/models/conflict_rule_pair_model.h"
#include "ui/rule_jumps.h"
#include "ui/state/rule_figures.h"
#include "ui/state/workbench.h"
#include "ui/text/format.h"
#include "ui/text/table_copy.h"
#include "ui/views/conflict_heat_map.h"
#include "ui/views/conflict_list.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QMenu>
#include <QSpinBox>
#include <QStackedWidget>
#include <QTabBar>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace weir::ui {
namespace {

/// Combinations that violate any declaration, each once, most flows first.
conflict::Combinations brokenCombinations(const session::Judgement& judgement) {
    const auto& violations = judgement.conflicts.violations;
    if (violations.empty()) return {};
    if (violations.size() == 1) return violations.front().combinations;
    std::vector<std::uint8_t> broken(judgement.tally.size(), 0);
    for (const conflict::Violation& v : violations)
        for (const std::uint32_t row : v.combinations) broken[row] = 1;
    conflict::Combinations out;
    for (std::uint32_t row = 0; row < broken.size(); ++row)
        if (broken[row]) out.push_back(row);
    const auto moreFlows = [&](std::uint32_t a, std::uint32_t b) {
        return judgement.tally[a].flows > judgement.tally[b].flows;
    };
    if (!std::ranges::is_sorted(out, moreFlows)) std::ranges::stable_sort(out, moreFlows);
    return out;
}

/// Why the rules of two classes can never conflict, one line per pair of rules.
QString proofText(const rules::RuleSet& set, bool counted, int a, int b) {
    constexpr std::size_t kMostLines = 6,
                          kMostSearches = 8;  // called at every key; a search may cost 10 ms
    const rules::ClassesApart apart = rules::classesApart(set, unsigned(set.signNames.size()), std::uint16_t(a),
                                                          std::uint16_t(b), counted ? kMostSearches : 0);
    QString out;
    for (std::size_t i = 0; i < std::min(apart.pairs.size(), kMostLines); ++i)
        out += u'\n' + fromUtf8(rules::reasonApart(set, apart.pairs[i]));
    if (apart.pairs.size() > kMostLines)
        out += u'\n' + ConflictView::tr("and %1 more rule pairs").arg(count(apart.pairs.size() - kMostLines));
    if (!apart.complete)
        out +=
            u'\n' + ConflictView::tr("declarations exclude the other rule pairs; weir-cli check --proofs lists them");
    return out.isEmpty() ? out : u'\n' + out;
}

}  // namespace

ConflictView::ConflictView(Workbench& workbench, QWidget* parent)
    : View(workbench, parent), map_(new ConflictHeatMap), pairList_(new ConflictList(workbench, true)),
      unclassifiedList_(new ConflictList(workbench, false)), brokenList_(new ConflictList(workbench, false)),
      rulePairs_(new ConflictRulePairModel(this)), rulePairTable_(new QTableView), tabs_(new QTabBar),
      pages_(new QStackedWidget), cutOffBox_(new CutOffBox(this)), cutOff_(&cutOffBox_->box()) {
    build();
    connect(map_, &ConflictHeatMap::pairChosen, this, &ConflictView::choosePair);
    connect(map_, &ConflictHeatMap::flowsWanted, this, [this](int a, int b) {
        const QString filter = filterOfPair(*map_->matrix().judgement(), a, b);
        if (!filter.isEmpty()) this->workbench().filter().set(filter, FilterMode::andAlso);
    });
    connect(map_, &ConflictHeatMap::onlyClassWanted, this, [this](int c) {
        const QString name = fromUtf8(map_->matrix().judgement()->className(std::uint16_t(c)));
        this->workbench().filter().set(QStringLiteral("class \"%1\" and not conflicting").arg(name),
                                       FilterMode::andAlso);
    });
    connect(cutOff_, &QSpinBox::valueChanged, this, &ConflictView::setCutOff);
    connect(tabs_, &QTabBar::currentChanged, pages_, &QStackedWidget::setCurrentIndex);
    connect(&workbench.figures(), &RuleFigures::changed, this, &ConflictView::refresh);
    connect(&workbench, &Workbench::snapshotChanged, this, &ConflictView::refresh);
    connect(&workbench.pick(), &Pick::classPairPicked, this, &ConflictView::onPairPicked);
    setScope(tr("above: conflicting flows · below: combinations that could conflict"));
    refresh();
}

void ConflictView::build() {
    tabs_->setDrawBase(false);
    tabs_->setElideMode(Qt::ElideRight);
    tabs_->setExpanding(false);
    tabs_->setAccessibleName(tr("Parts of the conflict report"));
    for (int i = 0; i < 4; ++i) tabs_->addTab(QString());

    setUpTable(*rulePairTable_);
    rulePairTable_->setModel(rulePairs_);
    rulePairTable_->setSelectionMode(QAbstractItemView::SingleSelection);
    rulePairTable_->setItemDelegateForColumn(ConflictRulePairModel::kClasses, new ClassChipDelegate(rulePairTable_));
    rulePairTable_->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    rulePairTable_->horizontalHeader()->setStretchLastSection(true);
    rulePairTable_->setAccessibleName(tr("Rule pairs that could conflict"));
    makeCopyable(rulePairTable_, [this](QMenu& menu, const QModelIndex& at) {
        if (at.isValid())
            addRuleJumps(
                menu, workbench(),
                {std::uint16_t(rulePairs_->pairAt(at.row()).a), std::uint16_t(rulePairs_->pairAt(at.row()).b)});
    });
    connect(rulePairTable_, &QAbstractItemView::activated, this, [this](const QModelIndex& at) {
        const auto& pair = rulePairs_->pairAt(at.row());
        const auto& set = workbench().figures().judgement()->parsed.set;
        const rules::Rule &a = set.rules[pair.a], &b = set.rules[pair.b];
        workbench().filter().set(filterOfSigns(a.must | b.must, a.mustNot | b.mustNot, set), FilterMode::andAlso);
    });
    connect(rulePairTable_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& at) {
                if (at.isValid()) workbench().pick().setRule(int(rulePairs_->pairAt(at.row()).a));
            });

    pages_->addWidget(pairList_);
    pages_->addWidget(rulePairTable_);
    pages_->addWidget(unclassifiedList_);
    pages_->addWidget(brokenList_);
    auto* content = new QWidget;
    content->setAutoFillBackground(true);
    content->setBackgroundRole(QPalette::Base);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 4, 0, 0);
    column->setSpacing(0);
    map_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Maximum);
    column->addWidget(map_);
    column->addSpacing(4);
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(0, 0, 6, 0);
    bar->addWidget(tabs_, 1);
    bar->addWidget(cutOffBox_);
    column->addLayout(bar);
    column->addWidget(pages_, 1);
    content->setFocusProxy(map_);
    setContent(content);
}

void ConflictView::showPage(Page page) { tabs_->setCurrentIndex(page); }

int ConflictView::classNamed(const QString& name) const {
    const auto& classes = workbench().figures().judgement()->parsed.set.classes;
    for (std::size_t i = 0; i < classes.size(); ++i)
        if (fromUtf8(classes[i].name) == name) return int(i);
    return -1;
}

void ConflictView::refresh() {
    const auto& judgement = workbench().figures().judgement();
    if (!judgement || judgement == map_->matrix().judgement()) return;
    map_->setJudgement(judgement);
    rulePairs_->setJudgement(judgement);
    if (classNamed(classA_) < 0 || classNamed(classB_) < 0) {
        classA_.clear();
        classB_.clear();
        if (!judgement->conflicts.pairs.empty() && judgement->conflicts.pairs.front().flows > 0) {
            classA_ = fromUtf8(judgement->className(judgement->conflicts.pairs.front().a));
            classB_ = fromUtf8(judgement->className(judgement->conflicts.pairs.front().b));
        }
    }
    refreshPair();
    refreshUnclassified();
    refreshPages();
}

void ConflictView::refreshPages() {
    const auto& judgement = *workbench().figures().judgement();
    tabs_->setTabText(kPair, tr("Pair"));
    tabs_->setTabText(kRulePairs, tr("Rule pairs · %1").arg(rulePairs_->rowCount()));
    tabs_->setTabText(kUnclassified, tr("Unclassified · %1").arg(count(judgement.classes.unclassified)));
    std::uint64_t broken = 0;
    for (const conflict::Violation& v : judgement.conflicts.violations) broken += v.flows;
    tabs_->setTabText(kBroken, tr("Broken declarations · %1").arg(count(broken)));
    tabs_->setTabToolTip(
        kBroken, tr("Flows that violate a one-of or never line; proofs based on that line do not hold for them"));
    if (broken == 0 && tabs_->currentIndex() == kBroken) tabs_->setCurrentIndex(kPair);
    tabs_->setTabVisible(kBroken, broken != 0);
}

void ConflictView::refreshUnclassified() {
    const auto& judgement = workbench().figures().judgement();
    const auto& report = judgement->conflicts;
    unclassifiedList_->setEmptyText(report.oneWayFlows             ? tr("Every flow has a class.")
                                    : workbench().figures().part() ? tr("No classified flows in this selection.")
                                                                   : tr("No one-way flows are loaded."),
                                    false);
    unclassifiedList_->set(judgement, &report.unclassified);
    brokenList_->setEmptyText(tr("No flow violates a declaration."), true);
    auto broken = std::make_unique<conflict::Combinations>(brokenCombinations(*judgement));
    brokenList_->set(judgement, broken.get());
    broken_ = std::move(broken);
    brokenList_->setTitle({}, tr("%1 combination(s)", nullptr, pluralOf(broken_->size())).arg(broken_->size()));
    unclassifiedList_->setTitle(
        {fromUtf8(judgement->className(classify::kOther))},
        tr("%1 flows = 100 % · %2 combinations").arg(count(report.unclassifiedFlows)).arg(report.unclassified.size()));
}

void ConflictView::refreshPair() {
    const auto& judgement = workbench().figures().judgement();
    const int a = classNamed(classA_), b = classNamed(classB_);
    following_ = true;
    map_->choose(a, b);
    following_ = false;
    if (a < 0 || b < 0) {
        const auto& report = judgement->conflicts;
        QString text = tr("No conflicts in %1 one-way flow(s).", nullptr, pluralOf(report.oneWayFlows))
                           .arg(count(report.oneWayFlows));
        if (report.oneWayFlows == 0)
            text =
                (workbench().figures().part()
                     ? tr("No classified flows in this selection: the map shows possible conflicts, not observed ones.")
                     : tr("No one-way flows are loaded: the map shows possible conflicts, not observed ones."));
        const bool proven = isProvenNever(judgement->check, judgement->check.conflictingWords);
        if (proven)
            text +=
                u' ' + (judgement->check.counted ? tr("None are possible: proven for all %1 admissible combinations.")
                                                       .arg(count(judgement->check.admissible))
                                                 : tr("None are possible: proven for all admissible combinations."));
        if (report.conflictingFlows > 0) text = tr("Select a cell above.");
        pairList_->setEmptyText(text, proven && report.conflictingFlows == 0);
        pairList_->set(judgement, nullptr);
        pairList_->setTitle({}, tr("%1 conflicting flow(s)", nullptr, pluralOf(report.conflictingFlows))
                                    .arg(count(report.conflictingFlows)));
        return;
    }
    const auto* pair = map_->matrix().reportOf(a, b);
    const std::uint64_t words = pair ? pair->possibleWords : 0;
    const bool never = isProvenNever(judgement->check, words);
    pairList_->setEmptyText(
        words == 0 && !never
            ? tr("Undecided whether %1 and %2 can conflict: the search reached its limit.").arg(classA_, classB_)
        : never
            ? tr("%1 and %2 can never conflict: no admissible sign combination matches both.").arg(classA_, classB_) +
                  proofText(judgement->parsed.set, judgement->check.counted, a, b)
            : tr("%1 and %2 could conflict in %3 combination(s), none observed.", nullptr,
                 pluralOf(judgement->check.counted ? words : 2))
                  .arg(classA_, classB_, wordCount(judgement->check, words)),
        never);
    pairList_->set(judgement, pair ? &pair->combinations : nullptr);
    const QString counts = never || !pair
                               ? (never ? tr("never") : tr("undecided"))
                               : tr("%1 flow(s) = 100 % · %2 of %3 combinations", nullptr, pluralOf(pair->flows))
                                     .arg(count(pair->flows))
                                     .arg(pair->combinations.size())
                                     .arg(wordCount(judgement->check, words));
    pairList_->setTitle({classA_, classB_}, counts);
}

void ConflictView::choosePair(int a, int b) {
    if (following_) return;
    if (a < 0) return;  // the diagonal: the list is unchanged until another pair is selected
    const auto& judgement = *workbench().figures().judgement();
    classA_ = fromUtf8(judgement.className(std::uint16_t(a)));
    classB_ = fromUtf8(judgement.className(std::uint16_t(b)));
    refreshPair();
    showPage(kPair);
    workbench().pick().setClassPair(a, b);
}

void ConflictView::onPairPicked() {
    const auto& pick = workbench().pick();
    if (pick.classA() < 0 || !workbench().figures().judgement()) return;
    const auto& judgement = *workbench().figures().judgement();
    classA_ = fromUtf8(judgement.className(std::uint16_t(pick.classA())));
    classB_ = fromUtf8(judgement.className(std::uint16_t(pick.classB())));
    refreshPair();
}

void ConflictView::setCutOff(int flows) {
    pairList_->setCutOff(std::uint64_t(flows));
    unclassifiedList_->setCutOff(std::uint64_t(flows));
    brokenList_->setCutOff(std::uint64_t(flows));
}

QJsonObject ConflictView::state() const {
    return {{QStringLiteral("a"), classA_},
            {QStringLiteral("b"), classB_},
            {QStringLiteral("cutOff"), cutOff_->value()},
            {QStringLiteral("page"), tabs_->currentIndex()},
            {QStringLiteral("samples"), pairList_->samplesShown()}};
}

void ConflictView::restore(const QJsonObject& state) {
    classA_ = state.value(QStringLiteral("a")).toString();
    classB_ = state.value(QStringLiteral("b")).toString();
    cutOff_->setValue(state.value(QStringLiteral("cutOff")).toInt());
    tabs_->setCurrentIndex(state.value(QStringLiteral("page")).toInt());
    pairList_->showSamples(state.value(QStringLiteral("samples")).toBool());
    map_->setJudgement(nullptr);
    refresh();
}

View* makeConflictView(Workbench& workbench, QWidget* parent) { return new ConflictView(workbench, parent); }

}  // namespace weir::ui
