// All settings of a project, by id: stored in the project and in each run.
#pragma once

#include "core/capture/reader.h"
#include "core/meter/cleaning.h"
#include "core/meter/settings.h"
#include "core/profile/settings.h"
#include "core/signs/sign_settings.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace weir::session {

/// The values of all settings.
struct Settings {
    capture::ReadOptions capture;
    meter::MeterSettings meter;
    meter::CleaningSettings cleaning;
    meter::PairingSettings pairing;
    profile::ProfileSettings profile;
    signs::SignSettings signs;
    std::uint16_t communitySeed = 0;  ///< of Community IDs; must be equal in all tools whose IDs should match
};

/// What a change of the setting invalidates.
enum class Redo : unsigned char { packets, flows, signs, nothing };
/// A setting: one entry of the table.
struct SettingDef {
    std::string_view id;  ///< "trw.theta0": stored
    std::string_view label, help, unit;
    std::string_view mark;  ///< confidence mark of methods.md: "S", "F", "R", "I"; R and I are shown as "our default"
    Redo redo;
    std::string (*get)(const Settings&);
    bool (*set)(Settings&, std::string_view text);  ///< false: not a value of this setting, nothing changed
};
/// All settings, in the order of the dialog.
std::span<const SettingDef> settingTable();
/// nullptr = unknown id.
const SettingDef* findSetting(std::string_view id);

std::string toJson(const Settings& s);             ///< one object, id → text
Settings settingsFromJson(std::string_view json);  ///< unknown ids are ignored, missing ones keep their default

}  // namespace weir::session
