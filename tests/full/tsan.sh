#!/usr/bin/env bash
# all tests of threaded code under the thread sanitizer
set -euo pipefail
. installer/setup.sh
build_preset tsan threaded_tests
TSAN_OPTIONS="suppressions=$PWD/tests/support/tsan.supp die_after_fork=0" ctest --preset tsan -L threads
