// What the Inspector says of a host, a port or a combination of codes: with whom, on which ports, when, and what was
// found.
#pragma once

#include "ui/models/inspector_subject.h"

namespace weir::ui {

/// REQUIRES: `subject` is a host or a port.
InspectorSubject subjectOfPortrait(const session::PortraitSubject& subject, const session::Portrait& portrait,
                                   const session::SnapshotPtr& snapshot, Zone zone);
/// Lists and time line of a portrait, for a subject that says other things as well.
void addPortrait(InspectorSubject& to, const session::PortraitSubject& subject, const session::Portrait& portrait,
                 Zone zone);

}  // namespace weir::ui
