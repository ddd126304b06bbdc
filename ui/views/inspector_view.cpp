// See inspector_view.h.
#include "ui/views/inspector_view.h"

#include "core/refine/blame.h"
#include "core/rules/text_edits.h"
#include "ui/charts/walk_chart.h"
#include "ui/editors/rule_edits.h"
#include "ui/icon.h"
#include "ui/jobs/job_runner.h"
#include "ui/models/inspector_meeting_model.h"
#include "ui/models/inspector_portrait.h"
#include "ui/models/inspector_repair_model.h"
#include "ui/models/inspector_rule_model.h"
#include "ui/models/inspector_sign_model.h"
#include "ui/rule_jumps.h"
#include "ui/state/iteration_history.h"
#include "ui/state/rule_figures.h"
#include "ui/state/workbench.h"
#include "ui/text/format.h"
#include "ui/theme.h"
#include "ui/views/inspector_codes.h"
#include "ui/views/inspector_section.h"
#include "ui/views/inspector_shares.h"
#include "ui/views/inspector_table.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace weir::ui {
namespace {

QLabel* textLabel() {
    auto* label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

QToolButton* jumpButton(const QString& text, const QString& help) {
    auto* made = new QToolButton;
    made->setText(text);
    made->setToolTip(help);
    return made;
}

}  // namespace

InspectorView::InspectorView(Workbench& workbench, QWidget* parent)
    : View(workbench, parent), lane_(std::make_unique<JobRunner>(workbench.jobs())),
      signs_(new InspectorSignModel(this)), rules_(new InspectorRuleModel(this)),
      repairs_(new InspectorRepairModel(this)), meetings_(new InspectorMeetingModel(this)), title_(textLabel()),
      fixed_(textLabel()), facts_(textLabel()), notice_(textLabel()), same_(textLabel()), claims_(new InspectorClaims),
      figures_(new InspectorFigures), time_(new InspectorTimeBars), shares_(new InspectorShares),
      codeSection_(new InspectorSection(tr("How the score adds up"))),
      otherCodeSection_(new InspectorSection(tr("Codes that did not apply"))), codes_(new InspectorCodes),
      otherCodes_(new InspectorCodes), signSection_(new InspectorSection(tr("Signs"))), walk_(new WalkChart),
      ruleSection_(new InspectorSection(tr("Rules"))), repairSection_(new InspectorSection(tr("Suggested edits"))),
      meetingSection_(new InspectorSection(tr("Overlaps with"))),
      sameSection_(new InspectorSection(tr("Same combination"))),
      repairTable_(new InspectorTable(repairs_, InspectorRepairModel::kEdit)),
      apply_(jumpButton(tr("Apply edit"), tr("Add the sign to the rule (can be undone)"))),
      showFlows_(jumpButton(tr("Show flows"), tr("Filter the flow list"))),
      tag_(jumpButton(tr("Tag…"), tr("Add a tag and a note"))),
      known_(jumpButton(tr("Known good…"), tr("Stop giving a code to records like this one"))),
      assert_(jumpButton(
          tr("Assert class"),
          tr("Add an assert to the rules: flows with these signs must have this class. Every edit checks it."))) {
    build();
    auto& pick = workbench.pick();
    connect(&pick, &Pick::flowPicked, this, [this] { follow(InspectorSubject::flow); });
    connect(&pick, &Pick::combinationPicked, this, [this] { follow(InspectorSubject::combination); });
    connect(&pick, &Pick::recordPicked, this, [this] { follow(InspectorSubject::record); });
    connect(&workbench.filter(), &FlowFilter::changed, this, [this] {
        if (const QStringList& codes = this->workbench().filter().narrowing().codes;
            std::exchange(lastCodes_, codes) != codes)
            follow(InspectorSubject::codes);
    });
    connect(&pick, &Pick::subjectPicked, this, [this] { follow(InspectorSubject::portrait); });
    connect(&pick, &Pick::rulePicked, this, [this] { follow(InspectorSubject::rule); });
    connect(&workbench.rules(), &RuleDraft::judgementChanged, this, [this] {
        if (!this->workbench().rules().stale()) reload();
    });
    connect(&workbench, &Workbench::snapshotChanged, this, &InspectorView::reload);
    connect(&workbench, &Workbench::zoneChanged, this, &InspectorView::reload);
    reload();
}

InspectorView::~InspectorView() = default;

QWidget* InspectorView::buildHead() {
    auto* head = new QWidget;
    auto* column = new QVBoxLayout(head);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(2);
    QFont big = title_->font();
    big.setPointSizeF(big.pointSizeF() * 13 / 12);
    big.setWeight(QFont::DemiBold);
    title_->setFont(big);
    fixed_->setFont(Theme::fixedFont());
    facts_->setForegroundRole(QPalette::PlaceholderText);
    for (auto* label : {title_, fixed_, facts_, notice_}) column->addWidget(label);
    return head;
}

QWidget* InspectorView::buildButtons() {
    auto* bar = new QWidget;
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(8, 2, 8, 8);
    row->setSpacing(6);
    auto* copy = jumpButton(tr("Copy"), tr("Copy all of this as text"));  // both show their icon
    copy->setIcon(icon(QStringLiteral("copy")));
    tag_->setIcon(icon(QStringLiteral("marks")));
    for (auto* b : {tag_, copy}) b->setAccessibleName(b->toolTip());
    bar->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    for (auto* b : {showFlows_, assert_, tag_, known_, copy}) row->addWidget(b);
    auto* classes = new QMenu(assert_);
    assert_->setPopupMode(QToolButton::InstantPopup);
    assert_->setMenu(classes);
    connect(classes, &QMenu::aboutToShow, this, [this, classes] {
        classes->clear();
        if (!subject_.judgement) return;
        QStringList names;
        for (const auto& c : subject_.judgement->parsed.set.classes) names << fromUtf8(c.name);
        names << fromUtf8(subject_.judgement->className(classify::kOther));
        for (const QString& name : names) {
            const bool present = !subject_.claims.empty() && subject_.claims.front().className == name;
            classes->addAction(present ? tr("%1 (current)").arg(name) : name, this,
                               [this, name] { assertClass(name); });
        }
    });
    row->addStretch(1);
    connect(showFlows_, &QToolButton::clicked, this, [this] { workbench().filter().set(subject_.filter); });
    connect(tag_, &QToolButton::clicked, this, [this] {
        emit workbench().markAsked(
            {{}, toUtf8(subject_.markFilter.isEmpty() ? subject_.filter : subject_.markFilter), {}, {}});
    });
    connect(known_, &QToolButton::clicked, this, [this] {
        emit workbench().silenceAsked({subject_.silenceCode, toUtf8(subject_.knownFilter), {}, {}, {}});
    });
    connect(shares_, &InspectorShares::picked, this, [this](const InspectorSubject::ShareLine& line) {
        if (line.subject) workbench().pick().setSubject(line.subject);
    });
    connect(shares_, &InspectorShares::activated, this, [this](const InspectorSubject::ShareLine& line) {
        if (!line.filter.isEmpty()) workbench().filter().set(line.filter);
    });
    connect(copy, &QToolButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(subjectText(subject_)); });
    return bar;
}

