#!/usr/bin/env bash
# the suite of core and command line under address and undefined-behaviour sanitizers
set -euo pipefail
. installer/setup.sh
build_preset asan
ctest --preset asan -LE 'arch|without_data'
