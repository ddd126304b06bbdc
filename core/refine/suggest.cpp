// Candidates of three kinds, each judged by what the edited rule set does as a whole.
#include "core/refine/suggest.h"

#include "core/rules/text_edits.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdlib>
#include <optional>
#include <set>
#include <tuple>

namespace weir::refine {
namespace {

using rules::Rule;
using rules::RuleSet;
using rules::Word;

constexpr std::size_t kSeeds = 12;   ///< unclassified combinations that new rules start from
constexpr std::size_t kNearest = 3;  ///< classes that are tried for each

/// Results of a rule set on the data and on all admissible words.
struct Outcome {
    classify::Classification classes;
    rules::Check check;
};

struct Candidate {
    SuggestionKind kind{};
    std::vector<Rule> rules;  ///< the edited rules: one, or the parts of a split
    std::string edit, text;
};

class Suggester {
public:
    Suggester(const RuleSet& set, std::span<const tally::WordCount> tally, const rules::WordSpace& admissible)
        : set_(set), tally_(tally), admissible_(admissible), names_(set.signNames), used_(set.signs),
          before_(judge(set)) {
        builtIn_.assign(names_.begin(), names_.begin() + std::ptrdiff_t(set.builtInSigns));
        for (const rules::RuleClass& c : set.classes) classNames_.push_back(c.name);
    }

    std::vector<Suggestion> run(std::size_t most) {
        narrowRules();
        splitRules();
        widenRules();
        newRules();
        std::vector<Suggestion> out;
        std::set<std::string> seen;
        for (const Candidate& c : candidates_)
            if (seen.insert(c.text).second)
                if (auto s = judged(c)) out.push_back(std::move(*s));
        const bool conflicts = before_.classes.conflicting != 0;
        std::stable_sort(out.begin(), out.end(), [conflicts](const Suggestion& a, const Suggestion& b) {
            return key(a, conflicts) > key(b, conflicts);
        });
        dropDominated(out);
        if (out.size() > most) out.resize(most);
        return out;
    }

private:
    using Key = std::array<std::int64_t, 5>;
    /// Conflicts first while there are any: flows settled less those that end unclassified; then certainty, then
    /// breadth of the rule.
    static Key key(const Suggestion& s, bool conflicts) {
        const std::int64_t certain = -std::int64_t(s.createsConflicts);
        const std::int64_t rules = -std::int64_t(s.moreRules), takes = -std::int64_t(s.takes);
        if (conflicts && s.conflictingDelta == 0) return {0, s.gains(), rules, certain, takes};
        return {s.gains(), -s.unclassifiedDelta, rules, certain, takes};
    }

    Outcome judge(const RuleSet& set) const {
        return {classify::classifyWords(set, tally_), rules::analyse(set, admissible_)};
    }

    void narrowRules() {
        std::vector<bool> meets(set_.rules.size());
        for (std::size_t w = 0; w < tally_.size(); ++w)
            for (std::size_t r = 0; r < set_.rules.size(); ++r)
                if (before_.classes.verdicts[w].classesClaiming >= 2 && set_.rules[r].matches(tally_[w].word))
                    meets[r] = true;
        for (std::size_t r = 0; r < set_.rules.size(); ++r)
            for (std::size_t s = 0; meets[r] && s < names_.size(); ++s) {
                const Word bit = Word{1} << s;
                if (!(used_ & bit) || (set_.rules[r].must | set_.rules[r].mustNot) & bit) continue;
                for (const bool forbid : {true, false}) {
                    Rule rule = set_.rules[r];
                    (forbid ? rule.mustNot : rule.must) |= bit;
                    const std::string term = (forbid ? "!" : "") + names_[s];
                    candidates_.push_back({SuggestionKind::narrow,
                                           {rule},
                                           rule.name + ": +" + term,
                                           rules::withSign(set_.text, rule.line, term)});
                }
            }
    }

    void splitRules() {
        for (const rules::RulePair& pair : before_.check.conflicts) {
            if (!seenTogether(pair)) continue;
            splitRule(pair.a, pair.b);
            splitRule(pair.b, pair.a);
        }
    }
    bool seenTogether(const rules::RulePair& pair) const {
        return std::any_of(tally_.begin(), tally_.end(), [&](const tally::WordCount& w) {
            return set_.rules[pair.a].matches(w.word) && set_.rules[pair.b].matches(w.word);
        });
    }

