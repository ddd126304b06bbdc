// See cleaning_dialog.h.
#include "ui/dialogs/cleaning_dialog.h"

#include "core/session/project/row_ids.h"
#include "ui/text/format.h"
#include "ui/text/shown_text.h"
#include "ui/theme.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace weir::ui {
namespace {

enum Column { whatColumn, recordsColumn, packetsColumn, bytesColumn, sampleColumn, columnCount };

/// A capture by its file name, an exporter by its address.
QString shortName(const session::Snapshot& snapshot, std::uint32_t device) {
    const QString name = fromUtf8(session::deviceName(snapshot, device));
    return shownText(name.contains(u'/') ? QFileInfo(name).fileName() : name);
}

}  // namespace

CleaningDialog::CleaningDialog(session::SnapshotPtr snapshot, JobList& jobs, QWidget* parent)
    : QDialog(parent), snapshot_(std::move(snapshot)), counting_(jobs),
      duplicates_(new QCheckBox(tr("&Remove duplicates seen by several exporters"))), gap_(new QDoubleSpinBox),
      exclusions_(new QPlainTextEdit), table_(new QTreeWidget), state_(new QLabel) {
    setWindowTitle(tr("Duplicates and exclusions"));
    setObjectName(QStringLiteral("cleaning"));
    const meter::CleaningSettings& present = snapshot_->settings.cleaning;
    auto* lead = new QLabel(
        tr("Records excluded here are not used to build flows and get no class. They stay in the record list."));
    lead->setWordWrap(true);
    duplicates_->setChecked(present.removeDuplicates);
    duplicates_->setToolTip(
        tr("If several exporters send records with the same addresses, ports, protocol, packets and bytes within the "
           "interval, only the first is used."));
    gap_->setRange(0, 3600);
    gap_->setDecimals(3);
    gap_->setSuffix(tr(" s"));
    gap_->setValue(double(present.duplicateGapUs) / 1e6);
    gap_->setAccessibleName(tr("Interval between duplicates, in seconds"));
    QStringList lines;
    for (const meter::Exclusion& e : present.exclude) lines << fromUtf8(meter::toText(e));
    exclusions_->setPlainText(lines.join(u'\n'));
    exclusions_->setPlaceholderText(QStringLiteral("192.0.2.7 udp/123\n198.51.100.0/24\ntcp/8080"));
    exclusions_->setFont(Theme::fixedFont());
    exclusions_->setTabChangesFocus(true);
    exclusions_->setAccessibleName(tr("Exclusions, one per line: network, port or both"));
    exclusions_->setMaximumHeight(96);
    auto* form = new QFormLayout;
    form->addRow(duplicates_);
    form->addRow(tr("&Interval between duplicates:"), gap_);
    form->addRow(tr("&Exclude, one per line:"), exclusions_);
    table_->setHeaderLabels({tr("Would be excluded"), tr("Records"), tr("Packets"), tr("Bytes"), tr("First record")});
    table_->setRootIsDecorated(false);
    table_->setUniformRowHeights(true);
    table_->setAccessibleName(tr("Would be excluded"));
    table_->header()->setStretchLastSection(false);
    table_->header()->setSectionResizeMode(whatColumn, QHeaderView::Stretch);
    for (int c = recordsColumn; c < columnCount; ++c)
        table_->headerItem()->setTextAlignment(c, Qt::AlignRight | Qt::AlignVCenter);
    state_->setWordWrap(true);
    state_->setMinimumHeight(fontMetrics().height());
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    apply_ = buttons->button(QDialogButtonBox::Ok);
    apply_->setText(tr("Apply"));
    auto* column = new QVBoxLayout(this);
    column->addWidget(lead);
    column->addLayout(form);
    column->addWidget(table_, 1);
    column->addWidget(state_);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(duplicates_, &QCheckBox::toggled, this, &CleaningDialog::preview);
    connect(gap_, &QDoubleSpinBox::valueChanged, this, &CleaningDialog::preview);
    connect(exclusions_, &QPlainTextEdit::textChanged, this, &CleaningDialog::preview);
    resize(780, 480);
    preview();
}

