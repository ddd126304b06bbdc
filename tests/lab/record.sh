#!/bin/bash
# Records the sample capture: real programs in network namespaces that this script makes, in real time.
#
#   record.sh [--duration SECONDS] [--bin SECONDS] OUTPUT-DIRECTORY
#   record.sh --clean        (removes what a killed run left behind)
#
# --duration  length of the recording (default 1740: with the start a few minutes before a ten-minute mark it touches
#             four intervals); --bin shortens the plan for a rehearsal (60: one minute stands for an interval).
# Needs root. No packet leaves the namespaces; they and all their processes are removed at the end, also after Ctrl-C.
# Writes lab.raw.pcap and claims.tsv; rewrite.sh makes the sample of them.
set -euo pipefail
set -m

LAB=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
DURATION=1740
BIN=600
OUT=
JOBS=()
for part in lib net servers scenes_everyday scenes_scan scenes_silence scenes_backscatter; do
    # shellcheck source=/dev/null
    source "$LAB/$part.sh"
done

usage() {
    sed -n '2,11s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
    exit 2
}

read_options() {
    while (($#)); do
        case $1 in
        --duration) DURATION=$2 && shift 2 ;;
        --bin) BIN=$2 && shift 2 ;;
        --clean) remove_network && exit ;;
        -*) usage ;;
        *) OUT=$1 && shift ;;
        esac
    done
    [[ -n $OUT ]] || usage
    [[ $(id -u) == 0 ]] || { say "needs root"; exit 1; }
    [[ ! -e /run/netns/$(ns rtr) ]] || { say "a recording is running, or was killed (see --clean)"; exit 1; }
    mkdir -p "$OUT/run"
    OUT=$(cd "$OUT" && pwd)
    : >"$OUT/claims.tsv"
    cd "$OUT/run" # hydra leaves a file where it runs
}

clean_up() {
    trap - EXIT INT TERM
    local job
    disown -a
    for job in ${JOBS[@]+"${JOBS[@]}"}; do kill -TERM -- "-$job" 2>/dev/null || true; done
    remove_network
    rm -rf "$OUT/run/bt"
    say "cleaned up"
}

# The lead before interval 1 is between 0.3 and 0.4 of an interval.
plan_time() {
    local t
    t=$(now)
    FIRST=$(((t + BIN * 3 / 10 + BIN - 1) / BIN * BIN))
    local start=$((FIRST - BIN * 4 / 10))
    if ((t < start)); then
        say "waiting $((start - t)) s for the start"
        sleep_until "$start"
    fi
    END=$(($(now) + DURATION))
    say "interval 1 begins $(date -u -d "@$FIRST" +%H:%M:%S), end $(date -u -d "@$END" +%H:%M:%S)"
}

start_capture() {
    ip netns exec "$(ns rtr)" tcpdump -i ext -p -n -Z root -w "$OUT/lab.raw.pcap" \
        '(ip and net 172.20.0.0/20) or (ip6 and net fd20::/16)' 2>"$OUT/run/tcpdump.log" &
    CAPTURE=$!
    JOBS+=("$CAPTURE")
    sleep 1
}

stop_capture() {
    kill -TERM "$CAPTURE"
    wait "$CAPTURE" || true
    cat "$OUT/run/tcpdump.log" >&2
}

main() {
    read_options "$@"
    trap clean_up EXIT
    trap 'exit 130' INT TERM
    write_enter
    make_torrent
    claim_everyday
    claim_scans
    claim_silence
    claim_backscatter
    make_network
    plan_time
    start_capture
    start_servers
    start_everyday
    start_scans
    start_silence
    start_backscatter
    while running; do sleep 1; done
    stop_capture
}

main "$@"
