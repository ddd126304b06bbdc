#!/usr/bin/env bash
# the benchmarks, interleaved with nfdump, nfpcapd, argus and others
set -euo pipefail
. installer/setup.sh
build_preset bench
tests/bench/peers.sh build/bench/bin
