// The right to change a project's file, as a value: Save As waits for those who hold one.
#pragma once

#include "core/store/project_file.h"

#include <condition_variable>
#include <memory>
#include <mutex>

namespace weir::session {

/// Counts who writes, so that Save As can wait until nobody does. Thread-safe.
class Writers {
public:
    void enter();
    void leave();
    /// Runs `alone` while nobody writes; those who want to wait meanwhile.
    Status runAlone(const std::function<Status()>& alone);

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    unsigned inside_ = 0;
    bool closed_ = false;  ///< somebody is alone
};

/// The file to write to. It stays the project's file as long as this lives: keep it no longer than the write takes. A
/// thread may hold several.
class Writing {
public:
    Writing(std::shared_ptr<Writers> writers, std::shared_ptr<store::ProjectFile> file)
        : writers_(std::move(writers)), file_(std::move(file)) {}
    Writing(Writing&&) noexcept = default;
    Writing& operator=(Writing&&) = delete;
    ~Writing() {
        if (writers_) writers_->leave();
    }
    store::ProjectFile* operator->() const { return file_.get(); }
    store::ProjectFile& operator*() const { return *file_; }

private:
    std::shared_ptr<Writers> writers_;
    std::shared_ptr<store::ProjectFile> file_;
};

}  // namespace weir::session
