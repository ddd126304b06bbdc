// What ships with the program, compiled in: rule sets, lists; and where the sample capture lies.
#pragma once

#include "core/flow/address.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace weir::session {

struct Resource {
    std::string_view name;  ///< "glatz-2012", "bogons", "sweeney-2017"
    std::string_view kind;  ///< "rules", "list", "score"
    std::string_view text;
};
std::span<const Resource> resources();
/// Empty when there is none of that name.
std::string_view resourceText(std::string_view kind, std::string_view name);
/// The sample capture, installed or in the source tree; empty when it is nowhere.
std::string samplePath();
/// The local networks of the sample, as its README names them.
std::vector<flow::Prefix> sampleLocal();
std::string_view programVersion();

}  // namespace weir::session
