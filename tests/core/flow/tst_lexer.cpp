// Tokens with their places.
#include "core/flow/lexer.h"

#include <QTest>

using namespace weir;
using flow::TokenKind;

class TstLexer : public QObject {
    Q_OBJECT
private slots:
    void tokens();
    void places();
    void strings();
    void unclosedString();
    void anyBytes();
};

void TstLexer::tokens() {
    Diagnostics problems;
    const auto t = flow::tokenize("port>=80 and(!fe80::/10||x!=\"a b\")# rest", problems);
    QStringList texts;
    for (const auto& token : t) texts << QString::fromUtf8(token.text.data(), qsizetype(token.text.size()));
    QCOMPARE(texts,
             (QStringList{"port", ">=", "80", "and", "(", "!", "fe80::/10", "||", "x", "!=", "\"a b\"", ")", ""}));
    QVERIFY(t.back().kind == TokenKind::end);
    QVERIFY(problems.empty());
}

void TstLexer::places() {
    Diagnostics problems;
    const auto t = flow::tokenize("a\n  bb # c\n\nd", problems);
    QCOMPARE(t.size(), std::size_t(4));
    QCOMPARE(t[0].line, std::size_t(1));
    QCOMPARE(t[0].column, std::size_t(1));
    QCOMPARE(t[1].line, std::size_t(2));
    QCOMPARE(t[1].column, std::size_t(3));
    QCOMPARE(t[1].offset, std::size_t(4));
    QCOMPARE(t[2].line, std::size_t(4));
    QCOMPARE(t[2].column, std::size_t(1));
    QCOMPARE(t[3].column, std::size_t(2));
}

void TstLexer::strings() {
    Diagnostics problems;
    const auto t = flow::tokenize(R"("a \"b\" \\ # c" x)", problems);
    QCOMPARE(t.size(), std::size_t(3));
    QCOMPARE(flow::valueOf(t[0]), std::string(R"(a "b" \ # c)"));
    QCOMPARE(flow::valueOf(t[1]), std::string("x"));
}

void TstLexer::unclosedString() {
    Diagnostics problems;
    const auto t = flow::tokenize("x \"abc\ny", problems);
    QCOMPARE(problems.size(), std::size_t(1));
    QCOMPARE(problems[0].column, std::size_t(3));
    QCOMPARE(problems[0].fix, std::string("\"abc\""));
    QCOMPARE(t.size(), std::size_t(4));
    QCOMPARE(flow::valueOf(t[1]), std::string("abc"));
    QCOMPARE(t[2].line, std::size_t(2));
}

/// Tokens cover the text in order, whatever it is.
void TstLexer::anyBytes() {
    std::string text;
    for (int i = 0; i < 256; ++i) text += char(i);
    text += "\"\\";
    Diagnostics problems;
    std::size_t at = 0;
    for (const auto& token : flow::tokenize(text, problems)) {
        QVERIFY(token.offset >= at);
        at = token.offset + token.text.size();
    }
    QCOMPARE(at, text.size());
}

QTEST_APPLESS_MAIN(TstLexer)
#include "tst_lexer.moc"