void InspectorView::build() {
    codeSection_->add(codes_);
    otherCodeSection_->add(otherCodes_);
    signSection_->add(new InspectorTable(signs_, InspectorSignModel::kEvidence));
    signSection_->add(walk_);
    auto* ruleTable =
        new InspectorTable(rules_, InspectorRuleModel::kVerdict, [this](QMenu& menu, const QModelIndex& at) {
            if (at.isValid()) addRuleJumps(menu, workbench(), {std::uint16_t(rules_->ruleAt(at.row()))});
        });
    ruleTable->setObjectName(QStringLiteral("inspectorRules"));
    connect(ruleTable, &QAbstractItemView::activated, this,
            [this](const QModelIndex& at) { goToRule(workbench(), rules_->ruleAt(at.row())); });
    ruleSection_->add(ruleTable);
    repairTable_->showHeader(true);
    repairSection_->add(repairTable_);
    auto* applyRow = new QWidget;
    auto* applyLayout = new QHBoxLayout(applyRow);
    applyLayout->setContentsMargins(6, 4, 6, 0);
    applyLayout->addWidget(apply_);
    applyLayout->addStretch(1);
    repairSection_->add(applyRow);
    auto* meetingTable = new InspectorTable(meetings_, InspectorMeetingModel::kClass);
    meetingTable->showHeader(true);
    meetingSection_->add(meetingTable);
    same_->setForegroundRole(QPalette::PlaceholderText);
    same_->setContentsMargins(6, 0, 6, 0);
    sameSection_->add(same_);

    auto* body = new QWidget;
    body->setAutoFillBackground(true);
    body->setBackgroundRole(QPalette::Base);
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildHead());
    column->addWidget(figures_);
    column->addWidget(time_);
    column->addWidget(claims_);
    for (auto* section :
         {codeSection_, otherCodeSection_, signSection_, ruleSection_, repairSection_, meetingSection_, sameSection_})
        column->addWidget(section);
    column->addWidget(shares_);
    column->addWidget(buildButtons());
    column->addStretch(1);
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(body);
    setContent(scroll);

    connect(signSection_, &InspectorSection::linkClicked, this, [this] {
        signs_->setAll(!signs_->all());
        showLists();
    });
    connect(ruleSection_, &InspectorSection::linkClicked, this, [this] {
        rules_->setAll(!rules_->all());
        showLists();
    });
    connect(apply_, &QToolButton::clicked, this,
            [this] { applyRepair(std::max(0, repairTable_->currentIndex().row())); });
    connect(repairTable_, &QAbstractItemView::activated, this,
            [this](const QModelIndex& at) { applyRepair(at.row()); });
}

