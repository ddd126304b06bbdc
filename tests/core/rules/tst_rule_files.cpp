// Runs the text tests of tests/rules (their README says what the lines mean).
#include "core/conflict/conflict.h"
#include "core/rules/line_lexer.h"
#include "core/rules/sign_names.h"
#include "tests/core/rules/shipped.h"

#include <QDir>
#include <QTest>

#include <set>
#include <stdexcept>

using namespace weir;
using rules::RuleSet;

namespace {

struct Line {
    std::size_t number = 0;
    std::string keyword, rest;
};
struct RuleTest {
    std::string name;
    std::vector<Line> lines;
};

std::string trimmed(const std::string& s) { return QString::fromStdString(s).trimmed().toStdString(); }

std::vector<RuleTest> readTests(const QString& path) {
    std::ifstream file(path.toStdString());
    std::vector<RuleTest> tests;
    std::string text;
    for (std::size_t number = 1; std::getline(file, text); ++number) {
        text = trimmed(text);
        if (text.empty() || text[0] == '#') continue;
        const auto blank = text.find_first_of(" \t");
        Line line{number, text.substr(0, blank), blank == std::string::npos ? "" : trimmed(text.substr(blank))};
        if (line.keyword == "name")
            tests.push_back({line.rest, {}});
        else if (tests.empty())
            qFatal("a test begins with its name");
        else
            tests.back().lines.push_back(line);
    }
    return tests;
}

std::vector<std::string> words(const std::string& text) {
    std::vector<rules::Token> tokens;
    Diagnostics problems;
    rules::lexLine(text, 1, tokens, problems);
    std::vector<std::string> out;
    for (const rules::Token& t : tokens) out.emplace_back(t.text);
    return out;
}

/// One test: its rule text, flows and expectations.
class Runner {
public:
    /// The first failure, or empty.
    std::string run(const RuleTest& test) {
        for (const Line& line : test.lines)
            if (line.keyword != "expect") prepare(line);
        judge();
        for (const Line& line : test.lines) {
            if (line.keyword != "expect") continue;
            failure_.clear();
            expect(words(line.rest), line.rest);
            if (!failure_.empty())
                return "line " + std::to_string(line.number) + ": expect " + line.rest + ": " + failure_;
        }
        if (!expectsError_ && !parsed_.good()) return parsed_.diagnostics.front().message;
        return {};
    }

private:
    void prepare(const Line& line) {
        const auto w = words(line.rest);
        if (line.keyword == "signs") {
            signStore_.assign(w.begin(), w.end());
            signs_.assign(signStore_.begin(), signStore_.end());
        } else if (line.keyword == "rules") {
            text_ = test::shippedRules(w.at(0));
        } else if (line.keyword == "rule") {
            text_ += "class " + rules::quotedName(w.at(0)) + "\n" + line.rest + "\n";
        } else if (line.keyword == "text") {
            text_ += line.rest + "\n";
        } else if (line.keyword == "flows") {
            tally::WordCount count;
            for (std::size_t i = 0; i + 2 < w.size(); ++i)
                count.word |= std::uint64_t{1} << rules::findName(signs_, w[i]).value();
            count.flows = std::stoull(w.back());
            tally_.push_back(count);
        } else {
            throw std::runtime_error("unknown line " + line.keyword);
        }
    }

    void judge() {
        parsed_ = rules::parseRules(text_, signs_);
        if (!parsed_.good()) return;
        const auto bits = unsigned(signs_.size());
        check_ = rules::analyse(parsed_.set, rules::admissibleWords(parsed_.set, bits), std::uint64_t{1} << bits);
        classes_ = classify::classifyWords(parsed_.set, tally_);
        report_ = conflict::buildReport(parsed_.set, tally_, classes_, check_);
    }

    void expect(const std::vector<std::string>& w, const std::string& rest) {
        const std::string& what = w.at(0);
        if (what == "error" || what == "warning")
            return diagnostic(what == "error" ? Severity::error : Severity::warning, rest);
        if (what == "fix") return equal(parsed_.diagnostics.at(lastDiagnostic_).fix, trimmed(rest.substr(3)));
        if (!parsed_.good()) return fail(parsed_.diagnostics.front().message);
        if (what == "class") return equal(classFlows(w.at(1)), std::stoull(w.at(2)));
        if (what == "rule") return equal(classes_.ruleFlows.at(rule(w.at(1))), std::stoull(w.at(2)));
        if (what == "conflict") return equal(pairFlows(w.at(1), w.at(2)), std::stoull(w.at(3)));
        if (what == "conflicting") return equal(report_.conflictingFlows, std::stoull(w.at(1)));
        if (what == "unclassified") return equal(report_.unclassifiedFlows, std::stoull(w.at(1)));
        if (what == "check") return equal(checked(w.at(1)), std::stoull(w.at(2)));
        if (what == "pair") return pair(w);
        if (what == "never") return equal(pairWords(w.at(1), w.at(2)), 0ull);
        if (what == "dead" || what == "subsumed")
            return equal(ruleNames(what == "dead" ? check_.dead : check_.subsumed), trimmed(rest.substr(what.size())));
        if (what == "asserts") {
            equal(parsed_.set.asserts.size() - check_.failedAsserts.size(), std::stoull(w.at(1)));
            return equal(check_.failedAsserts.size(), std::stoull(w.at(2)));
        }
        fail("unknown expectation");
    }

