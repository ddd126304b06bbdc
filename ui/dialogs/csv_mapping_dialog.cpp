// See csv_mapping_dialog.h.
#include "ui/dialogs/csv_mapping_dialog.h"

#include "ui/state/workbench.h"
#include "ui/text/format.h"
#include "ui/text/shown_text.h"
#include "ui/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QTabWidget>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace weir::ui {
namespace {

constexpr std::size_t kMostBytes = 1u << 20;
constexpr std::size_t kShownRecords = 100;
constexpr int kSampleRows = 6;
constexpr int kElementRow = 0, kFormRow = 1, kFirstSample = 2;
constexpr std::array kDelimiters = {',', '\t', '|', ';'};

void makePlain(QTableWidget* table) {
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->verticalHeader()->hide();
    table->setAlternatingRowColors(false);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setTabKeyNavigation(false);
    table->horizontalHeader()->setStretchLastSection(true);
}

QTableWidgetItem* cell(const QString& text, bool number = false) {
    auto* item = new QTableWidgetItem(text);
    if (number) item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    return item;
}

QString endText(const flow::AddressDictionary& dictionary, flow::HostId id) {
    const bool wide = id & flow::AddressDictionary::kV6Bit;
    return addressText(wide ? dictionary.v6()[id & ~flow::AddressDictionary::kV6Bit]
                            : flow::IpAddr::v4(dictionary.v4()[id]));
}

}  // namespace

CsvMappingDialog::CsvMappingDialog(const QString& name, std::string head, QWidget* parent)
    : QDialog(parent), head_(std::move(head)), delimiter_(new QComboBox),
      names_(new QCheckBox(tr("The first row contains column &names"))), columns_(new QTableWidget),
      results_(new QTabWidget), records_(new QTableWidget), rejected_(new QTableWidget), state_(new QLabel),
      all_(new QCheckBox(tr("Use for &all files with these columns"))) {
    setWindowTitle(tr("Columns of %1").arg(name));
    setObjectName(QStringLiteral("csvMapping"));
    if (head_.size() > kMostBytes) head_.resize(kMostBytes);
    auto* question =
        new QLabel(tr("Weir does not recognise this text format. Choose the meaning of each column; a source address, "
                      "a destination address and a time are required."));
    question->setWordWrap(true);
    columns_->setObjectName(QStringLiteral("mappingColumns"));
    columns_->setAccessibleName(tr("Columns and their meaning"));
    columns_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    columns_->setSelectionMode(QAbstractItemView::NoSelection);
    columns_->setTabKeyNavigation(false);
    records_->setObjectName(QStringLiteral("mappedRecords"));
    rejected_->setObjectName(QStringLiteral("rejectedRows"));
    records_->setAccessibleName(tr("Preview of the parsed rows"));
    rejected_->setAccessibleName(tr("Rows that cannot be read"));
    makePlain(records_);
    makePlain(rejected_);
    results_->addTab(records_, QString());
    results_->addTab(rejected_, QString());
    all_->setChecked(true);
    state_->setWordWrap(true);

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    import_ = buttons->button(QDialogButtonBox::Ok);
    import_->setText(tr("Import"));
    buttons->button(QDialogButtonBox::Cancel)->setText(tr("Skip file"));
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* halves = new QSplitter(Qt::Vertical);
    halves->addWidget(columns_);
    halves->addWidget(results_);
    halves->setChildrenCollapsible(false);
    halves->setSizes({300, 260});
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(question);
    layout->addWidget(makeOptions());
    layout->addWidget(halves, 1);
    layout->addWidget(state_);
    layout->addWidget(all_);
    layout->addWidget(buttons);
    resize(1080, 680);
    if (auto found = capture::proposeMapping(head_)) proposal_ = std::move(*found);
    delimiter_->setCurrentIndex(
        int(std::find(kDelimiters.begin(), kDelimiters.end(), proposal_.delimiter) - kDelimiters.begin()));
    names_->setChecked(proposal_.head);
    fillColumns();
    check();
    connect(delimiter_, &QComboBox::activated, this, &CsvMappingDialog::propose);
    connect(names_, &QCheckBox::clicked, this, &CsvMappingDialog::propose);
}

QWidget* CsvMappingDialog::makeOptions() {
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* label = new QLabel(tr("&Separator"));
    label->setBuddy(delimiter_);
    delimiter_->setObjectName(QStringLiteral("delimiter"));
    delimiter_->addItems({tr("Comma"), tr("Tab"), tr("Bar |"), tr("Semicolon")});
    layout->addWidget(label);
    layout->addWidget(delimiter_);
    layout->addSpacing(16);
    layout->addWidget(names_);
    layout->addStretch(1);
    return row;
}

