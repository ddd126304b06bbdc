// One figure of the strip: caption, number, change since the saved iteration.
#pragma once

#include "ui/delegates/cell_paint.h"

#include <QString>
#include <QWidget>

namespace weir::ui {

/// Texts and tones of one figure.
struct MetricText {
    QString caption, figure, delta;
    QString shortCaption;  ///< shown where the caption does not fit
    Tone figureTone = Tone::normal, deltaTone = Tone::secondary;
    QString sentence;  ///< the whole figure as a sentence, for tool tip and screen readers
};

/// Shows a MetricText.
class Metric final : public QWidget {
    Q_OBJECT
public:
    explicit Metric(QWidget* parent = nullptr);
    void set(const MetricText& text);
    const MetricText& shown() const { return text_; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    MetricText text_;
};

/// The amber field: why the numbers are outdated and which state they show.
class StaleField final : public QWidget {
    Q_OBJECT
public:
    explicit StaleField(QWidget* parent = nullptr);
    void set(const QString& why, const QString& shown);
    const QString& why() const { return why_; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {150, 0}; }

signals:
    void clicked();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    QString why_, shown_;
};

}  // namespace weir::ui
