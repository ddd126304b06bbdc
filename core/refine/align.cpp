// Runs of removed and added lines are paired by rule name, in their order.
#include "core/refine/align.h"

#include "core/refine/iterations.h"

#include <algorithm>

namespace weir::refine {
namespace {

/// The removed and added lines between two equal lines.
class Run {
public:
    void remove(std::string text) { gone_.push_back(std::move(text)); }
    void add(std::string text) { come_.push_back(std::move(text)); }

    void flush(std::vector<AlignedLine>& out) {
        std::size_t next = 0;
        for (std::string& line : gone_) {
            const std::string rule = ruleNameOf(line);
            const auto partner = rule.empty()
                                     ? come_.end()
                                     : std::find_if(come_.begin() + std::ptrdiff_t(next), come_.end(),
                                                    [&](const std::string& c) { return ruleNameOf(c) == rule; });
            if (partner == come_.end()) {
                out.push_back({AlignKind::removed, std::move(line), {}, 0, 0, rule});
                continue;
            }
            const std::size_t at = std::size_t(partner - come_.begin());
            while (next < at) addOne(next++, out);
            out.push_back({AlignKind::changed, std::move(line), std::move(come_[next]), 0, 0, rule});
            ++next;
        }
        while (next < come_.size()) addOne(next++, out);
        gone_.clear();
        come_.clear();
    }

private:
    void addOne(std::size_t at, std::vector<AlignedLine>& out) {
        std::string rule = ruleNameOf(come_[at]);
        out.push_back({AlignKind::added, {}, std::move(come_[at]), 0, 0, std::move(rule)});
    }
    std::vector<std::string> gone_, come_;
};

}  // namespace

std::string ruleNameOf(std::string_view line) {
    const std::size_t begin = line.find_first_not_of(" \t");
    if (begin == std::string_view::npos || line[begin] == '#') return {};
    line.remove_prefix(begin);
    if (line.front() == '"') {
        const std::size_t end = line.find('"', 1);
        if (end == std::string_view::npos || line.find_first_not_of(" \t", end + 1) == std::string_view::npos)
            return {};
        return line[line.find_first_not_of(" \t", end + 1)] == ':' ? std::string(line.substr(1, end - 1))
                                                                   : std::string();
    }
    const std::size_t end = line.find_first_of(" \t:\"#");
    if (end == std::string_view::npos || end == 0) return {};
    const std::size_t colon = line.find_first_not_of(" \t", end);
    return colon != std::string_view::npos && line[colon] == ':' ? std::string(line.substr(0, end)) : std::string();
}

std::vector<AlignedLine> alignTexts(std::string_view before, std::string_view after) {
    std::vector<AlignedLine> out;
    Run run;
    for (DiffLine& line : diffLines(before, after)) {
        if (line.kind == DiffKind::removed)
            run.remove(std::move(line.text));
        else if (line.kind == DiffKind::added)
            run.add(std::move(line.text));
        else {
            run.flush(out);
            std::string rule = ruleNameOf(line.text);
            out.push_back({AlignKind::same, line.text, line.text, 0, 0, std::move(rule)});
        }
    }
    run.flush(out);
    std::uint32_t left = 0, right = 0;
    for (AlignedLine& line : out) {
        if (line.kind != AlignKind::added) line.lineBefore = ++left;
        if (line.kind != AlignKind::removed) line.lineAfter = ++right;
    }
    return out;
}

}  // namespace weir::refine
