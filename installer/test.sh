#!/usr/bin/env bash
# Sets up, builds and runs the whole suite. --full: every fuzz target 60 s, slow tests, benchmarks and peers as well.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. installer/setup.sh

full=0
[ "${1:-}" = "--full" ] && full=1
export QT_QPA_PLATFORM=offscreen CTEST_PARALLEL_LEVEL=2
need_packages installer/packages.run.txt installer/packages.test.txt
mkdir -p build

step() { printf '\n== %s (%s s since start)\n' "$1" "$SECONDS"; }

export WEIR_FUZZ_SECONDS=$((270 / $(find tests/fuzz -name 'fuzz_*.cpp' | wc -l)))
if [ "$full" = 1 ]; then
    step "address and undefined-behaviour sanitizers"
    build_preset asan
    ctest --preset asan -LE arch
    step "thread sanitizer: core"
    build_preset tsan threaded_tests
    TSAN_OPTIONS="suppressions=$PWD/tests/support/tsan.supp die_after_fork=0" ctest --preset tsan -L threads
    step "fuzz targets"
    WEIR_FUZZ_SECONDS=60
    build_preset fuzz fuzz_targets
    ctest --preset fuzz -L fuzz
else
    # One build with the sanitizers for both; two targets run at a time.
    step "sanitizers: all that reads foreign bytes and texts, and its fuzz targets"
    build_preset fuzz hostile_tests fuzz_targets
    ctest --preset fuzz -L 'hostile|fuzz'
fi

if [ "$full" = 1 ]; then
    step "benchmarks and peers"
    build_preset bench
    tests/bench/peers.sh build/bench/bin
fi

step "the suite"
build_preset ci
if [ "$full" = 1 ]; then WEIR_FULL=1 ctest --preset ci; else ctest --preset ci; fi
