// The input of reports: results that are already computed. A section without its input is omitted.
#pragma once

#include "core/classify/classify.h"
#include "core/compare/migration.h"
#include "core/compare/proof.h"
#include "core/conflict/conflict.h"
#include "core/refine/iterations.h"
#include "core/rules/analysis.h"
#include "core/score/ranking.h"
#include "core/tally/tally.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace weir::report {

/// Records of a capture that were not imported, by reason.
struct Drop {
    std::string reason;
    std::uint64_t records = 0;
    bool damage = false;
};
/// An imported capture.
struct Input {
    std::string path, kind, sha256;  ///< sha256 empty: not computed
    std::uint64_t flows = 0, packets = 0, bytes = 0;
    std::string first, last, importedAt;  ///< RFC 3339, empty when nothing was read
    std::vector<Drop> drops;
};
/// A list of the project.
struct ListUsed {
    std::string name, date, source, sha256;
    std::uint64_t entries = 0;
};
/// A setting and its value.
struct SettingUsed {
    std::string id, label, value, unit, mark;  ///< mark: source of the default (S, F, R, I)
};
/// The results of a rule set.
struct Rules {
    const rules::RuleSet* set = nullptr;
    const rules::Check* check = nullptr;
    const classify::Classification* classes = nullptr;
    const conflict::Report* conflicts = nullptr;
    std::span<const tally::WordCount> tally;
};
/// The comparison of two rule sets.
struct Comparison {
    std::string champion, challenger;
    const rules::RuleSet* was = nullptr;
    const rules::RuleSet* is = nullptr;
    const compare::Migration* migration = nullptr;
    const compare::Proof* proof = nullptr;
    std::vector<compare::Move> unseen;
};
/// The highest values of an element among the flows with a code.
struct CodeTop {
    std::string code, element;                                  ///< "SYN ONLY", "source address"
    std::vector<std::pair<std::string, std::uint64_t>> values;  ///< most flows first
    std::uint64_t flows = 0, distinct = 0;                      ///< over all of its values
};
/// The scores of the records.
struct Scores {
    const score::Profile* profile = nullptr;
    std::string text;  ///< of the profile
    std::span<const score::CodeCount> words;
    std::uint64_t scored = 0;
    std::vector<CodeTop> tops;
    std::vector<std::pair<std::string, std::uint64_t>> silenced;  ///< silence as text, silenced records
};

/// An outage of a local service.
struct Outage {
    std::string service, start, end, answeredAgain;  ///< RFC 3339; answeredAgain empty: not in the data
    std::uint64_t clients = 0, flows = 0;
};

/// Everything that sections can use.
struct Material {
    std::string project, program, made;
    std::vector<Input> inputs;
    std::vector<ListUsed> lists;
    std::vector<SettingUsed> settings;
    std::vector<std::string> local;
    std::optional<Rules> rules;
    std::vector<refine::Iteration> iterations;
    std::optional<Comparison> comparison;
    std::optional<Scores> scores;
    std::vector<Outage> outages;  ///< most clients first
};

}  // namespace weir::report
