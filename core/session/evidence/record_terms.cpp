// Names of records, hosts, lists and built-in signs.
#include "core/session/evidence/record_terms.h"

#include "core/base/text.h"
#include "core/flow/lexer.h"
#include "core/session/project/named_rows.h"
#include "core/session/project/ndpi_list.h"
#include "core/session/project/row_ids.h"
#include "core/signs/sign_family.h"

#include <algorithm>

namespace weir::session {

flow::TermAnswer RecordTerms::find(std::string_view keyword, std::string_view name) const {
    if (keyword != "sign") return {{}, std::string("no rule set is loaded: no ").append(keyword), {}};
    const auto& builtIn = signs::oneWay().names;
    const auto at = std::find(builtIn.begin(), builtIn.end(), name);
    if (at == builtIn.end()) return unknown(keyword, name);
    return {flow::WordTest{std::uint64_t{1} << (at - builtIn.begin()), {}}, {}, {}};
}

std::vector<std::string> RecordTerms::names(std::string_view keyword) const {
    std::vector<std::string> out;
    if (keyword == "sign") return {signs::oneWay().names.begin(), signs::oneWay().names.end()};
    if (keyword == "@") {
        for (const ListInfo& list : lists().lists()) out.push_back(list.name);
        if (!lists().infoOf(kNdpiList)) out.emplace_back(kNdpiList);
    }
    if (snapshot_ && keyword == "source") return captureNames(*snapshot_);
    if (snapshot_ && (keyword == "exporter" || keyword == "router")) return exporterNames(*snapshot_);
    return out;
}

flow::TermAnswer RecordTerms::unknown(std::string_view keyword, std::string_view name) const {
    flow::TermAnswer answer;
    const auto known = names(keyword);
    const std::string near(nearestName(name, known));
    answer.problem.append("unknown ").append(keyword).append(" `").append(name).append("`");
    if (near.empty()) return answer;
    answer.problem.append("; did you mean `").append(near).append("`?");
    const bool plain = near.find(' ') == std::string::npos;
    answer.fix = plain ? near : std::string("\"").append(near).append("\"");
    return answer;
}

const ListCatalog& RecordTerms::lists() const {
    return snapshot_ && snapshot_->lists ? *snapshot_->lists : shippedCatalog();
}
flow::ListAnswer RecordTerms::list(std::string_view name) const {
    if (!flow::equalsIgnoringCase(name, kNdpiList) || lists().infoOf(name)) return lists().find(name);
    JobContext job;
    const auto hosts = ndpiHosts(snapshot_ ? *snapshot_ : Snapshot(), job);
    if (!hosts) return {nullptr, hosts.error().detail, {}};
    return {(*hosts)->list, {}, {}};
}
flow::RowsAnswer RecordTerms::captures(std::string_view name) const {
    return capturesNamed(snapshot_ ? *snapshot_ : Snapshot(), name);
}
flow::ExportersAnswer RecordTerms::exporters(std::string_view name) const {
    return exportersNamed(snapshot_ ? *snapshot_ : Snapshot(), name);
}

flow::RowsAnswer RecordTerms::flow(std::string_view id) const {
    const auto row = snapshot_ && snapshot_->records ? SourceRows(*snapshot_->records).rowOf(id) : std::nullopt;
    if (!row) return {{}, std::string("no record `").append(id).append("` (a flow id is SOURCE:ROW, as in 1:0)"), {}};
    return {{{*row, *row + 1}}, {}, {}};
}

std::span<const std::uint8_t> RecordTerms::hostBits() const {
    if (!snapshot_ || !snapshot_->hostBits) return {};
    return *snapshot_->hostBits;
}

std::span<const std::uint64_t> RecordTerms::words() const {
    const SignData* signs = snapshot_ ? activeSigns(*snapshot_) : nullptr;
    if (!signs) return {};
    return signs->words.span();
}

std::span<const std::uint8_t> RecordTerms::localIsInitiator() const {
    if (!localIsInitiator_) return {};
    return localIsInitiator_->span();
}

}  // namespace weir::session
