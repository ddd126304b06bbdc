// The header of every table. Sign columns are 18 px wide with upright text; a click cycles through "must hold", "must
// not hold" and neither.
#pragma once

#include <QHeaderView>

namespace weir::ui {

/// What a header requires of its sign.
enum class SignWish { any, require, forbid };

/// GUI thread only. Emits wishChanged() when a click, a key or turn() changes a wish.
class RotatedHeader final : public QHeaderView {
    Q_OBJECT
public:
    explicit RotatedHeader(QWidget* parent = nullptr);
    /// Makes sections [first, first + count) upright, with a vertical line before section `ruleBefore`.
    void setUpright(int first, int count, int ruleBefore);
    void setWish(int section, SignWish wish);
    SignWish wish(int section) const;
    void clearWishes();
    /// Moves the section to the next wish, as a click or key does.
    void turn(int section);

    QSize sizeHint() const override;

signals:
    void wishChanged(int section, SignWish wish);

protected:
    void paintSection(QPainter* painter, const QRect& rect, int section) const override;
    QSize sectionSizeFromContents(int section) const override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    bool upright(int section) const { return section >= first_ && section < first_ + count_; }
    QString textOf(int section) const;
    bool isMarked(int section) const;  ///< the model gives it Tone::warning
    void paintUpright(QPainter& painter, const QRect& rect, int section) const;
    void paintLevel(QPainter& painter, const QRect& rect, int section) const;

    int first_ = 0, count_ = 0, ruleBefore_ = -1, pressed_ = -1;
    quint64 required_ = 0, forbidden_ = 0;  ///< bit per upright section
};

}  // namespace weir::ui
