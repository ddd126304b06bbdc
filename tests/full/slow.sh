#!/usr/bin/env bash
# the suite with its slow tests (WEIR_FULL=1)
set -euo pipefail
. installer/setup.sh
build_preset ci
WEIR_FULL=1 ctest --preset ci
