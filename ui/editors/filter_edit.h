// The filter field: one line with colours, completion, and a frame that shows whether the filter is valid.
#pragma once

#include "core/base/diagnostic.h"

#include <QBasicTimer>
#include <QPlainTextEdit>
#include <QTextLayout>

#include <functional>
#include <string>
#include <utility>
#include <vector>

class QCompleter;
class QStandardItemModel;

namespace weir::ui {

/// Enter applies the current text, Tab completes, arrow keys select a completion that Enter then accepts, Escape closes
/// the list. Each change of the text costs time linear in its length (layout, colours, check), so typed letters are
/// inserted together once per frame; a burst of any length keeps the window responsive.
class FilterEdit final : public QPlainTextEdit {
    Q_OBJECT
public:
    using Completions = std::vector<std::pair<QString, QString>>;  ///< word, help
    explicit FilterEdit(QWidget* parent = nullptr);
    /// Both are called while typing and must be fast. `offset` counts UTF-8 bytes.
    void setChecker(std::function<Diagnostics(const QString&)> check) { check_ = std::move(check); }
    void setCompletions(std::function<Completions(const QString&, std::size_t offset)> complete) {
        complete_ = std::move(complete);
    }
    QString filter() const { return toPlainText().trimmed(); }
    void setFilter(const QString& text);  ///< sets the applied text; Escape returns to it
    void prepare(const QString& text,
                 bool focus = true);  ///< text for the user to finish; cursor at the end, focused if `focus`
    void recheck();
    bool good();              ///< the text typed so far is a valid filter
    bool completing() const;  ///< the completion list is open
    const QString& problem() const { return problem_; }
    QSize sizeHint() const override;

signals:
    void applied(const QString& text);
    void checked();  ///< problem() may have changed

protected:
    bool event(QEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    bool focusNextPrevChild(bool next) override;
    void timerEvent(QTimerEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void insertFromMimeData(const QMimeData* source) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void showColours();
    void type(const QString& text);
    void insertTyped();
    void apply();
    void offerCompletions(bool asked);
    void complete(const QModelIndex& chosen);
    void insertCompletion(const QString& word);
    QString wordBeforeCursor() const;

    QCompleter* completer_;
    QStandardItemModel* words_;
    std::function<Diagnostics(const QString&)> check_;
    std::function<Completions(const QString&, std::size_t)> complete_;
    QString appliedText_, problem_;
    QList<QTextLayout::FormatRange> colours_;  ///< of the whole text
    QString typed_;                            ///< keys of this frame, not inserted yet
    QBasicTimer frame_;                        ///< runs for a frame after an insertion
};

}  // namespace weir::ui
