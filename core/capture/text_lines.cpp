// The splitter. A field in quotes leaves the fast path and comes back behind its closing quote.
#include "core/capture/text_lines.h"

#include <algorithm>
#include <array>
#include <cstring>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace weir::capture::text {
namespace {

constexpr std::size_t kMostQuoted = 1u << 16;  ///< bytes of one quoted field: a lone quote must not swallow the file

/// Bit i: p[i] is one of the wanted.
std::uint64_t maskOf(const char* p, const char (&wanted)[3]) {
    std::uint64_t mask = 0;
#if defined(__SSE2__)
    const __m128i a = _mm_set1_epi8(wanted[0]), b = _mm_set1_epi8(wanted[1]), c = _mm_set1_epi8(wanted[2]);
    for (unsigned i = 0; i < 4; ++i) {
        __m128i v;
        std::memcpy(&v, p + i * 16, 16);
        const __m128i hit =
            _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(v, a), _mm_cmpeq_epi8(v, b)), _mm_cmpeq_epi8(v, c));
        mask |= std::uint64_t(unsigned(_mm_movemask_epi8(hit))) << (i * 16);
    }
#else
    for (unsigned i = 0; i < 64; ++i)
        mask |= std::uint64_t(p[i] == wanted[0] || p[i] == wanted[1] || p[i] == wanted[2]) << i;
#endif
    return mask;
}

std::string_view trimmed(std::string_view t) {
    while (!t.empty() && (t.front() == ' ' || t.front() == '\t')) t.remove_prefix(1);
    while (!t.empty() && (t.back() == ' ' || t.back() == '\t')) t.remove_suffix(1);
    return t;
}

}  // namespace

void Marks::load() {
    if (block_ + 64 <= text_.size()) {
        mask_ = maskOf(text_.data() + block_, wanted_);
        return;
    }
    const std::size_t left = block_ < text_.size() ? text_.size() - block_ : 0;
    std::array<char, 64> end{};
    if (left) std::memcpy(end.data(), text_.data() + block_, left);
    mask_ = maskOf(end.data(), wanted_) & ((std::uint64_t{1} << left) - 1);
}

void Marks::skipTo(std::size_t at) {
    if (at / 64 * 64 != block_) {
        block_ = at / 64 * 64;
        load();
    }
    mask_ &= ~std::uint64_t{0} << (at % 64);
}

LineReader::LineReader(std::string_view text, const Layout& layout, std::size_t fields)
    : text_(text), layout_(layout), fields_(fields),
      marks_(text, '\n', layout.delimiter ? layout.delimiter : '\n', layout.delimiter && layout.quotes ? '"' : '\n') {}

/// The field that begins with a quote at `from`; returns the position behind its closing quote (or of the line end when
/// there is none).
std::size_t LineReader::quoted(std::size_t from, std::string_view& field, bool wanted, Line& line) {
    const std::size_t limit = std::min(text_.size(), from + kMostQuoted);
    bool doubled = false;
    for (std::size_t at = from + 1; at < limit; ++at) {
        at += std::min(text_.substr(at, limit - at).find('"'), limit - at);
        if (at == limit) break;
        if (at + 1 < text_.size() && text_[at + 1] == '"') {
            doubled = true;
            ++at;
            continue;
        }
        field = text_.substr(from + 1, at - from - 1);
        if (doubled && wanted) {
            if (unquotedUsed_ == unquoted_.size()) unquoted_.emplace_back();
            std::string& copy = unquoted_[unquotedUsed_++];
            copy.clear();
            for (std::size_t i = 0; i < field.size(); ++i) {
                copy += field[i];
                if (field[i] == '"') ++i;
            }
            field = copy;
        }
        return at + 1;
    }
    line.damaged = true;
    return std::min(text_.find('\n', from), text_.size());
}

