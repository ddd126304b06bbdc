// Output, errors and jobs of a verb.
#include "app/cli/console.h"

namespace weir::cli {

void Console::print(const Json& document) {
    progress_.wipe();
    // Paths are bytes: what is no UTF-8 is replaced, never a reason to fail.
    out_ << document.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
}

void Console::note(std::string_view line) {
    progress_.wipe();
    err_ << "weir-cli: " << line << '\n';
}

int Console::fail(const Error& error) {
    note(error.detail);
    return error.code == Errc::cancelled ? kCancelled : kUsage;
}

int Console::usage(std::string_view line) {
    note(line);
    return kUsage;
}

std::unique_ptr<JobContext> Console::job() {
    progress_.restart();
    JobContext::Sink sink;
    if (progress_.shown()) sink = [this](const Progress& p) { progress_.show(p); };
    return std::make_unique<JobContext>(stop_, std::move(sink), threads);
}

}  // namespace weir::cli