void InspectorView::assertClass(const QString& className) {
    auto& draft = workbench().rules();
    if (subject_.word == 0 || draft.stale()) return;
    const std::string text =
        rules::withAssert(toUtf8(draft.text()), draft.latest()->parsed.set, subject_.word, toUtf8(className));
    draft.edit(fromUtf8(text), tr("Assert %1").arg(className));
}

void InspectorView::applyRepair(int row) {
    if (row < 0 || row >= repairs_->rowCount()) return;
    const QString rule = repairs_->ruleAt(row), sign = repairs_->signAt(row);
    auto& draft = workbench().rules();
    draft.edit(withSignAdded(draft.text(), rule, sign), tr("Add %1 to rule %2").arg(sign, rule));
}

void InspectorView::follow(InspectorSubject::Kind kind) {
    const auto& pick = workbench().pick();
    const bool there = kind == InspectorSubject::flow          ? pick.flow().has_value()
                       : kind == InspectorSubject::combination ? pick.combination().has_value()
                       : kind == InspectorSubject::record      ? pick.record().has_value()
                       : kind == InspectorSubject::codes       ? !workbench().filter().narrowing().codes.isEmpty()
                       : kind == InspectorSubject::portrait    ? pick.subject().has_value()
                                                               : pick.rule() >= 0;
    if (there)
        kind_ = kind;
    else if (kind_ == kind)
        kind_ = InspectorSubject::none;
    reload();
}

void InspectorView::run(std::function<Result<InspectorSubject>(JobContext&)> work) {
    lane_->start(
        tr("Inspect"), std::move(work),
        [this](Result<InspectorSubject> result) {
            if (result)
                present(std::move(*result));
            else if (result.error().code != Errc::cancelled)
                showError(tr("Cannot explain this selection: %1").arg(fromUtf8(result.error().detail)),
                          tr("Select another flow."));
        },
        false);
}