std::optional<meter::CleaningSettings> CleaningDialog::wanted(QString* bad) const {
    meter::CleaningSettings out;
    out.removeDuplicates = duplicates_->isChecked();
    out.duplicateGapUs = qRound64(gap_->value() * 1e6);
    for (const QString& line : exclusions_->toPlainText().split(u'\n', Qt::SkipEmptyParts)) {
        if (line.trimmed().isEmpty()) continue;
        const auto exclusion = meter::parseExclusion(toUtf8(line));
        if (!exclusion) {
            if (bad) *bad = line.trimmed();
            return std::nullopt;
        }
        out.exclude.push_back(*exclusion);
    }
    return out;
}

void CleaningDialog::preview() {
    QString bad;
    const auto settings = wanted(&bad);
    gap_->setEnabled(duplicates_->isChecked());
    apply_->setEnabled(settings.has_value());
    QPalette p = palette();
    p.setColor(QPalette::WindowText, settings ? Theme::current().secondary : Theme::current().error);
    state_->setPalette(p);
    if (!settings)
        return state_->setText(
            tr("“%1” is not a valid exclusion. Write a network, a port or both, for example 192.0.2.7 udp/123.")
                .arg(bad));
    state_->setText(tr("Counting…"));
    session::Settings all = snapshot_->settings;
    all.cleaning = *settings;
    counting_.start(
        tr("Preview exclusions"),
        [snapshot = snapshot_, all](JobContext& job) { return session::previewCleaning(*snapshot, all, job); },
        [this, settings = *settings](Result<meter::Cleaning> found) {
            if (found) return show(*found, settings);
            if (found.error().code != Errc::cancelled) state_->setText(fromUtf8(found.error().detail));
        },
        false);
}

void CleaningDialog::addRow(const QString& what, const QString& detail, const meter::Cleaning::Count& n) {
    const auto rowName = [&](std::uint64_t row) {
        return row == ~std::uint64_t{0} ? QString() : fromUtf8(session::SourceRows(*snapshot_->records).idOf(row));
    };
    auto* item = new QTreeWidgetItem(
        table_, {what, count(n.records), count(n.packets), byteCount(n.bytes), rowName(n.sampleRow)});
    item->setToolTip(whatColumn, detail);
    for (int c = recordsColumn; c < columnCount; ++c) item->setTextAlignment(c, Qt::AlignRight | Qt::AlignVCenter);
}

void CleaningDialog::show(const meter::Cleaning& found, const meter::CleaningSettings& settings) {
    table_->clear();
    for (const auto& [devices, n] : found.byDevices)
        addRow(tr("Duplicates from %1 of records from %2")
                   .arg(shortName(*snapshot_, devices.second), shortName(*snapshot_, devices.first)),
               fromUtf8(session::deviceName(*snapshot_, devices.second)) + u'\n' +
                   fromUtf8(session::deviceName(*snapshot_, devices.first)),
               n);
    for (std::size_t i = 0; i < settings.exclude.size(); ++i) {
        const QString text = fromUtf8(meter::toText(settings.exclude[i]));
        addRow(tr("Excluded: %1").arg(text), text, found.byExclusion[i]);
    }
    for (int c = recordsColumn; c < columnCount; ++c) table_->resizeColumnToContents(c);
    const std::uint64_t gone = found.duplicates.records + found.excluded.records,
                        all = snapshot_->records ? snapshot_->records->rows() : 0;
    state_->setText(
        gone == 0 ? tr("No records would be excluded: all %1 are used to build flows.").arg(count(all))
                  : tr("%1 of %2 records would be excluded: duplicates %3, exclusions %4.")
                        .arg(count(gone), count(all), count(found.duplicates.records), count(found.excluded.records)));
}

}  // namespace weir::ui
