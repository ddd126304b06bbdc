// See add_list_dialog.h.
#include "ui/dialogs/add_list_dialog.h"

#include "core/base/text.h"
#include "ui/text/format.h"
#include "ui/text/shown_text.h"
#include "ui/theme.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QVBoxLayout>

namespace weir::ui {
namespace {

/// Letters, digits, - and _ of the file's name.
QString listNameOf(const QString& file) {
    static const QRegularExpression others(QStringLiteral("[^a-z0-9_-]+"));
    QString name = QFileInfo(file).fileName().section(u'.', 0, 0).toLower();
    name.replace(others, QStringLiteral("-"));
    return name.isEmpty() ? QStringLiteral("list") : name;
}

bool isListDay(const QString& text) {
    static const QRegularExpression day(QStringLiteral("^\\d{4}-\\d{2}-\\d{2}$"));
    return day.match(text).hasMatch() && parseUtc(toUtf8(text) + "T00:00:00Z").has_value();
}

QLineEdit* optional(const QString& placeholder) {
    auto* edit = new QLineEdit;
    edit->setPlaceholderText(placeholder);
    return edit;
}

}  // namespace

AddListDialog::AddListDialog(const QString& file, const QStringList& wanted, QWidget* parent)
    : QDialog(parent), name_(new QComboBox), date_(optional(tr("from the file, otherwise its modification date"))),
      source_(optional(tr("from the file"))), licence_(optional(tr("from the file"))), problem_(new QLabel),
      buttons_(new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel)) {
    setWindowTitle(tr("Add list"));
    setObjectName(QStringLiteral("addList"));
    auto* what = new QLabel(tr("%1 becomes a list of the project. Each record is checked against the list version of "
                               "its date; records before the first version use the oldest one.")
                                .arg(shownText(QFileInfo(file).fileName())));
    what->setWordWrap(true);
    name_->setEditable(true);
    const QString own = listNameOf(file);
    QString best = own;
    for (const QString& name : wanted)
        if (own.contains(name) || name.contains(own)) best = name;
    name_->addItems(wanted);
    if (!wanted.contains(best)) name_->addItem(best);
    name_->setCurrentText(best);
    auto* form = new QFormLayout;
    form->addRow(tr("List &name (used as @name)"), name_);
    form->addRow(tr("&Date, YYYY-MM-DD"), date_);
    form->addRow(tr("&Source"), source_);
    form->addRow(tr("&Licence"), licence_);
    QPalette red = problem_->palette();
    red.setColor(QPalette::WindowText, Theme::current().error);
    problem_->setPalette(red);
    problem_->setWordWrap(true);
    auto* column = new QVBoxLayout(this);
    column->addWidget(what);
    column->addLayout(form);
    column->addWidget(problem_);
    column->addWidget(buttons_);
    buttons_->button(QDialogButtonBox::Ok)->setText(tr("Add list"));
    connect(name_, &QComboBox::currentTextChanged, this, &AddListDialog::check);
    connect(date_, &QLineEdit::textChanged, this, &AddListDialog::check);
    connect(buttons_, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons_, &QDialogButtonBox::rejected, this, &QDialog::reject);
    resize(520, sizeHint().height());
    check();
}

QString AddListDialog::name() const { return name_->currentText().trimmed(); }

session::ListOrigin AddListDialog::origin() const {
    return {toUtf8(date_->text().trimmed()), toUtf8(source_->text().trimmed()), toUtf8(licence_->text().trimmed())};
}

void AddListDialog::check() {
    const QString day = date_->text().trimmed();
    const bool good = day.isEmpty() || isListDay(day);
    problem_->setText(good ? QString() : tr("“%1” is not a valid date. Write it as 2026-01-31.").arg(day));
    buttons_->button(QDialogButtonBox::Ok)->setEnabled(good && !name().isEmpty());
}

}  // namespace weir::ui
