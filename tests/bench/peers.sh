#!/usr/bin/env bash
# Weir against its peers on the same data in the same run, interleaved; prints medians and ratios beside the goals.
# usage: tests/bench/peers.sh [BIN_FOLDER]; WEIR_RUNS (5), and the variables of tests/bench/rows.sh; without DuckDB its row is skipped
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
runs=${WEIR_RUNS:-5}
. tests/bench/rows.sh
use_bin "${1:-build/bench/bin}" import

compares_peers() { true; }
before() { "$1" >/dev/null; }

# Runs both in turn, prints medians and the median of the ratios of pairs.
duel() {
    wanted "$1" || return 0
    local name=$1 goal=$2 units=$3 ours=$4 peer_name=$5 peer=$6 i a b
    : >"$work/ours"; : >"$work/peer"; : >"$work/pairs"
    for ((i = 0; i < runs; i++)); do
        a=$("$ours")
        b=$("$peer")
        echo "$a" >>"$work/ours"
        echo "$b" >>"$work/peer"
        awk -v a="$a" -v b="$b" 'BEGIN {print b / a}' >>"$work/pairs"
    done
    awk -v n="$name" -v o="$(median <"$work/ours")" -v p="$(median <"$work/peer")" -v r="$(median <"$work/pairs")" -v pn="$peer_name" -v g="$goal" -v u="$units" \
        'BEGIN {printf "%-34s %8.4f s (%6.1f M/s)   %-24s %8.3f s   ratio %6.2fx   goal %s\n", n, o, u / o / 1e6, pn, p, r, g}'
}
single() {
    wanted "$1" || return 0
    local i
    : >"$work/ours"
    for ((i = 0; i < runs; i++)); do "$3" >>"$work/ours"; done
    awk -v n="$1" -v o="$(median <"$work/ours")" -v g="$2" 'BEGIN {printf "%-48s %s   goal %s\n", n, o, g}'
}

echo "$flows flows, $packets packets, $runs runs each, medians; the ratio is the median over pairs"
rows
