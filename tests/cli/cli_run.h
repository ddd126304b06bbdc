// Runs the real weir-cli in tests.
#pragma once

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QString>
#include <QStringList>

struct CliRun {
    int code = -1;
    QByteArray out, err;
    QJsonObject json() const { return QJsonDocument::fromJson(out).object(); }
    qsizetype errLines() const { return err.count('\n'); }
};

/// A member of a JSON object; undefined when there is none.
inline QJsonValue of(const QJsonValue& object, const char* key) { return object.toObject().value(QLatin1String(key)); }

inline QString cliPath() { return QStringLiteral(WEIR_BIN_DIR "/weir-cli"); }

inline CliRun runCli(const QStringList& arguments) {
    QProcess p;
    p.start(cliPath(), arguments);
    p.waitForFinished(300'000);
    CliRun r;
    r.out = p.readAllStandardOutput();
    r.err = p.readAllStandardError();
    r.code = p.exitStatus() == QProcess::NormalExit ? p.exitCode() : -2;
    return r;
}

/// Keys of the blank-separated list that the object does not have.
inline QByteArray keysMissing(const QJsonObject& object, const char* wanted) {
    QByteArrayList missing;
    for (const QByteArray& key : QByteArray(wanted).split(' '))
        if (!object.contains(QString::fromUtf8(key))) missing << key;
    return missing.join(' ');
}
