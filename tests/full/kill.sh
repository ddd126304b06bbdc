#!/usr/bin/env bash
# kill -9 at any moment, 500 rounds of imports and 500 of Save As under load: nothing that was said to be done is lost.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
. installer/setup.sh
need_packages installer/packages.run.txt installer/packages.test.txt
mkdir -p build
build_preset ci tst_import tst_project_save_as
export WEIR_SEED=${WEIR_SEED:-$RANDOM} LC_ALL=C.UTF-8 TZ=UTC QTEST_FUNCTION_TIMEOUT=2400000
echo "WEIR_SEED=$WEIR_SEED"
WEIR_ROUNDS=${WEIR_ROUNDS:-500} build/ci/bin/tst_project_save_as killedAtAnyMoment
WEIR_ROUNDS=${WEIR_ROUNDS:-50} build/ci/bin/tst_project_save_as nothingIsLost
WEIR_KILLS=${WEIR_ROUNDS:-500} build/ci/bin/tst_import
