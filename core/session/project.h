// An open project: the file behind it and the immutable snapshot that all views and verbs read.
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/flow/chunk_source.h"
#include "core/flow/derived_flows.h"
#include "core/profile/profile.h"
#include "core/rules/rule_set.h"
#include "core/session/list_catalog.h"
#include "core/session/settings.h"
#include "core/session/writing.h"
#include "core/signs/sign_word.h"
#include "core/store/project_file.h"
#include "core/tally/tally.h"

#include <array>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace weir::session {

struct ScoreResult;  ///< score.h
using store::Mark;
using store::Silence;
struct Geo;          ///< geo.h
struct RuleComparison;  ///< compare.h
struct ScoreComparison; ///< compare_scores.h
struct Sweep;           ///< sweep.h

/// The signs of one direction: per derived flow a word, and the tally of the words.
struct SignData {
    flow::Direction direction = flow::Direction::in;
    Buffer<signs::SignWord> words;   ///< by derived row; 0 = not classified
    tally::Tally tally;
    std::vector<rules::UserSign> userSigns;   ///< what the bits behind the built-in signs stand for
};

/// Immutable. Parts that are not computed yet are null; a later snapshot has them.
struct Snapshot {
    std::uint64_t version = 0;       ///< grows with every publish
    std::string path;
    bool untitled = false;
    std::string readOnlyReason;      ///< why changes stay in memory; empty = they reach the file
    std::vector<store::SourceInfo> sources;
    Settings settings;
    std::shared_ptr<const ListCatalog> lists;                   ///< null before the project was read
    std::shared_ptr<const std::vector<Mark>> marks;             ///< null before the project was read
    std::shared_ptr<const std::vector<Silence>> silences;       ///< null before the project was read
    std::shared_ptr<const Geo> geo;                             ///< null before the project was read
    std::shared_ptr<const flow::ChunkSource> records;           ///< null without sources
    std::shared_ptr<const std::vector<std::uint8_t>> hostBits;  ///< meter::HostBit per host
    std::shared_ptr<const meter::Cleaning> cleaning;            ///< what `flows` leaves out
    std::shared_ptr<const flow::DerivedFlows> flows;
    std::shared_ptr<const std::vector<std::uint8_t>> sentPacket; ///< per host
    std::array<std::shared_ptr<const SignData>, 2> signs;        ///< by flow::Direction
    /// The stored tally of the default direction, there at once after opening, before `flows` and `signs` are: rules can already be judged.
    std::shared_ptr<const tally::Tally> storedTally;
    std::vector<rules::UserSign> storedUserSigns;                 ///< of its words

    std::shared_ptr<const RuleComparison> comparison;             ///< whose classes the filter terms `champion` and `challenger` name; null = none was asked
    std::shared_ptr<const ScoreComparison> scoreComparison;       ///< whose badness they name; at most one of the two is there
    std::shared_ptr<const Sweep> sweep;                           ///< whose flips the filter terms `unstable` and `flips` name
    std::shared_ptr<const ScoreResult> scores;                    ///< of `records`, by the profile that was asked last

    /// Tally of inbound words, from `signs` or stored; nullptr when neither is there.
    const tally::Tally* inboundTally() const;
};
using SnapshotPtr = std::shared_ptr<const Snapshot>;

/// Thread-safe. Verbs change it through publish(); views hold SnapshotPtr.
class Project {
public:
    static Result<std::shared_ptr<Project>> create(const std::string& path, store::Opening opening = {});
    static Result<std::shared_ptr<Project>> open(const std::string& path, store::Opening opening = {});
    /// Opens the project, or creates it where there is none, whatever other programs do meanwhile.
    static Result<std::shared_ptr<Project>> openOrCreate(const std::string& path, const store::Opening& opening = {});
    /// An untitled project that a crash left (recovery.h).
    static Result<std::shared_ptr<Project>> openUntitled(const std::string& path);
    /// A project of its own in the cache directory, to be saved or dropped. Its file appears with the first source, or at publishFile().
    static Result<std::shared_ptr<Project>> createUntitled();

    SnapshotPtr snapshot() const;
    /// The file to read from; it stays readable whatever becomes of the project.
    std::shared_ptr<const store::ProjectFile> reading() const;
    /// The file to write to. Waits while Save As puts another one in its place.
    Writing writing() const;

    /// Copies the present snapshot, lets `change` edit the copy, publishes it with a new version.
    void publish(const std::function<void(Snapshot&)>& change);
    /// Re-reads sources, settings and records from the file and drops what is derived from them.
    Status reload();
    /// When a source turned out to be damaged since the last reload(): looks through all of them, leaves the damaged ones out and reloads.
    /// False: nothing new is damaged, or the rest cannot be read either.
    bool leaveOutDamaged(JobContext& job);
    /// Looks through all sources; where something is damaged the project goes on read-only, without it. Errors: store, cancelled.
    Status checkAll(JobContext& job);
    /// Re-reads the lists; what was computed stays.
    Status reloadLists();
    /// Re-reads marks and silences; what was computed stays.
    Status reloadMarks();
    /// Stores the settings and drops what depends on them (Redo::packets settings are stored, existing sources keep their records).
    Status changeSettings(const Settings& settings);
    /// Copies the project to `path` and goes on there; an untitled file is removed. What is written meanwhile is in the copy.
    Status saveAs(const std::string& path, JobContext& job);
    /// The same into a new untitled project: the file is left as it is.
    Status moveToUntitled(JobContext& job);
    /// Gives a new project its name before it has a source.
    Status publishFile() { return writing()->publish(); }
    /// Reads what other programs wrote since the last call, if anything; true = a new snapshot was published.
    Result<bool> follow();
    /// Closing removes the file of an untitled project, and any project that has no source yet and never got its name.
    void discard();

private:
    Project(std::unique_ptr<store::ProjectFile> file, bool untitled);
    Status moveTo(const std::string& path, bool untitled, JobContext& job);
    const std::shared_ptr<Writers> writers_ = std::make_shared<Writers>();
    std::mutex marksMutex_;      ///< one reads marks and publishes them at a time, so that older ones never follow newer ones
    mutable std::mutex mutex_;   ///< guards what follows; nothing is read or computed under it
    std::shared_ptr<store::ProjectFile> file_;
    SnapshotPtr snapshot_;
};
using ProjectPtr = std::shared_ptr<Project>;

}  // namespace weir::session
