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

/// Longer rows are damage.
inline constexpr std::size_t kMaxRow = 1'000'000;

/// One row. The views hold until the next call.
struct Line {
    std::string_view text;                 ///< without its line end
    std::vector<std::string_view> fields;  ///< at most as many as were asked for
    bool enough = false;                   ///< the row has as many fields as were asked for
    bool damaged = false;                  ///< a quote that never ends, or no JSON object
};

/// What a reader of lines must know of the text.
struct Layout {
    char delimiter = ',';  ///< '\0': every line is a JSON object, fields are the members named by `keys`
    bool quotes = true;    ///< RFC 4180: "a,b" is one field, "" a quote; a quoted field may hold line ends
    bool array = false;    ///< of objects: they follow each other with commas between them, on one line or many
    bool padded = false;   ///< blanks around fields do not count
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
    bool member(Line& line);
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
bool jsonFields(std::string_view object, std::span<const std::string> keys, std::vector<std::string_view>& fields,
                std::deque<std::string>& unescaped);

/// Where reading one object of an array ended: behind it, or where it is damaged.
struct ObjectEnd {
    bool sound = false;
    std::size_t at = 0;
};
/// The same for an object that other text follows; it may have line ends between its members.
ObjectEnd leadingObject(std::string_view text, std::span<const std::string> keys, std::vector<std::string_view>& fields,
                        std::deque<std::string>& unescaped);

/// Looks for the brace that opens an object behind another one, `} , {` with or without blanks, in a text that is given
/// piece by piece.
class MemberSearch {
public:
    /// Its place in the piece; piece.size() = not in there.
    std::size_t find(std::string_view piece);

private:
    char seen_ = '\0';  ///< the last of } and , that may begin it
};

/// How many lines begin in `text`.
std::size_t countLines(std::string_view text);
/// An upper bound of its rows: lines, or objects of an array.
std::size_t countRows(std::string_view text, const Layout& layout);

}  // namespace weir::capture::text
