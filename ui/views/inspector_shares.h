// Lists of the Inspector with numbers per line: peers, ports, codes, classes; each with its title.
#pragma once

#include "ui/models/inspector_subject.h"

#include <QList>
#include <QWidget>

#include <vector>

namespace weir::ui {

class InspectorSection;
class InspectorShareModel;

/// Lists without lines are hidden.
class InspectorShares final : public QWidget {
    Q_OBJECT
public:
    explicit InspectorShares(QWidget* parent = nullptr);
    void set(const QList<InspectorSubject::ShareList>& lists);
    /// Models of the shown lists, in order.
    std::vector<const InspectorShareModel*> models() const;

signals:
    void picked(const weir::ui::InspectorSubject::ShareLine& line);     ///< a click
    void activated(const weir::ui::InspectorSubject::ShareLine& line);  ///< double click or Enter

private:
    struct Part {
        InspectorSection* section;
        InspectorShareModel* model;
        class InspectorTable* table;
    };
    Part& part(std::size_t i);
    std::vector<Part> parts_;
    std::size_t shown_ = 0;
};

/// Bars over time: upwards = received by the subject, downwards = sent by it.
class InspectorTimeBars final : public QWidget {
    Q_OBJECT
public:
    explicit InspectorTimeBars(QWidget* parent = nullptr);
    void set(const InspectorSubject::TimeBars& bars);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;  ///< tool tips with the numbers of a bar

private:
    InspectorSubject::TimeBars bars_;
};

}  // namespace weir::ui
