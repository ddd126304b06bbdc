// Replaces one number in the text.
#include "core/score/reweigh.h"

#include <algorithm>

namespace weir::score {

void setPoints(ParsedProfile& parsed, std::string& text, std::size_t test, int points) {
    Test& changed = parsed.profile.tests[test];
    const std::string number = std::to_string(points);
    text.replace(changed.pointsAt, changed.pointsSize, number);
    for (Test& t : parsed.profile.tests)
        if (t.pointsAt > changed.pointsAt) t.pointsAt = t.pointsAt + number.size() - changed.pointsSize;
    changed.points = points;
    changed.pointsSize = number.size();
}

bool sameTests(const Profile& a, const Profile& b) {
    const auto same = [](const Test& x, const Test& y) { return x.code == y.code && x.condition == y.condition; };
    return a.apply == b.apply && std::equal(a.tests.begin(), a.tests.end(), b.tests.begin(), b.tests.end(), same);
}

}  // namespace weir::score
