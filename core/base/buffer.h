// Large uninitialised arrays of plain values, on huge pages where the system has them.
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <initializer_list>
#include <new>
#include <span>
#include <type_traits>
#include <utility>

namespace weir {

/// Bytes behind Buffer. Throws std::bad_alloc.
void* allocateBytes(std::size_t bytes);
void* allocateZeros(std::size_t bytes);
void* reallocateBytes(void* old, std::size_t oldBytes, std::size_t newBytes);
void freeBytes(void* p, std::size_t bytes) noexcept;

/// A growable array of trivially copyable T whose resize() leaves new elements uninitialised.
/// Move only. From 1 MiB on memory comes straight from the system, in whole huge pages, and goes straight back.
template <class T>
class Buffer {
    static_assert(std::is_trivially_copyable_v<T>);

public:
    using value_type = T;
    Buffer() = default;
    explicit Buffer(std::size_t n) { resize(n); }
    Buffer(std::size_t n, T v) { assign(n, v); }
    /// Memory straight from the system is zero without being written.
    static Buffer zeros(std::size_t n) {
        Buffer b;
        b.data_ = static_cast<T*>(allocateZeros(n * sizeof(T)));
        b.size_ = b.cap_ = n;
        return b;
    }
    Buffer(std::initializer_list<T> v) {
        resize(v.size());
        std::size_t i = 0;
        for (const T& x : v) data_[i++] = x;
    }
    Buffer(Buffer&& o) noexcept
        : data_(std::exchange(o.data_, nullptr)), size_(std::exchange(o.size_, 0)), cap_(std::exchange(o.cap_, 0)) {}
    Buffer& operator=(Buffer&& o) noexcept {
        std::swap(data_, o.data_);
        std::swap(size_, o.size_);
        std::swap(cap_, o.cap_);
        return *this;
    }
    ~Buffer() { freeBytes(data_, cap_ * sizeof(T)); }

    void reserve(std::size_t n) {
        if (n <= cap_) return;
        data_ = static_cast<T*>(reallocateBytes(data_, cap_ * sizeof(T), n * sizeof(T)));
        cap_ = n;
    }
    void resize(std::size_t n) {
        if (n > cap_) reserve(n > cap_ + cap_ / 2 ? n : cap_ + cap_ / 2);
        size_ = n;
    }
    void assign(std::size_t n, T v) {
        resize(n);
        for (std::size_t i = 0; i < n; ++i) data_[i] = v;
    }
    void push_back(T v) {
        const std::size_t at = size_;
        resize(size_ + 1);
        data_[at] = v;
    }
    void append(std::span<const T> v) {
        const std::size_t at = size_;
        resize(size_ + v.size());
        if (!v.empty()) std::memcpy(data_ + at, v.data(), v.size() * sizeof(T));
    }
    void clear() { size_ = 0; }
    void release() { *this = Buffer(); }

    T& operator[](std::size_t i) {
        assert(i < size_);
        return data_[i];
    }
    const T& operator[](std::size_t i) const {
        assert(i < size_);
        return data_[i];
    }
    T* data() { return data_; }
    const T* data() const { return data_; }
    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    T* begin() { return data_; }
    T* end() { return data_ + size_; }
    const T* begin() const { return data_; }
    const T* end() const { return data_ + size_; }
    T& back() { return (*this)[size_ - 1]; }
    std::span<const T> span() const { return {data_, size_}; }
    Buffer clone() const {
        Buffer b;
        b.append(*this);
        return b;
    }

private:
    T* data_ = nullptr;
    std::size_t size_ = 0, cap_ = 0;
};

}  // namespace weir
