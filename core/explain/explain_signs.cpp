// The evidence for each sign of a flow, in words.
#include "core/explain/explain.h"

#include <algorithm>

namespace weir::explain {

std::vector<SignLine> explainSigns(const signs::SignFamily& family, const signs::Finding& finding) {
    const profile::HostEvidence& hosts = finding.hosts();
    const auto walk = std::make_shared<const Walk>(Walk{hosts.sums, hosts.lower, hosts.upper});
    std::vector<SignLine> lines;
    for (unsigned bit = 0; bit < family.size(); ++bit) {
        const signs::SignDef& def = family.defs[bit];
        lines.push_back({bit, std::string(def.id), std::string(def.help), finding.holds(bit), def.explain(finding),
                         def.walk ? walk : nullptr});
    }
    std::stable_partition(lines.begin(), lines.end(), [](const SignLine& l) { return l.holds; });
    return lines;
}

}  // namespace weir::explain
