// Plain lists: each line begins with an address, a prefix, a range or a port; the rest is a comment. FireHOL's .netset
// and Spamhaus DROP are such lists; hosts files are recognised and refused.
#include "core/flow/protocols.h"
#include "core/lists/line_format.h"

#include <charconv>
#include <optional>

namespace weir::lists {
namespace {

/// `23`, or `tcp/23`. The protocol must be a name: `10/8` is a shortened prefix.
std::optional<PortEntry> parsePort(std::string_view text) {
    PortEntry out;
    const auto slash = text.find('/');
    if (slash != std::string_view::npos) {
        const std::string_view name = text.substr(0, slash);
        const auto protocol = flow::protocolNumber(name);
        if (!protocol || *protocol == 0 || name.find_first_not_of("0123456789") == std::string_view::npos) return {};
        out.protocol = *protocol;
        text.remove_prefix(slash + 1);
    }
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out.port);
    if (error != std::errc{} || end != text.data() + text.size()) return {};
    return out;
}

/// Addresses to which hosts files map the names that they block.
bool isSinkhole(const flow::Prefix& p) {
    static const flow::Prefix kNowhere[] = {*flow::parsePrefix("0.0.0.0"), *flow::parsePrefix("127.0.0.0/8"),
                                            *flow::parsePrefix("::"), *flow::parsePrefix("::1")};
    for (const flow::Prefix& nowhere : kNowhere)
        if (p.length >= nowhere.length && nowhere.contains(p.base)) return true;
    return false;
}

bool isHostName(std::string_view word) {
    bool letter = false;
    for (const char c : word) {
        const bool alpha = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!alpha && !(c >= '0' && c <= '9') && c != '.' && c != '-' && c != '_') return false;
        letter |= alpha;
    }
    return letter;
}

class PlainReader final : public LineReader {
public:
    void read(std::string_view line, Line& out) override {
        const auto mark = line.find_first_of("#;");
        std::string_view body = trimmed(line.substr(0, mark)), second;
        if (mark != std::string_view::npos) out.comment = trimmed(line.substr(mark + 1));
        if (body.empty()) {
            out.remark = true;
            return;
        }
        const auto blank = body.find_first_of(" \t\v\f");
        // A second column, such as a score or a name, is a comment.
        if (blank != std::string_view::npos && body.find('-') == std::string_view::npos)
            second = trimmed(body.substr(blank));
        if (!second.empty()) {
            if (out.comment.empty()) out.comment = second;
            body = body.substr(0, blank);
        }
        if (const auto port = parsePort(body)) {
            out.ports.push_back(*port);
            return;
        }
        if (!readAddresses(line, body, out)) return;
        const std::string_view name = second.substr(0, second.find_first_of(" \t\v\f"));
        if (out.prefixes.size() == 1 && isSinkhole(out.prefixes.front()) && isHostName(name)) {
            out.prefixes.clear();
            out.reject(line, name,
                       "a hosts file that blocks the name " + std::string(name.substr(0, 80)) +
                           ": flows have addresses, not names");
        }
    }
};

}  // namespace

std::unique_ptr<LineReader> makePlainReader() { return std::make_unique<PlainReader>(); }

}  // namespace weir::lists
