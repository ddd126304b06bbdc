// A chart as inline SVG, in the colours of the page.
#pragma once

#include "core/report/document.h"

#include <string>
#include <string_view>

namespace weir::report {

/// Bars are horizontal (one category per line, names left, values right); line charts have their categories below. An
/// empty chart gives an empty text.
std::string toSvg(const Chart& chart);

/// Escapes < > & " ' as entities; replaces control characters and invalid UTF-8 with U+FFFD.
std::string htmlText(std::string_view text);

}  // namespace weir::report
