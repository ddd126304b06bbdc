// See plurals.h.
#include "ui/text/plurals.h"

#include <string_view>

namespace weir::ui {

QString EnglishPlurals::translate(const char*, const char* source, const char*, int n) const {
    if (n < 0 || source == nullptr || std::string_view(source).find("(s)") == std::string_view::npos) return {};
    return QString::fromUtf8(source).replace(QStringLiteral("(s)"), n == 1 ? QString() : QStringLiteral("s"));
}

}  // namespace weir::ui
