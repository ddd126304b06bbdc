// Asks for a time range, in the zone that the window shows.
#pragma once

#include <QDialog>

#include <cstdint>
#include <utility>

class QDateTimeEdit;
class QDialogButtonBox;
class QLabel;

namespace weir::ui {

enum class Zone : unsigned char;

class PeriodDialog final : public QDialog {
    Q_OBJECT
public:
    /// µs; shown first, in whole seconds, and said to be where the flows are.
    PeriodDialog(std::pair<std::int64_t, std::int64_t> starts, Zone zone, QWidget* parent);
    /// [from, to), µs. REQUIRES: accepted.
    std::pair<std::int64_t, std::int64_t> period() const;

private:
    void check();
    QDateTimeEdit *from_, *to_;
    QLabel* problem_;
    QDialogButtonBox* buttons_;
};

}  // namespace weir::ui
