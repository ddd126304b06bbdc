// See report_dialog.h.
#include "ui/dialogs/report_dialog.h"

#include "core/report/registry.h"
#include "ui/text/format.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QVBoxLayout>

#include <algorithm>

namespace weir::ui {
namespace {

const QString kLeftOut = QStringLiteral("report/leftOut");
const QString kComparison = QStringLiteral("comparison");

}  // namespace

ReportDialog::ReportDialog(const QList<Champion>& champions, const QString& present, QWidget* parent)
    : QDialog(parent), champion_(new QComboBox) {
    setWindowTitle(tr("Export report"));
    setObjectName(QStringLiteral("report"));
    auto* layout = new QVBoxLayout(this);
    auto* lead = new QLabel(tr("A report contains what the windows show, under the current rules and score profile."));
    lead->setWordWrap(true);
    layout->addWidget(lead);
    const QStringList leftOut = QSettings().value(kLeftOut).toStringList();
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    buttons->button(QDialogButtonBox::Ok)->setText(tr("&Choose file…"));
    for (const report::SectionDef& def : report::sections()) {
        const QString id = fromUtf8(def.id);
        auto* box = new QCheckBox(tr("%1: %2").arg(fromUtf8(def.title), fromUtf8(def.help)));
        box->setObjectName(id);
        box->setChecked(def.always || !leftOut.contains(id));
        box->setEnabled(!def.always);
        if (def.always) box->setToolTip(tr("Included in every report"));
        connect(box, &QCheckBox::toggled, this, &ReportDialog::settle);
        layout->addWidget(box);
        boxes_.append({id, box});
    }
    champion_->addItem(tr("nothing"), QString());
    for (const Champion& c : champions) champion_->addItem(c.title, c.id);
    champion_->setCurrentIndex(std::max(0, champion_->findData(present)));
    champion_->setAccessibleName(tr("Compared with"));
    connect(champion_, &QComboBox::currentIndexChanged, this, &ReportDialog::settle);
    auto* form = new QFormLayout;
    form->addRow(tr("Compare the rules &with:"), champion_);
    layout->addLayout(form);
    connect(buttons, &QDialogButtonBox::accepted, this, &ReportDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
    settle();
}

/// A comparison needs something to compare with.
void ReportDialog::settle() {
    for (const auto& [id, box] : boxes_)
        if (id == kComparison) box->setEnabled(!champion_->currentData().toString().isEmpty());
}

QStringList ReportDialog::sections() const {
    QStringList out;
    for (const auto& [id, box] : boxes_)
        if (box->isChecked()) out << id;
    return out;
}

QString ReportDialog::champion() const {
    return sections().contains(kComparison) ? champion_->currentData().toString() : QString();
}

void ReportDialog::accept() {
    QStringList leftOut;
    for (const auto& [id, box] : boxes_)
        if (!box->isChecked()) leftOut << id;
    QSettings().setValue(kLeftOut, leftOut);
    QDialog::accept();
}

}  // namespace weir::ui
