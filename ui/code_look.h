// How the codes of a score profile look in every view: a short name and a colour each.
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

/// Look of one code.
struct CodeMark {
    QString name;  ///< short: "SCAN"
    QColor color;
};

/// Short names and colours of the tests of one profile. Well-known codes have the same look in every profile; others
/// use their first word, or the full name where the first word is ambiguous.
class CodeLook {
public:
    CodeLook() = default;
    explicit CodeLook(const score::Profile& profile);
    std::size_t size() const { return marks_.size(); }
    const CodeMark& of(std::size_t test) const { return marks_[test]; }
    /// Look of each code in `word` (bit i = test i), in the order of the profile.
    std::vector<CodeMark> marksOf(std::uint64_t word) const;
    /// Short names of the codes in `word`, joined: "AV, DARK, SYN".
    QString text(std::uint64_t word) const;

private:
    std::vector<CodeMark> marks_;
};

/// Badness from this value on counts as worst (Table V of the paper behind sweeney-2017).
inline constexpr int kWorstBadness = 50;
/// Colour of a badness: four steps, as in the timeline.
QColor badnessColor(int badness);

/// Paints codes side by side, elided at the right. Cheap enough for lists that repaint whole screens.
void paintCodes(QPainter& painter, const QRect& rect, const std::vector<CodeMark>& codes, const QuickText& text);
/// Width in px that paintCodes() needs for all codes.
int codesWidth(const std::vector<CodeMark>& codes, const QuickText& text);
/// Paints the coloured left edge of a row that shows one code.
void paintCodeEdge(QPainter& painter, const QRect& rect, const QColor& color);

}  // namespace weir::ui
