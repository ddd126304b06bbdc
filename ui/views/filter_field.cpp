// See filter_field.h.
#include "ui/views/filter_field.h"

#include "ui/code_look.h"
#include "ui/editors/filter_edit.h"
#include "ui/icon.h"
#include "ui/state/workbench.h"
#include "ui/text/format.h"
#include "ui/views/filter_chip.h"

#include <QEvent>
#include <QLabel>
#include <QToolButton>

namespace weir::ui {
namespace {

constexpr int kLine = 26, kGap = 4, kEdge = 8;
constexpr int kLeastText = 260;  ///< minimum width in px of the filter text beside chips

QString headingText(Heading heading) {
    switch (heading) {
        case Heading::inbound: return FilterField::tr("Inbound");
        case Heading::outbound: return FilterField::tr("Outbound");
        case Heading::internal: return FilterField::tr("Internal");
        case Heading::transit: return FilterField::tr("Transit");
        case Heading::any: break;
    }
    return {};
}

}  // namespace

FilterField::FilterField(Workbench& workbench, FilterEdit& edit, QWidget* parent)
    : QWidget(parent), workbench_(workbench), edit_(edit), magnifier_(new QLabel(this)), clear_(removeButton(this)),
      heading_(new FilterChip(this)), codes_(new FilterChip(this)), times_(new FilterChip(this)) {
    edit.setParent(this);
    magnifier_->setPixmap(icon(QStringLiteral("search")).pixmap(14, 14));
    clear_->setObjectName(QStringLiteral("clearFilter"));
    clear_->setToolTip(tr("Remove the filter"));
    clear_->setAccessibleName(tr("Remove the filter"));
    heading_->setObjectName(QStringLiteral("directionChip"));
    codes_->setObjectName(QStringLiteral("codesChip"));
    times_->setObjectName(QStringLiteral("timeChip"));
    FlowFilter& filter = workbench.filter();
    const auto drop = [&filter](auto part) {
        Narrowing rest = filter.narrowing();
        part(rest);
        filter.narrow(rest);
    };
    connect(clear_, &QToolButton::clicked, this, [this, drop] {
        drop([](Narrowing& n) { n.filter.clear(); });
        edit_.setFilter({});  // also clears a text that was typed but not applied
    });
    connect(heading_, &FilterChip::removed, this, [drop] { drop([](Narrowing& n) { n.heading = Heading::any; }); });
    connect(codes_, &FilterChip::removed, this, [drop] { drop([](Narrowing& n) { n.codes.clear(); }); });
    connect(times_, &FilterChip::removed, this, [drop] { drop([](Narrowing& n) { n.times.reset(); }); });
    connect(&filter, &FlowFilter::changed, this, &FilterField::show);
    connect(&edit, &QPlainTextEdit::textChanged, this, &FilterField::show);
    connect(&workbench, &Workbench::zoneChanged, this, &FilterField::show);
    connect(&workbench.scores(), &ScoreBoard::ranked, this, &FilterField::show);
    show();
}

/// Short names where the profile has the codes.
QString FilterField::codesText(const QStringList& codes) const {
    const auto& profile = workbench_.scores().profile();
    const auto word = wordOfCodes(profile, codes);
    return word ? CodeLook(profile).text(*word) : codes.join(QStringLiteral(", "));
}

void FilterField::show() {
    const Narrowing& n = workbench_.filter().narrowing();
    clear_->setVisible(!n.filter.isEmpty() || !edit_.filter().isEmpty());
    heading_->setVisible(n.heading != Heading::any);
    codes_->setVisible(!n.codes.isEmpty());
    times_->setVisible(n.times.has_value());
    heading_->set(headingText(n.heading),
                  tr("Only %1 rows, relative to the local networks").arg(headingWord(n.heading)),
                  tr("Remove the direction"));
    if (!n.codes.isEmpty())
        codes_->set(tr("Codes: %1").arg(codesText(n.codes)),
                    tr("Only rows with exactly these codes: %1. The score tables still show all combinations")
                        .arg(n.codes.join(QStringLiteral(", "))),
                    tr("Remove the selected codes"));
    if (n.times) {
        const QString text = timeRange(n.times->first, n.times->second, workbench_.zone());
        times_->set(text, tr("Only rows that start in this time range (%1)").arg(zoneName(workbench_.zone())),
                    tr("Remove the time range"));
    }
    place(width(), true);
    updateGeometry();
}

/// Returns the height.
int FilterField::place(int width, bool move) const {
    const auto put = [move](QWidget* w, int x, int y, int wide, int high) {
        if (move) w->setGeometry(x, y + (kLine - high) / 2, wide, high);
    };
    int chips = 0;
    for (FilterChip* chip : {heading_, codes_, times_})
        if (!chip->isHidden()) chips += chip->sizeHint().width() + kGap;
    put(magnifier_, kEdge, 0, 14, 14);
    const int left = kEdge + 14 + kGap, clear = clear_->isHidden() ? 0 : clear_->width() + kGap;
    const bool beside = chips == 0 || width - left - clear - chips - kGap >= kLeastText;
    const int right = width - kGap - (beside ? chips : 0);
    put(&edit_, left, 0, std::max(40, right - clear - left), edit_.sizeHint().height());
    put(clear_, right - clear + kGap / 2, 0, clear_->width(), clear_->height());
    int x = beside ? right : left, y = beside ? 0 : kLine - 2;
    bool first = true;
    for (FilterChip* chip : {heading_, codes_, times_}) {
        if (chip->isHidden()) continue;
        const QSize size = chip->sizeHint();
        if (!beside && !first && x + size.width() > width - kGap) {
            x = left;
            y += kLine - 2;
        }
        put(chip, x, y, size.width(), size.height());
        x += size.width() + kGap;
        first = false;
    }
    return y + kLine;
}

QSize FilterField::sizeHint() const { return {600, place(600, false)}; }
QSize FilterField::minimumSizeHint() const { return {180, kLine}; }

void FilterField::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    place(width(), true);
}

void FilterField::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) {
        magnifier_->setPixmap(icon(QStringLiteral("search")).pixmap(14, 14));
        clear_->setIcon(icon(QStringLiteral("close")));
    }
    QWidget::changeEvent(event);
}

}  // namespace weir::ui
