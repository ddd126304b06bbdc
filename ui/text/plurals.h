// English plurals for tr("%n flow(s)"): the source texts are English, so no translation file has to be there.
#pragma once

#include <QTranslator>

namespace weir::ui {

/// Turns "(s)" into "" or "s" by the number. A real translation installed after it wins.
class EnglishPlurals final : public QTranslator {
    Q_OBJECT
public:
    using QTranslator::QTranslator;
    bool isEmpty() const override { return false; }
    QString translate(const char* context, const char* source, const char* disambiguation, int n) const override;
};

}  // namespace weir::ui
