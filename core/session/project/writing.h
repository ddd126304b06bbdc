// The right to write to a project's file, as a value. Save As waits until no one holds it.
#pragma once

#include "core/store/project_file.h"

#include <condition_variable>
#include <memory>
#include <mutex>

namespace weir::session {

/// Counts writers, so that Save As can wait for them. Thread-safe.
class Writers {
public:
    void enter();
    void leave();
    /// Runs `alone` while there are no writers; new writers wait for it.
    Status runAlone(const std::function<Status()>& alone);

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    unsigned inside_ = 0;
    bool closed_ = false;  ///< an exclusive call is running or waiting
};

/// The file to write to. It remains the project's file while this object exists, so hold it only for the duration of
/// the write. A thread may hold several.
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
