// The built-in tests. To add one, add a file and a line here.
#include "core/base/text.h"
#include "core/flow/filter_values.h"
#include "core/flow/lexer.h"
#include "core/score/built_in.h"
#include "core/score/profile_words.h"

#include <algorithm>

namespace weir::score {

extern const BuiltInDef kBeaconing, kDnsThenTraffic, kExfiltration, kTopTalkers;

std::span<const BuiltInDef* const> builtIns() {
    static constexpr const BuiltInDef* kAll[] = {&kBeaconing, &kDnsThenTraffic, &kExfiltration, &kTopTalkers};
    return kAll;
}

const BuiltInDef* findBuiltIn(std::string_view name) {
    const auto all = builtIns();
    const auto at = std::find_if(all.begin(), all.end(),
                                 [&](const BuiltInDef* d) { return flow::equalsIgnoringCase(d->name, name); });
    return at == all.end() ? nullptr : *at;
}

std::optional<double> parameterValue(const Parameter& p, std::string_view text) {
    std::optional<double> v;
    switch (p.unit) {
        case Unit::count:
            if (const auto n = flow::parseCount(text)) v = double(*n);
            break;
        case Unit::ratio: v = wholeNumber<double>(text); break;
        case Unit::time:
            if (const auto us = duration(text)) v = double(*us);
            break;
        case Unit::word: {
            const auto at = std::find_if(p.words.begin(), p.words.end(),
                                         [&](std::string_view w) { return flow::equalsIgnoringCase(w, text); });
            if (at != p.words.end()) return double(at - p.words.begin());
            return {};
        }
    }
    if (!v || !(*v >= p.least) || !(*v <= p.most)) return {};
    return v;
}

std::string expectedValue(const Parameter& p) {
    std::string text;
    switch (p.unit) {
        case Unit::count: text = "a whole number"; break;
        case Unit::ratio: text = "a number"; break;
        case Unit::time: text = "a time"; break;
        case Unit::word:
            for (const std::string_view& w : p.words)
                text += (text.empty() ? "" : &w == &p.words.back() ? " or " : ", ") + std::string(w);
            return text;
    }
    return text + " within the limits, such as " + std::string(p.initial);
}

}  // namespace weir::score
