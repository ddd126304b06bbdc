// A chart as SVG inside of the page: its colours are the page's.
#pragma once

#include "core/report/document.h"

#include <string>
#include <string_view>

namespace weir::report {

/// Bars lie (a category a line, names left, values right); lines stand over their categories. An empty chart is an
/// empty text.
std::string toSvg(const Chart& chart);

/// < > & " ' as entities; control characters and bytes that are no UTF-8 as U+FFFD.
std::string htmlText(std::string_view text);

}  // namespace weir::report
