// See period_dialog.h.
#include "ui/dialogs/period_dialog.h"

#include "ui/state/workbench.h"
#include "ui/text/format.h"

#include <QDateTimeEdit>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>

namespace weir::ui {
namespace {

constexpr std::int64_t kSecondUs = 1'000'000;

QDateTimeEdit* timeEdit(std::int64_t us, Zone zone) {
    auto* edit =
        new QDateTimeEdit(QDateTime::fromSecsSinceEpoch(us / kSecondUs, zone == Zone::utc ? Qt::UTC : Qt::LocalTime));
    edit->setDisplayFormat(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
    edit->setTimeSpec(zone == Zone::utc ? Qt::UTC : Qt::LocalTime);
    edit->setCalendarPopup(true);
    return edit;
}

}  // namespace

PeriodDialog::PeriodDialog(std::pair<std::int64_t, std::int64_t> starts, Zone zone, QWidget* parent)
    : QDialog(parent), from_(timeEdit(starts.first, zone)), to_(timeEdit(starts.second + kSecondUs - 1, zone)),
      problem_(new QLabel), buttons_(new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel)) {
    setWindowTitle(tr("Time range"));
    auto* form = new QFormLayout(this);
    auto* where =
        new QLabel(tr("Flow start times: %1 (%2)").arg(timeRange(starts.first, starts.second, zone), zoneName(zone)));
    form->addRow(where);
    form->addRow(tr("&From"), from_);
    form->addRow(tr("&To (exclusive)"), to_);
    form->addRow(problem_);
    form->addRow(buttons_);
    connect(from_, &QDateTimeEdit::dateTimeChanged, this, &PeriodDialog::check);
    connect(to_, &QDateTimeEdit::dateTimeChanged, this, &PeriodDialog::check);
    connect(buttons_, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons_, &QDialogButtonBox::rejected, this, &QDialog::reject);
    check();
}

void PeriodDialog::check() {
    const bool good = from_->dateTime() < to_->dateTime();
    problem_->setText(good ? QString() : tr("The range ends before it begins."));
    buttons_->button(QDialogButtonBox::Ok)->setEnabled(good);
}

std::pair<std::int64_t, std::int64_t> PeriodDialog::period() const {
    return {from_->dateTime().toMSecsSinceEpoch() * 1000, to_->dateTime().toMSecsSinceEpoch() * 1000};
}

}  // namespace weir::ui
