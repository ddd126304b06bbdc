// weir-cli and text files: what it writes comes back, mappings, and the line that says how to map.
#include "app/cli/terminal_text.h"
#include "tests/cli/cli_run.h"
#include "tests/support/packing.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <sstream>

class TstCliTexts : public QObject {
    Q_OBJECT
private slots:
    void ownExportsComeBack_data();
    void ownExportsComeBack();
    void mapping();
    void wrongMapping();
    void namesCannotSteerATerminal();
    void terminalsGetNoControls();
    void packedTexts();

private:
    QString path(const char* name) const { return dir_.filePath(QString::fromLatin1(name)); }
    QString put(const char* name, const QByteArray& bytes) const {
        QFile f(path(name));
        if (!f.open(QIODevice::WriteOnly)) qFatal("cannot write");
        f.write(bytes);
        return f.fileName();
    }
    QTemporaryDir dir_;
};

void TstCliTexts::ownExportsComeBack_data() {
    QTest::addColumn<QString>("form");
    for (const char* form : {"csv", "ndjson", "json"}) QTest::newRow(form) << QString::fromLatin1(form);
}

/// The sample capture, listed, read and listed again: every column that a record carries.
void TstCliTexts::ownExportsComeBack() {
    QFETCH(QString, form);
    const QString columns = QStringLiteral(
        "flowStartMilliseconds,flowEndMilliseconds,flowDurationMilliseconds,protocolIdentifier,sourceIPv4Address,"
        "sourceIPv6Address,sourceTransportPort,"
        "destinationIPv4Address,destinationIPv6Address,destinationTransportPort,tcpControlBits,packetDeltaCount,"
        "octetDeltaCount,icmpTypeCode");
    const QString first = dir_.filePath(form + QStringLiteral("1.weir")),
                  second = dir_.filePath(form + QStringLiteral("2.weir"));
    QCOMPARE(
        runCli({"import", "-p", first, "--no-hash", QStringLiteral(WEIR_SOURCE_DIR "/resources/samples/lab.pcapng")})
            .code,
        0);
    const CliRun listed = runCli({"flows", "-p", first, "-o", form, "--columns", columns});
    QCOMPARE(listed.code, 0);
    QVERIFY(listed.out.count('\n') > 1000);
    const CliRun import = runCli({"import", "-p", second, "--no-hash", "--json", put("listed.txt", listed.out)});
    QVERIFY2(import.code == 0, import.err.constData());
    QCOMPARE(of(import.json()["sources"].toArray().first(), "kind").toString(), QStringLiteral("ipfix-text"));
    const CliRun again = runCli({"flows", "-p", second, "-o", form, "--columns", columns});
    QVERIFY(again.out == listed.out);
}

void TstCliTexts::mapping() {
    const QString file = put("odd.txt",
                             "n;when;from;to;what\n1;31/12/2023 11:59:59 PM;10.0.0.1;10.0.0.2;tcp\n2;31/13/2023 "
                             "11:59:59 PM;10.0.0.1;10.0.0.2;tcp\n");
    const CliRun refused = runCli({"import", "-p", path("refused.weir"), file});
    QCOMPARE(refused.code, 2);
    QCOMPARE(refused.errLines(), qsizetype(1));
    QVERIFY2(refused.err.contains("--map"), refused.err.constData());
    const CliRun r = runCli(
        {"import", "-p", path("mapped.weir"), "--json", "--map",
         "sourceIPv4Address=from,destinationIPv4Address=to,flowStartMilliseconds=when:dmy,protocolIdentifier=5", file});
    QCOMPARE(r.code, 3);
    const auto source = r.json()["sources"].toArray().first();
    QCOMPARE(of(source, "flows").toInt(), 1);
    QCOMPARE(of(source, "first").toString(), QStringLiteral("2023-12-31T23:59:59.000Z"));
    QCOMPARE(of(source, "dropped").toObject()["unreadable time"].toInt(), 1);
}

void TstCliTexts::wrongMapping() {
    const QString file = put("odd2.txt", "n;when;from;to\n1;1700000000;10.0.0.1;10.0.0.2\n");
    const CliRun r = runCli({"import", "-p", path("wrong.weir"), "--map", "sourceIPv4Adress=from", file});
    QCOMPARE(r.code, 2);
    QVERIFY2(r.err.contains("did you mean `sourceIPv4Address`"), r.err.constData());
}