void InspectorView::reload() {
    const auto& pick = workbench().pick();
    const auto& snapshot = workbench().snapshot();
    const auto& judgement = workbench().rules().judgement();
    const bool explained = snapshot && snapshot->scores && snapshot->scores->explains();
    const auto codes = explained ? wordOfCodes(snapshot->scores->parsed.profile, workbench().filter().narrowing().codes)
                                 : std::nullopt;
    lane_->cancel();
    if (kind_ == InspectorSubject::flow && pick.flow() && snapshot && snapshot->flows) {
        run([snapshot, judgement, row = *pick.flow(),
             zone = workbench().zone()](JobContext& job) -> Result<InspectorSubject> {
            auto flow = session::inspectFlow(snapshot, judgement, row, job);
            if (!flow) return flow.error();
            return subjectOfFlow(*flow, judgement, zone);
        });
    } else if (kind_ == InspectorSubject::combination && pick.combination() && judgement) {
        run([snapshot, judgement, word = *pick.combination()](JobContext& job) {
            return subjectOfWord(word, snapshot, judgement, job);
        });
    } else if (kind_ == InspectorSubject::record && pick.record() && explained) {
        run([snapshot, judgement, record = *pick.record(),
             zone = workbench().zone()](JobContext& job) -> Result<InspectorSubject> {
            const auto found = session::inspectScore(snapshot, judgement, record, job);
            if (!found) return found.error();
            return subjectOfRecord(*found, snapshot, judgement, zone);
        });
    } else if (kind_ == InspectorSubject::codes && codes) {
        run([snapshot, judgement, word = *codes,
             zone = workbench().zone()](JobContext& job) -> Result<InspectorSubject> {
            const auto found = session::inspectCodes(snapshot, judgement, word, job);
            if (!found) return found.error();
            InspectorSubject s = subjectOfCodes(word, *found, snapshot);
            addPortrait(s, session::CodesSubject{word}, found->portrait, zone);
            return s;
        });
    } else if (kind_ == InspectorSubject::portrait && pick.subject() && snapshot && snapshot->records) {
        run([snapshot, judgement, subject = *pick.subject(),
             zone = workbench().zone()](JobContext& job) -> Result<InspectorSubject> {
            const auto portrait = session::portraitOf(snapshot, judgement, subject, job);
            if (!portrait) return portrait.error();
            return subjectOfPortrait(subject, *portrait, snapshot, zone);
        });
    } else if (kind_ == InspectorSubject::rule && judgement && pick.rule() >= 0 &&
               std::size_t(pick.rule()) < judgement->parsed.set.rules.size()) {
        present(subjectOfRule(std::size_t(pick.rule()), judgement));
    } else {
        showEmpty();
    }
}

void InspectorView::showEmpty() {
    subject_ = {};
    setScope({});
    showState(tr("Nothing selected"),
              tr("Select a record, flow, host, port or rule to see why it was scored or classified that way."));
}

void InspectorView::present(InspectorSubject subject) {
    subject_ = std::move(subject);
    const auto& s = subject_;
    const bool host = s.kind == InspectorSubject::portrait && !s.knownFilter.isEmpty();
    setScope(s.kind == InspectorSubject::flow       ? tr("Flow")
             : s.kind == InspectorSubject::rule     ? tr("Rule")
             : s.kind == InspectorSubject::record   ? tr("Record")
             : s.kind == InspectorSubject::portrait ? (host ? tr("Host") : tr("Port"))
                                                    : tr("Combination"));
    title_->setText(s.title);
    fixed_->setText(s.fixedLine);
    fixed_->setVisible(!s.fixedLine.isEmpty());
    facts_->setText((s.facts + historyOf(s.word)).join(u'\n'));
    notice_->setText(s.notice);
    notice_->setVisible(!s.notice.isEmpty());
    QList<InspectorClaims::Line> claims;
    for (const auto& claim : s.claims) claims << InspectorClaims::Line{claim.className, claim.remark, claim.conflict};
    claims_->set(claims);
    signs_->setLines(s.signs);
    const auto walked = std::ranges::find_if(s.signs, [](const explain::SignLine& l) { return l.walk != nullptr; });
    walk_->set(walked == s.signs.end() ? nullptr : walked->walk);
    rules_->setLines(s.judgement, s.rules);
    repairs_->setRepairs(s.judgement, s.repairs);
    meetings_->setMeetings(s.meetings);
    figures_->set(s.figures);
    time_->set(s.time);
    shares_->set(s.shares);
    showCodes();
    showLists();
    showContent();
}