void CsvMappingDialog::propose() {
    auto found =
        capture::proposeMapping(head_, kDelimiters[std::size_t(delimiter_->currentIndex())], names_->isChecked());
    proposal_ = found ? std::move(*found) : capture::Proposal{};
    fillColumns();
    check();
}

void CsvMappingDialog::fillColumns() {
    columns_->clear();
    const int n = int(proposal_.columns.size());
    columns_->setColumnCount(n);
    columns_->setRowCount(kFirstSample + kSampleRows);
    QStringList sides{tr("Is"), tr("Format")};
    for (int r = 1; r <= kSampleRows; ++r) sides << QString::number(r);
    columns_->setVerticalHeaderLabels(sides);
    for (int c = 0; c < n; ++c) {
        const capture::ProposedColumn& column = proposal_.columns[std::size_t(c)];
        const QString name = column.name.empty() ? tr("Column %1").arg(c + 1) : shownText(column.name);
        columns_->setHorizontalHeaderItem(c, new QTableWidgetItem(name));
        auto* element = new QComboBox;
        element->setAccessibleName(tr("Meaning of %1").arg(name));
        element->addItem(tr("—"), QString());
        int chosen = 0;
        for (const capture::MapElement& e : capture::mapElements()) {
            const bool is = column.element && column.element->field == e.field;
            if (e.label.empty()) continue;
            element->addItem(fromUtf8(e.label), fromUtf8(e.name));
            element->setItemData(element->count() - 1, fromUtf8(e.name), Qt::ToolTipRole);
            if (is) chosen = element->count() - 1;
        }
        element->setCurrentIndex(chosen);
        if (column.element)
            element->setToolTip(
                tr("%1, proposed with %2 % confidence").arg(fromUtf8(column.element->name)).arg(column.confidence));
        columns_->setCellWidget(kElementRow, c, element);
        formsOf(c);
        connect(element, &QComboBox::activated, this, [this, c] {
            formsOf(c);
            check();
        });
    }
    fillSamples();
    columns_->resizeColumnsToContents();
}

void CsvMappingDialog::fillSamples() {
    const capture::text::FirstRow first = capture::text::firstRowWith(head_, 0, proposal_.delimiter);
    capture::text::Layout layout;
    layout.delimiter = proposal_.delimiter;
    layout.padded = true;
    capture::text::LineReader lines(std::string_view(head_).substr(proposal_.head ? first.end : first.begin), layout,
                                    proposal_.columns.size());
    capture::text::Line line;
    for (int r = 0; r < kSampleRows && lines.next(line); ++r)
        for (std::size_t c = 0; c < line.fields.size(); ++c)
            columns_->setItem(kFirstSample + r, int(c), cell(shownText(line.fields[c].substr(0, 80))));
}

/// The second row: only times and durations have a choice.
void CsvMappingDialog::formsOf(int column) {
    const capture::MapElement* element = capture::findElement(toUtf8(elementOf(column)->currentData().toString()));
    columns_->removeCellWidget(kFormRow, column);
    const bool time = element && element->kind == capture::ElementKind::time;
    if (!time && !(element && element->kind == capture::ElementKind::duration)) return;
    const capture::ProposedColumn& proposed = proposal_.columns[std::size_t(column)];
    const bool same = proposed.element && proposed.element->field == element->field;
    auto* form = new QComboBox;
    form->setAccessibleName(tr("Format of %1").arg(columns_->horizontalHeaderItem(column)->text()));
    for (const capture::MapForm& f : capture::mapForms()) {
        if (f.timeOnly && !time) continue;
        const QString label =
            f.timeOnly || !time ? fromUtf8(f.label) : tr("date, or %1 since 1970").arg(fromUtf8(f.label));
        form->addItem(label, int(f.form));
        if (f.form == (same ? proposed.form : element->form)) form->setCurrentIndex(form->count() - 1);
    }
    columns_->setCellWidget(kFormRow, column, form);
    columns_->resizeColumnToContents(column);
    connect(form, &QComboBox::activated, this, &CsvMappingDialog::check);
}

QComboBox* CsvMappingDialog::elementOf(int column) const {
    return qobject_cast<QComboBox*>(columns_->cellWidget(kElementRow, column));
}
QComboBox* CsvMappingDialog::formOf(int column) const {
    return qobject_cast<QComboBox*>(columns_->cellWidget(kFormRow, column));
}

capture::CsvMapping CsvMappingDialog::chosen() const {
    capture::CsvMapping out;
    for (int c = 0; c < columns_->columnCount(); ++c) {
        const capture::MapElement* element = capture::findElement(toUtf8(elementOf(c)->currentData().toString()));
        if (!element) continue;
        const QComboBox* form = formOf(c);
        out.columns.push_back(
            {element, std::size_t(c) + 1, {}, form ? capture::text::Form(form->currentData().toInt()) : element->form});
    }
    out.delimiter = kDelimiters[std::size_t(std::max(0, delimiter_->currentIndex()))];
    out.head = names_->isChecked();
    return out;
}

