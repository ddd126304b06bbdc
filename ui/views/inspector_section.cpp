// See inspector_section.h.
#include "ui/views/inspector_section.h"

#include "ui/delegates/cell_paint.h"
#include "ui/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

namespace weir::ui {

InspectorSection::InspectorSection(const QString& title, QWidget* parent)
    : QWidget(parent), title_(new QLabel(title)), counts_(new QLabel), link_(new QLabel), content_(new QVBoxLayout) {
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    title_->setFont(bold);
    counts_->setForegroundRole(QPalette::PlaceholderText);
    counts_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    counts_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    link_->setTextFormat(Qt::RichText);
    link_->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    link_->setContentsMargins(24, 1, 8, 0);
    link_->hide();
    auto* head = new QHBoxLayout;
    head->setContentsMargins(8, 0, 8, 0);
    head->addWidget(title_);
    head->addWidget(counts_, 1);
    content_->setContentsMargins(2, 0, 2, 0);
    content_->setSpacing(0);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 7, 0, 6);
    column->setSpacing(3);
    column->addLayout(head);
    column->addLayout(content_);
    column->addWidget(link_);
    connect(link_, &QLabel::linkActivated, this, &InspectorSection::linkClicked);
}

void InspectorSection::add(QWidget* content) { content_->addWidget(content); }
void InspectorSection::setTitle(const QString& title) { title_->setText(title); }
void InspectorSection::setCounts(const QString& counts) { counts_->setText(counts); }
QString InspectorSection::counts() const { return counts_->text(); }

void InspectorSection::setLink(const QString& text) {
    link_->setText(QStringLiteral("<a href=\"more\" style=\"text-decoration:none\">%1</a>").arg(text.toHtmlEscaped()));
    link_->setVisible(!text.isEmpty());
}

void InspectorSection::paintEvent(QPaintEvent*) {
    QPainter(this).fillRect(QRect(0, 0, width(), 1), Theme::current().rule);
}

InspectorClaims::InspectorClaims(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
}

void InspectorClaims::set(const QList<Line>& lines) {
    lines_ = lines;
    QStringList words;
    for (const auto& line : lines) words << line.className + u' ' + line.remark;
    setAccessibleName(words.join(QStringLiteral("; ")));
    setVisible(!lines.isEmpty());
    updateGeometry();
    update();
}

QSize InspectorClaims::sizeHint() const { return {100, int(lines_.size()) * (fontMetrics().height() + 3) + 12}; }

void InspectorClaims::paintEvent(QPaintEvent*) {
    const auto& theme = Theme::current();
    QPainter painter(this);
    painter.fillRect(QRect(0, 0, width(), 1), theme.rule);
    const int line = fontMetrics().height() + 3;
    int y = 6;
    for (const auto& claim : lines_) {
        const QRect row(0, y, width(), line);
        paintSwatch(painter, 8, row, Theme::classColor(claim.className));
        const int nameWidth = fontMetrics().horizontalAdvance(claim.className);
        painter.setPen(theme.text);
        painter.drawText(row.adjusted(22, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, claim.className);
        painter.setPen(claim.conflict ? theme.error : theme.secondary);
        const QRect room = row.adjusted(22 + nameWidth + 5, 0, -6, 0);
        painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter,
                         fontMetrics().elidedText(claim.remark, Qt::ElideRight, room.width()));
        y += line;
    }
}

}  // namespace weir::ui
