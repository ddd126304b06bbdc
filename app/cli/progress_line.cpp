// Drawing the progress line.
#include "app/cli/progress_line.h"

#include <unistd.h>
#include <cmath>
#include <cstdio>

namespace weir::cli {
namespace {

std::string scaled(double v) {
    const char* unit = "";
    for (const char* next : {"k", "M", "G"}) {
        if (v < 1000) break;
        v /= 1000;
        unit = next;
    }
    char text[32];
    if (*unit)
        std::snprintf(text, sizeof text, "%.1f %s ", v, unit);
    else
        std::snprintf(text, sizeof text, "%.0f ", v);
    return text;
}

void put(const char* text) { (void)!::write(STDERR_FILENO, text, std::char_traits<char>::length(text)); }

}  // namespace

ProgressLine::ProgressLine() : terminal_(::isatty(STDERR_FILENO) == 1) {}
ProgressLine::~ProgressLine() { wipe(); }

void ProgressLine::restart() {
    const std::lock_guard lock(mutex_);
    stage_.clear();
}

std::string ProgressLine::text(const Progress& p, double secondsInStage) {
    std::string line(p.stage);
    char part[64];
    if (p.total) {
        std::snprintf(part, sizeof part, "  %3.0f %%", 100.0 * double(p.done) / double(p.total));
        line += part;
    }
    const double rate = secondsInStage > 0.2 ? double(p.done) / secondsInStage : 0;
    if (rate > 0) line.append("  ").append(scaled(rate)).append(p.unit).append("/s");
    if (rate > 0 && p.total > p.done) {
        std::snprintf(part, sizeof part, "  %.0f s left", std::ceil(double(p.total - p.done) / rate));
        line += part;
    }
    return line;
}

void ProgressLine::show(const Progress& p) {
    if (!terminal_) return;
    const std::lock_guard lock(mutex_);
    const auto now = Clock::now();
    if (stage_ != p.stage) {
        stage_ = p.stage;
        stageBegan_ = now;
    } else if (now - drawn_ < std::chrono::milliseconds(100)) {
        return;
    }
    drawn_ = now;
    onScreen_ = true;
    put(("\r\x1b[K" + text(p, std::chrono::duration<double>(now - stageBegan_).count())).c_str());
}

void ProgressLine::wipe() {
    const std::lock_guard lock(mutex_);
    if (onScreen_) put("\r\x1b[K");
    onScreen_ = false;
}

}  // namespace weir::cli
