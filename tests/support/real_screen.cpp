// See real_screen.h.
#include "tests/support/real_screen.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

namespace weir::test {
namespace {

constexpr const char* kMark = "WEIR_TEST_SCREEN";
using Variables = std::vector<std::pair<const char*, std::string>>;

/// Ends with its owner.
class Process {
public:
    /// A quiet program writes to nowhere; `output` is where its standard output goes instead, -1 = no other place.
    Process(const std::vector<std::string>& command, const Variables& variables, bool quiet, int output = -1) {
        const pid_t parent = getpid();
        pid_ = fork();
        if (pid_ != 0) return;
        prctl(PR_SET_PDEATHSIG, SIGTERM);
        if (getppid() != parent) _exit(127);
        for (const auto& [name, value] : variables) setenv(name, value.c_str(), 1);
        if (quiet) {
            const int nowhere = open("/dev/null", O_RDWR);
            dup2(nowhere, 1);
            dup2(nowhere, 2);
        }
        if (output >= 0) dup2(output, 1);
        std::vector<char*> arguments;
        for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
        arguments.push_back(nullptr);
        execvp(arguments[0], arguments.data());
        _exit(127);
    }
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;
    ~Process() {
        if (pid_ > 0) kill(pid_, SIGTERM);
        wait();
    }
    /// Exit code; 128 + n after signal n.
    int wait() {
        int status = 0;
        if (pid_ <= 0 || waitpid(std::exchange(pid_, 0), &status, 0) < 0) return 127;
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }

private:
    pid_t pid_ = 0;
};

struct Pipe {
    Pipe() {
        if (pipe2(ends, O_CLOEXEC) != 0) ends[0] = ends[1] = -1;
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    ~Pipe() {
        closeWriter();
        close(ends[0]);
    }
    void closeWriter() {
        if (ends[1] >= 0) close(std::exchange(ends[1], -1));
    }
    /// What is written until the writers are gone or, with `line`, until a line is complete.
    std::string read(bool line) {
        closeWriter();
        std::string text;
        char c = 0;
        while (::read(ends[0], &c, 1) == 1 && !(line && c == '\n')) text += c;
        return text;
    }
    int ends[2];
};

/// A window manager is at work once it has said so on the root window.
bool isManaged(const Variables& variables) {
    for (int tries = 0; tries < 200; ++tries) {
        Pipe answer;
        Process look({"xprop", "-root", "_NET_SUPPORTING_WM_CHECK"}, variables, true, answer.ends[1]);
        if (answer.read(false).find("window id") != std::string::npos) return true;
        if (look.wait() == 127) return false;
        usleep(20'000);
    }
    return false;
}

int runOnScreen(char** argv, const char* size) {
    const auto fail = [size](const char* what) {
        std::fprintf(stderr, "screen %s: %s\n", size, what);
        return 1;
    };
    Pipe number;
    Process server({"Xvfb", "-displayfd", "1", "-screen", "0", std::string(size) + "x24", "-nolisten", "tcp", "-noreset"}, {}, true, number.ends[1]);
    const std::string display = number.read(true);
    if (display.empty()) return fail("Xvfb does not start (installer/packages.test.txt)");
    // No settings of the person who runs the test, no session bus of theirs or started for us.
    Variables variables = {{"DISPLAY", ":" + display}, {"DBUS_SESSION_BUS_ADDRESS", "disabled:"}, {"NO_AT_BRIDGE", "1"}};
    Variables bare = variables;
    for (const char* home : {"HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"}) bare.emplace_back(home, "/dev/null");
    Process manager({"openbox", "--sm-disable"}, bare, true);
    if (!isManaged(variables)) return fail("openbox does not start, or xprop is missing (installer/packages.test.txt)");
    variables.emplace_back("QT_QPA_PLATFORM", "xcb");
    variables.emplace_back(kMark, size);
    std::vector<std::string> command = {"/proc/self/exe"};
    for (char** word = argv + 1; *word != nullptr; ++word) command.emplace_back(*word);
    std::printf("screen %s\n", size);
    std::fflush(stdout);
    return Process(command, variables, false).wait() == 0 ? 0 : fail("the run failed");
}

}  // namespace

int runOnScreens(char** argv, std::initializer_list<const char*> sizes) {
    int failed = 0;
    for (const char* size : sizes) failed |= runOnScreen(argv, size);
    return failed;
}

bool isOnScreen() { return std::getenv(kMark) != nullptr; }

}  // namespace weir::test
