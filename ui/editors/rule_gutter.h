// Left of the rule text: line number, edit bar, flows of the rule, mark. Shapes differ as well as colours.
#pragma once

#include <QColor>
#include <QWidget>

class QPainter;

namespace weir::ui {

struct LineMark;
class RuleTextEdit;
enum class RuleMark;

class RuleGutter final : public QWidget {
    Q_OBJECT
public:
    explicit RuleGutter(RuleTextEdit& editor);
    QSize sizeHint() const override;
    /// Field of the line at the cursor, in gutter and text alike.
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
    /// Line at a height, -1 below the last.
    int lineAt(int y) const;
    void paintFold(QPainter& painter, const QRectF& box, bool folded) const;
    void paintLine(QPainter& painter, int line, const QRect& row, int fullHeight);

    RuleTextEdit& editor_;
};

/// Bar beside a line that differs from the saved iteration; an added one has Theme::good.
QColor editedLineColour();

/// Paints a mark centred in `where`; 11 px suit the text's size. Shared with legends.
void paintRuleMark(QPainter& painter, RuleMark mark, const QRectF& where);

}  // namespace weir::ui
