// How codes of a score profile look wherever they stand: a short name and a colour each.
#pragma once

#include "core/score/profile.h"

#include <QColor>
#include <QRect>
#include <QString>

#include <cstdint>
#include <vector>

class QFontMetrics;
class QPainter;

namespace weir::ui {

class QuickText;

struct CodeMark {
    QString name;  ///< short: "SCAN"
    QColor color;
};

/// Short names and colours of one profile, by test. Known codes keep theirs in every profile; of others the first word,
/// or all of it where that is not enough to tell them apart.
class CodeLook {
public:
    CodeLook() = default;
    explicit CodeLook(const score::Profile& profile);
    std::size_t size() const { return marks_.size(); }
    const CodeMark& of(std::size_t test) const { return marks_[test]; }
    /// In the order of the profile.
    std::vector<CodeMark> marksOf(std::uint64_t word) const;
    /// "AV, DARK, SYN"
    QString text(std::uint64_t word) const;

private:
    std::vector<CodeMark> marks_;
};

/// From here on a badness is among the worst: Table V of the paper behind sweeney-2017.
inline constexpr int kWorstBadness = 50;
/// Colour of a sum of bad points: four steps, as in the timeline.
QColor badnessColor(int badness);

/// Codes side by side, cut at the right with dots: for lists that repaint whole screens.
void paintCodes(QPainter& painter, const QRect& rect, const std::vector<CodeMark>& codes, const QuickText& text);
int codesWidth(const std::vector<CodeMark>& codes, const QuickText& text);
/// The coloured edge of a row that stands for one code.
void paintCodeEdge(QPainter& painter, const QRect& rect, const QColor& color);

}  // namespace weir::ui
