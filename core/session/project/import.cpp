// Walks the paths, rejects known and unreadable files, and imports one source per file.
#include "core/session/project/import.h"

#include "core/base/mapped_file.h"
#include "core/base/sha256.h"
#include "core/base/text.h"
#include "core/capture/packed_file.h"
#include "core/capture/reader.h"
#include "core/session/project/import_source.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <optional>

namespace weir::session {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr std::string_view kExportFormat = "export";
constexpr std::string_view kExportKind =
    "netflow-";  ///< prefix of a trace reader's id when its export datagrams were read

double secondsSince(Clock::time_point t) { return std::chrono::duration<double>(Clock::now() - t).count(); }

struct FileToRead {
    std::string path;
    std::string folder;  ///< the directory given, empty for a file given
};
/// Files as they are, directories walked in name order.
std::vector<FileToRead> filesOf(const std::vector<std::string>& paths) {
    std::vector<FileToRead> out;
    for (const std::string& path : paths) {
        std::error_code error;
        if (!fs::is_directory(path, error)) {
            out.push_back({path, {}});
            continue;
        }
        std::vector<std::string> found;
        for (fs::recursive_directory_iterator it(path, fs::directory_options::skip_permission_denied, error), end;
             !error && it != end; it.increment(error))
            if (std::error_code ignored; it->is_regular_file(ignored)) found.push_back(it->path().string());
        std::sort(found.begin(), found.end());
        for (std::string& file : found) out.push_back({std::move(file), path});
    }
    return out;
}

std::uint64_t sizeOf(const std::string& path) {
    std::error_code error;
    const auto n = fs::file_size(path, error);
    return error ? 0 : n;
}

class Import {
public:
    Import(Project& project, const ImportRequest& request, JobContext& job)
        : project_(project), request_(request), job_(job) {}

    Result<ImportReport> run() {
        if (!request_.format.empty() && request_.format != kExportFormat && !readerNamed(request_.format))
            return Error{Errc::usage, "unknown format " + request_.format, 0};
        const auto files = filesOf(request_.paths);
        for (const FileToRead& f : files) totalBytes_ += sizeOf(f.path);
        ImportReport report;
        for (const FileToRead& file : files) {
            const std::uint64_t bytes = sizeOf(file.path);
            folder_ = file.folder;
            auto done = one(file.path);
            if (!done) {
                if (done.error().code != Errc::cancelled) (void)publish(true);
                return done.error();
            }
            doneBytes_ += bytes;
            report.files.push_back(std::move(*done));
        }
        if (const Status s = publish(true); !s) return s.error();
        return report;
    }

private:
    static const capture::ReaderDef* readerNamed(std::string_view id) {
        const auto all = capture::readers();
        const auto found =
            std::find_if(all.begin(), all.end(), [&](const capture::ReaderDef& r) { return r.id == id; });
        return found == all.end() ? nullptr : &*found;
    }

    static ImportedFile refused(const std::string& path, std::string why, bool failed) {
        ImportedFile f;
        f.path = path;
        f.notice = std::move(why);
        f.failed = failed;
        return f;
    }

    Result<ImportedFile> one(const std::string& path) {
        packed_ = nullptr;
        auto file = MappedFile::open(path);
        if (!file) return refused(path, file.error().detail, true);
        const FileBytes bytes = file->file();
        if (bytes.size() == 0) return refused(path, "the file is empty", true);
        const bool packed = !capture::packingOf(bytes.head()).empty();
        std::optional<capture::PackedFile> inside;
        if (packed) inside.emplace(bytes, unpacking());
        if (job_.cancelled()) return cancelledError();
        const FileBytes content = packed ? inside->bytes() : bytes;
        const auto head = content.head();
        const capture::ReaderDef* reader = request_.format.empty() || request_.format == kExportFormat
                                               ? capture::bestReader(head)
                                               : readerNamed(request_.format);
        if (!reader)
            return refused(path, packed && head.empty() ? whyEmpty(*inside) : capture::describeUnknown(head), true);
        std::string hash;
        if (!request_.again) {
            const auto known = sourceWithTheseBytes(path, bytes.size(), hash);
            if (!known) return known.error();
            if (*known) return refused(path, "already in the project as source " + std::to_string(*known), false);
        }
        packed_ = packed ? &*inside : nullptr;
        return read(path, content, bytes.size(), *reader, std::move(hash));
    }

