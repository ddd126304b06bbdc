// See real_screen.h.
#include "tests/support/real_screen.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace weir::test {
namespace {

constexpr const char* kMark = "WEIR_TEST_SCREEN";
using Words = std::vector<std::string>;
using Variables = std::vector<std::pair<const char*, std::string>>;

/// Ends with its owner.
class Process {
public:
    /// A quiet program writes to nowhere; `output` gets its standard output, and of one that is not quiet its errors;
    /// -1 = nothing does.
    Process(const Words& command, const Variables& variables, bool quiet, int output = -1) {
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
        if (output >= 0 && !quiet) dup2(output, 2);
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

/// One run: the server, the window manager, and the program on it.
class Screen {
public:
    /// `output` is a descriptor for what the run prints; -1 = where this process prints.
    Screen(const char* size, char** argv, int output) : size_(size) {
        if (const char* why = start(argv, output)) fail(why);
    }
    /// Waits for the program; 0 if it returned that.
    int wait() {
        if (program_ && program_->wait() != 0) fail("the run failed");
        return failed_ ? 1 : 0;
    }

private:
    /// What is missing, else nullptr.
    const char* start(char** argv, int output) {
        Pipe number;
        const Words command = {"Xvfb",        "-displayfd", "1",   "-screen", "0",
                               size_ + "x24", "-nolisten",  "tcp", "-noreset"};
        server_.emplace(command, Variables{}, true, number.ends[1]);
        const std::string display = number.read(true);
        if (display.empty()) return "Xvfb does not start (installer/packages.test.txt)";
        // No settings of the person who runs the test, no session bus of theirs or started for us.
        Variables variables = {
            {"DISPLAY", ":" + display}, {"DBUS_SESSION_BUS_ADDRESS", "disabled:"}, {"NO_AT_BRIDGE", "1"}};
        Variables bare = variables;
        for (const char* home : {"HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"})
            bare.emplace_back(home, "/dev/null");
        manager_.emplace(Words{"openbox", "--sm-disable"}, bare, true);
        if (!isManaged(variables)) return "openbox does not start, or xprop is missing (installer/packages.test.txt)";
        variables.emplace_back("QT_QPA_PLATFORM", "xcb");
        variables.emplace_back(kMark, size_);
        Words again = {"/proc/self/exe"};
        for (char** word = argv + 1; *word != nullptr; ++word) again.emplace_back(*word);
        program_.emplace(again, variables, false, output);
        return nullptr;
    }
    void fail(const char* what) {
        std::fprintf(stderr, "screen %s: %s\n", size_.c_str(), what);
        failed_ = true;
    }

    std::string size_;
    bool failed_ = false;
    std::optional<Process> server_, manager_, program_;  // in this order: the last ends first
};

void print(const char* size, int file) {
    std::printf("screen %s\n", size);
    lseek(file, 0, SEEK_SET);
    char bytes[4096];
    for (ssize_t n = 0; (n = read(file, bytes, sizeof bytes)) > 0;) std::fwrite(bytes, 1, std::size_t(n), stdout);
    std::fflush(stdout);
}

}  // namespace

int runOnScreens(char** argv, std::initializer_list<const char*> sizes) {
    std::deque<Screen> screens;
    std::vector<int> outputs;  // the first prints at once, the others when it is done
    for (const char* size : sizes) {
        if (screens.empty()) std::printf("screen %s\n", size);
        std::fflush(stdout);
        outputs.push_back(screens.empty() ? -1 : memfd_create("output", MFD_CLOEXEC));
        screens.emplace_back(size, argv, outputs.back());
    }
    int failed = 0;
    for (std::size_t i = 0; i < screens.size(); ++i) {
        failed |= screens[i].wait();
        if (outputs[i] < 0) continue;
        print(std::data(sizes)[i], outputs[i]);
        close(outputs[i]);
    }
    return failed;
}

bool isOnScreen() { return std::getenv(kMark) != nullptr; }

}  // namespace weir::test
