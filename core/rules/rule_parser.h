// Reads rule text line by line into a RuleSet. Internal to parseRules().
#pragma once

#include "core/rules/line_lexer.h"
#include "core/rules/rule_set.h"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace weir::rules {

inline constexpr std::size_t kMaxRules = 4096;
inline constexpr std::size_t kMaxClasses = 31;     ///< a class mask has 32 bits
inline constexpr std::size_t kMaxProblems = 1000;  ///< one more then gives the number of those not listed
inline constexpr std::size_t kMaxText = 4u << 20;  ///< bytes

/// Parses one statement per line. Cost: linear in the text, except for guesses at misspelt names.
class RuleParser {
public:
    RuleParser(std::string_view text, const Vocabulary& vocabulary);
    Parsed run();

private:
    using Tokens = std::span<const Token>;
    /// A class that may be named before its declaration (order, assert): looked up at the end.
    struct ClassUse {
        std::size_t line = 0;
        Token name;
        bool inOrder = true;  ///< false: in an assert
    };
    struct SignTerm {
        Word bit = 0;  ///< 0 = unknown (already reported)
        bool negated = false;
        Token token;  ///< covers the `!`
    };

    template <class Fn>
    void forEachLine(Fn&& fn);
    void readLine(std::string_view line);
    void readUserSign(std::string_view line);
    bool nameUserSign(const Token& name);
    void readFilter(const Token& name, std::string_view filter, std::size_t column);
    void statement(Tokens tokens);
    void keyword(Tokens tokens);
    bool head(Tokens tokens);
    void setName(Tokens tokens);
    void oneOf(Tokens tokens);
    void never(Tokens tokens);
    void declareClass(Tokens tokens);
    void attackOf(Tokens rest, RuleClass& declared);
    void order(Tokens tokens);
    void assertion(Tokens tokens);
    void rule(Tokens tokens);
    void notYet(Tokens tokens);
    void signTable(Tokens tokens);
    void finish();
    void resolveOrder();
    void checkRules();
    void checkAsserts();

    /// Signs up to the end of `tokens`; unknown ones are reported and have bit 0.
    std::vector<SignTerm> signTerms(Tokens tokens);
    Word signBit(const Token& name);
    std::optional<std::uint16_t> classIndex(std::string_view name) const;
    std::vector<std::string_view> classNames() const;

    void report(Severity severity, std::size_t line, const Token& at, std::string message, std::string fix = {});
    void error(const Token& at, std::string message, std::string fix = {});
    void warn(const Token& at, std::string message, std::string fix = {});
    /// Reports "expected WHAT" at the first token, or after `previous` when the line ends there.
    void expected(Tokens rest, const Token& previous, const std::string& what);

    std::string_view text_;
    Vocabulary vocabulary_;
    std::vector<std::string_view> signNames_;  ///< by bit; empty for an unused bit
    Parsed out_;
    std::size_t line_ = 0;
    std::vector<Token> tokens_;
    std::vector<ClassUse> classUses_;
    /// Of `group` lines, and of `sign` lines with errors: reported there, not at each use.
    std::vector<std::string_view> userSigns_;
    std::unordered_map<std::string_view, std::size_t> ruleLines_;  ///< names view into text_
    bool headSeen_ = false, nameSeen_ = false, orderSeen_ = false, foreignTable_ = false;
};

}  // namespace weir::rules
