// The gutter left of the rule text: line number, edit bar, flows of the rule, mark. Marks differ in shape as well as
// colour.
#pragma once

#include <QColor>
#include <QWidget>

class QPainter;

namespace weir::ui {

struct LineMark;
class RuleTextEdit;
enum class RuleMark;

/// Part of RuleTextEdit, which sets its marks and moves it.
class RuleGutter final : public QWidget {
    Q_OBJECT
public:
    explicit RuleGutter(RuleTextEdit& editor);
    QSize sizeHint() const override;
    /// Background of the cursor's line, in gutter and text.
    QColor currentLineColour() const;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    struct Columns {
        int number, bar, flows, mark, fold, width;  ///< right edges; `width` of all
    };
    Columns columns() const;
    /// Line at this height, -1 below the last one.
    int lineAt(int y) const;
    void paintFold(QPainter& painter, const QRectF& box, bool folded) const;
    void paintLine(QPainter& painter, int line, const QRect& row, int fullHeight);

    RuleTextEdit& editor_;
};

/// Colour of the bar beside a line that differs from the saved iteration; added lines use Theme::good.
QColor editedLineColour();

/// Paints a mark centred in `where`; 11 px suits the text size. Also used by legends.
void paintRuleMark(QPainter& painter, RuleMark mark, const QRectF& where);

}  // namespace weir::ui
