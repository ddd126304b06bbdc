// The one question of an import: which networks are local. Suggestions come from the data, with reasons.
#pragma once

#ifndef Q_MOC_RUN  // moc 6.4 cannot parse <concepts>, which comes with <compare>
#include "core/flow/address.h"
#include "core/meter/derive.h"
#endif

#include <QDialog>

#include <optional>
#include <vector>

class QDialogButtonBox;
class QLabel;
class QPlainTextEdit;
class QTreeWidget;

namespace weir::ui {

/// Read networks() after accepted().
class LocalNetworksDialog final : public QDialog {
    Q_OBJECT
public:
    /// `present` = networks set so far; when there are none, the best suggestions are checked.
    LocalNetworksDialog(const std::vector<meter::LocalSuggestion>& suggestions,
                        const std::vector<flow::Prefix>& present, QWidget* parent);
    std::vector<flow::Prefix> networks() const;

private:
    void check();
    /// The networks of the text; nullopt when a line is not a valid prefix (`bad` is that line).
    std::optional<std::vector<flow::Prefix>> parse(QString* bad) const;

    QTreeWidget* list_;
    QPlainTextEdit* text_;
    QLabel* problem_;
    QDialogButtonBox* buttons_;
};

}  // namespace weir::ui
