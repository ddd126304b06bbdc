// All views of the window. To add one: write a file under ui/views with a maker function, and one line in
// view_registry.cpp.
#pragma once

#include <span>
#include <string_view>

class QWidget;

namespace weir::ui {

class View;
class Workbench;

/// Area of the window.
enum class Area : unsigned char { left, right, top, bottom };

/// One view: static data, one line of viewTable().
struct ViewDef {
    std::string_view id;  ///< stored in layouts and projects; never rename it
    const char* title;    ///< translated in context "weir::ui::View"
    const char* icon;     ///< resource below :/icons, without suffix
    View* (*make)(Workbench& workbench, QWidget* parent);
    Area area;           ///< default area when the perspective does not place it
    const char* page;    ///< page of the manual that F1 opens while the view has the focus
    bool titled = true;  ///< false: no title row (the strip)
};
/// All views. Ids are unique.
std::span<const ViewDef> viewTable();

}  // namespace weir::ui
