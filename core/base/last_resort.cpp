// One line on stderr, written without taking memory.
#include "core/base/last_resort.h"

#include <unistd.h>
#include <cerrno>
#include <cstring>
#include <exception>
#include <new>
#include <system_error>

namespace weir {
namespace {

const char* programName = "weir";

void say(const char* text) {
    for (const char* part : {programName, ": ", text, "\n"}) (void)!::write(STDERR_FILENO, part, std::strlen(part));
}

[[noreturn]] void endNow() {
    if (std::current_exception())
        sayException();
    else
        say("an internal error; please report it");
    ::_exit(kCannotGoOn);
}

}  // namespace

void sayException() {
    try {
        throw;
    } catch (const std::bad_alloc&) {
        say("not enough memory");
    } catch (const std::system_error& e) {
        const bool threads = e.code().value() == EAGAIN;
        say(threads ? "the system has no more threads for this user" : e.what());
    } catch (const std::exception& e) {
        say(e.what());
    } catch (...) {
        say("an internal error; please report it");
    }
}

int guarded(const char* program, const std::function<int()>& run) {
    programName = program;
    std::set_terminate(endNow);
    try {
        return run();
    } catch (...) {
        sayException();
        return kCannotGoOn;
    }
}

}  // namespace weir