void CsvMappingDialog::check() {
    const capture::CsvMapping mapping = chosen();
    const auto plan = capture::planOfMapping(head_, mapping);
    capture::text::Preview found;
    if (plan)
        found = capture::text::preview(head_, *plan, kShownRecords,
                                       head_.size() == kMostBytes ? kMostBytes - 1 : kMostBytes);
    showRecords(found);
    showRejected(found);
    import_->setEnabled(plan && found.records.size() > 0);
    if (!plan)
        return say(mapping.columns.empty() ? tr("No column has a meaning yet.") : shownText(plan.error().detail), true);
    if (found.rowsSeen == 0) return say(tr("There are no rows below the column names."), true);
    const QString rows =
        found.whole ? tr("%1 rows").arg(count(found.rowsSeen)) : tr("The first %1 rows").arg(count(found.rowsSeen));
    if (found.records.size() == 0) return say(tr("%1: none can be read. See the reasons.").arg(rows), true);
    say(found.rowsRejected == 0
            ? tr("%1: all can be read.").arg(rows)
            : tr("%1: %2 cannot be read; the others are imported.").arg(rows, count(found.rowsRejected)),
        false);
}

void CsvMappingDialog::say(const QString& text, bool problem) {
    QPalette palette = this->palette();
    if (problem) palette.setColor(QPalette::WindowText, Theme::current().error);
    state_->setPalette(palette);
    state_->setText(text);
}

void CsvMappingDialog::showRecords(const capture::text::Preview& p) {
    const flow::RecordColumns& r = p.records;
    const QStringList heads{tr("Line"),  tr("Start"),           tr("Duration"),     tr("Protocol"), tr("Source"),
                            tr("Port"),  tr("Destination"),     tr("Port"),         tr("Flags"),    tr("Packets"),
                            tr("Bytes"), tr("Reverse packets"), tr("Reverse bytes")};
    records_->clear();
    records_->setColumnCount(int(heads.size()));
    records_->setHorizontalHeaderLabels(heads);
    records_->setRowCount(int(r.size()));
    for (std::size_t i = 0; i < r.size(); ++i) {
        const int row = int(i);
        const auto port = [&](std::uint16_t v) { return v ? QString::number(v) : QString(); };
        records_->setItem(row, 0, cell(count(p.lines[i]), true));
        records_->setItem(row, 1, cell(dateAndTime(r.start[i], Zone::utc)));
        records_->setItem(row, 2, cell(durationText(r.end[i] - r.start[i]), true));
        records_->setItem(row, 3, cell(protocolName(r.protocol[i])));
        records_->setItem(row, 4, cell(endText(p.dictionary, r.src[i])));
        records_->setItem(row, 5, cell(port(r.srcPort[i]), true));
        records_->setItem(row, 6, cell(endText(p.dictionary, r.dst[i])));
        records_->setItem(row, 7, cell(port(r.dstPort[i]), true));
        records_->setItem(row, 8, cell(r.tcpFlags[i] ? flagsText(r.tcpFlags[i]) : QString()));
        records_->setItem(row, 9, cell(count(r.packets[i]), true));
        records_->setItem(row, 10, cell(count(r.bytes[i]), true));
        records_->setItem(row, 11, cell(r.reversePackets.empty() ? QString() : count(r.reversePackets[i]), true));
        records_->setItem(row, 12, cell(r.reverseBytes.empty() ? QString() : count(r.reverseBytes[i]), true));
    }
    records_->resizeColumnsToContents();
    results_->setTabText(0, tr("Preview"));
}

void CsvMappingDialog::showRejected(const capture::text::Preview& p) {
    rejected_->clear();
    rejected_->setColumnCount(3);
    rejected_->setHorizontalHeaderLabels({tr("Line"), tr("Reason"), tr("Value")});
    rejected_->setRowCount(int(p.rejected.size()));
    for (std::size_t i = 0; i < p.rejected.size(); ++i) {
        const int row = int(i);
        rejected_->setItem(row, 0, cell(count(p.rejected[i].line), true));
        rejected_->setItem(row, 1, cell(fromUtf8(p.rejected[i].reason)));
        rejected_->setItem(row, 2, cell(fromUtf8(p.rejected[i].field)));
    }
    rejected_->resizeColumnsToContents();
    results_->setTabText(1, tr("Rejected (%1)").arg(count(p.rowsRejected)));
}

QString CsvMappingDialog::mapping() const { return fromUtf8(capture::toText(chosen())); }
bool CsvMappingDialog::forAll() const { return all_->isChecked(); }

}  // namespace weir::ui
