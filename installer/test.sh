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

step "address and undefined-behaviour sanitizers: all that reads foreign bytes and texts"
if [ "$full" = 1 ]; then
    build_preset asan
    ctest --preset asan -LE arch
    step "thread sanitizer: core"
    build_preset tsan threaded_tests
    TSAN_OPTIONS="suppressions=$PWD/tests/support/tsan.supp" ctest --preset tsan -L threads
else
    build_preset asan hostile_tests
    ctest --preset asan -L hostile
fi

step "fuzz targets"
targets=$(find tests/fuzz -name 'fuzz_*.cpp' | wc -l)
if [ "$full" = 1 ]; then export WEIR_FUZZ_SECONDS=60; else export WEIR_FUZZ_SECONDS=$((360 / (targets > 0 ? targets : 1))); fi  # two run at a time
build_preset fuzz
ctest --preset fuzz

if [ "$full" = 1 ]; then
    step "benchmarks and peers"
    build_preset bench
    tests/bench/peers.sh build/bench/bin
fi

step "the suite"
build_preset ci
if [ "$full" = 1 ]; then WEIR_FULL=1 ctest --preset ci; else ctest --preset ci; fi