    /// Splits the rule into disjoint parts that together match all but the words of the other rule: each part negates
    /// one more sign of the other and requires those before it.
    void splitRule(std::size_t which, std::size_t other) {
        const Rule& whole = set_.rules[which];
        const Word known = whole.must | whole.mustNot;
        Candidate c{SuggestionKind::split, {}, {}, set_.text};
        Rule part = whole;
        for (Word rest = (set_.rules[other].must | set_.rules[other].mustNot) & ~known; rest != 0; rest &= rest - 1) {
            const Word bit = rest & (~rest + 1);
            const bool wanted = set_.rules[other].must & bit;
            Rule denied = part;
            (wanted ? denied.mustNot : denied.must) |= bit;
            if (wordsOf(denied) != 0) c.rules.push_back(denied);
            (wanted ? part.must : part.mustNot) |= bit;
        }
        if (c.rules.size() < 2) return;  // one part is a narrower rule
        // From last to first, so that earlier lines keep their numbers.
        for (std::size_t i = c.rules.size(); i-- > 1;) {
            c.rules[i].name = partName(whole.name, i);
            c.text = rules::withRuleBehind(c.text, whole.line, lineOfRule(c.rules[i]));
        }
        for (const std::string& term : termsOf(c.rules[0], known)) c.text = rules::withSign(c.text, whole.line, term);
        c.edit = whole.name + ": split into " + std::to_string(c.rules.size()) + ", none conflicting with " +
                 set_.rules[other].name;
        candidates_.push_back(std::move(c));
    }

    /// "10b" for "10", or the next free name.
    std::string partName(const std::string& name, std::size_t number) const {
        std::string out = name + char('a' + number % 26);
        while (std::any_of(set_.rules.begin(), set_.rules.end(), [&](const Rule& r) { return r.name == out; }))
            out += '_';
        return out;
    }
    /// The rule's signs without `known`, required signs first.
    std::vector<std::string> termsOf(const Rule& rule, Word known) const {
        std::vector<std::string> out;
        for (const bool must : {true, false})
            for (std::size_t s = 0; s < names_.size(); ++s)
                if ((must ? rule.must : rule.mustNot) & ~known & (Word{1} << s))
                    out.push_back((must ? "" : "!") + names_[s]);
        return out;
    }
    std::string lineOfRule(const Rule& rule) const {
        const bool plain = rule.name.find_first_of(" \t#:!\"") == std::string::npos;
        std::string line = (plain ? rule.name : "\"" + rule.name + "\"") + ":";
        for (const std::string& term : termsOf(rule, 0)) line.append(" ").append(term);
        return line;
    }

    void widenRules() {
        for (std::size_t r = 0; r < set_.rules.size(); ++r)
            for (std::size_t s = 0; s < names_.size(); ++s) {
                const Word bit = Word{1} << s;
                if (!((set_.rules[r].must | set_.rules[r].mustNot) & bit)) continue;
                Rule rule = set_.rules[r];
                const bool forbidden = rule.mustNot & bit;
                rule.must &= ~bit;
                rule.mustNot &= ~bit;
                if (unclassifiedFlows(rule) == 0) continue;
                candidates_.push_back({SuggestionKind::widen,
                                       {rule},
                                       rule.name + ": -" + (forbidden ? "!" : "") + names_[s],
                                       rules::withoutSign(set_.text, rule.line, names_[s])});
            }
    }

    std::uint64_t unclassifiedFlows(const Rule& rule) const {
        std::uint64_t flows = 0;
        for (std::size_t w = 0; w < tally_.size(); ++w)
            if (before_.classes.verdicts[w].classIndex == classify::kOther && rule.matches(tally_[w].word))
                flows += tally_[w].flows;
        return flows;
    }

    /// Minimum number of signs in which the word differs from a rule of the class.
    int distance(Word word, std::size_t classIndex) const {
        int least = 64;
        for (const Rule& r : set_.rules)
            if (r.classIndex == classIndex)
                least = std::min(least, std::popcount((~word & r.must) | (word & r.mustNot)));
        return least;
    }

    void newRules() {
        std::size_t seeds = 0;
        for (std::size_t w = 0; w < tally_.size() && seeds < kSeeds; ++w) {
            if (before_.classes.verdicts[w].classIndex != classify::kOther) continue;
            ++seeds;
            std::vector<std::size_t> classes(set_.classes.size());
            for (std::size_t c = 0; c < classes.size(); ++c) classes[c] = c;
            std::stable_sort(classes.begin(), classes.end(), [&](std::size_t a, std::size_t b) {
                return distance(tally_[w].word, a) < distance(tally_[w].word, b);
            });
            if (classes.size() > kNearest) classes.resize(kNearest);
            for (const std::size_t c : classes) addRule(tally_[w].word, c);
        }
    }

