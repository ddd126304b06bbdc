// See code_look.h.
#include "ui/code_look.h"

#include "ui/delegates/cell_paint.h"
#include "ui/text/format.h"
#include "ui/text/quick_text.h"
#include "ui/theme.h"

#include <QPainter>

#include <algorithm>
#include <array>

namespace weir::ui {
namespace {

struct KnownCode {
    const char* code;
    const char16_t* name;
    QRgb color;
};
// clang-format off
constexpr auto kKnown = std::to_array<KnownCode>({
    {"ALIENVAULT",                 u"AV",       0xffe69f00}, {"EMERGING THREATS",   u"ET",      0xfff0e442},
    {"DARK IP",                    u"DARK",     0xff8a9199}, {"INSECURE TCP PORTS", u"INSECURE", 0xffcc79a7},
    {"POSSIBLE TCP SCAN",          u"SCAN",     0xffd55e00}, {"UNKNOWN PORTS CONVERSATION", u"UNKNOWN", 0xff56b4e9},
    {"SYN ONLY",                   u"SYN",      0xff3a87b8}, {"SSH BRUTE FORCE",    u"SSH",     0xff009e73},
    {"NDPI IP",                    u"NDPI",     0xff2fb488},
});
// clang-format on
constexpr std::array<QRgb, 8> kOthers = {0xffb58900, 0xff6c71c4, 0xff2aa198, 0xffdc6f6f,
                                         0xff859900, 0xffb07aa1, 0xff9c755f, 0xff4e79a7};
// clang-format on

constexpr int kChipEdge = 3, kChipGap = 4, kInside = 4;
constexpr qsizetype kMostLetters = 12;

const KnownCode* known(const std::string& code) {
    const auto at = std::find_if(kKnown.begin(), kKnown.end(), [&](const KnownCode& k) { return code == k.code; });
    return at == kKnown.end() ? nullptr : &*at;
}

QString firstWord(const QString& code) { return code.section(u' ', 0, 0).left(kMostLetters); }

int boxWidth(const CodeMark& mark, const QuickText& text) {
    return kChipEdge + kInside + int(text.width(mark.name) + 0.999) + kInside;
}

}  // namespace

CodeLook::CodeLook(const score::Profile& profile) {
    QStringList firsts;
    for (const score::Test& test : profile.tests) firsts << firstWord(fromUtf8(test.code));
    std::size_t other = 0;
    for (std::size_t t = 0; t < profile.tests.size(); ++t) {
        const KnownCode* k = known(profile.tests[t].code);
        const QString code = fromUtf8(profile.tests[t].code);
        if (k)
            marks_.push_back({QString::fromUtf16(k->name), QColor::fromRgb(k->color)});
        else
            marks_.push_back({firsts.count(firsts[qsizetype(t)]) == 1 ? firsts[qsizetype(t)] : code,
                              QColor::fromRgb(kOthers[other++ % kOthers.size()])});
    }
}

std::vector<CodeMark> CodeLook::marksOf(std::uint64_t word) const {
    std::vector<CodeMark> out;
    for (std::size_t t = 0; t < marks_.size(); ++t)
        if (word >> t & 1u) out.push_back(marks_[t]);
    return out;
}

QString CodeLook::text(std::uint64_t word) const {
    QStringList names;
    for (const CodeMark& mark : marksOf(word)) names << mark.name;
    return names.join(QStringLiteral(", "));
}

QColor badnessColor(int badness) {
    return QColor::fromRgb(badness < 10              ? 0xff8a9199
                           : badness < 30            ? 0xff3a87b8
                           : badness < kWorstBadness ? 0xffe69f00
                                                     : 0xffd55e00);
}

int codesWidth(const std::vector<CodeMark>& codes, const QuickText& text) {
    int width = 0;
    for (const CodeMark& mark : codes) width += boxWidth(mark, text) + kChipGap;
    return std::max(0, width - kChipGap) + 2 * kCellPadding;
}

void paintCodes(QPainter& painter, const QRect& rect, const std::vector<CodeMark>& codes, const QuickText& text) {
    const Theme& t = Theme::current();
    const int right = rect.right() - kCellPadding;
    int x = rect.left() + kCellPadding;
    for (const CodeMark& mark : codes) {
        const int width = boxWidth(mark, text);
        if (x + width > right) {
            text.draw(painter, QRect(x, rect.top(), right - x, rect.height() - 1), QStringLiteral("…"), Qt::AlignLeft,
                      t.secondary);
            return;
        }
        const QRect box(x, rect.top() + 3, width, rect.height() - 7);
        painter.fillRect(box, t.grid);
        painter.fillRect(QRect(box.left(), box.top(), kChipEdge, box.height()), mark.color);
        text.draw(painter, QRect(x + kChipEdge + kInside, rect.top(), width - kChipEdge - kInside, rect.height() - 1),
                  mark.name, Qt::AlignLeft, t.text);
        x += width + kChipGap;
    }
}

void paintCodeEdge(QPainter& painter, const QRect& rect, const QColor& color) {
    painter.fillRect(QRect(rect.left(), rect.top() + 1, 3, rect.height() - 3), color);
}

}  // namespace weir::ui
