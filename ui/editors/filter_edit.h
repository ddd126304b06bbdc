// The filter field: one line with colours, completion, and a frame that says whether the text is a filter.
#pragma once

#include "core/base/diagnostic.h"

#include <QPlainTextEdit>

#include <functional>
#include <string>
#include <utility>
#include <vector>

class QCompleter;
class QStandardItemModel;

namespace weir::ui {

class FilterHighlighter;

class FilterEdit final : public QPlainTextEdit {
    Q_OBJECT
public:
    using Completions = std::vector<std::pair<QString, QString>>;   ///< word, help
    explicit FilterEdit(QWidget* parent = nullptr);
    /// Both are asked while typing and must be quick. `offset` counts UTF-8 bytes.
    void setChecker(std::function<Diagnostics(const QString&)> check) { check_ = std::move(check); }
    void setCompletions(std::function<Completions(const QString&, std::size_t offset)> complete) { complete_ = std::move(complete); }
    QString filter() const { return toPlainText().trimmed(); }
    void setFilter(const QString& text);   ///< as applied: Escape comes back to it
    void recheck();
    bool good() const { return problem_.isEmpty(); }
    bool completing() const;   ///< words are offered: the text is not finished
    const QString& problem() const { return problem_; }
    QSize sizeHint() const override;

signals:
    void applied(const QString& text);
    void checked();   ///< problem() may have changed

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void insertFromMimeData(const QMimeData* source) override;
    void changeEvent(QEvent* event) override;

private:
    void offerCompletions(bool asked);
    void insertCompletion(const QString& word);
    QString wordBeforeCursor() const;

    FilterHighlighter* highlighter_;
    QCompleter* completer_;
    QStandardItemModel* words_;
    std::function<Diagnostics(const QString&)> check_;
    std::function<Completions(const QString&, std::size_t)> complete_;
    QString appliedText_, problem_;
};

}  // namespace weir::ui
