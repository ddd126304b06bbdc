#!/usr/bin/env bash
# Several programs on one project, 200 rounds: imports, tags, silences and lists at once, new projects and old ones, a window among them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
. installer/setup.sh
need_packages installer/packages.run.txt installer/packages.test.txt
mkdir -p build
build_preset ci weir-cli tst_cli_shared tst_window_shared
export WEIR_ROUNDS=${WEIR_ROUNDS:-200} LC_ALL=C.UTF-8 TZ=UTC QT_QPA_PLATFORM=offscreen QTEST_FUNCTION_TIMEOUT=2400000
build/ci/bin/tst_cli_shared
build/ci/bin/tst_window_shared
echo "shared: $WEIR_ROUNDS rounds of each"
