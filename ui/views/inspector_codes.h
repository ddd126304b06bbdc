// Codes of a record in the Inspector: points, running sum and evidence of each, and the figures above them.
#pragma once

#include "ui/models/inspector_subject.h"

#include <QWidget>

#include <vector>

namespace weir::ui {

/// Its height follows its lines; evidence wraps below the name.
class InspectorCodes final : public QWidget {
    Q_OBJECT
public:
    explicit InspectorCodes(QWidget* parent = nullptr);
    void set(std::vector<InspectorSubject::CodeLine> lines);
    QSize sizeHint() const override { return {100, heightFor(width())}; }
    QSize minimumSizeHint() const override { return {60, heightFor(width())}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    int heightFor(int width) const;
    int evidenceHeight(const QString& evidence, int width) const;

    std::vector<InspectorSubject::CodeLine> lines_;
};

/// Large numbers with small titles, side by side.
class InspectorFigures final : public QWidget {
    Q_OBJECT
public:
    explicit InspectorFigures(QWidget* parent = nullptr);
    void set(const QList<InspectorSubject::Figure>& figures);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QFont large() const;
    QList<InspectorSubject::Figure> figures_;
};

}  // namespace weir::ui
