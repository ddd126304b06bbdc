// Sign words as filter text.
#include "core/session/verbs/word_filter.h"

#include "core/signs/sign_family.h"

namespace weir::session {

std::string signsFilter(rules::Word require, rules::Word forbid, std::span<const std::string> names) {
    std::string text = require == 0 ? "inbound and oneway" : "";
    const auto add = [&](const char* term, std::string_view name) {
        text.append(text.empty() ? "" : " and ").append(term).append(name);
    };
    for (std::size_t i = 0; i < names.size(); ++i)
        if (require >> i & 1) add("sign ", names[i]);
    for (std::size_t i = 0; i < names.size(); ++i)
        if (forbid >> i & 1) add("not sign ", names[i]);
    return text;
}

std::string wordFilter(rules::Word word, std::span<const std::string> names) {
    rules::Word forbid = 0;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i].empty()) continue;
        const rules::Word bit = rules::Word{1} << i;
        if (!(word & bit) && signs::oneWay().obeysExclusions(word | bit)) forbid |= bit;
    }
    return signsFilter(word, forbid, names);
}

}  // namespace weir::session
