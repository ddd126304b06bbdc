// The immutable state of a project that all views and verbs read.
#pragma once

#include "core/flow/chunk_source.h"
#include "core/flow/derived_flows.h"
#include "core/meter/cleaning.h"
#include "core/rules/rule_set.h"
#include "core/session/project/list_catalog.h"
#include "core/session/project/run_id.h"
#include "core/session/project/settings.h"
#include "core/signs/sign_family.h"
#include "core/store/project_file.h"
#include "core/tally/tally.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace weir::session {

struct Geo;          ///< geo.h
struct ScoreResult;  ///< evidence/score_result.h
using store::Mark;
using store::Silence;

/// The result of a run: a word per derived flow, and the tally of the words.
struct SignData {
    RunId run;
    Buffer<signs::SignWord> words;  ///< by derived row; 0 = not in the population of the family
    tally::Tally tally;
    std::vector<rules::UserSign> userSigns;  ///< meaning of the bits above the built-in signs
};

/// The state of a project. Immutable. Parts that are not computed yet are null; a later snapshot has them.
struct Snapshot {
    std::uint64_t version = 0;  ///< grows with every publish
    std::string path;
    bool untitled = false;
    std::string readOnlyReason;  ///< why changes stay in memory; empty = changes are saved
    std::vector<store::SourceInfo> sources;
    Settings settings;
    std::shared_ptr<const ListCatalog> lists;                   ///< null before the project was read
    std::shared_ptr<const std::vector<Mark>> marks;             ///< null before the project was read
    std::shared_ptr<const std::vector<Silence>> silences;       ///< null before the project was read
    std::shared_ptr<const Geo> geo;                             ///< null before the project was read
    std::shared_ptr<const flow::ChunkSource> records;           ///< null without sources
    std::shared_ptr<const std::vector<std::uint8_t>> hostBits;  ///< meter::HostBit flags per host
    std::shared_ptr<const meter::Cleaning> cleaning;            ///< records excluded from `flows`
    std::shared_ptr<const flow::DerivedFlows> flows;
    std::shared_ptr<const std::vector<std::uint8_t>> sentPacket;  ///< per host
    std::vector<std::shared_ptr<const SignData>> runs;            ///< those computed so far, in any order
    /// The stored tally of the default run, available right after opening, before `flows` and `runs`, so that rules can
    /// already be evaluated.
    std::shared_ptr<const tally::Tally> storedTally;
    std::vector<rules::UserSign> storedUserSigns;  ///< of its words

    std::shared_ptr<const ScoreResult> scores;  ///< scores of `records` under the last used profile

    /// The result of a run; null until it is computed.
    const std::shared_ptr<const SignData>& signs(const RunId& run = {}) const;
    /// Adds the result of its run, or replaces it.
    void setSigns(std::shared_ptr<const SignData> data);
    /// The tally of the default run, computed or stored; nullptr when there is neither.
    const tally::Tally* tally() const;
};
using SnapshotPtr = std::shared_ptr<const Snapshot>;

/// The sign words that rows show and filters evaluate: those of the default run if available, else of another, else
/// null.
const SignData* activeSigns(const Snapshot& snapshot);

}  // namespace weir::session
