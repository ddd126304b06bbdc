// The panel Sources: captures with counts and drops, the rule set in the editor and the shipped ones, lists, saved
// filters.
#include "core/session/evidence/prepare.h"
#include "core/session/project/resources.h"
#include "core/session/rows/select.h"
#include "ui/actions.h"
#include "ui/delegates/cell_paint.h"
#include "ui/delegates/number_delegate.h"
#include "ui/jobs/job_runner.h"
#include "ui/state/workbench.h"
#include "ui/text/format.h"
#include "ui/text/shown_text.h"
#include "ui/view.h"

#include <QDir>
#include <QFileInfo>
#include <QHash>
#include <QHeaderView>
#include <QInputDialog>
#include <QKeyEvent>
#include <QMenu>
#include <QTimer>
#include <QTreeWidget>

namespace weir::ui {
namespace {

enum Kind : int { noKind, captureKind, ruleSetKind, filterKind, listKind };
constexpr int kKindRole = Qt::UserRole + 20;
constexpr int kKeyRole = Qt::UserRole + 21;

class SourcesView final : public View {
    Q_OBJECT
public:
    SourcesView(Workbench& workbench, QWidget* parent)
        : View(workbench, parent), tree_(new QTreeWidget), lane_(workbench.jobs()) {
        tree_->setObjectName(QStringLiteral("sourceTree"));
        tree_->setAccessibleName(tr("Sources"));
        tree_->setFrameShape(QFrame::NoFrame);
        tree_->setColumnCount(2);
        tree_->header()->hide();
        tree_->header()->setStretchLastSection(false);
        tree_->header()->setSectionResizeMode(0, QHeaderView::Stretch);
        tree_->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
        tree_->header()->setMinimumSectionSize(20);
        tree_->setIndentation(12);
        tree_->setUniformRowHeights(true);
        tree_->setEditTriggers(QAbstractItemView::NoEditTriggers);
        tree_->setItemDelegate(new NumberDelegate(tree_));
        tree_->setContextMenuPolicy(Qt::CustomContextMenu);
        tree_->setTextElideMode(Qt::ElideMiddle);
        setContent(tree_);
        connect(tree_, &QTreeWidget::itemActivated, this, &SourcesView::activate);
        connect(tree_, &QWidget::customContextMenuRequested, this, &SourcesView::menu);
        connect(&workbench, &Workbench::snapshotChanged, this, &SourcesView::fill);
        connect(&workbench.filter().saved(), &SavedFilters::changed, this, &SourcesView::fill);
        connect(&workbench.rules(), &RuleDraft::judgementChanged, this, [this] {
            showRuleSet();
            countSoon_.start();  // class terms; not at every key of the rule editor
        });
        countSoon_.setSingleShot(true);
        countSoon_.setInterval(400);
        connect(&countSoon_, &QTimer::timeout, this, &SourcesView::countFilters);
        connect(&workbench.filter(), &FlowFilter::changed, this, [this] {
            if (const auto rows = this->workbench().filter().rows(); std::exchange(rows_, rows) != rows) countFilters();
        });
        auto* remove = new QAction(tr("Remove capture, list or filter"), this);
        remove->setShortcut(Qt::Key_Delete);
        remove->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        tree_->addAction(remove);
        connect(remove, &QAction::triggered, this, [this] {
            const auto* const item = tree_->currentItem();
            const int kind = item == nullptr ? int(noKind) : item->data(0, kKindRole).toInt();
            if (kind == captureKind) emit this->workbench().sourceRemovalAsked(item->data(0, kKeyRole).toUInt());
            if (kind == filterKind) this->workbench().filter().saved().save(item->text(0), {});
            if (kind == listKind) emit this->workbench().listRemovalAsked(item->text(0));
        });
        auto* renaming = new QAction(tr("Rename filter"), this);
        renaming->setShortcut(Qt::Key_F2);
        renaming->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        tree_->addAction(renaming);
        connect(renaming, &QAction::triggered, this, [this] {
            if (const auto* item = tree_->currentItem();
                item != nullptr && item->data(0, kKindRole).toInt() == filterKind)
                rename(item->text(0), item->data(0, kKeyRole).toString());
        });
        fill();
    }

private:
    QTreeWidgetItem* section(const QString& title, const QString& figure) {
        auto* item = new QTreeWidgetItem(tree_, {title, figure});
        QFont bold = font();
        bold.setWeight(QFont::DemiBold);
        item->setFont(0, bold);
        style(item, Tone::normal);
        item->setExpanded(true);
        return item;
    }
    static void style(QTreeWidgetItem* item, Tone tone) {
        item->setData(0, Qt::TextAlignmentRole, int(Qt::AlignLeft | Qt::AlignVCenter));
        item->setData(1, Qt::TextAlignmentRole, int(Qt::AlignRight | Qt::AlignVCenter));
        item->setData(0, kToneRole, int(tone));
        item->setData(1, kToneRole, int(tone == Tone::normal ? Tone::secondary : tone));
    }
    QTreeWidgetItem* child(QTreeWidgetItem* parent, const QString& name, const QString& figure, Kind kind,
                           const QVariant& key, Tone tone = Tone::normal) {
        auto* item = new QTreeWidgetItem(parent, {name, figure});
        style(item, tone);
        item->setData(0, kKindRole, int(kind));
        item->setData(0, kKeyRole, key);
        return item;
    }
    void fill() {
        tree_->clear();
        draft_ = filters_ = nullptr;
        const session::SnapshotPtr& snapshot = workbench().snapshot();
        if (!snapshot || snapshot->sources.empty()) {
            setScope({});
            return showState(tr("No sources"), tr("Captures, lists and rule sets of the project are listed here."),
                             workbench().actions().get("file.openCapture"));
        }
        std::uint64_t records = 0;
        for (const store::SourceInfo& s : snapshot->sources) records += s.flows;
        QTreeWidgetItem* captures = section(tr("Captures"), count(records));
        QHash<QString, QTreeWidgetItem*> folders;
        for (const store::SourceInfo& s : snapshot->sources)
            addCapture(s.group.empty() ? captures : folderOf(captures, fromUtf8(s.group), folders), s);
        for (QTreeWidgetItem* folder : folders) folder->setText(1, count(folder->data(1, kKeyRole).toULongLong()));
        addRuleSets();
        auto* shipped = section(tr("Lists"), {});
        for (const session::ListInfo& list : snapshot->lists->lists())
            for (const store::StoredList& vintage : list.vintages) {
                const QString about =
                    tr("Entries: %n. Source: %1", nullptr, int(vintage.entries)).arg(fromUtf8(vintage.source));
                child(shipped, fromUtf8(list.name), fromUtf8(vintage.date), list.shipped ? noKind : listKind,
                      fromUtf8(list.name))
                    ->setToolTip(0, about);
            }
        addFilters();
        setScope(tr("%n capture(s)", nullptr, int(snapshot->sources.size())));
        tree_->scrollToTop();
        showContent();
    }
    void addFilters() {
        lane_.cancel();
        if (workbench().filter().saved().list().isEmpty()) return;
        filters_ = section(tr("Saved filters"), {});
        for (const SavedFilter& f : workbench().filter().saved().list())
            child(filters_, f.name, {}, filterKind, f.text)->setToolTip(0, f.text);
        countFilters();
    }
    /// Counts the rows that each saved filter matches, of the kind that the flow list shows.
    void countFilters() {
        const session::SnapshotPtr snapshot = workbench().snapshot();
        if (filters_ == nullptr || !snapshot || !snapshot->records) return;
        session::Query query;
        query.rows = snapshot->flows ? workbench().filter().rows() : session::Rows::records;
        query.list = query.totals = false;
        std::vector<std::string> texts;
        for (const SavedFilter& f : workbench().filter().saved().list()) texts.push_back(toUtf8(f.text));
        lane_.start(
            tr("Count saved filters"),
            [snapshot, judgement = workbench().rules().judgement(), query,
             texts](JobContext& job) -> Result<std::vector<Result<std::uint64_t>>> {
                std::vector<Result<std::uint64_t>> counts;
                for (const std::string& text : texts) {
                    session::Query one = query;
                    one.filter = text;
                    const auto rows = session::selectRows(snapshot, judgement, one, job);
                    if (!rows && rows.error().code == Errc::cancelled) return rows.error();
                    counts.push_back(rows ? Result<std::uint64_t>((*rows)->count) : rows.error());
                }
                return counts;
            },
            [this](Result<std::vector<Result<std::uint64_t>>> counts) {
                if (counts) showFilterCounts(*counts);
            },
            false);
    }
    void showFilterCounts(const std::vector<Result<std::uint64_t>>& counts) {
        for (int i = 0; filters_ != nullptr && i < filters_->childCount() && std::size_t(i) < counts.size(); ++i) {
            QTreeWidgetItem* const item = filters_->child(i);
            const auto& rows = counts[std::size_t(i)];
            const QString text = item->data(0, kKeyRole).toString();
            item->setText(1, rows ? count(*rows) : tr("invalid"));
            item->setToolTip(0, rows ? text : text + u'\n' + fromUtf8(rows.error().detail));
            style(item, rows ? Tone::normal : Tone::warning);
        }
    }
    void rename(const QString& name, const QString& text) {
        auto* dialog = new QInputDialog(this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setWindowTitle(tr("Rename filter"));
        dialog->setLabelText(tr("New name for “%1”").arg(name));
        dialog->setTextValue(name);
        connect(dialog, &QInputDialog::textValueSelected, this, [this, name, text](const QString& entered) {
            const QString next = entered.trimmed();
            if (next.isEmpty() || next == name) return;
            workbench().filter().saved().save(name, {});
            workbench().filter().saved().save(next, text);
        });
        dialog->open();
    }
    /// The item of a folder that was read as one; its captures come below it.
    QTreeWidgetItem* folderOf(QTreeWidgetItem* captures, const QString& path,
                              QHash<QString, QTreeWidgetItem*>& folders) {
        QTreeWidgetItem*& item = folders[path];
        if (item == nullptr) {
            item = child(captures, QDir(path).dirName() + u'/', {}, noKind, {});
            item->setToolTip(0, path);
        }
        return item;
    }
    void addExporters(QTreeWidgetItem* capture, const store::SourceInfo& s) {
        for (const flow::Exporter& e : s.exporters) {
            const bool known = e.address != flow::IpAddr{};
            QString name = known ? fromUtf8(flow::toText(e.address)) : tr("exporter");
            if (e.domain != 0) name += tr(" domain %1").arg(e.domain);
            auto* line = child(capture, name, e.lost > 0 ? tr("%1 lost").arg(count(e.lost)) : count(e.records), noKind,
                               {}, e.lost > 0 ? Tone::warning : Tone::normal);
            QString tip = tr("%1\n%2 record(s)", nullptr, pluralOf(e.records)).arg(name, count(e.records));
            if (e.datagrams > 0) tip += tr("\n%1 datagram(s)", nullptr, pluralOf(e.datagrams)).arg(count(e.datagrams));
            if (e.lost > 0)
                tip += tr("\n%1 lost in %2 gap(s) of the sequence numbers", nullptr, pluralOf(e.gaps))
                           .arg(count(e.lost), count(e.gaps));
            if (e.samplingInterval > 1) tip += tr("\n1 in %1 packets sampled").arg(count(e.samplingInterval));
            line->setToolTip(0, tip);
            if (e.samplingInterval > 1)
                child(line, tr("sampled 1 : %1").arg(count(e.samplingInterval)), {}, noKind, {}, Tone::warning);
        }
    }
    void addCapture(QTreeWidgetItem* captures, const store::SourceInfo& s) {
        if (captures->data(0, kKindRole).toInt() == noKind && captures->parent() != nullptr)
            captures->setData(1, kKeyRole, captures->data(1, kKeyRole).toULongLong() + s.flows);
        auto* item =
            child(captures, shownText(QFileInfo(fromUtf8(s.path)).fileName()), count(s.flows), captureKind, s.number);
        const QString packets =
            s.packetsSeen == 0 ? QString()
                               : tr("%1 packet(s) seen\n", nullptr, pluralOf(s.packetsSeen)).arg(count(s.packetsSeen));
        item->setToolTip(
            0, tr("%1\n%2, %3\n%4 records, %5 packets, %6\n%7first seen %8\nlast seen %9")
                   .arg(shownText(s.path), fromUtf8(s.kind), byteCount(s.fileBytes), count(s.flows), count(s.packets),
                        byteCount(s.bytes), packets, dateAndTime(s.first, Zone::utc) + QStringLiteral(" UTC"),
                        dateAndTime(s.last, Zone::utc) + QStringLiteral(" UTC")));
        for (const store::DropLine& drop : s.drops) {
            auto* line = child(item, fromUtf8(drop.reason), count(drop.count), noKind, {},
                               drop.damage ? Tone::warning : Tone::dim);
            line->setToolTip(0, drop.damage ? tr("Damaged: %1, first at byte %2 of the file")
                                                  .arg(fromUtf8(drop.reason), count(drop.firstOffset))
                                            : tr("Not read: %1, first at byte %2 of the file")
                                                  .arg(fromUtf8(drop.reason), count(drop.firstOffset)));
            if (!drop.damage) continue;
            child(item, tr("first at byte"), count(drop.firstOffset), noKind, {}, Tone::warning);
            item->setExpanded(true);
        }
        addExporters(item, s);
    }
    void addRuleSets() {
        QTreeWidgetItem* sets = section(tr("Rule sets"), {});
        draft_ = child(sets, {}, {}, noKind, {});
        for (const session::Resource& r : session::resources())
            if (r.kind == "rules")
                child(sets, fromUtf8(r.name), tr("shipped"), ruleSetKind, fromUtf8(r.name))
                    ->setToolTip(0, tr("Press Enter or double-click to load it into the editor (can be undone)"));
        showRuleSet();
    }
    void showRuleSet() {
        if (draft_ == nullptr || !workbench().rules().judgement()) return;
        const rules::RuleSet& set = workbench().rules().judgement()->parsed.set;
        draft_->setText(0, set.name.empty() ? tr("draft") : fromUtf8(set.name));
        bool shipped = false;
        for (const session::Resource& r : session::resources()) shipped = shipped || r.text == set.text;
        draft_->setText(1, shipped ? tr("%n rule(s)", nullptr, int(set.rules.size())) : tr("edited"));
        draft_->setToolTip(0, tr("The rule set in the editor"));
    }
    void activate(QTreeWidgetItem* item) {
        const QString key = item->data(0, kKeyRole).toString();
        switch (item->data(0, kKindRole).toInt()) {
            case ruleSetKind:
                workbench().rules().edit(fromUtf8(session::resourceText("rules", toUtf8(key))), tr("load %1").arg(key));
                break;
            case filterKind: workbench().filter().set(key); break;
            default: break;
        }
    }
    void menu(const QPoint& at) {
        QTreeWidgetItem* item = tree_->itemAt(at);
        QMenu menu(this);
        const int kind = item == nullptr ? int(noKind) : item->data(0, kKindRole).toInt();
        if (kind == captureKind) {
            const std::uint32_t number = item->data(0, kKeyRole).toUInt();
            connect(menu.addAction(tr("Remove capture")), &QAction::triggered, this,
                    [this, number] { emit this->workbench().sourceRemovalAsked(number); });
        } else if (kind == ruleSetKind) {
            connect(menu.addAction(tr("Load into the editor")), &QAction::triggered, this,
                    [this, item] { activate(item); });
        } else if (kind == filterKind) {
            connect(menu.addAction(tr("Apply")), &QAction::triggered, this, [this, item] { activate(item); });
            connect(menu.addAction(tr("Rename…")), &QAction::triggered, this,
                    [this, name = item->text(0), text = item->data(0, kKeyRole).toString()] { rename(name, text); });
            connect(menu.addAction(tr("Remove")), &QAction::triggered, this,
                    [this, name = item->text(0)] { this->workbench().filter().saved().save(name, {}); });
        }
        if (kind == listKind)
            connect(menu.addAction(tr("Remove list")), &QAction::triggered, this,
                    [this, name = item->text(0)] { emit this->workbench().listRemovalAsked(name); });
        menu.addSeparator();
        menu.addAction(workbench().actions().get("file.openCapture"));
        menu.addAction(workbench().actions().get("file.addList"));
        menu.addAction(workbench().actions().get("edit.localNetworks"));
        menu.exec(tree_->viewport()->mapToGlobal(at));
    }

    QTreeWidget* tree_;
    QTreeWidgetItem* draft_ = nullptr;
    QTreeWidgetItem* filters_ = nullptr;
    session::Rows rows_ = session::Rows::derived;
    QTimer countSoon_;
    JobRunner lane_;
};

}  // namespace

View* makeSourcesView(Workbench& workbench, QWidget* parent) { return new SourcesView(workbench, parent); }

}  // namespace weir::ui

#include "sources_view.moc"
