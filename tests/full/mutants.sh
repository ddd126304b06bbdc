#!/usr/bin/env bash
# Ten thousand damaged project files of every version under the sanitizers: a clear line or a working project, at most 1 GiB, no abort
set -euo pipefail
. installer/setup.sh

seed=${WEIR_SEED:-$(od -An -N4 -tu4 /dev/urandom | tr -d ' ')}
count=${WEIR_MUTANTS:-10000}
echo "WEIR_SEED=$seed, $count mutants"
build_preset fuzz tst_mutants
export QT_QPA_PLATFORM=offscreen LC_ALL=C.UTF-8 TZ=UTC QTEST_FUNCTION_TIMEOUT=2400000

# Mutant n of seed s is the first of seed s + n: the halves meet.
half=$((count / 2))
WEIR_SEED=$seed WEIR_MUTANTS=$half build/fuzz/bin/tst_mutants &
first=$!
WEIR_SEED=$((seed + half)) WEIR_MUTANTS=$((count - half)) build/fuzz/bin/tst_mutants
wait "$first"