    /// Starts with exactly this word and drops one sign after the other while the rule matches no combination of
    /// another class; the sign whose removal adds most unclassified flows is dropped first.
    void addRule(Word word, std::size_t classIndex) {
        const std::vector<std::uint64_t> foreign = claimedByOthers(classIndex);
        Rule rule;
        rule.classIndex = std::uint16_t(classIndex);
        rule.must = word & used_;
        rule.mustNot = ~word & used_;
        if (!isFree(rule, foreign)) return;  // an exclusion makes it inadmissible, or another class claims it
        for (;;) {
            std::pair<std::uint64_t, int> best{0, 0};
            Word drop = 0;
            for (Word rest = rule.must | rule.mustNot; rest != 0; rest &= rest - 1) {
                const Word bit = rest & (~rest + 1);
                Rule wider = rule;
                wider.must &= ~bit;
                wider.mustNot &= ~bit;
                if ((wider.must | wider.mustNot) == 0 || !isFree(wider, foreign)) continue;
                // Absent signs say less than signs that hold: among equals they are dropped first.
                const std::pair<std::uint64_t, int> gain{unclassifiedFlows(wider), rule.mustNot & bit ? 1 : 0};
                if (drop == 0 || gain > best) {
                    best = gain;
                    drop = bit;
                }
            }
            if (drop == 0) break;
            rule.must &= ~drop;
            rule.mustNot &= ~drop;
        }
        if (rule.must == 0) return;  // only absent signs: such a rule has no meaning to a reader
        rule.name = freeName();
        candidates_.push_back({SuggestionKind::add,
                               {rule},
                               "new rule " + rule.name,
                               rules::withRuleBehind(set_.text, lastLineOf(classIndex), lineOfRule(rule))});
    }

    std::vector<std::uint64_t> claimedByOthers(std::size_t classIndex) const {
        std::vector<std::uint64_t> out(admissible_.planes.blocks()), one(out.size());
        for (const Rule& r : set_.rules) {
            if (r.classIndex == classIndex) continue;
            admissible_.planes.match(r, one);
            for (std::size_t i = 0; i < out.size(); ++i) out[i] |= one[i];
        }
        return out;
    }
    bool isFree(const Rule& rule, const std::vector<std::uint64_t>& foreign) const {
        std::vector<std::uint64_t> taken(foreign.size());
        admissible_.planes.match(rule, taken);
        std::uint64_t any = 0, clash = 0;
        for (std::size_t i = 0; i < taken.size(); ++i) {
            any |= taken[i];
            clash |= taken[i] & foreign[i];
        }
        return any != 0 && clash == 0;
    }
    std::uint64_t wordsOf(const Rule& rule) const {
        std::vector<std::uint64_t> taken(admissible_.planes.blocks());
        admissible_.planes.match(rule, taken);
        std::uint64_t words = 0;
        for (const std::uint64_t block : taken) words += std::uint64_t(std::popcount(block));
        return words;
    }

    std::size_t lastLineOf(std::size_t classIndex) const {
        std::size_t line = set_.classes[classIndex].line;
        for (const Rule& r : set_.rules)
            if (r.classIndex == classIndex) line = std::max(line, r.line);
        return line;
    }
    /// The lowest number above all numeric rule names.
    std::string freeName() const {
        unsigned long most = 0;
        for (const Rule& r : set_.rules)
            if (!r.name.empty() &&
                std::all_of(r.name.begin(), r.name.end(), [](char c) { return c >= '0' && c <= '9'; }) &&
                r.name.size() < 9)
                most = std::max(most, std::stoul(r.name));
        for (++most;; ++most) {
            const std::string name = std::to_string(most);
            if (std::none_of(set_.rules.begin(), set_.rules.end(), [&](const Rule& r) { return r.name == name; }))
                return name;
        }
    }

