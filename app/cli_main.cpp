// The program weir-cli: Weir on the command line.
#include "app/cli/cli_registry.h"
#include "app/cli/terminal_text.h"
#include "core/base/freed_memory.h"
#include "core/base/last_resort.h"

#include <unistd.h>
#include <csignal>
#include <iostream>
#include <stop_token>
#include <system_error>
#include <thread>

namespace {

/// The first Ctrl-C cancels the running job; a second one ends the program at once (the project stays valid: imports
/// are atomic). A thread waits for the signals, since a signal handler may not lock anything.
void watchSignals(std::stop_source stop) {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    try {
        std::thread([signals, stop]() mutable {
            int which = 0;
            while (sigwait(&signals, &which) == 0)
                if (!stop.request_stop()) ::_exit(weir::cli::kCancelled);
        }).detach();
    } catch (const std::system_error&) {
        // No thread available: the first Ctrl-C ends the program at once.
        pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
    }
}

int run(int argc, char** argv) {
    std::stop_source stop;
    watchSignals(stop);
    int code = weir::cli::kUsage;
    {
        weir::cli::TerminalText shown(std::cout);
        std::ostream terminal(&shown);
        weir::cli::Console console(::isatty(STDOUT_FILENO) == 1 ? terminal : std::cout, std::cerr, stop.get_token());
        code = weir::cli::runCli(argc, argv, console);
    }
    std::cout.flush();
    return code;
}

}  // namespace

int main(int argc, char** argv) {
    weir::keepFreedMemory();
    std::ios::sync_with_stdio(false);
    std::signal(SIGPIPE, SIG_DFL);
    return weir::guarded("weir-cli", [&] { return run(argc, argv); });
}
