#!/usr/bin/env bash
# Sets up, builds and runs the whole suite.
# --full list names the long checks, one a file of tests/full; --full PART runs one of them (at most 40 minutes each).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. installer/setup.sh

parts=tests/full
# A part's description is the comment in its second line.
list_parts() {
    local part
    for part in "$parts"/*.sh; do printf '%-12s %s\n' "$(basename "$part" .sh)" "$(sed -n '2s/^# *//p' "$part")"; done
}

# full_part NAME: the output goes to build/full-NAME.log, its last lines here.
full_part() {
    local name=$1 log=build/full-$1.log status=0
    need_packages installer/packages.run.txt installer/packages.test.txt installer/packages.full.txt
    echo "weir: $name: $(sed -n '2s/^# *//p' "$parts/$name.sh"); output in $log"
    "$parts/$name.sh" >"$log" 2>&1 || status=$?
    tail -n 25 "$log"
    echo "weir: $name: exit $status after $SECONDS s"
    return "$status"
}

step() { printf '\n== %s (%s s since start)\n' "$1" "$SECONDS"; }

export QT_QPA_PLATFORM=offscreen CTEST_PARALLEL_LEVEL=2
mkdir -p build
case "${1:-}" in
    "") ;;
    --full)
        part=${2:-}
        if [ "$part" = list ]; then list_parts; exit 0; fi
        if [ -z "$part" ]; then echo "weir: --full needs the name of a part:" >&2; list_parts >&2; exit 2; fi
        if [[ $part == */* ]] || [ ! -x "$parts/$part.sh" ]; then echo "weir: no part '$part'; see ./installer/test.sh --full list" >&2; exit 2; fi
        full_part "$part"
        exit 0
        ;;
    *) echo "weir: unknown option '$1'; use no option, --full list or --full PART" >&2; exit 2 ;;
esac

need_packages installer/packages.run.txt installer/packages.test.txt
export WEIR_FUZZ_SECONDS=$((270 / $(find tests/fuzz -name 'fuzz_*.cpp' | wc -l)))
# One build with the sanitizers for both; two targets run at a time.
step "sanitizers: all that reads foreign bytes and texts, and its fuzz targets"
build_preset fuzz hostile_tests fuzz_targets
ctest --preset fuzz -L 'hostile|fuzz'
step "the suite"
build_preset ci
ctest --preset ci
