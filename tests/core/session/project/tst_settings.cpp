// The settings table: defaults, text forms, bounds, JSON round trip.
#define QT_USE_QSTRINGBUILDER

#include <QTest>

#include "core/session/project/settings.h"

using namespace weir::session;

class TstSettings : public QObject {
    Q_OBJECT
private slots:
    void everyDefaultSurvivesItsOwnText();
    void jsonRoundTrip();
    void badValuesChangeNothing_data();
    void badValuesChangeNothing();
    void unknownAndBrokenJson();
    void defaultsOfTheMethods();
};

void TstSettings::everyDefaultSurvivesItsOwnText() {
    QVERIFY(settingTable().size() >= 20);
    for (const SettingDef& d : settingTable()) {
        Settings s;
        const std::string text = d.get(s);
        QVERIFY2(d.set(s, text), d.id.data());
        QCOMPARE(d.get(s), text);
        QVERIFY(!d.label.empty() && !d.help.empty());
    }
}

void TstSettings::jsonRoundTrip() {
    Settings s;
    QVERIFY(findSetting("trw.alpha")->set(s, "0.01"));
    QVERIFY(findSetting("local")->set(s, "10.0.0.0/8, 2001:db8::/32"));
    QVERIFY(findSetting("meter.idle")->set(s, "0.5"));
    QVERIFY(findSetting("ports.service")->set(s, "8080 9000"));
    const Settings back = settingsFromJson(toJson(s));
    QCOMPARE(toJson(back), toJson(s));
    QCOMPARE(back.pairing.local.size(), std::size_t(2));
    QCOMPARE(back.meter.idleTimeoutUs, std::int64_t(500000));
    QCOMPARE(back.profile.servicePorts.size(), std::size_t(2));
}

void TstSettings::badValuesChangeNothing_data() {
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("not a number") << QByteArray("trw.theta0") << QByteArray("much");
    QTest::newRow("trailing") << QByteArray("window.bins") << QByteArray("3x");
    QTest::newRow("zero bins") << QByteArray("window.bins") << QByteArray("0");
    QTest::newRow("nan") << QByteArray("hc.ratio") << QByteArray("nan");
    QTest::newRow("negative") << QByteArray("meter.active") << QByteArray("-1");
    QTest::newRow("prefix") << QByteArray("local") << QByteArray("10.0.0.0/8, 300.1.1.1");
    QTest::newRow("port") << QByteArray("ports.service") << QByteArray("80, 70000");
    QTest::newRow("bool") << QByteArray("pairing.across-intervals") << QByteArray("maybe");
    QTest::newRow("empty") << QByteArray("retry.gap") << QByteArray("");
}

void TstSettings::badValuesChangeNothing() {
    QFETCH(QByteArray, id);
    QFETCH(QByteArray, text);
    const SettingDef* d = findSetting(id.constData());
    QVERIFY(d);
    Settings s;
    const std::string before = toJson(s);
    QVERIFY(!d->set(s, text.constData()));
    QCOMPARE(toJson(s), before);
}

void TstSettings::unknownAndBrokenJson() {
    const std::string plain = toJson(Settings{});
    QCOMPARE(toJson(settingsFromJson("{\"no.such\": \"1\", \"trw.alpha\": 5}")), plain);
    QCOMPARE(toJson(settingsFromJson("[1, 2")), plain);
    QCOMPARE(toJson(settingsFromJson("")), plain);
}

void TstSettings::defaultsOfTheMethods() {
    const auto text = [](const char* id) { return findSetting(id)->get(Settings{}); };
    QCOMPARE(text("meter.active"), std::string("300"));
    QCOMPARE(text("meter.idle"), std::string("60"));
    QCOMPARE(text("pairing.interval"), std::string("600"));
    QCOMPARE(text("window.bins"), std::string("3"));
    QCOMPARE(text("trw.alpha"), std::string("0.005"));
    QCOMPARE(text("hc.min-bad"), std::string("4"));
    QCOMPARE(text("large.bytes"), std::string("10240"));
    QCOMPARE(text("retry.gap"), std::string("240"));
}

QTEST_APPLESS_MAIN(TstSettings)
#include "tst_settings.moc"
