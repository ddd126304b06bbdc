// English plurals for tr("%n flow(s)"): the source texts are English, so no translation file is needed.
#pragma once

#include <QTranslator>

namespace weir::ui {

/// Replaces "(s)" by "" or "s", depending on the number. A translation installed later takes precedence.
class EnglishPlurals final : public QTranslator {
    Q_OBJECT
public:
    using QTranslator::QTranslator;
    bool isEmpty() const override { return false; }
    QString translate(const char* context, const char* source, const char* disambiguation, int n) const override;
};

}  // namespace weir::ui
