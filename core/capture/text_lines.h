// Rows of a text cut into fields: delimiters and line ends are found 64 bytes at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace weir::capture::text {

/// One row. The views hold until the next call.
struct Line {
    std::string_view text;                     ///< without its line end
    std::vector<std::string_view> fields;      ///< at most as many as were asked for
    bool enough = false;                       ///< the row has as many fields as were asked for
    bool damaged = false;                      ///< a quote that never ends, or no JSON object
};

/// What a reader of lines must know of the text.
struct Layout {
    char delimiter = ',';   ///< '\0': every line is a JSON object, fields are the members named by `keys`
    bool quotes = true;     ///< RFC 4180: "a,b" is one field, "" a quote; a quoted field may hold line ends
    bool padded = false;    ///< blanks around fields do not count
    std::vector<std::string> keys;  ///< paths of members: "id.orig_h" also finds {"id": {"orig_h": …}}
};

/// Byte positions of three wanted characters, in order.
class Marks {
public:
    Marks(std::string_view text, char a, char b, char c) : text_(text), wanted_{a, b, c} { load(); }
    /// The next position; text.size() at the end.
    std::size_t next() {
        while (mask_ == 0) [[unlikely]] {
            if (block_ + 64 >= text_.size()) return text_.size();
            block_ += 64;
            load();
        }
        const std::size_t at = block_ + std::size_t(__builtin_ctzll(mask_));
        mask_ &= mask_ - 1;
        return at;
    }
    /// Forgets everything in front of `at`.
    void skipTo(std::size_t at);

private:
    void load();
    std::string_view text_;
    char wanted_[3];
    std::size_t block_ = 0;
    std::uint64_t mask_ = 0;
};

/// Walks over the rows of `text`. `fields` = how many of a row are wanted.
class LineReader {
public:
    LineReader(std::string_view text, const Layout& layout, std::size_t fields);
    /// False at the end. Blank lines are skipped.
    bool next(Line& line);

private:
    void delimited(Line& line);
    /// `wanted` false: the field is beyond those that were asked for.
    std::size_t quoted(std::size_t from, std::string_view& field, bool wanted, Line& line);

    std::string_view text_;
    const Layout& layout_;
    std::size_t fields_, at_ = 0;
    Marks marks_;
    std::deque<std::string> unquoted_;  ///< fields that held doubled quotes; views into them must not move
    std::size_t unquotedUsed_ = 0;
};

/// Fields of one JSON object; false = it is none. `unescaped` keeps strings that had escapes.
bool jsonFields(std::string_view object, std::span<const std::string> keys, std::vector<std::string_view>& fields, std::deque<std::string>& unescaped);

/// How many lines begin in `text`.
std::size_t countLines(std::string_view text);

}  // namespace weir::capture::text
