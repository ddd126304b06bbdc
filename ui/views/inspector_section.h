// A titled part of the Inspector: title, counts at the right, content, an optional link below.
#pragma once

#include <QWidget>

class QLabel;
class QVBoxLayout;

namespace weir::ui {

/// Emits linkClicked() when the link is clicked.
class InspectorSection final : public QWidget {
    Q_OBJECT
public:
    explicit InspectorSection(const QString& title, QWidget* parent = nullptr);
    void add(QWidget* content);
    void setTitle(const QString& title);
    void setCounts(const QString& counts);
    QString counts() const;
    void setLink(const QString& text);  ///< empty = none

signals:
    void linkClicked();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QLabel* title_;
    QLabel* counts_;
    QLabel* link_;
    QVBoxLayout* content_;
};

/// Classes that claim the subject, one per line: swatch, name, remark.
class InspectorClaims final : public QWidget {
    Q_OBJECT
public:
    struct Line {
        QString className, remark;
        bool conflict = false;
    };
    explicit InspectorClaims(QWidget* parent = nullptr);
    void set(const QList<Line>& lines);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QList<Line> lines_;
};

}  // namespace weir::ui
