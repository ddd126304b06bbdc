#!/usr/bin/env bash
# Two builds of Weir on every row of peers.sh, interleaved: the median of the ratios of pairs. A row that falls by more than 5 % is marked.
# usage: tests/bench/old_new.sh OLD_BIN NEW_BIN [ROW...]: folders of programs of the bench preset; a ROW is a regular expression on the names of rows.
# WEIR_RUNS (7: pairs a row), and the variables of tests/bench/rows.sh. Exit 1: a row falls; 2: usage, or a row could not be measured.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
[ "$#" -ge 2 ] && [ -d "$1" ] && [ -d "$2" ] || { sed -n '2,4s/^# //p' "$0" >&2; exit 2; }
old_bin=$1 new_bin=$2
shift 2
[ "$#" -eq 0 ] || WEIR_ONLY=$(IFS='|'; echo "$*")
runs=${WEIR_RUNS:-7}
. tests/bench/rows.sh

compares_peers() { false; }
before() {
    use_bin "$old_bin" old; "$1" >/dev/null || true
    use_bin "$new_bin" new; "$1" >/dev/null || true
}

fallen=0 missing=0
# row NAME FUNCTION [more]: which of the two goes first changes with every pair; ratio over 1 = the new one is better.
row() {
    wanted "$1" || return 0
    local i side value ratio mark=""
    : >"$work/old"; : >"$work/new"
    for ((i = 0; i < runs; i++)); do
        for side in $( ((i % 2)) && echo new old || echo old new); do
            if [ "$side" = old ]; then use_bin "$old_bin" old; else use_bin "$new_bin" new; fi
            value=$("$2" 2>/dev/null | awk '{print $1; exit}') || true
            if [ -z "$value" ]; then
                printf '%-42s not measured: the %s build cannot run it\n' "$1" "$side"
                missing=1
                return 0
            fi
            echo "$value" >>"$work/$side"
        done
    done
    ratio=$(paste "$work/old" "$work/new" | awk -v more="${3:-}" '{print $1 == $2 ? 1 : more ? $2 / $1 : $1 / $2}' | median)
    if awk -v r="$ratio" 'BEGIN {exit !(r < 0.95)}'; then mark="  <-- falls" fallen=1; fi
    printf '%-42s old %9s   new %9s   ratio %5.3f%s\n' "$1" "$(median <"$work/old")" "$(median <"$work/new")" "$ratio" "$mark"
}
duel() { row "$1" "$4"; }
single() { row "$1" "$3" "${4:-}"; }

use_bin "$new_bin" new
echo "$flows flows, $packets packets, $runs pairs a row; the ratio is the median over pairs, over 1 = the new build is better"
rows
[ "$fallen" -eq 0 ] || exit 1
[ "$missing" -eq 0 ] || exit 2
