// AlienVault's reputation list: `address#reliability#risk#activity#country#city#latitude,longitude#…`
#include "core/lists/line_format.h"

#include <array>

namespace weir::lists {
namespace {

/// The next field, up to a '#', which is removed from `rest`.
std::string_view takeField(std::string_view& rest) {
    const auto end = rest.find('#');
    const std::string_view field = trimmed(rest.substr(0, end));
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    return field;
}

class AlienVaultReader final : public LineReader {
public:
    void read(std::string_view line, Line& out) override {
        std::string_view rest = line;
        if (trimmed(line).empty() || trimmed(line).front() == '#') {
            out.remark = true;
            out.comment = trimmed(trimmed(line).substr(trimmed(line).empty() ? 0 : 1));
            return;
        }
        const std::string_view address = takeField(rest);
        if (!readAddresses(line, address, out)) return;
        constexpr std::array<std::string_view, 5> kNames = {"reliability ", "risk ", "", "", ""};
        for (const std::string_view name : kNames) {
            const std::string_view value = takeField(rest);
            if (value.empty()) continue;
            out.comment.append(out.comment.empty() ? "" : ", ").append(name).append(value);
        }
    }
};

bool isNumber(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

bool beginsAlienVault(std::string_view line) {
    std::string_view rest = line;
    const std::string_view address = takeField(rest), reliability = takeField(rest), risk = takeField(rest);
    return flow::parseAddress(address) && isNumber(reliability) && isNumber(risk);
}
std::unique_ptr<LineReader> makeAlienVaultReader() { return std::make_unique<AlienVaultReader>(); }

}  // namespace weir::lists
