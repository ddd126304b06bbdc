// Output to a terminal, line by line and without control characters.
#pragma once

#include "core/base/printable.h"

#include <ostream>
#include <streambuf>
#include <string>

namespace weir::cli {

/// Writes text to another stream, with control characters other than tabs and line ends made visible
/// (core/base/printable.h). For terminals only: files and pipes should get the bytes as they are. A line is written
/// when its end arrives, the last one when this object is destroyed. Not thread-safe.
class TerminalText final : public std::streambuf {
public:
    explicit TerminalText(std::ostream& to) : to_(to) {}  ///< `to` must outlive it
    ~TerminalText() override { pass(); }

protected:
    int_type overflow(int_type c) override {
        if (traits_type::eq_int_type(c, traits_type::eof())) return traits_type::not_eof(c);
        line_ += traits_type::to_char_type(c);
        if (line_.back() == '\n') pass();
        return c;
    }

private:
    void pass() {
        std::size_t from = 0;
        for (std::size_t at = 0; (at = line_.find_first_of("\t\n", from)) != std::string::npos; from = at + 1)
            to_ << printable(std::string_view(line_).substr(from, at - from)) << line_[at];
        to_ << printable(std::string_view(line_).substr(from));
        line_.clear();
    }

    std::ostream& to_;
    std::string line_;
};

}  // namespace weir::cli
