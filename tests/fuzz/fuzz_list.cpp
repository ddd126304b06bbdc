// Any text as a list: every entry and every problem names a line of it, and every line can be asked for its comment.
#include "core/lists/list.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

using namespace weir;

namespace {

void require(bool condition) {
    if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto lines = std::size_t(std::count(text.begin(), text.end(), '\n')) + 1;
    const lists::List list = lists::parseList("f", text);
    require(list.problems.size() == std::min<std::uint64_t>(list.rejected, lists::kMostProblems) &&
            list.rejected <= lines);
    for (const auto& e : list.entries) require(e.line >= 1 && e.line <= lines && e.prefix.length <= 128);
    for (const auto& e : list.ports) require(e.line >= 1 && e.line <= lines);
    for (const auto& p : list.problems) require(p.line >= 1 && p.line <= lines && p.column >= 1);
    if (!list.entries.empty()) (void)lists::commentAt(text, list.entries.back().line);
    return 0;
}
