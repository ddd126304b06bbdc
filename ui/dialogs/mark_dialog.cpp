// See mark_dialog.h.
#include "ui/dialogs/mark_dialog.h"

#include "core/base/text.h"
#include "ui/text/format.h"
#include "ui/theme.h"

#include <QComboBox>
#include <QDateTime>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QVBoxLayout>

namespace weir::ui {
namespace {

QLabel* wrappedNote(const QString& text) {
    auto* label = new QLabel(text);
    label->setWordWrap(true);
    return label;
}

QLineEdit* filterLine(const std::string& filter) {
    auto* edit = new QLineEdit(fromUtf8(filter));
    edit->setFont(Theme::fixedFont());
    edit->setCursorPosition(0);
    return edit;
}

QLabel* problemLine() {
    auto* label = wrappedNote({});
    QPalette red = label->palette();
    red.setColor(QPalette::WindowText, Theme::current().error);
    label->setPalette(red);
    return label;
}

QDialogButtonBox* buttonsOf(QDialog& dialog, const QString& go) {
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    buttons->button(QDialogButtonBox::Ok)->setText(go);
    QObject::connect(buttons, &QDialogButtonBox::accepted, &dialog, &QDialog::accept);
    QObject::connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
    return buttons;
}

void layOut(QDialog& dialog, const QString& what, QFormLayout* form, QLabel* problem, QDialogButtonBox* buttons) {
    auto* column = new QVBoxLayout(&dialog);
    column->addWidget(wrappedNote(what));
    column->addLayout(form);
    column->addWidget(problem);
    column->addWidget(buttons);
    dialog.resize(560, dialog.sizeHint().height());
}

/// Today plus `days`, in UTC.
QString dayIn(int days) { return QDateTime::currentDateTimeUtc().addDays(days).toString(QStringLiteral("yyyy-MM-dd")); }

bool isDay(const QString& text) {
    static const QRegularExpression day(QStringLiteral("^\\d{4}-\\d{2}-\\d{2}$"));
    return day.match(text).hasMatch() && parseUtc(toUtf8(text) + "T00:00:00Z").has_value();
}

}  // namespace

MarkDialog::MarkDialog(const session::Mark& draft, const QStringList& tags, FilterCheck check, QWidget* parent)
    : QDialog(parent), check_(std::move(check)), tag_(new QComboBox), filter_(filterLine(draft.filter)),
      note_(new QLineEdit(fromUtf8(draft.note))), problem_(problemLine()), buttons_(buttonsOf(*this, tr("Tag"))) {
    setWindowTitle(tr("Tag"));
    setObjectName(QStringLiteral("tagDialog"));
    tag_->setEditable(true);
    tag_->addItems(tags);
    tag_->setCurrentText(draft.tag.empty() ? tags.value(0, QStringLiteral("evidence")) : fromUtf8(draft.tag));
    tag_->lineEdit()->selectAll();
    note_->setPlaceholderText(tr("why, for whom, what next"));
    auto* form = new QFormLayout;
    form->addRow(tr("&Tag"), tag_);
    form->addRow(tr("&Rows"), filter_);
    form->addRow(tr("&Note"), note_);
    layOut(*this,
           tr("All matching rows get this tag, including rows read later. The filter tag NAME finds them, and exports "
              "show the tag."),
           form, problem_, buttons_);
    connect(tag_, &QComboBox::currentTextChanged, this, &MarkDialog::look);
    connect(filter_, &QLineEdit::textChanged, this, &MarkDialog::look);
    tag_->setFocus();
    look();
}

session::Mark MarkDialog::mark() const {
    return {
        toUtf8(tag_->currentText().trimmed()), toUtf8(filter_->text().trimmed()), toUtf8(note_->text().trimmed()), {}};
}

void MarkDialog::look() {
    static const QRegularExpression name(QStringLiteral("^[A-Za-z0-9_.-]{1,64}$"));
    const QString tag = tag_->currentText().trimmed();
    QString problem = check_(filter_->text());
    if (!tag.isEmpty() && !name.match(tag).hasMatch())
        problem = tr("A tag may contain letters, digits, “-”, “_” and “.”, but no spaces.");
    problem_->setText(problem);
    buttons_->button(QDialogButtonBox::Ok)->setEnabled(problem.isEmpty() && !tag.isEmpty());
}

SilenceDialog::SilenceDialog(const session::Silence& draft, const QStringList& codes, FilterCheck check,
                             QWidget* parent)
    : QDialog(parent), check_(std::move(check)), code_(new QComboBox), until_(new QComboBox),
      filter_(filterLine(draft.filter)), note_(new QLineEdit(fromUtf8(draft.note))), problem_(problemLine()),
      buttons_(buttonsOf(*this, tr("Mark known good"))) {
    setWindowTitle(tr("Known good"));
    setObjectName(QStringLiteral("silenceDialog"));
    code_->addItem(tr("all codes"), QString());
    QStringList all = codes;
    if (!draft.code.empty() && !all.contains(fromUtf8(draft.code), Qt::CaseInsensitive)) all << fromUtf8(draft.code);
    for (const QString& code : all) code_->addItem(code, code);
    code_->setCurrentIndex(std::max(0, code_->findData(fromUtf8(draft.code), Qt::UserRole, Qt::MatchFixedString)));
    until_->setEditable(true);
    until_->addItems({dayIn(30), dayIn(90), dayIn(365), tr("no end")});
    if (!draft.until.empty())
        until_->setCurrentText(fromUtf8(draft.until));
    else if (!draft.time.empty())
        until_->setCurrentText(tr("no end"));
    note_->setPlaceholderText(tr("why it is known to be good"));
    auto* form = new QFormLayout;
    form->addRow(tr("&Code"), code_);
    form->addRow(tr("&Records"), filter_);
    form->addRow(tr("Last &day (UTC)"), until_);
    form->addRow(tr("&Note"), note_);
    layOut(*this,
           tr("Matching records will not receive this code until the end of that day. Group tests still count them, so "
              "a known scanner does not hide a scan."),
           form, problem_, buttons_);
    connect(filter_, &QLineEdit::textChanged, this, &SilenceDialog::look);
    connect(until_, &QComboBox::currentTextChanged, this, &SilenceDialog::look);
    note_->setFocus();
    look();
}

session::Silence SilenceDialog::silence() const {
    const QString until = until_->currentText().trimmed();
    return {toUtf8(code_->currentData().toString()),
            toUtf8(filter_->text().trimmed()),
            toUtf8(note_->text().trimmed()),
            isDay(until) ? toUtf8(until) : std::string(),
            {}};
}

void SilenceDialog::look() {
    const QString until = until_->currentText().trimmed();
    QString problem = check_(filter_->text());
    if (!isDay(until) && until != tr("no end"))
        problem = tr("“%1” is not a valid date. Write it as 2027-01-31, or choose “no end”.").arg(until);
    problem_->setText(problem);
    buttons_->button(QDialogButtonBox::Ok)->setEnabled(problem.isEmpty());
}

}  // namespace weir::ui