/// A file name and the names in its head with escape sequences, a line end, C1 and marks of direction: in errors,
/// notices and tables.
void TstCliTexts::namesCannotSteerATerminal() {
    const QString name = QStringLiteral("a\x1b[31m\nb\u202ec\u009b.csv");
    const auto clean = [](const QByteArray& text) {
        const QString shown = QString::fromUtf8(text);
        return std::none_of(shown.begin(), shown.end(), [](QChar c) {
            return c != u'\n' && (c.category() == QChar::Other_Control || c.category() == QChar::Other_Format);
        });
    };
    const QString odd = dir_.filePath(name);
    QFile(put("odd3.txt",
              "n\x7f,when\xe2\x80\xae,\xc2\x9b"
              "from\n1,2,3\n"))
        .copy(odd);
    const CliRun refused = runCli({"import", "-p", path("r.weir"), odd});
    QCOMPARE(refused.code, 2);
    QVERIFY2(clean(refused.err) && refused.errLines() == 1, refused.err.constData());
    QVERIFY2(refused.err.contains("a\\u{1b}[31m\\nb\\u{202e}c\\u{9b}.csv") &&
                 refused.err.contains("n\\u{7f}, when\\u{202e}, \\u{9b}from"),
             refused.err.constData());

    const QString good = dir_.filePath(QStringLiteral("good") + name);
    QFile(put("good.txt",
              "sourceIPv4Address,destinationIPv4Address,flowStartMilliseconds\n10.0.0.1,10.0.0.2,1700000000000\nno,10."
              "0.0.2,1\n"))
        .copy(good);
    const CliRun imported = runCli({"import", "-p", path("g.weir"), good});
    QCOMPARE(imported.code, 3);
    QVERIFY2(clean(imported.out) && clean(imported.err), imported.out.constData());
    QVERIFY2(imported.out.contains("gooda\\u{1b}[31m\\nb"), imported.out.constData());
    const CliRun info = runCli({"info", "-p", path("g.weir")});
    QVERIFY2(clean(info.out), info.out.constData());
    // A machine gets the name as it is.
    QCOMPARE(
        QFileInfo(
            of(runCli({"info", "-p", path("g.weir"), "--json"}).json()["sources"].toArray().first(), "path").toString())
            .fileName(),
        QStringLiteral("good") + name);
}

void TstCliTexts::terminalsGetNoControls() {
    std::ostringstream to;
    {
        weir::cli::TerminalText buffer(to);
        std::ostream out(&buffer);
        out << "a\x1b[2J\tb\n" << std::flush << "\xe2\x80";
        out << "\xae end";
    }
    QCOMPARE(QByteArray::fromStdString(to.str()), QByteArray("a\\u{1b}[2J\tb\n\\u{202e} end"));
}

/// The limit keeps what came before it and says its name; the number of threads changes nothing.
void TstCliTexts::packedTexts() {
    QByteArray text = "sourceIPv4Address,destinationIPv4Address,flowStartMilliseconds,octetDeltaCount\n";
    for (int i = 0; i < 200'000; ++i)
        text += "10.0." + QByteArray::number(i / 250 % 250) + '.' + QByteArray::number(i % 250) + ",192.0.2.7," +
                QByteArray::number(1'700'000'000'000 + i) + ",40\n";
    const auto packed =
        weir::testing::packed(std::as_bytes(std::span(text.constData(), std::size_t(text.size()))), "gzip");
    const QString file =
        put("flows.csv.gz", QByteArray(reinterpret_cast<const char*>(packed.data()), qsizetype(packed.size())));
    const QString plain = put("flows.csv", text);
    const auto flows = [&](const char* project, const QString& from, const QStringList& more) {
        const CliRun import =
            runCli(QStringList{"import", "-p", path(project), "--no-hash", "--local", "10.0.0.0/8", from} + more);
        if (import.code != 0) qFatal("%s", import.err.constData());
        return runCli({"flows", "-p", path(project), "-o", "csv", "-n", "0"}).out;
    };
    const QByteArray expected = flows("t0.weir", plain, {});
    QVERIFY(expected.count('\n') > 200'000);
    QVERIFY(flows("t1.weir", file, {"--threads", "1"}) == expected);
    QVERIFY(flows("t4.weir", file, {"--threads", "4"}) == expected);

    const CliRun limited =
        runCli({"import", "-p", path("limited.weir"), "--json", "--set", "capture.most-unpacked=4", file});
    QCOMPARE(limited.code, 3);
    QVERIFY2(limited.err.contains("rest beyond the setting capture.most-unpacked (first at byte 4194304)"),
             limited.err.constData());
    const auto source = limited.json()["sources"].toArray().first();
    QVERIFY(of(source, "flows").toInt() > 80'000 && of(source, "flows").toInt() < 150'000);
}

QTEST_APPLESS_MAIN(TstCliTexts)
#include "tst_cli_texts.moc"
