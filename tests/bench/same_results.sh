#!/usr/bin/env bash
# Two builds give the same results: every capture at hand is imported by both, and what each says in JSON is compared byte for byte.
# usage: tests/bench/same_results.sh OLD_BIN NEW_BIN [FILE_OR_FOLDER...]; without a file: the sample, the folder of real captures (WEIR_SHARED_DATA,
# ../shared/data when not set) and the cases beside it. Masked in both: seconds of the run, the version and the size of the project file.
# WEIR_JOBS (2) files at a time. Exit 1: something differs; 2: usage.
set -euo pipefail
if [ "$#" -lt 2 ] || [ ! -x "$1/weir-cli" ] || [ ! -x "$2/weir-cli" ]; then sed -n '2,5s/^# //p' "$0" >&2; exit 2; fi
old=$(realpath "$1") new=$(realpath "$2") root=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../..")
shift 2
sample=$root/resources/samples/lab.pcapng
data=$(realpath -m "${WEIR_SHARED_DATA:-$root/../shared/data}")
if [ "$#" -eq 0 ]; then
    set -- "$sample"
    for folder in "$data" "$(dirname "$data")/cases"; do
        if [ -d "$folder" ]; then set -- "$@" "$folder"; continue; fi
        echo "skipped: no folder $folder (WEIR_SHARED_DATA names the folder of real captures)"
    done
fi
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
export old new work

masked() { sed -E 's/"(seconds|schema|bytes_on_disk|bytes_per_flow)": [0-9.e+-]+/"\1": -/'; }

# say BIN PROJECT OUT NAME ARGUMENT...: the masked output of one call and its exit code, as OUT/NAME.
say() {
    local cli=$1/weir-cli project=$2 to=$3/$4 verb=$5 status=0
    shift 5
    timeout 300 "$cli" "$verb" -p "$project" "$@" 2>/dev/null >"$to.raw" || status=$?
    { masked <"$to.raw"; echo "exit $status"; } >"$to"
    rm -f "$to.raw"
    [ "$status" -eq 0 ] || [ "$status" -eq 3 ]
}

# results BIN FOLDER OUT FILE: all that is compared of one file; only the import when that fails.
results() {
    local bin=$1 project=$2/p.weir out=$3 file=$4 verb direction element
    mkdir -p "$out"
    rm -f "$project"*
    say "$bin" "$project" "$out" import import --json --no-hash "$file" || return 0
    for verb in info score; do say "$bin" "$project" "$out" "$verb" "$verb" --json || true; done
    for verb in classify signs conflicts; do
        for direction in in out; do say "$bin" "$project" "$out" "$verb-$direction" "$verb" --json --direction "$direction" || true; done
    done
    for element in srcip dstport:p/bytes class/packets signs; do
        say "$bin" "$project" "$out" "top-${element//[:\/]/-}" top -o json -n 100 -s "$element" || true
    done
    say "$bin" "$project" "$out" flows flows -o json -n 2000 || true
}

# compare FILE: adds a verdict to the counts; prints the first lines of what differs.
compare() {
    local file=$1 here verdict=same
    here=$(mktemp -d -p "$work")
    results "$old" "$here" "$here/old" "$file"
    results "$new" "$here" "$here/new" "$file"
    if ! diff -ru "$here/old" "$here/new" >"$here/diff"; then
        verdict=different
        { echo "different: $file"; sed -e "s|$here/||g" -e 's/^/    /' "$here/diff" | head -n 40; } >"$here/said"
        cat "$here/said"
    elif [ ! -e "$here/old/info" ]; then
        verdict=refused
    fi
    rm -rf -- "$here"
    echo "$verdict" >>"$work/counts"
}
export -f masked say results compare

: >"$work/counts"
find -L "$@" -type f -print0 | sort -z | xargs -0 -n 1 -P "${WEIR_JOBS:-2}" bash -c 'compare "$1"' _
awk '{n[$1]++} END {
    printf "%d files: %d give the same results with both, %d are refused by both in the same way, %d differ\n", NR, n["same"], n["refused"],
        n["different"]
    exit n["different"] > 0 || NR == 0
}' "$work/counts"