    /// nullopt when the edit does not help, or creates a conflict that the data shows.
    std::optional<Suggestion> judged(const Candidate& c) const {
        rules::Parsed parsed = rules::parseRules(c.text, rules::Vocabulary{builtIn_, set_.userSigns, nullptr});
        if (!parsed.good()) return std::nullopt;
        const Outcome after = judge(parsed.set);
        Suggestion s;
        s.kind = c.kind;
        s.className = classNames_[c.rules.front().classIndex];
        s.edit = c.edit;
        s.text = c.text;
        s.conflictingDelta = std::int64_t(after.classes.conflicting) - std::int64_t(before_.classes.conflicting);
        s.unclassifiedDelta = std::int64_t(after.classes.unclassified) - std::int64_t(before_.classes.unclassified);
        if (s.conflictingDelta > 0 || s.gains() <= 0) return std::nullopt;
        s.moreRules = parsed.set.rules.size() - set_.rules.size();
        for (const Rule& rule : c.rules) {
            s.rule.append(s.rule.empty() ? "" : "; ").append(lineOf(parsed.set, rule.name));
            s.takes += wordsOf(rule);
        }
        if (s.takes == 0) return std::nullopt;  // a dead rule does not help
        for (std::size_t i = 0; i < after.classes.classes.size(); ++i) {
            const auto delta =
                std::int64_t(after.classes.classes[i].flows) - std::int64_t(before_.classes.classes[i].flows);
            if (delta != 0) s.classes.push_back({i < classNames_.size() ? classNames_[i] : "Other", delta});
        }
        std::stable_sort(s.classes.begin(), s.classes.end(), [](const ClassDelta& a, const ClassDelta& b) {
            return std::abs(a.flows) > std::abs(b.flows);
        });
        if (c.kind == SuggestionKind::widen || c.kind == SuggestionKind::add)
            addNewConflicts(parsed.set, c.rules.front(), s);
        return s;
    }

    /// Counts the combinations that the wider rule brings into conflict: it matches them, another class claims them,
    /// and they were not in conflict before.
    void addNewConflicts(const RuleSet& after, const Rule& rule, Suggestion& s) const {
        const auto classesOf = [](const RuleSet& set, Word word) {
            std::uint32_t mask = 0;
            for (const Rule& r : set.rules)
                if (r.matches(word)) mask |= std::uint32_t{1} << r.classIndex;
            return std::popcount(mask);
        };
        for (const Word word : admissible_.words) {
            if (!rule.matches(word) || classesOf(after, word) < 2 || classesOf(set_, word) >= 2) continue;
            if (s.createsConflicts++ > 0) continue;
            s.witness = word;  // they are sorted, smallest first
            s.witnessSigns = rules::signNamesOf(word, after.signNames);
        }
    }

    static std::string lineOf(const RuleSet& set, const std::string& name) {
        const auto at = std::find_if(set.rules.begin(), set.rules.end(), [&](const Rule& r) { return r.name == name; });
        std::string_view rest = set.text;
        for (std::size_t n = 1; at != set.rules.end() && n < at->line; ++n) rest = rest.substr(rest.find('\n') + 1);
        std::string line(rest.substr(0, rest.find('\n')));
        bool quoted = false;
        for (std::size_t i = 0; i < line.size(); ++i) {
            if (line[i] == '"') quoted = !quoted;
            if (line[i] == '#' && !quoted) line.resize(i);
        }
        const std::size_t begin = line.find_first_not_of(" \t"), end = line.find_last_not_of(" \t\r");
        return begin == std::string::npos ? std::string() : line.substr(begin, end - begin + 1);
    }

    /// Of two edits of the same rule with the same effect on the data, only the first is listed.
    static void dropDominated(std::vector<Suggestion>& all) {
        std::set<std::tuple<SuggestionKind, std::string, std::int64_t, std::int64_t>> seen;
        std::erase_if(all, [&](const Suggestion& s) {
            const std::string of = s.kind == SuggestionKind::add ? s.className : s.edit.substr(0, s.edit.find(':'));
            return !seen.insert({s.kind, of, s.conflictingDelta, s.unclassifiedDelta}).second;
        });
    }

    const RuleSet& set_;
    std::span<const tally::WordCount> tally_;
    const rules::WordSpace& admissible_;
    std::span<const std::string> names_;
    std::vector<std::string_view> builtIn_;
    Word used_ = 0;
    std::vector<std::string> classNames_;
    Outcome before_;
    std::vector<Candidate> candidates_;
};

}  // namespace

std::vector<Suggestion> suggest(const rules::RuleSet& set, std::span<const tally::WordCount> tally,
                                const rules::WordSpace& admissible, std::size_t most) {
    return Suggester(set, tally, admissible).run(most);
}

}  // namespace weir::refine
