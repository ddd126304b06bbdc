// Any bytes as a program of changes to a project file: opening it and reading everything stays within bounds.
// What the changes are: project_mutator.h.
#include "tests/support/project_mutator.h"

#include <unistd.h>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <span>

namespace {

using namespace weir;

/// Projects of all versions, made once by the running code, in a folder that goes at the end.
struct Projects {
    std::string folder = (std::filesystem::exists("/dev/shm") ? std::string("/dev/shm")
                                                              : std::filesystem::temp_directory_path().string()) +
                         "/weir-fuzz-" + std::to_string(::getpid());
    std::vector<std::string> paths;
    Projects() {
        std::filesystem::create_directories(folder);
        paths = support::makeProjects(folder, WEIR_SOURCE_DIR);
        if (paths.empty()) std::abort();
    }
    Projects(const Projects&) = delete;
    Projects& operator=(const Projects&) = delete;
    ~Projects() {
        std::error_code ignored;
        std::filesystem::remove_all(folder, ignored);
    }
};

/// Numbers from the input, then zeros.
class Input {
public:
    Input(const std::uint8_t* data, std::size_t size) : rest_(data, size) {}
    /// One byte says how many bytes the number has: small choices cost little input.
    std::uint64_t next() {
        if (rest_.empty()) return 0;
        const std::size_t n = std::min<std::size_t>(rest_.size() - 1, rest_[0] < 0xf0 ? 0 : 8);
        std::uint64_t v = rest_[0];
        if (n > 0) std::memcpy(&v, rest_.data() + 1, n);
        rest_ = rest_.subspan(1 + n);
        return v;
    }

private:
    std::span<const std::uint8_t> rest_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Projects kProjects;
    const std::string file = kProjects.folder + "/mutant.weir";
    for (const auto& left : std::filesystem::directory_iterator(kProjects.folder))
        if (left.path().filename().string().starts_with("mutant")) std::filesystem::remove(left.path());
    Input input(data, size);
    const support::Draw draw = [&input] { return input.next(); };
    std::filesystem::copy_file(kProjects.paths[std::size_t(draw() % kProjects.paths.size())], file);
    (void)support::damageProject(file, draw);
    if (support::readProject(file, draw).find('\n') != std::string::npos) std::abort();  // errors are one line
    return 0;
}
