// See code_choice.h.
#include "ui/views/code_choice.h"

#include "ui/state/score_board.h"
#include "ui/text/format.h"

#include <QPixmap>
#include <QSignalBlocker>

#include <algorithm>

namespace weir::ui {
namespace {

QIcon swatch(const QColor& color) {
    QPixmap pixmap(10, 10);
    pixmap.fill(color);
    return QIcon(pixmap);
}

}  // namespace

CodeChoice::CodeChoice(ScoreBoard& board, const QString& preferred, QWidget* parent, std::size_t instead)
    : QComboBox(parent), board_(board), wanted_(preferred), instead_(instead) {
    setAccessibleName(tr("Code"));
    setSizeAdjustPolicy(QComboBox::AdjustToContents);
    connect(&board, &ScoreBoard::ranked, this, &CodeChoice::follow);
    connect(this, &QComboBox::currentIndexChanged, this, [this] {
        wanted_ = code();
        emit chosen();
    });
    follow();
}

void CodeChoice::follow() {
    const score::Profile& profile = board_.profile();
    QStringList codes, shown;
    for (const score::Test& test : profile.tests) codes << fromUtf8(test.code);
    for (int i = 0; i < count(); ++i) shown << itemData(i).toString();
    if (codes == shown) return;
    const QString before = code();
    {
        const QSignalBlocker quiet(this);
        const CodeLook look(profile);
        clear();
        for (std::size_t t = 0; t < profile.tests.size(); ++t) {
            addItem(swatch(look.of(t).color), look.of(t).name, codes[qsizetype(t)]);
            setItemData(int(t), codes[qsizetype(t)], Qt::ToolTipRole);
        }
        const int place = findData(wanted_);
        setCurrentIndex(place < 0 ? usual() : place);
    }
    updateGeometry();
    if (code() != before) emit chosen();
}

int CodeChoice::usual() const {
    const score::Profile& profile = board_.profile();
    if (profile.tests.empty()) return -1;
    const auto records = score::flowsPerCode(profile, board_.result()->scores->words);
    std::vector<int> bad;
    for (std::size_t t = 0; t < profile.tests.size(); ++t)
        if (profile.tests[t].kind == score::Kind::bad) bad.push_back(int(t));
    if (bad.empty()) return 0;
    std::stable_sort(bad.begin(), bad.end(),
                     [&](int a, int b) { return records[std::size_t(a)] > records[std::size_t(b)]; });
    return bad[std::min(instead_, bad.size() - 1)];
}

int CodeChoice::test() const { return currentIndex() < int(board_.profile().tests.size()) ? currentIndex() : -1; }

CodeMark CodeChoice::mark() const {
    return test() < 0 ? CodeMark() : CodeLook(board_.profile()).of(std::size_t(test()));
}

void CodeChoice::setCode(const QString& code) {
    wanted_ = code;
    if (const int place = findData(code); place >= 0) setCurrentIndex(place);
}

void CodeChoice::setTest(int test) {
    if (test >= 0 && test < count()) setCurrentIndex(test);
}

}  // namespace weir::ui
