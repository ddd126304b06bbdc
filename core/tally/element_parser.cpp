// Parses `-s ELEMENT[:p][/ORDER]` and `-A KEY,KEY…`.
#include "core/base/text.h"
#include "core/tally/elements.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>

namespace weir::tally {
namespace {

template <class Table>
Error unknown(const char* what, std::string_view name, const Table& table) {
    std::vector<std::string_view> names;
    for (const auto& entry : table) names.push_back(entry.id);
    std::string text = std::string("unknown ") + what + " `" + std::string(name) + "`";
    if (const auto near = nearestName(name, names); !near.empty())
        text.append("; did you mean `").append(near).append("`?");
    return {Errc::usage, std::move(text), 0};
}

/// The four forms that truncate addresses.
struct CutForm {
    std::string_view name;
    Key key;
    bool v6;
};
constexpr CutForm kCutForms[] = {
    {"srcip4", Key::src, false}, {"dstip4", Key::dst, false}, {"srcip6", Key::src, true}, {"dstip6", Key::dst, true}};

/// "24" → 24 when it is 0..most.
std::optional<std::uint8_t> lengthOf(std::string_view text, unsigned most) {
    unsigned n = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
    if (error != std::errc{} || end != text.data() + text.size() || n > most) return {};
    return std::uint8_t(n);
}

/// Parses srcip4/24 and the like; a second form of the same end is merged into its key. Returns false for any other
/// word.
Result<bool> addCut(std::string_view word, Keys& keys) {
    const auto slash = word.find('/');
    const std::string_view name = word.substr(0, slash);
    for (const CutForm& form : kCutForms) {
        if (form.name != name) continue;
        const unsigned most = form.v6 ? 128 : 32;
        const auto length = slash == std::string_view::npos ? std::optional(std::uint8_t(most))
                                                            : lengthOf(word.substr(slash + 1), most);
        if (!length)
            return Error{Errc::usage,
                         "`" + std::string(word) + "` needs a prefix length of 0 to " + std::to_string(most), 0};
        auto at = std::find_if(keys.begin(), keys.end(), [&](const KeySpec& k) { return k.key == form.key; });
        if (at == keys.end()) at = keys.insert(at, KeySpec{form.key, std::uint8_t(form.v6 ? 0 : 32), 128});
        (form.v6 ? at->v6 : at->v4) = *length;
        return true;
    }
    return false;
}

}  // namespace

Result<TopSpec> parseTop(std::string_view text) {
    TopSpec spec;
    const auto slash = text.find('/');
    std::string_view name = text.substr(0, slash);
    if (slash != std::string_view::npos) {
        const OrderInfo* order = findOrder(text.substr(slash + 1));
        if (!order) return unknown("order", text.substr(slash + 1), orders());
        spec.order = order->order;
    }
    if (name.ends_with(":p")) {
        spec.byProtocol = true;
        name.remove_suffix(2);
    }
    spec.element = findElement(name);
    if (!spec.element) return unknown("element", name, elements());
    return spec;
}

std::vector<Keys> keysOf(const TopSpec& spec) {
    std::vector<Keys> out;
    if (spec.element->meaning != Meaning::either) out.emplace_back();
    const bool split = spec.byProtocol && std::find(spec.element->keys.begin(), spec.element->keys.end(),
                                                    Key::protocol) == spec.element->keys.end();
    for (const Key key : spec.element->keys) {
        if (spec.element->meaning == Meaning::either) out.emplace_back();
        out.back().push_back({key, 32, 128});
    }
    if (split)
        for (Keys& keys : out) keys.push_back({Key::protocol, 32, 128});
    return out;
}

Result<Keys> parseKeys(std::string_view list) {
    Keys keys;
    while (!list.empty()) {
        const auto comma = std::min(list.find(','), list.size());
        const std::string_view word = list.substr(0, comma);
        list.remove_prefix(std::min(comma + 1, list.size()));
        auto cut = addCut(word, keys);
        if (!cut) return cut.error();
        if (*cut) continue;
        const Element* element = findElement(word);
        if (!element) return unknown("key", word, elements());
        if (element->meaning == Meaning::either)
            return Error{Errc::usage,
                         "`" + std::string(word) + "` counts either end; aggregate by " +
                             std::string(infoOf(element->keys[0]).name) + " or " +
                             std::string(infoOf(element->keys[1]).name),
                         0};
        for (const Key key : element->keys)
            if (std::none_of(keys.begin(), keys.end(), [&](const KeySpec& k) { return k.key == key; }))
                keys.push_back({key, 32, 128});
    }
    if (keys.empty()) return Error{Errc::usage, "no keys to aggregate by", 0};
    return keys;
}

std::string keysText(const Keys& keys) {
    std::string text;
    for (const KeySpec& k : keys) {
        if (!text.empty()) text += ',';
        const std::string name(infoOf(k.key).name);
        if (k.wholeAddress())
            text += name;
        else if (k.v6 == 128)
            text += name + "4/" + std::to_string(k.v4);
        else
            text += name + "6/" + std::to_string(k.v6) +
                    (k.v4 == 0 ? std::string() : "," + name + "4/" + std::to_string(k.v4));
    }
    return text;
}

}  // namespace weir::tally
