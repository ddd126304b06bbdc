// Colours of the filter language, and the wave under what is wrong.
#pragma once

#include "core/base/diagnostic.h"

#include <QSyntaxHighlighter>

namespace weir::ui {

class FilterHighlighter final : public QSyntaxHighlighter {
    Q_OBJECT
public:
    using QSyntaxHighlighter::QSyntaxHighlighter;
    void setProblems(const Diagnostics& problems);

protected:
    void highlightBlock(const QString& text) override;

private:
    Diagnostics problems_;
};

}  // namespace weir::ui
