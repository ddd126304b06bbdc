// See combination_sign_chips.h.
#include "ui/views/combination_sign_chips.h"

#include "core/session/evidence/judge.h"
#include "ui/text/format.h"

#include <QHBoxLayout>
#include <QToolButton>

namespace weir::ui {
namespace {

constexpr int kMaxChips = 3;  ///< chips in the title row; more become one

}  // namespace

CombinationSignChips::CombinationSignChips(QWidget* parent) : QWidget(parent), row_(new QHBoxLayout(this)) {
    row_->setContentsMargins(0, 0, 6, 0);
    row_->setSpacing(4);
}

void CombinationSignChips::add(const QString& text, int sign) {
    auto* chip = new QToolButton;
    chip->setText(text + QStringLiteral(" ✕"));
    chip->setCheckable(true);
    chip->setChecked(true);
    chip->setFixedHeight(18);
    chip->setToolTip(sign < 0 ? tr("Remove all sign filters") : tr("Remove this filter"));
    connect(chip, &QToolButton::clicked, this, [this, sign] { emit lifted(sign); });
    row_->addWidget(chip);
}

void CombinationSignChips::set(rules::Word require, rules::Word forbid, std::span<const std::string> names) {
    while (auto* item = row_->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    int n = 0;
    for (std::size_t i = 0; i < names.size(); ++i) n += int((require | forbid) >> i & 1);
    if (n > kMaxChips) {
        add(tr("%1 signs").arg(n), -1);
    } else {
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (require >> i & 1) add(fromUtf8(names[i]) + QStringLiteral(" ●"), int(i));
            if (forbid >> i & 1) add(fromUtf8(names[i]) + QStringLiteral(" ○"), int(i));
        }
    }
    setVisible(n > 0);
}

}  // namespace weir::ui
