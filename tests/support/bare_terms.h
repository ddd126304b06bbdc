// Filter terms that know named lists and host bits, and nothing else.
#pragma once

#include "core/flow/filter_terms.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace weir::support {

class BareTerms : public flow::FilterTerms {
public:
    std::map<std::string, flow::NamedList, std::less<>> lists;
    std::vector<std::uint8_t> bits;

    flow::ListAnswer list(std::string_view name) const override {
        const auto at = lists.find(name);
        if (at == lists.end()) return {nullptr, "no such list", {}};
        return {std::make_shared<const flow::NamedList>(at->second), {}, {}};
    }
    flow::TermAnswer find(std::string_view, std::string_view) const override { return {{}, "none", {}}; }
    std::vector<std::string> names(std::string_view) const override { return {}; }
    std::span<const std::uint8_t> hostBits() const override { return bits; }
    const flow::DerivedFlows* derived() const override { return nullptr; }
    std::span<const std::uint64_t> words() const override { return {}; }
    std::span<const std::uint8_t> localIsInitiator() const override { return {}; }
};

}  // namespace weir::support