    void diagnostic(Severity severity, const std::string& rest) {
        expectsError_ = true;
        const QString line = QString::fromStdString(rest);
        const QStringList place = line.section(QLatin1Char(' '), 1, 1).split(QLatin1Char(':'));
        const std::string message = line.section(QLatin1Char(' '), 2).trimmed().toStdString();
        for (std::size_t i = 0; i < parsed_.diagnostics.size(); ++i) {
            const Diagnostic& d = parsed_.diagnostics[i];
            lastDiagnostic_ = i;
            if (d.severity == severity && d.line == place.at(0).toULong() && d.column == place.at(1).toULong() &&
                d.message.find(message) != std::string::npos)
                return;
        }
        for (const Diagnostic& d : parsed_.diagnostics)
            fail("found " + std::to_string(d.line) + ":" + std::to_string(d.column) + " " + d.message);
        if (parsed_.diagnostics.empty()) fail("no diagnostics");
    }

    void pair(const std::vector<std::string>& w) {  // RULE RULE N : SIGNS
        const std::size_t a = std::min(rule(w.at(1)), rule(w.at(2))), b = std::max(rule(w.at(1)), rule(w.at(2)));
        std::uint64_t witness = 0;
        for (std::size_t i = 5; i < w.size(); ++i) witness |= std::uint64_t{1} << rules::findName(signs_, w[i]).value();
        for (const rules::RulePair& p : check_.conflicts) {
            if (p.a != a || p.b != b) continue;
            equal(p.words, std::stoull(w.at(3)));
            return equal(rules::signNamesOf(p.witness, signs_), rules::signNamesOf(witness, signs_));
        }
        fail("the rules do not meet");
    }

    std::uint64_t checked(const std::string& what) const {
        if (what == "rules") return parsed_.set.rules.size();
        if (what == "possible") return check_.possible;
        if (what == "admissible") return check_.admissible;
        return what == "conflicting" ? check_.conflictingWords : check_.unclassifiedWords;
    }
    std::size_t rule(const std::string& name) const {
        std::size_t i = 0;
        while (parsed_.set.rules.at(i).name != name) ++i;
        return i;
    }
    std::size_t classIndex(const std::string& name) const {
        std::size_t i = 0;
        while (parsed_.set.classes.at(i).name != name) ++i;
        return i;
    }
    std::uint64_t classFlows(const std::string& name) const {
        return name == "Other" ? classes_.classes.back().flows : classes_.classes.at(classIndex(name)).flows;
    }
    std::uint64_t pairFlows(const std::string& a, const std::string& b) const {
        const std::set<std::size_t> wanted{classIndex(a), classIndex(b)};
        for (const conflict::ClassPair& p : report_.pairs)
            if (std::set<std::size_t>{p.a, p.b} == wanted) return p.flows;
        return 0;
    }
    std::uint64_t pairWords(const std::string& a, const std::string& b) const {
        const std::size_t x = classIndex(a), y = classIndex(b);
        return check_.classPairs.at(std::min(x, y) * parsed_.set.classes.size() + std::max(x, y));
    }
    std::string ruleNames(const std::vector<std::size_t>& indices) const {
        std::string names;
        for (const std::size_t i : indices) names += (names.empty() ? "" : " ") + parsed_.set.rules[i].name;
        return names;
    }

    void fail(const std::string& why) { failure_ += (failure_.empty() ? "" : "; ") + why; }
    void equal(std::uint64_t got, std::uint64_t wanted) {
        if (got != wanted) fail("got " + std::to_string(got));
    }
    void equal(const std::string& got, const std::string& wanted) {
        if (got != wanted) fail("got `" + got + "`");
    }

    std::string text_ = "weir-rules 1\n", failure_;
    std::vector<std::string> signStore_;
    std::vector<std::string_view> signs_{test::kSigns.begin(), test::kSigns.end()};
    tally::Tally tally_;
    rules::Parsed parsed_;
    rules::Check check_;
    classify::Classification classes_;
    conflict::Report report_;
    std::size_t lastDiagnostic_ = 0;
    bool expectsError_ = false;
};

}  // namespace

class TstRuleFiles : public QObject {
    Q_OBJECT
private slots:
    void files_data();
    void files();
    void aWrongExpectationFails();
};

void TstRuleFiles::files_data() {
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("index");
    const QDir folder(QStringLiteral(WEIR_SOURCE_DIR "/tests/rules"));
    for (const QString& file : folder.entryList({QStringLiteral("*.test")}, QDir::Files, QDir::Name)) {
        int index = 0;
        for (const RuleTest& test : readTests(folder.filePath(file)))
            QTest::newRow(qPrintable(file + QStringLiteral(": ") + QString::fromStdString(test.name)))
                << folder.filePath(file) << index++;
    }
}
void TstRuleFiles::files() {
    QFETCH(QString, path);
    QFETCH(int, index);
    const std::string failure = Runner().run(readTests(path)[std::size_t(index)]);
    QVERIFY2(failure.empty(), failure.c_str());
}

/// The runner itself can go red.
void TstRuleFiles::aWrongExpectationFails() {
    for (const char* wrong :
         {"class a 2", "conflict a b 2", "unclassified 1", "check conflicting 0", "pair a b 1 : TCP", "dead a",
          "never a b", "error 1:1 nothing", "asserts 1 0", "rule a 7", "conflicting 4"}) {
        const RuleTest test{
            "x",
            {{1, "rule", "a: TCP"}, {2, "rule", "b: Onepkt"}, {3, "flows", "TCP Onepkt x 3"}, {4, "expect", wrong}}};
        QVERIFY2(!Runner().run(test).empty(), wrong);
    }
}

QTEST_APPLESS_MAIN(TstRuleFiles)
#include "tst_rule_files.moc"