void LineReader::delimited(Line& line) {
    const std::size_t begin = at_, size = text_.size();
    const char* const text = text_.data();
    std::size_t from = begin, n = 0;
    unquotedUsed_ = 0;
    line.fields.resize(fields_);
    std::string_view* const fields = line.fields.data();
    for (;;) {
        std::size_t mark = marks_.next();
        std::string_view field;
        if (mark < size && text[mark] == '"') {
            const bool opens = mark == from || (layout_.padded && trimmed(text_.substr(from, mark - from)).empty());
            if (!opens) continue;  // a quote inside a field is a character
            marks_.skipTo(quoted(mark, field, n < fields_, line));
            mark = marks_.next();
            while (mark < size && text[mark] == '"') mark = marks_.next();
        } else {
            field = {text + from, mark - from};
        }
        const bool ends = mark >= size || text[mark] == '\n';
        if (ends && !field.empty() && field.back() == '\r' && field.data() + field.size() == text + mark)
            field.remove_suffix(1);
        if (n < fields_) fields[n++] = layout_.padded ? trimmed(field) : field;
        from = mark + 1;
        if (!ends) continue;
        const bool cr = mark > begin && text[mark - 1] == '\r';
        line.text = text_.substr(begin, mark - cr - begin);
        at_ = mark + 1;
        break;
    }
    line.enough = n == fields_;
    line.fields.resize(n);
}

/// The next object of an array. Behind a damaged one reading goes on where the next one may begin.
bool LineReader::member(Line& line) {
    at_ = std::min(text_.find_first_not_of(" \t\r\n,[]", at_), text_.size());
    if (at_ == text_.size()) return false;
    const std::string_view rest = text_.substr(at_, kMaxRow + 1);
    const ObjectEnd end = leadingObject(rest, layout_.keys, line.fields, unquoted_);
    line.enough = true;
    line.damaged = !end.sound;
    line.text = rest.substr(0, std::max<std::size_t>(end.at, 1));
    at_ += line.text.size();
    if (!end.sound) at_ += MemberSearch().find(text_.substr(at_));
    return true;
}

bool LineReader::next(Line& line) {
    if (layout_.array) return member(line);
    while (at_ < text_.size()) {
        line.damaged = false;
        if (layout_.delimiter) {
            delimited(line);
        } else {
            const std::size_t end = marks_.next();
            line.text = text_.substr(at_, end - at_);
            at_ = end + 1;
            std::string_view object = trimmed(line.text);
            while (!object.empty() && (object.back() == ',' || object.back() == '\r')) object.remove_suffix(1);
            if (object == "[" || object == "]" || object == "[]") continue;
            if (!object.empty() && object.front() == '[') object = trimmed(object.substr(1));
            if (object.empty()) continue;
            line.damaged = !jsonFields(object, layout_.keys, line.fields, unquoted_);
            line.enough = true;
        }
        if (!line.text.empty()) return true;
    }
    return false;
}

std::size_t countLines(std::string_view text) {
    constexpr char kEnds[3] = {'\n', '\n', '\n'};
    std::size_t lines = 0, at = 0;
    for (; at + 64 <= text.size(); at += 64)
        lines += std::size_t(__builtin_popcountll(maskOf(text.data() + at, kEnds)));
    for (; at < text.size(); ++at) lines += text[at] == '\n';
    return lines + (!text.empty() && text.back() != '\n');
}

std::size_t MemberSearch::find(std::string_view piece) {
    for (std::size_t i = 0; i < piece.size(); ++i) {
        const char c = piece[i];
        if (c == '{' && seen_ == ',') {
            seen_ = '\0';
            return i;
        }
        if (c == ' ' || c == '\t' || c == '\r' || c == '\n') continue;
        seen_ = c == '}' || (c == ',' && seen_ == '}') ? c : '\0';
    }
    return piece.size();
}

/// An object of an array is no member's value: no colon stands before it.
std::size_t countRows(std::string_view text, const Layout& layout) {
    if (!layout.array) return countLines(text);
    std::size_t rows = 0;
    for (std::size_t at = text.find('{'); at != std::string_view::npos; at = text.find('{', at + 1)) {
        const std::size_t before = at == 0 ? std::string_view::npos : text.find_last_not_of(" \t\r\n", at - 1);
        rows += before == std::string_view::npos || text[before] != ':';
    }
    return rows;
}

}  // namespace weir::capture::text
