// One JSON object → the members that are wanted. Nothing is built: a member is a view into the line.
#include "core/capture/text_lines.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace weir::capture::text {
namespace {

constexpr std::size_t kMostDepth = 32;
constexpr std::size_t kMostPath = 256;

class Scanner {
public:
    Scanner(std::string_view text, std::span<const std::string> keys, std::vector<std::string_view>& fields,
            std::deque<std::string>& unescaped)
        : text_(text), keys_(keys), fields_(fields), unescaped_(unescaped) {}

    bool run() {
        fields_.assign(keys_.size(), {});
        unescaped_.clear();
        blanks();
        if (!object(0, 0)) return false;
        blanks();
        return at_ == text_.size();
    }
    ObjectEnd lead() {
        fields_.assign(keys_.size(), {});
        unescaped_.clear();
        const bool sound = object(0, 0);
        return {sound, std::min(at_, text_.size())};
    }

private:
    void blanks() {
        while (at_ < text_.size() &&
               (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\r' || text_[at_] == '\n'))
            ++at_;
    }
    bool eat(char c) {
        if (at_ >= text_.size() || text_[at_] != c) return false;
        ++at_;
        return true;
    }

    bool object(std::size_t depth, std::size_t path) {
        if (depth == kMostDepth || !eat('{')) return false;
        blanks();
        if (eat('}')) return true;
        for (;;) {
            std::string_view key;
            bool escaped = false;
            if (!string(key, escaped)) return false;
            blanks();
            if (!eat(':')) return false;
            blanks();
            if (!member(key, depth, path)) return false;
            blanks();
            if (eat('}')) return true;
            if (!eat(',')) return false;
            blanks();
        }
    }

    bool member(std::string_view key, std::size_t depth, std::size_t path) {
        std::size_t length = path + (path ? 1 : 0) + key.size();
        if (length > kMostPath) length = 0;
        if (length) {
            if (path) path_[path] = '.';
            key.copy(path_.data() + path + (path ? 1 : 0), key.size());
        }
        if (at_ < text_.size() && text_[at_] == '{') return object(depth + 1, length);
        std::string_view value;
        if (at_ < text_.size() && text_[at_] == '[') return list(depth + 1);
        if (at_ < text_.size() && text_[at_] == '"') {
            bool escaped = false;
            if (!string(value, escaped)) return false;
            keep(length, value, escaped);
            return true;
        }
        const std::size_t from = at_;
        while (at_ < text_.size() && !std::strchr(",} \t\r\n", text_[at_])) ++at_;
        value = text_.substr(from, at_ - from);
        if (value.empty()) return false;
        if (value != "null") keep(length, value, false);
        return true;
    }

    /// Skips a list; what is in it is not wanted.
    bool list(std::size_t depth) {
        std::size_t open = 0;
        while (at_ < text_.size()) {
            const char c = text_[at_];
            if (c == '"') {
                std::string_view ignored;
                bool escaped = false;
                if (!string(ignored, escaped)) return false;
                continue;
            }
            ++at_;
            if (c == '[' || c == '{') {
                if (++open + depth > kMostDepth) return false;
            } else if (c == ']' || c == '}') {
                if (--open == 0) return true;
            }
        }
        return false;
    }

    bool string(std::string_view& value, bool& escaped) {
        if (!eat('"')) return false;
        const std::size_t from = at_;
        while (at_ < text_.size() && text_[at_] != '"') {
            if (text_[at_] == '\\') {
                escaped = true;
                ++at_;
            }
            ++at_;
        }
        if (at_ >= text_.size()) return false;
        value = text_.substr(from, at_ - from);
        ++at_;
        return true;
    }

    /// Members come in the same order on every line: the next key is tried first.
    void keep(std::size_t length, std::string_view value, bool escaped) {
        const std::string_view path(path_.data(), length);
        for (std::size_t tried = 0; tried < keys_.size(); ++tried) {
            const std::size_t k = next_ + tried < keys_.size() ? next_ + tried : next_ + tried - keys_.size();
            if (keys_[k] != path) continue;
            fields_[k] = escaped ? unescape(value) : value;
            next_ = k + 1 == keys_.size() ? 0 : k + 1;
            return;
        }
    }

    /// Escapes of values that matter here are \/ and \u00XX; anything else is no address, number or flag anyway.
    std::string_view unescape(std::string_view value) {
        if (unescaped_.size() > keys_.size()) return value;
        std::string& out = unescaped_.emplace_back();
        for (std::size_t i = 0; i < value.size(); ++i) {
            if (value[i] != '\\' || i + 1 == value.size()) {
                out += value[i];
                continue;
            }
            ++i;
            unsigned code = 0;
            bool hex = value[i] == 'u' && i + 4 < value.size();
            for (std::size_t d = 1; hex && d <= 4; ++d) {
                const char c = value[i + d];
                const unsigned v = c >= '0' && c <= '9'   ? unsigned(c - '0')
                                   : c >= 'a' && c <= 'f' ? unsigned(c - 'a' + 10)
                                   : c >= 'A' && c <= 'F' ? unsigned(c - 'A' + 10)
                                                          : 16;
                hex = v < 16;
                code = code * 16 + v;
            }
            if (hex && code < 0x80) {
                out += char(code);
                i += 4;
            } else {
                out += value[i];
            }
        }
        return out;
    }

    std::string_view text_;
    std::span<const std::string> keys_;
    std::vector<std::string_view>& fields_;
    std::deque<std::string>& unescaped_;
    std::array<char, kMostPath + 1> path_{};
    std::size_t at_ = 0, next_ = 0;
};

}  // namespace

bool jsonFields(std::string_view object, std::span<const std::string> keys, std::vector<std::string_view>& fields,
                std::deque<std::string>& unescaped) {
    return Scanner(object, keys, fields, unescaped).run();
}

ObjectEnd leadingObject(std::string_view text, std::span<const std::string> keys, std::vector<std::string_view>& fields,
                        std::deque<std::string>& unescaped) {
    return Scanner(text, keys, fields, unescaped).lead();
}

}  // namespace weir::capture::text
