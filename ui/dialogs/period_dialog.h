// Dialog for a time range, in the time zone that the window shows.
#pragma once

#include <QDialog>

#include <cstdint>
#include <utility>

class QDateTimeEdit;
class QDialogButtonBox;
class QLabel;

namespace weir::ui {

enum class Zone : unsigned char;

/// OK is disabled while the range is empty.
class PeriodDialog final : public QDialog {
    Q_OBJECT
public:
    /// `starts` in µs: the range in which flows start; shown as the initial value, in whole seconds.
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
