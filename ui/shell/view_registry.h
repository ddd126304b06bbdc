// All views of the window. Adding one = a file under ui/views with a maker function + one line in view_registry.cpp.
#pragma once

#include <span>
#include <string_view>

class QWidget;

namespace weir::ui {

class View;
class Workbench;

enum class Area : unsigned char { left, right, top, bottom };

struct ViewDef {
    std::string_view id;  ///< stored in layouts and projects: never renamed
    const char* title;    ///< translated in context "weir::ui::View"
    const char* icon;     ///< resource below :/icons, without suffix
    View* (*make)(Workbench& workbench, QWidget* parent);
    Area area;           ///< where it goes when the perspective does not say
    const char* page;    ///< page of the manual that F1 opens while the view has the focus
    bool titled = true;  ///< false: no title row (the strip)
};
std::span<const ViewDef> viewTable();

}  // namespace weir::ui
