// Errors are values: Result<T>, Status and the error codes every module shares.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace weir {

enum class Errc : std::uint8_t {
    io,
    truncated,
    badMagic,
    unsupported,
    badRule,
    badFilter,
    store,
    cancelled,
    usage,
    notFound,
    exists,
    readOnly,
    busy
};

struct Error {
    Errc code{};
    std::string detail;        ///< what and where, English, one line; says what to do where that is known
    std::uint64_t offset = 0;  ///< byte or line in the input, 0 = not applicable
};

/// A value or an Error. Test with `if (!r)`, then `r.error()`; `*r` and `r->` need a value.
template <class T>
class [[nodiscard]] Result {
public:
    Result(T value) : v_(std::in_place_index<0>, std::move(value)) {}
    Result(Error e) : v_(std::in_place_index<1>, std::move(e)) {}
    explicit operator bool() const { return v_.index() == 0; }
    T& value() { return std::get<0>(v_); }
    const T& value() const { return std::get<0>(v_); }
    T& operator*() { return value(); }
    const T& operator*() const { return value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }
    const Error& error() const { return std::get<1>(v_); }

private:
    std::variant<T, Error> v_;
};

using Status = Result<std::monostate>;
inline Status ok() { return std::monostate{}; }
inline Error cancelledError() { return {Errc::cancelled, "cancelled", 0}; }

}  // namespace weir
