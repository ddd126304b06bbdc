// Distinct code words and their numbers, as Scores has them.
#pragma once

#include <cstdint>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace weir::score {

/// Numbers from 1 on in the order in which words come; number 0 is no word. Thread-safe but for words(); who asks often
/// remembers the answers.
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
