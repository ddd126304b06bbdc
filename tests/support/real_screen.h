// A screen of its own for a test: an X server of a given size with a window manager on it, so that keys, focus and
// frames are real.
#pragma once

#include <initializer_list>

namespace weir::test {

/// Runs the program again with the same arguments, once per size ("1280x800"), all at a time, each with an Xvfb of its
/// own on a free display, openbox, and QT_QPA_PLATFORM=xcb. Returns 0 if every run did, else 1 with a line on stderr.
/// Takes about 0.3 s per size before a run begins. What it starts ends by its process id when the runs are over, and
/// with this process if that is killed.
int runOnScreens(char** argv, std::initializer_list<const char*> sizes);

/// This process is such a run.
bool isOnScreen();

}  // namespace weir::test
