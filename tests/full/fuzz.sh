#!/usr/bin/env bash
# every fuzz target for a minute
set -euo pipefail
. installer/setup.sh
export WEIR_FUZZ_SECONDS=60
build_preset fuzz fuzz_targets
ctest --preset fuzz -L fuzz
