// See local_networks_dialog.h.
#include "ui/dialogs/local_networks_dialog.h"

#include "ui/text/format.h"
#include "ui/theme.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace weir::ui {

LocalNetworksDialog::LocalNetworksDialog(const std::vector<meter::LocalSuggestion>& suggestions,
                                         const std::vector<flow::Prefix>& present, QWidget* parent)
    : QDialog(parent), list_(new QTreeWidget), text_(new QPlainTextEdit), problem_(new QLabel),
      buttons_(new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel)) {
    setWindowTitle(tr("Local networks"));
    setObjectName(QStringLiteral("localNetworks"));
    auto* question = new QLabel(tr(
        "Which networks are local? They decide the direction of every flow; only inbound one-way flows get a class."));
    question->setWordWrap(true);
    list_->setHeaderLabels({tr("Network"), tr("Records"), tr("Hosts"), tr("Why it looks local")});
    list_->setRootIsDecorated(false);
    list_->setAccessibleName(tr("Suggested networks"));
    for (int c : {1, 2}) list_->headerItem()->setTextAlignment(c, Qt::AlignRight | Qt::AlignVCenter);
    for (const meter::LocalSuggestion& s : suggestions) {
        auto* item = new QTreeWidgetItem(
            list_, {fromUtf8(flow::toText(s.prefix)), count(s.flows), count(s.hosts), fromUtf8(s.reason)});
        const bool on = present.empty() ? list_->topLevelItemCount() == 1
                                        : std::find(present.begin(), present.end(), s.prefix) != present.end();
        item->setCheckState(0, on ? Qt::Checked : Qt::Unchecked);
        for (int c : {1, 2}) item->setTextAlignment(c, Qt::AlignRight | Qt::AlignVCenter);
        item->setToolTip(3, item->text(3));
    }
    list_->header()->setStretchLastSection(true);
    for (int c = 0; c < 3; ++c) list_->resizeColumnToContents(c);
    QStringList own;
    for (const flow::Prefix& p : present)
        if (std::none_of(suggestions.begin(), suggestions.end(), [&](const auto& s) { return s.prefix == p; }))
            own << fromUtf8(flow::toText(p));
    text_->setPlainText(own.join(u'\n'));
    text_->setPlaceholderText(QStringLiteral("192.0.2.0/24\n2001:db8::/32"));
    text_->setFont(Theme::fixedFont());
    text_->setAccessibleName(tr("Other networks, one per line"));
    text_->setTabChangesFocus(true);
    text_->setMaximumHeight(90);
    auto* other = new QLabel(tr("&Other networks, one per line:"));
    other->setBuddy(text_);
    problem_->setWordWrap(true);
    QPalette red = problem_->palette();
    red.setColor(QPalette::WindowText, Theme::current().error);
    problem_->setPalette(red);

    auto* column = new QVBoxLayout(this);
    column->addWidget(question);
    if (suggestions.empty())
        list_->hide();
    else
        column->addWidget(list_, 1);
    column->addWidget(other);
    column->addWidget(text_);
    column->addWidget(problem_);
    column->addWidget(buttons_);
    connect(list_, &QTreeWidget::itemChanged, this, &LocalNetworksDialog::check);
    connect(text_, &QPlainTextEdit::textChanged, this, &LocalNetworksDialog::check);
    connect(buttons_, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons_, &QDialogButtonBox::rejected, this, &QDialog::reject);
    buttons_->button(QDialogButtonBox::Ok)->setText(tr("Use these networks"));
    buttons_->button(QDialogButtonBox::Cancel)->setText(present.empty() ? tr("Not now") : tr("Cancel"));
    resize(760, 420);
    check();
}

std::optional<std::vector<flow::Prefix>> LocalNetworksDialog::parse(QString* bad) const {
    std::vector<flow::Prefix> out;
    for (int i = 0; i < list_->topLevelItemCount(); ++i)
        if (const auto* item = list_->topLevelItem(i); item->checkState(0) == Qt::Checked)
            out.push_back(*flow::parsePrefix(toUtf8(item->text(0))));
    static const QRegularExpression gap(QStringLiteral("[\\s,;]+"));
    for (const QString& word : text_->toPlainText().split(gap, Qt::SkipEmptyParts)) {
        const auto prefix = flow::parsePrefix(toUtf8(word));
        if (!prefix) {
            *bad = word;
            return std::nullopt;
        }
        if (std::find(out.begin(), out.end(), *prefix) == out.end()) out.push_back(*prefix);
    }
    return out;
}

void LocalNetworksDialog::check() {
    QString bad;
    const auto found = parse(&bad);
    problem_->setText(
        found ? QString()
              : tr("“%1” is not a valid network. Write an address with a prefix length, for example 192.0.2.0/24.")
                    .arg(bad));
    buttons_->button(QDialogButtonBox::Ok)->setEnabled(found.has_value() && !found->empty());
}

std::vector<flow::Prefix> LocalNetworksDialog::networks() const {
    QString bad;
    return parse(&bad).value_or(std::vector<flow::Prefix>());
}

}  // namespace weir::ui
