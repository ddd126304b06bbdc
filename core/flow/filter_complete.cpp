// Completion by the word before the cursor.
#include "core/flow/filter_complete.h"

#include "core/flow/filter_ast.h"
#include "core/flow/filter_values.h"
#include "core/flow/filter_words.h"
#include "core/flow/lexer.h"
#include "core/flow/protocols.h"

#include <algorithm>

namespace weir::flow {
namespace {

/// Collects words with the given beginning.
class Offer {
public:
    explicit Offer(std::string_view typed) : typed_(typed) {}
    void add(std::string text, std::string_view help) {
        if (text.size() >= typed_.size() && equalsIgnoringCase(std::string_view(text).substr(0, typed_.size()), typed_))
            out_.push_back({std::move(text), std::string(help)});
    }
    /// In quotes where it needs them.
    void name(const std::string& name, std::string_view help) {
        const bool plain = name.find_first_of(" \t\"()[]#,&|!=<>") == std::string::npos;
        add(plain ? name : "\"" + name + "\"", help);
    }
    /// `if`, or the fields that have a source and a destination.
    void fields(bool interface) {
        for (const FilterWord& w : filterWords())
            if (w.role == WordRole::field && (PairField(w.detail) == PairField::interface) == interface)
                add(std::string(w.text), w.help);
    }
    void roles(std::initializer_list<WordRole> roles) {
        for (const FilterWord& w : filterWords())
            if (std::find(roles.begin(), roles.end(), w.role) != roles.end()) add(std::string(w.text), w.help);
    }
    void terms() {
        for (const FilterWord& w : filterWords())
            if (w.role != WordRole::later && w.role != WordRole::conjunction && w.role != WordRole::disjunction)
                add(std::string(w.text), w.help);
    }
    void connectors() { roles({WordRole::conjunction, WordRole::disjunction}); }
    std::vector<FilterCompletion> take() { return std::move(out_); }

private:
    std::string_view typed_;
    std::vector<FilterCompletion> out_;
};

/// What follows a keyword that wants more; false when its term is complete.
bool offerAfter(const FilterWord& word, const FilterTerms& terms, Offer& offer) {
    switch (word.role) {
        case WordRole::protocol:
            for (const ProtocolName& p : protocolNames())
                offer.add(lowered(p.name), "protocol " + std::to_string(p.number));
            return true;
        case WordRole::source:
        case WordRole::destination:
            offer.roles({WordRole::address, WordRole::network, WordRole::port});
            return offer.fields(false), true;
        case WordRole::out: return offer.fields(true), true;
        case WordRole::address:
        case WordRole::port: return offer.add("in", "one of a list: in [A B …], in @NAME"), true;
        case WordRole::in:
            for (const std::string& name : terms.names("@")) offer.add("@" + name, "named list");
            return offer.fields(true), true;
        case WordRole::code:
        case WordRole::tag:
        case WordRole::capture:
        case WordRole::exporter:
            for (const std::string& name : terms.names(word.text)) offer.name(name, word.help);
            return true;
        case WordRole::router: return offer.add("ip", word.help), true;
        case WordRole::network:
        case WordRole::points:
        case WordRole::measure:
        case WordRole::field:
        case WordRole::communityId:
        case WordRole::flowId:
        case WordRole::later: return true;
        case WordRole::flags:
            for (const std::string_view f : {"S", "SA", "R", "RA", "F", "FA", "PA", "="})
                offer.add(std::string(f), "TCP flags");
            return true;
        case WordRole::firstSeen:
        case WordRole::lastSeen: return offer.add("seen", "a comparison and an RFC 3339 time follow"), true;
        case WordRole::namedWordTerm:
            for (const std::string& name : terms.names(word.text)) offer.name(name, word.help);
            return true;
        case WordRole::conjunction:
        case WordRole::disjunction:
        case WordRole::negation: return offer.terms(), true;
        case WordRole::any:
        case WordRole::family4:
        case WordRole::family6:
        case WordRole::heading:
        case WordRole::ways:
        case WordRole::wordTerm: break;
    }
    return false;
}

}  // namespace

std::vector<FilterCompletion> completeFilterText(std::string_view text, std::size_t offset, const FilterTerms& terms) {
    text = text.substr(0, std::min(offset, text.size()));
    Diagnostics ignored;
    std::vector<Token> tokens = tokenize(text, ignored);
    tokens.pop_back();
    std::string_view typed;
    const auto touches = [&](const Token& t) {
        return t.kind != TokenKind::sign && t.offset + t.text.size() == text.size();
    };
    if (!tokens.empty() && touches(tokens.back())) {
        typed = tokens.back().text;
        tokens.pop_back();
    }
    Offer offer(typed);
    const Token* before = tokens.empty() ? nullptr : &tokens.back();
    if (!before || (before->kind == TokenKind::sign &&
                    (before->text == "(" || before->text == "!" || before->text == "&&" || before->text == "||"))) {
        offer.terms();
    } else if (before->kind == TokenKind::word && !parseComparison(before->text)) {
        const FilterWord* word = findFilterWord(before->text);
        if (!word || !offerAfter(*word, terms, offer)) offer.connectors();
    } else if (before->text == ")" || before->text == "]" || before->kind == TokenKind::string) {
        offer.connectors();
    }
    return offer.take();
}

}  // namespace weir::flow
