// Resources compiled into the program (rule sets, lists, score profiles), and the path of the sample capture.
#pragma once

#include "core/flow/address.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace weir::session {

/// A compiled-in file.
struct Resource {
    std::string_view name;  ///< "glatz-2012", "bogons", "sweeney-2017"
    std::string_view kind;  ///< "rules", "list", "score"
    std::string_view text;
};
/// All compiled-in files.
std::span<const Resource> resources();
/// Text of a resource; empty when there is none of that name.
std::string_view resourceText(std::string_view kind, std::string_view name);
/// Path of the sample capture, installed or in the source tree; empty when it is missing.
std::string samplePath();
/// The local networks of the sample capture, from its README.
std::vector<flow::Prefix> sampleLocal();
std::string_view programVersion();

}  // namespace weir::session
