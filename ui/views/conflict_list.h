// A list of sign combinations with title, sample flows of the selected one, and a text when the list is empty.
#pragma once

#include "core/session/evidence/judge.h"

#include <QWidget>

#include <memory>
#include <vector>

class QLabel;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace weir::ui {

class ConflictListModel;
class ConflictPairTitle;
class ConflictSampleModel;
class JobRunner;
class Workbench;

/// `withRules` shows the column of matching rules.
class ConflictList final : public QWidget {
    Q_OBJECT
public:
    ConflictList(Workbench& workbench, bool withRules, QWidget* parent = nullptr);
    ~ConflictList() override;

    void set(const session::JudgementPtr& judgement, const conflict::Combinations* combinations);
    void setTitle(const QStringList& classes, const QString& counts);
    /// Text shown instead of an empty list; `good` styles it as a proof.
    void setEmptyText(const QString& text, bool good);
    void setCutOff(std::uint64_t flows);
    ConflictListModel& combinations() const { return *model_; }
    QTableView& table() const { return *table_; }
    ConflictPairTitle& title() const { return *title_; }
    QString emptyText() const;  ///< what is shown instead of rows; empty = rows
    bool samplesShown() const;
    void showSamples(bool show);

protected:
    void changeEvent(QEvent* event) override;

private:
    void paintEmptyText();
    void onCurrent();
    void onPicked();
    void loadSamples();

    Workbench& workbench_;
    ConflictListModel* model_;
    ConflictSampleModel* samples_;
    ConflictPairTitle* title_;
    QStackedWidget* stack_;
    QTableView* table_;
    QLabel* empty_;
    QToolButton* fold_;
    QTableView* sampleTable_;
    std::unique_ptr<JobRunner> lane_;
    bool following_ = false, good_ = false;
};

}  // namespace weir::ui
