// Walking over options data records.
#include "core/capture/export_options.h"

#include <algorithm>
#include <cstring>

namespace weir::capture {
namespace {

constexpr std::size_t kMostSamplers = 256;
constexpr std::uint16_t kScopeInterface = 2;  ///< of NetFlow 9
constexpr std::size_t kMostName = 255;

std::uint64_t numberAt(const std::byte* p, std::size_t length) {
    std::uint64_t v = 0;
    for (std::size_t i = 0; i < std::min<std::size_t>(length, 8); ++i)
        v = v << 8 | std::to_integer<std::uint64_t>(p[i]);
    return v;
}

/// Fixed-length strings end at their first zero byte.
std::string textAt(const std::byte* p, std::size_t length) {
    const auto* const text = reinterpret_cast<const char*>(p);
    return std::string(text, strnlen(text, std::min(length, kMostName)));
}

std::uint32_t clamped(std::uint64_t v) { return std::uint32_t(std::min<std::uint64_t>(v, 0xffffffffu)); }

/// Selectors say it in two numbers: `interval` packets are taken, then `space` left out; or `size` are taken of
/// `population`.
struct Selector {
    std::uint64_t interval = 0, space = 0, size = 0, population = 0;
    std::uint32_t ratio() const {
        if (interval > 0 && space > 0) return clamped((interval + space) / interval);
        if (size > 0 && population > 0) return clamped(population / size);
        return clamped(interval);
    }
};

OptionsRecord recordOf(const RecordTemplate& t, const std::vector<const std::byte*>& places,
                       const std::vector<std::uint16_t>& lengths) {
    OptionsRecord r;
    Selector selector;
    std::string description;
    for (std::size_t i = 0; i < t.fields.size(); ++i) {
        const TemplateField& f = t.fields[i];
        const std::byte* const p = places[i];
        const std::size_t n = lengths[i];
        if (f.enterprise == kScopeEnterprise && f.id == kScopeInterface) r.interface = clamped(numberAt(p, n));
        if (f.enterprise != 0) continue;
        switch (f.id) {
            case 10:
            case 14: r.interface = clamped(numberAt(p, n)); break;
            case 34:
            case 50: r.interval = clamped(numberAt(p, n)); break;
            case 48:
            case 302: r.sampler = numberAt(p, n); break;
            case 82: r.interfaceName = textAt(p, n); break;
            case 83: description = textAt(p, n); break;
            case 160: r.bootMs = numberAt(p, n); break;
            case 305: selector.interval = numberAt(p, n); break;
            case 306: selector.space = numberAt(p, n); break;
            case 309: selector.size = numberAt(p, n); break;
            case 310: selector.population = numberAt(p, n); break;
            default: break;
        }
    }
    if (r.interval == 0) r.interval = selector.ratio();
    if (r.interfaceName.empty()) r.interfaceName = std::move(description);
    return r;
}

}  // namespace

std::uint32_t SamplerTable::of(std::uint64_t id) const {
    for (const auto& [known, interval] : byId)
        if (known == id) return interval;
    return common;
}

bool SamplerTable::set(std::optional<std::uint64_t> id, std::uint32_t interval) {
    if (!id) return std::exchange(common, interval) != interval;
    for (auto& [known, present] : byId)
        if (known == *id) return std::exchange(present, interval) != interval;
    if (byId.size() == kMostSamplers) return false;
    byId.emplace_back(*id, interval);
    return true;
}

void readOptions(const RecordTemplate& t, std::span<const std::byte> content,
                 const std::function<void(const OptionsRecord&)>& use) {
    std::vector<const std::byte*> places;
    std::vector<std::uint16_t> lengths;
    while (content.size() >= t.recordBytes) {
        const std::size_t length = locateFields(t, content, places, lengths);
        if (length == 0) return;
        use(recordOf(t, places, lengths));
        content = content.subspan(length);
    }
}

}  // namespace weir::capture