/// The latest edits of the saved iterations that moved a combination.
QStringList InspectorView::historyOf(rules::Word word) const {
    constexpr std::size_t kShown = 3;
    const auto& saved = workbench().iterations().all();
    if (word == 0 || saved.empty()) return {};
    QStringList out;
    const session::SignBasis basis(workbench().snapshot());
    const auto moves = refine::blame(saved, word, basis.vocabulary());
    for (std::size_t i = moves.size(); i-- > 0 && std::size_t(out.size()) < kShown;) {
        const refine::Blame& b = moves[i];
        if (b.from.empty()) continue;  // nothing was before it
        const QString from = b.wasConflict ? tr("%1 (in conflict)").arg(fromUtf8(b.from)) : fromUtf8(b.from),
                      to = b.isConflict ? tr("%1 (in conflict)").arg(fromUtf8(b.to)) : fromUtf8(b.to);
        out << tr("since iteration %1 (%2): %3, before that %4").arg(b.iteration).arg(fromUtf8(b.edit), to, from);
    }
    return out;
}

void InspectorView::showCodes() {
    const auto split = std::ranges::find(subject_.codeLines, false, &InspectorSubject::CodeLine::holds);
    codes_->set({subject_.codeLines.begin(), split});
    otherCodes_->set({split, subject_.codeLines.end()});
    codeSection_->setVisible(split != subject_.codeLines.begin());
    otherCodeSection_->setVisible(split != subject_.codeLines.end());
}

void InspectorView::showLists() {
    const auto& s = subject_;
    const int others = signs_->known() - signs_->holding();
    signSection_->setVisible(signs_->known() > 0);
    signSection_->setCounts(tr("%1 of %2 hold").arg(signs_->holding()).arg(signs_->known()));
    signSection_->setLink(others == 0     ? QString()
                          : signs_->all() ? tr("only those that hold")
                                          : tr("%1 more that do not hold").arg(others));
    const int far = rules_->known() - rules_->matching() - rules_->missingByOne();
    ruleSection_->setVisible(rules_->known() > 0);
    ruleSection_->setCounts(tr("%1 match, %2 miss by one").arg(rules_->matching()).arg(rules_->missingByOne()));
    ruleSection_->setLink(far == 0        ? QString()
                          : rules_->all() ? tr("only those that match or miss by one sign")
                                          : tr("%1 more that miss by several").arg(far));
    repairSection_->setVisible(repairs_->rowCount() > 0);
    meetingSection_->setVisible(!s.meetings.empty());
    meetingSection_->setCounts(
        tr("%1 rule(s) of other classes", nullptr, pluralOf(s.meetings.size())).arg(s.meetings.size()));
    const QString same = sameText(s);
    const bool scores = s.kind == InspectorSubject::record || s.kind == InspectorSubject::codes;
    sameSection_->setVisible(!scores && (s.kind == InspectorSubject::rule || s.word != 0));
    showFlows_->setText(scores ? tr("Same codes") : tr("Show flows"));
    sameSection_->setTitle(s.kind == InspectorSubject::rule ? tr("Matching flows") : tr("Same combination"));
    sameSection_->setCounts(tr("%1 of all flows").arg(count(s.sameFlows)));
    same_->setText(same);
    same_->setVisible(!same.isEmpty());
    showFlows_->setEnabled(!s.filter.isEmpty());
    tag_->setVisible(!s.filter.isEmpty() || !s.markFilter.isEmpty());
    known_->setVisible(!s.knownFilter.isEmpty());
    assert_->setVisible(s.word != 0 && s.judgement &&
                        (s.kind == InspectorSubject::flow || s.kind == InspectorSubject::combination));
}

View* makeInspectorView(Workbench& workbench, QWidget* parent) { return new InspectorView(workbench, parent); }

}  // namespace weir::ui
