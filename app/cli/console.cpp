// Output, errors and jobs of a verb.
#include "app/cli/console.h"

#include "core/base/printable.h"

namespace weir::cli {
namespace {

bool losesSource(const std::vector<std::shared_ptr<store::DamageLog>>& logs) {
    for (const auto& log : logs)
        for (const store::Damage& d : log->list())
            if (d.loss == store::Loss::source) return true;
    return false;
}

}  // namespace

void Console::print(const Json& document) {
    progress_.wipe();
    printed_ = true;
    // Paths are bytes: bytes that are not UTF-8 are replaced and are no reason to fail.
    out_ << document.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
}

void Console::note(std::string_view line) {
    progress_.wipe();
    err_ << "weir-cli: " << printable(line) << '\n';
}

int Console::fail(const Error& error) {
    if (error.code == store::kDamaged && runsAgain()) return kUsage;  // the second run reports it
    note(error.detail);
    if (error.code == store::kDamaged && printed_) return kDamaged;
    return error.code == Errc::cancelled ? kCancelled : kUsage;
}

int Console::usage(std::string_view line) {
    note(line);
    return kUsage;
}

Status Console::openedProject(session::Project& project) {
    Status checked = ok();
    if (thorough_) {
        const auto work = job();
        checked = project.checkAll(*work);
    }
    damage_.push_back(project.reading()->damage());
    return checked;
}

bool Console::runsAgain() const { return !printed_ && !thorough_ && losesSource(damage_); }

int Console::runVerb(const Run& run) {
    int code = run(*this);
    if (code == kUsage && runsAgain()) {
        damage_.clear();
        thorough_ = true;
        code = run(*this);
    }
    sayDamage(code);
    return code;
}

void Console::sayDamage(int& code) {
    for (const auto& log : damage_) {
        for (const store::Damage& d : log->list()) {
            const char* const cost = d.loss == store::Loss::source ? "skipped; everything else was read"
                                     : d.loss == store::Loss::part ? "everything else was read"
                                                                   : "computed again";
            note(log->path() + ": damaged: " + d.text + "; " + cost);
            if (d.loss != store::Loss::derived && code == kDone) code = kDamaged;
        }
    }
}

std::unique_ptr<JobContext> Console::job() {
    progress_.restart();
    JobContext::Sink sink;
    if (progress_.shown()) sink = [this](const Progress& p) { progress_.show(p); };
    return std::make_unique<JobContext>(stop_, std::move(sink), threads);
}

}  // namespace weir::cli
