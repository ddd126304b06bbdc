#!/usr/bin/env bash
# Two builds of Weir on every row of peers.sh, interleaved: the median of the ratios of pairs. A row that falls by more than 5 % is
# measured again with three times the pairs, which then count, and marked when it still does.
# usage: tests/bench/old_new.sh OLD_BIN NEW_BIN [ROW...]: folders of programs of the bench preset; a ROW is a regular expression on the names of rows.
# WEIR_RUNS (7: pairs a row), and the variables of tests/bench/rows.sh. Exit 1: a row falls; 2: usage, or a row could not be measured.
set -euo pipefail
if [ "$#" -lt 2 ] || [ ! -d "$1" ] || [ ! -d "$2" ]; then sed -n '2,5s/^# //p' "$0" >&2; exit 2; fi
old_bin=$(realpath "$1") new_bin=$(realpath "$2")
shift 2
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
[ "$#" -eq 0 ] || WEIR_ONLY=$(IFS='|'; echo "$*")
runs=${WEIR_RUNS:-7}
. tests/bench/rows.sh

compares_peers() { false; }
before() {
    use_bin "$old_bin" old; "$1" >/dev/null || true
    use_bin "$new_bin" new; "$1" >/dev/null || true
}

# pairs COUNT FUNCTION MORE: measures into old and new, prints the median ratio (over 1 = the new one is better), or which build cannot run
# it. Which of the two goes first changes with every pair.
pairs() {
    local i side value
    : >"$work/old"; : >"$work/new"
    for ((i = 0; i < $1; i++)); do
        for side in $( ((i % 2)) && echo new old || echo old new); do
            if [ "$side" = old ]; then use_bin "$old_bin" old; else use_bin "$new_bin" new; fi
            value=$("$2" 2>/dev/null | awk '{print $1; exit}') || true
            if [ -z "$value" ]; then echo "$side"; return; fi
            echo "$value" >>"$work/$side"
        done
    done
    paste "$work/old" "$work/new" | awk -v more="$3" '{print $1 == $2 ? 1 : more ? $2 / $1 : $1 / $2}' | median
}

fallen=0 missing=0
falls() { awk -v r="$1" 'BEGIN {exit !(r < 0.95)}'; }
row() {
    wanted "$1" || return 0
    local ratio mark=""
    ratio=$(pairs "$runs" "$2" "${3:-}")
    case $ratio in old | new) printf '%-48s not measured: the %s build cannot run it\n' "$1" "$ratio"; missing=1; return 0 ;; esac
    if falls "$ratio"; then ratio=$(pairs $((3 * runs)) "$2" "${3:-}"); fi
    if falls "$ratio"; then mark="  <-- falls"; fallen=1; fi
    printf '%-48s old %9s   new %9s   ratio %5.3f%s\n' "$1" "$(median <"$work/old")" "$(median <"$work/new")" "$ratio" "$mark"
}
duel() { row "$1" "$4"; }
single() { row "$1" "$3" "${4:-}"; }

use_bin "$new_bin" new
echo "$flows flows, $packets packets, $runs pairs a row; the ratio is the median over pairs, over 1 = the new build is better"
rows
[ "$fallen" -eq 0 ] || exit 1
[ "$missing" -eq 0 ] || exit 2
