// Distinct code words and their numbers, as used by Scores.
#pragma once

#include <cstdint>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace weir::score {

/// Assigns numbers from 1 in order of first appearance; number 0 is not a word. of() is thread-safe and takes a lock,
/// so callers should cache the result. words() is not thread-safe.
class WordNumbers {
public:
    std::uint32_t of(std::uint64_t word) {
        const std::lock_guard lock(mutex_);
        const auto [at, added] = numbers_.try_emplace(word, std::uint32_t(words_.size()));
        if (added) words_.push_back(word);
        return at->second;
    }
    const std::vector<std::uint64_t>& words() const { return words_; }

private:
    std::mutex mutex_;
    std::unordered_map<std::uint64_t, std::uint32_t> numbers_;
    std::vector<std::uint64_t> words_{0};
};

}  // namespace weir::score
