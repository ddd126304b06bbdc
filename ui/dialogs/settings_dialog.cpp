// See settings_dialog.h.
#include "ui/dialogs/settings_dialog.h"

#include "ui/text/format.h"
#include "ui/theme.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace weir::ui {
namespace {

enum Column { labelColumn, valueColumn, unitColumn, whoColumn, redoColumn, columnCount };

/// Only values can be edited.
class ValueOnly final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const override {
        return index.column() == valueColumn ? QStyledItemDelegate::createEditor(parent, option, index) : nullptr;
    }
};

const session::SettingDef& defOf(const QTreeWidgetItem* item) {
    return session::settingTable()[item->data(0, Qt::UserRole).toUInt()];
}

}  // namespace

SettingsDialog::SettingsDialog(const session::Settings& settings, QWidget* parent)
    : QDialog(parent), before_(settings), settings_(settings), search_(new QLineEdit), table_(new QTreeWidget),
      help_(new QLabel), consequences_(new QLabel) {
    setWindowTitle(tr("Settings"));
    setObjectName(QStringLiteral("settings"));
    search_->setPlaceholderText(tr("Find a setting"));
    search_->setClearButtonEnabled(true);
    search_->setAccessibleName(tr("Find a setting"));
    table_->setHeaderLabels({tr("Setting"), tr("Value"), tr("Unit"), tr("Default source"), tr("Invalidates")});
    table_->headerItem()->setTextAlignment(valueColumn, Qt::AlignRight | Qt::AlignVCenter);
    table_->setRootIsDecorated(false);
    table_->setUniformRowHeights(true);
    table_->setItemDelegate(new ValueOnly(table_));
    table_->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed |
                            QAbstractItemView::AnyKeyPressed | QAbstractItemView::SelectedClicked);
    table_->setAccessibleName(tr("Settings"));
    help_->setWordWrap(true);
    help_->setMinimumHeight(3 * fontMetrics().height());
    help_->setAlignment(Qt::AlignTop);
    consequences_->setWordWrap(true);
    auto* buttons =
        new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel | QDialogButtonBox::RestoreDefaults);
    apply_ = buttons->button(QDialogButtonBox::Ok);
    apply_->setText(tr("Apply"));
    auto* column = new QVBoxLayout(this);
    column->addWidget(search_);
    column->addWidget(table_, 1);
    column->addWidget(help_);
    column->addWidget(consequences_);
    column->addWidget(buttons);
    connect(search_, &QLineEdit::textChanged, this, &SettingsDialog::search);
    connect(table_, &QTreeWidget::itemChanged, this, [this](QTreeWidgetItem* item) { edited(item); });
    connect(table_, &QTreeWidget::currentItemChanged, this, [this](QTreeWidgetItem* item) { showHelp(item); });
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons->button(QDialogButtonBox::RestoreDefaults), &QPushButton::clicked, this, &SettingsDialog::reset);
    fill();
    resize(860, 560);
    table_->setFocus();
}

void SettingsDialog::fill() {
    const QSignalBlocker quiet(table_);
    table_->clear();
    const auto settings = session::settingTable();
    for (std::size_t i = 0; i < settings.size(); ++i) {
        const session::SettingDef& def = settings[i];
        const QString who = def.id.find("local") != std::string_view::npos ? tr("you")
                            : def.mark == "R" || def.mark == "I"           ? tr("our default")
                                                                           : tr("published method");
        const QString redo = def.redo == session::Redo::packets ? tr("records: read again")
                             : def.redo == session::Redo::flows ? tr("flows, signs, classes")
                             : def.redo == session::Redo::signs ? tr("signs, classes")
                                                                : tr("nothing");
        auto* item = new QTreeWidgetItem(
            table_, {fromUtf8(def.label), fromUtf8(def.get(settings_)), fromUtf8(def.unit), who, redo});
        item->setData(0, Qt::UserRole, uint(i));
        item->setFlags(item->flags() | Qt::ItemIsEditable);
        item->setTextAlignment(valueColumn, Qt::AlignRight | Qt::AlignVCenter);
        item->setToolTip(0, fromUtf8(def.help));
        if (def.redo == session::Redo::packets) item->setForeground(redoColumn, Theme::current().warning);
    }
    const int em = fontMetrics().horizontalAdvance(u'0');
    const int widths[] = {46, 22, 9, 14, 20};
    for (int c = 0; c < columnCount; ++c) table_->setColumnWidth(c, widths[c] * em);
    table_->setCurrentItem(table_->topLevelItem(0));
    showConsequences();
}

void SettingsDialog::edited(QTreeWidgetItem* item) {
    const session::SettingDef& def = defOf(item);
    const QSignalBlocker quiet(table_);
    const QString text = item->text(valueColumn).trimmed();
    const bool good = def.set(settings_, toUtf8(text));
    if (!good)
        help_->setText(tr("<span style='color:%1'>“%2” is not a valid value; the setting stays %3.</span>")
                           .arg(Theme::current().error.name(), text.toHtmlEscaped(), fromUtf8(def.get(settings_))));
    item->setText(valueColumn, fromUtf8(def.get(settings_)));
    QFont font = item->font(valueColumn);
    font.setWeight(def.get(settings_) == def.get(before_) ? QFont::Normal : QFont::DemiBold);
    item->setFont(valueColumn, font);
    showConsequences();
}

void SettingsDialog::search(const QString& text) {
    for (int i = 0; i < table_->topLevelItemCount(); ++i) {
        QTreeWidgetItem* item = table_->topLevelItem(i);
        const session::SettingDef& def = defOf(item);
        const QString all = fromUtf8(def.id) + u' ' + fromUtf8(def.label) + u' ' + fromUtf8(def.help);
        item->setHidden(!all.contains(text, Qt::CaseInsensitive));
    }
}

void SettingsDialog::showHelp(QTreeWidgetItem* item) {
    if (item == nullptr) return help_->clear();
    const session::SettingDef& def = defOf(item);
    const QString who = def.mark == "S"   ? tr("The published method states this default.")
                        : def.mark == "F" ? tr("This default comes from public material on the published method.")
                                          : tr("This default is Weir's own; the published method gives none.");
    help_->setText(QStringLiteral("<b style='font-weight:600'>%1</b> <span style='color:%2'>%3</span><br>%4 %5")
                       .arg(fromUtf8(def.label).toHtmlEscaped(), Theme::current().secondary.name(), fromUtf8(def.id),
                            fromUtf8(def.help).toHtmlEscaped(), who));
}

void SettingsDialog::showConsequences() {
    int changed = 0;
    bool packets = false;
    for (const session::SettingDef& def : session::settingTable()) {
        if (def.get(settings_) == def.get(before_)) continue;
        ++changed;
        packets = packets || def.redo == session::Redo::packets;
    }
    QString text = changed == 0
                       ? tr("Nothing changed.")
                       : tr("%n setting(s) changed. Apply recomputes the results in the background and can be undone.",
                            nullptr, changed);
    if (packets)
        text +=
            u' ' + tr("A changed timeout does not affect records already read from captures; read those files again.");
    consequences_->setText(text);
    QPalette p = consequences_->palette();
    p.setColor(QPalette::WindowText, packets ? Theme::current().warning : Theme::current().secondary);
    consequences_->setPalette(p);
    apply_->setEnabled(changed > 0);
}

void SettingsDialog::reset() {
    const auto local = settings_.pairing.local;
    settings_ = session::Settings();
    settings_.pairing.local = local;
    fill();
    for (int i = 0; i < table_->topLevelItemCount(); ++i) edited(table_->topLevelItem(i));
}

}  // namespace weir::ui
