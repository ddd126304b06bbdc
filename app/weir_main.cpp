// The program weir: the workbench. weir [OPTIONS] [FILE…]
#include "core/base/freed_memory.h"
#include "core/base/last_resort.h"
#include "core/session/project/resources.h"
#include "ui/shell/main_window.h"
#include "ui/theme.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QSettings>

#include <thread>

namespace {

/// The colour scheme of --theme, else the saved one.
weir::ui::Scheme schemeOf(const QString& option) {
    using weir::ui::Scheme;
    if (option == u"light") return Scheme::light;
    if (option == u"dark") return Scheme::dark;
    if (option == u"system") return Scheme::system;
    const int saved = QSettings().value(QStringLiteral("theme")).toInt();
    return saved == int(Scheme::light) || saved == int(Scheme::dark) ? Scheme(saved) : Scheme::system;
}

/// Ends the program if an event handler throws: exceptions must not cross Qt's event loop.
class Application final : public QApplication {
public:
    using QApplication::QApplication;
    bool notify(QObject* receiver, QEvent* event) override {
        try {
            return QApplication::notify(receiver, event);
        } catch (...) {
            weir::sayException();
            exit(weir::kCannotGoOn);
            return false;
        }
    }
};

int run(int argc, char** argv) {
    std::thread([] {}).join();  // if there are no threads, fail here: Qt would wait forever
    Application app(argc, argv);
    QCoreApplication::setOrganizationName(QStringLiteral("weir"));
    QCoreApplication::setApplicationName(QStringLiteral("weir"));
    const std::string_view version = weir::session::programVersion();
    QCoreApplication::setApplicationVersion(QString::fromUtf8(version.data(), qsizetype(version.size())));
    QGuiApplication::setDesktopFileName(QStringLiteral("org.weir.Weir"));

    QCommandLineParser parser;
    parser.setApplicationDescription(QCoreApplication::translate("weir", "Workbench for network-flow analysts."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOption({QStringLiteral("sample"), QCoreApplication::translate("weir", "Open the sample capture.")});
    parser.addOption({QStringLiteral("theme"),
                      QCoreApplication::translate("weir", "Colours of this run: system, light or dark."),
                      QStringLiteral("theme")});
    parser.addPositionalArgument(QStringLiteral("files"),
                                 QCoreApplication::translate("weir", "A project (.weir), or captures to open."),
                                 QStringLiteral("[FILE…]"));
    parser.process(app);

    weir::ui::setUpLook(app, schemeOf(parser.value(QStringLiteral("theme"))));
    weir::ui::MainWindow window;
    window.show();
    window.offerLeftovers();
    if (parser.isSet(QStringLiteral("sample"))) window.openSample();
    if (!parser.positionalArguments().isEmpty()) window.openFiles(parser.positionalArguments());
    return QApplication::exec();
}

}  // namespace

int main(int argc, char** argv) {
    weir::keepFreedMemory();
    return weir::guarded("weir", [&] { return run(argc, argv); });
}
