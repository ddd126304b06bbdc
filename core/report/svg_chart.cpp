// Horizontal bars with their values, and lines with few ticks: for comparison by eye; tables have the numbers.
#include "core/report/svg_chart.h"

#include "core/base/text.h"
#include "core/report/palette.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace weir::report {
namespace {

constexpr double kWidth = 720, kLabels = 210, kValues = 90, kBar = 14, kGap = 6;

std::string at(double v) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", v);
    return text;
}

std::string rgb(std::uint32_t color) {
    char text[16];
    std::snprintf(text, sizeof text, "#%06x", color & 0xffffff);
    return text;
}

/// Shortens a text at a character boundary.
std::string shortened(const std::string& text, std::size_t most) {
    std::size_t characters = 0, i = 0;
    for (; i < text.size(); ++i)
        if ((static_cast<unsigned char>(text[i]) & 0xc0) != 0x80 && ++characters > most) break;
    return i == text.size() ? text : text.substr(0, i) + "\u2026";
}

double highest(const Chart& chart) {
    double most = 0;
    for (const Chart::Series& s : chart.series)
        for (const double v : s.values) most = std::max(most, v);
    return most;
}

std::string fillOf(const Chart& chart, std::size_t category, std::size_t series) {
    if (chart.classes) return rgb(classColor(chart.categories[category]));
    return "var(--series" + std::to_string(series % 3) + ")";
}

std::string open(const Chart& chart, double height) {
    const std::string title = htmlText(chart.title);
    return "<svg role=\"img\" aria-label=\"" + title + "\" viewBox=\"0 0 " + at(kWidth) + " " + at(height) +
           "\" width=\"100%\"><title>" + title + "</title>\n";
}

/// A swatch and a name for each series, if there are several.
std::string legend(const Chart& chart, double y) {
    std::string out;
    double x = kLabels;
    for (std::size_t s = 0; chart.series.size() > 1 && s < chart.series.size(); ++s) {
        out += "<rect x=\"" + at(x) + "\" y=\"" + at(y - 9) + "\" width=\"10\" height=\"10\" fill=\"var(--series" +
               std::to_string(s % 3) + ")\"/><text x=\"" + at(x + 15) + "\" y=\"" + at(y) + "\">" +
               htmlText(chart.series[s].name) + "</text>\n";
        x += 30 + 7 * double(chart.series[s].name.size());
    }
    return out;
}

std::string bars(const Chart& chart) {
    const double most = std::max(highest(chart), 1e-9), room = kWidth - kLabels - kValues;
    const double group = kBar * double(chart.series.size()) + kGap, top = chart.series.size() > 1 ? 22 : 4;
    std::string out = open(chart, top + group * double(chart.categories.size()) + 4) + legend(chart, 14);
    for (std::size_t c = 0; c < chart.categories.size(); ++c) {
        const double y = top + group * double(c);
        out += "<text x=\"" + at(kLabels - 8) + "\" y=\"" + at(y + group / 2 + 1) + "\" text-anchor=\"end\">" +
               htmlText(shortened(chart.categories[c], 32)) + "</text>\n";
        for (std::size_t s = 0; s < chart.series.size(); ++s) {
            const double v = chart.series[s].values[c], length = std::max(v > 0 ? 1.0 : 0.0, v / most * room),
                         barY = y + kBar * double(s);
            out += "<rect x=\"" + at(kLabels) + "\" y=\"" + at(barY) + "\" width=\"" + at(length) + "\" height=\"" +
                   at(kBar - 2) + "\" fill=\"" + fillOf(chart, c, s) + "\"/><text class=\"n\" x=\"" +
                   at(kLabels + length + 6) + "\" y=\"" + at(barY + kBar - 4) + "\">" +
                   grouped(std::uint64_t(std::llround(std::max(v, 0.0)))) + "</text>\n";
        }
    }
    return out + "</svg>\n";
}

/// 1, 2 or 5 times a power of ten, so that there are about four steps.
double stepOf(double most) {
    const double raw = std::max(most, 1.0) / 4, power = std::pow(10, std::floor(std::log10(raw)));
    for (const double m : {1.0, 2.0, 5.0})
        if (raw <= m * power) return std::max(1.0, m * power);
    return std::max(1.0, 10 * power);
}