    /// Of a packed file that gave no byte: what is wrong with the archive.
    static std::string whyEmpty(const capture::PackedFile& file) {
        const capture::DropCounts drops = file.drops();
        return drops.list().empty() ? capture::describeUnknown({}) : std::string(drops.list().front().reason);
    }

    /// Random-access data is placed next to the project, where there is space for captures.
    capture::PackedFile::Options unpacking() const {
        const auto snapshot = project_.snapshot();
        const std::string folder = fs::path(snapshot->path).parent_path().string();
        return {snapshot->settings.capture.mostUnpacked, folder.empty() ? "." : folder, job_.stopToken()};
    }

    /// `bytes`: as the reader sees them; `fileBytes`: on disk.
    Result<ImportedFile> read(const std::string& path, const FileBytes& bytes, std::uint64_t fileBytes,
                              const capture::ReaderDef& reader, std::string hash) {
        const auto begun = Clock::now();
        const Writing project = project_.writing();
        auto writer = project->beginSource();
        if (!writer) return writer.error();
        const Settings settings = project_.snapshot()->settings;
        JobContext part = jobOfFile();
        capture::ReadOptions options = settings.capture;
        const auto own = request_.csvMappings.find(path);
        options.csvMapping = own == request_.csvMappings.end() ? request_.csvMapping : own->second;
        auto got = reader.isTrace() ? readTrace(bytes, reader, options, traceUse(), settings.meter, **writer, part)
                                    : readFlowFile(bytes, reader, options, **writer, part);
        if (!got) {
            const Errc code = got.error().code;
            if (code == Errc::cancelled || code == Errc::store) return got.error();
            return refused(path, got.error().detail, true);
        }
        if (packed_) {
            if (const Status s = packed_->kept(); !s) return refused(path, s.error().detail, true);
            got->counts.drops.merge(packed_->drops());
        }
        ImportedFile out;
        out.path = path;
        out.damaged = got->counts.drops.damaged() > 0;
        if (got->counts.flows == 0 && out.damaged) return refused(path, nothingGood(got->counts.drops), true);
        out.source = describe(path, fileBytes, reader, got->counts);
        if (got->asExports)
            out.source.kind = std::string(kExportKind) + out.source.kind;
        else
            out.notice = shareNotice(got->share);
        out.source.group = folder_;
        out.source.exporters = std::move(got->exporters);
        out.source.settings = toJson(settings);
        out.source.seconds = secondsSince(begun);
        if (hash.empty() && request_.hashNow) {
            JobContext hashing = jobOfFile();
            auto sum = sha256File(path, hashing);
            if (!sum) return sum.error();
            hash = std::move(*sum);
        }
        out.source.sha256 = std::move(hash);
        const auto number = (*writer)->finish(out.source, got->addresses);
        if (!number) return number.error();
        out.source.number = *number;
        writer->reset();
        if (const Status s = publish(false); !s) return s.error();
        return out;
    }

    TraceUse traceUse() const {
        if (request_.format.empty()) return TraceUse::decide;
        return request_.format == kExportFormat ? TraceUse::exports : TraceUse::packets;
    }

    static std::string shareNotice(const capture::ExportShare& share) {
        if (share.exports == 0) return {};
        return "flow records (NetFlow, IPFIX, sFlow) in " + std::to_string(share.exports) + " of its " +
               std::to_string(share.udp) +
               " UDP datagrams; its packets were metered, --format export reads the records";
    }

    static std::string nothingGood(const capture::DropCounts& drops) {
        for (const capture::Drop& d : drops.list())
            if (d.damage)
                return "no usable record: " + std::string(d.reason) + " at byte " + std::to_string(d.firstOffset);
        return "no usable record";
    }

    static store::SourceInfo describe(const std::string& path, std::uint64_t bytes, const capture::ReaderDef& reader,
                                      const ReadCounts& counts) {
        store::SourceInfo s;
        s.path = path;
        s.kind = reader.id;
        s.flows = counts.flows;
        s.packets = counts.packets;
        s.bytes = counts.bytes;
        s.first = counts.first;
        s.last = counts.last;
        s.fileBytes = bytes;
        s.packetsSeen = counts.packetsSeen;
        s.importedAt = utcNow();
        for (const capture::Drop& d : counts.drops.list())
            s.drops.push_back({std::string(d.reason), d.count, d.firstOffset, d.damage});
        return s;
    }

