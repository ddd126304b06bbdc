#!/usr/bin/env bash
# Every source is as clang-format leaves it; the version is Debian 12's, since others break lines elsewhere.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
program=$(command -v clang-format-14 || command -v clang-format || true)
[ -n "$program" ] || { echo "clang-format is missing: install installer/packages.test.txt" >&2; exit 1; }
"$program" --version | grep -q 'version 14\.' || { echo "clang-format 14 is needed, not $("$program" --version)" >&2; exit 1; }
find core ui app tests \( -name '*.h' -o -name '*.cpp' \) -print0 | xargs -0 -n 64 "$program" --dry-run -Werror