std::string lines(const Chart& chart) {
    constexpr double kHeight = 240, kLeft = 80, kTop = 30, kBottom = 205, kRight = kWidth - 20;
    const double step = stepOf(highest(chart)), most = std::max(step, std::ceil(highest(chart) / step) * step);
    const std::size_t n = chart.categories.size();
    const auto x = [&](std::size_t i) {
        return n < 2 ? (kLeft + kRight) / 2 : kLeft + (kRight - kLeft) * double(i) / double(n - 1);
    };
    const auto y = [&](double v) { return kBottom - (kBottom - kTop) * v / most; };
    std::string out = open(chart, kHeight) + legend(chart, 14);
    for (double v = 0; v <= most + step / 2; v += step)
        out += "<line class=\"g\" x1=\"" + at(kLeft) + "\" x2=\"" + at(kRight) + "\" y1=\"" + at(y(v)) + "\" y2=\"" +
               at(y(v)) + "\"/><text class=\"n\" x=\"" + at(kLeft - 8) + "\" y=\"" + at(y(v) + 4) +
               "\" text-anchor=\"end\">" + grouped(std::uint64_t(std::llround(v))) + "</text>\n";
    const std::size_t every = std::max<std::size_t>(1, n / 12);
    for (std::size_t i = 0; i < n; i += every)
        out += "<text x=\"" + at(x(i)) + "\" y=\"" + at(kBottom + 18) + "\" text-anchor=\"middle\">" +
               htmlText(shortened(chart.categories[i], 12)) + "</text>\n";
    for (std::size_t s = 0; s < chart.series.size(); ++s) {
        const std::string color = "var(--series" + std::to_string(s % 3) + ")";
        std::string points;
        for (std::size_t i = 0; i < n; ++i)
            points += (i ? " " : "") + at(x(i)) + "," + at(y(chart.series[s].values[i]));
        out += "<polyline fill=\"none\" stroke=\"" + color + "\" stroke-width=\"2\" points=\"" + points + "\"/>\n";
        for (std::size_t i = 0; i < n; ++i)
            out += "<circle r=\"3\" fill=\"" + color + "\" cx=\"" + at(x(i)) + "\" cy=\"" +
                   at(y(chart.series[s].values[i])) + "\"/>\n";
    }
    return out + "</svg>\n";
}

/// Length of the UTF-8 sequence that begins here; 0 = invalid.
std::size_t sequenceAt(std::string_view text, std::size_t i) {
    const auto byte = [&](std::size_t k) { return i + k < text.size() ? static_cast<unsigned char>(text[i + k]) : 0u; };
    const unsigned lead = byte(0);
    const std::size_t n = lead < 0x80                   ? 1
                          : lead >= 0xc2 && lead < 0xe0 ? 2
                          : lead >= 0xe0 && lead < 0xf0 ? 3
                          : lead >= 0xf0 && lead < 0xf5 ? 4
                                                        : 0;
    for (std::size_t k = 1; k < n; ++k)
        if ((byte(k) & 0xc0) != 0x80) return 0;
    const bool shape = !(lead == 0xe0 && byte(1) < 0xa0) && !(lead == 0xed && byte(1) > 0x9f) &&
                       !(lead == 0xf0 && byte(1) < 0x90) && !(lead == 0xf4 && byte(1) > 0x8f);
    return shape ? n : 0;
}

}  // namespace

std::string htmlText(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        const char c = text[i];
        const std::size_t n = sequenceAt(text, i);
        const bool control = (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' && c != '\r') || c == 0x7f;
        if (n == 0 || control)
            out += "\ufffd";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else if (c == '&')
            out += "&amp;";
        else if (c == '"')
            out += "&quot;";
        else if (c == '\'')
            out += "&#39;";
        else
            out.append(text.substr(i, n));
        i += std::max<std::size_t>(n, 1);
    }
    return out;
}

std::string toSvg(const Chart& chart) {
    if (chart.categories.empty() || chart.series.empty()) return {};
    return chart.form == Chart::Form::bars ? bars(chart) : lines(chart);
}

}  // namespace weir::report