    /// Number of the source with the same content, 0 = none. Hashes only if sizes are equal; `hash` then gets this
    /// file's hash.
    Result<std::uint32_t> sourceWithTheseBytes(const std::string& path, std::uint64_t bytes, std::string& hash) {
        const auto present = project_.reading()->sources();
        if (!present) return present.error();
        for (const store::SourceInfo& s : *present) {
            if (s.fileBytes != bytes) continue;
            if (hash.empty()) {
                JobContext hashing = jobOfFile();
                auto sum = sha256File(path, hashing);
                if (!sum) return sum.error();
                hash = std::move(*sum);
            }
            const auto theirs = hashOf(s, path, hash);
            if (!theirs) return theirs.error();
            if (*theirs == hash) return s.number;
        }
        return std::uint32_t{0};
    }

    /// Hash of a source, computed now if still missing; empty when its file no longer exists.
    Result<std::string> hashOf(const store::SourceInfo& s, const std::string& path, const std::string& hashOfPath) {
        if (!s.sha256.empty()) return s.sha256;
        std::string sum;
        if (std::error_code error; fs::equivalent(s.path, path, error)) {
            sum = hashOfPath;
        } else if (sizeOf(s.path) == s.fileBytes) {
            JobContext hashing = jobOfFile();
            auto computed = sha256File(s.path, hashing);
            if (!computed && computed.error().code == Errc::cancelled) return computed.error();
            if (computed) sum = std::move(*computed);
        }
        if (!sum.empty())
            if (const Status saved = project_.writing()->setSourceHash(s.number, sum); !saved) return saved.error();
        return sum;
    }

    /// Maps the progress of one file to that of all files.
    JobContext jobOfFile() {
        return JobContext(
            job_.stopToken(),
            [this, packed = packed_](const Progress& p) {
                const std::uint64_t bytes =
                    p.unit != "bytes" ? doneBytes_ : doneBytes_ + (packed ? packed->packedRead() : p.done);
                (void)job_.step(std::min(bytes, totalBytes_), totalBytes_, p.stage, "bytes");
            },
            job_.threads());
    }

    /// The cost of a snapshot grows with the number of sources: many small files share one.
    Status publish(bool last) {
        const bool due = publishCost_ == 0 || secondsSince(published_) > 3 * publishCost_;
        if (!last) unpublished_ = true;
        if (!unpublished_ || !(last || due)) return ok();
        const auto begun = Clock::now();
        const Status s = project_.reload();
        published_ = Clock::now();
        publishCost_ = secondsSince(begun);
        unpublished_ = false;
        return s;
    }

    Project& project_;
    const ImportRequest& request_;
    JobContext& job_;
    std::string folder_;                           ///< of the file being read
    const capture::PackedFile* packed_ = nullptr;  ///< while one is read
    std::uint64_t totalBytes_ = 0, doneBytes_ = 0;
    Clock::time_point published_;
    double publishCost_ = 0;
    bool unpublished_ = false;
};

}  // namespace

bool ImportReport::anyUsable() const {
    return std::any_of(files.begin(), files.end(), [](const ImportedFile& f) { return !f.failed; });
}
bool ImportReport::anyDamaged() const {
    return std::any_of(files.begin(), files.end(), [](const ImportedFile& f) { return f.damaged; });
}

Result<ImportReport> importFiles(Project& project, const ImportRequest& request, JobContext& job) {
    return Import(project, request, job).run();
}

Status hashSources(Project& project, JobContext& job) {
    const auto sources = project.reading()->sources();
    if (!sources) return sources.error();
    for (const store::SourceInfo& s : *sources) {
        if (!s.sha256.empty() || sizeOf(s.path) != s.fileBytes) continue;
        const auto sum = sha256File(s.path, job);
        if (!sum) {
            if (sum.error().code == Errc::cancelled) return sum.error();
            continue;  // the capture is missing or unreadable: its hash stays unknown
        }
        if (const Status saved = project.writing()->setSourceHash(s.number, *sum); !saved) return saved;
        project.publish([&](Snapshot& next) {
            for (store::SourceInfo& present : next.sources)
                if (present.number == s.number) present.sha256 = *sum;
        });
    }
    return ok();
}

}  // namespace weir::session
