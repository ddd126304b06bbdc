// What the Inspector shows for a host, a port or a combination of codes: peers, ports, times, and findings.
#pragma once

#include "ui/models/inspector_subject.h"

namespace weir::ui {

/// The subject for a host or a port. REQUIRES: `subject` is one of them.
InspectorSubject subjectOfPortrait(const session::PortraitSubject& subject, const session::Portrait& portrait,
                                   const session::SnapshotPtr& snapshot, Zone zone);
/// Adds the lists and the timeline of a portrait to a subject that has other content as well.
void addPortrait(InspectorSubject& to, const session::PortraitSubject& subject, const session::Portrait& portrait,
                 Zone zone);

}  // namespace weir::ui
