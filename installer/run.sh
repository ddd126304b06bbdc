#!/usr/bin/env bash
# Sets up, builds and opens the workbench on the bundled sample (or on the files given).
# Without a display the same job runs on the command line and prints the class table and the conflict report.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. installer/setup.sh

files=()
for f in "$@"; do files+=("$(realpath -- "$f")"); done
need_packages installer/packages.run.txt
mkdir -p build
echo "weir: building (a few minutes the first time)"
cmake -S . -B build/run -G Ninja -DCMAKE_BUILD_TYPE=Release >build/run.log 2>&1 || { cat build/run.log >&2; exit 1; }
cmake --build build/run

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    if [ "${#files[@]}" -gt 0 ]; then exec build/run/bin/weir "${files[@]}"; fi
    exec build/run/bin/weir --sample
fi

echo "weir: no display, running the same job on the command line"
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
cli=build/run/bin/weir-cli
status=0
if [ "${#files[@]}" -gt 0 ]; then
    "$cli" import -p "$work/run.weir" "${files[@]}" || status=$?
else
    "$cli" import -p "$work/run.weir" --local 44.128.16.0/20 --local 2630::/16 resources/samples/lab.pcapng || status=$?
fi
case $status in 0 | 3) ;; *) exit "$status" ;; esac
"$cli" info -p "$work/run.weir"
"$cli" classify -p "$work/run.weir"
"$cli" conflicts -p "$work/run.weir"
exit "$status"
