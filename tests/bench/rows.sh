# shellcheck shell=bash
# Sourced by peers.sh and old_new.sh: what is measured, on what data. The sourcing script calls use_bin and then rows(), and provides
#   duel NAME GOAL UNITS OURS PEER_NAME PEER   two functions that print seconds
#   single NAME GOAL OURS [more]               a function that prints a number; `more`: a higher one is better
#   before FUNCTION                            runs it for every build that is measured
#   compares_peers                             true when peers are run, too
# WEIR_FLOWS (10000000), WEIR_PACKETS (20000000), WEIR_EXPORT_FLOWS (as WEIR_FLOWS), WEIR_BENCH_DIR (a temporary folder), WEIR_ONLY (a
# regular expression: rows whose name it finds), WEIR_DUCKDB (a folder with node_modules/@duckdb/node-api)
bench=$PWD/tests/bench
flows=${WEIR_FLOWS:-10000000}
packets=${WEIR_PACKETS:-20000000}
work=${WEIR_BENCH_DIR:-}
if [ -z "$work" ]; then
    work=$(mktemp -d)
    trap 'rm -rf -- "$work"' EXIT
fi
mkdir -p "$work"

# use_bin FOLDER NAME: the programs that the functions of the rows run; each name has projects of its own.
use_bin() { bin=$1 project=$work/$2.weir; }
wanted() { [[ $1 =~ ${WEIR_ONLY:-} ]]; }
median() { sort -g | awk '{v[NR] = $1} END {print (NR % 2) ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2}'; }
now() { date +%s.%N; }

# wall COMMAND...: seconds of the whole process
wall() {
    local from to
    from=$(now)
    "$@" >/dev/null 2>>"$work/peers.err"
    to=$(now)
    awk -v a="$from" -v b="$to" 'BEGIN {printf "%.3f\n", b - a}'
}
field() { sed -n "s/.*\"$1\": \([0-9.]*\).*/\1/p"; }

flow_file=$work/flows.nfcapd
trace=$work/packets.pcap
addresses=$work/addresses.filter
big_list=$work/list.txt
csv=$work/flows.csv

make_data() {
    [ -s "$flow_file" ] || "$bin/make_flows" "$flow_file" "$flows" >/dev/null
    [ -s "$trace" ] || "$bin/make_capture" "$trace" "$packets" >/dev/null
    local_net=$("$bin/make_flows" --local)
    # 100,000 addresses: a quarter of them local hosts, the others anywhere
    [ -s "$addresses" ] || awk -v net="${local_net%.*.*}" 'BEGIN {
        printf "ip in [ "
        for (i = 0; i < 100000; i++) {
            x = (x * 1103515245 + 12345) % 2147483648
            if (i % 4 == 0) printf "%s.%d.%d ", net, i / 512 % 256, i / 2 % 256
            else printf "%d.%d.%d.%d ", 1 + int(x / 16777216) % 220, int(x / 65536) % 256, int(x / 256) % 256, x % 256
        }
        print "]"
    }' >"$addresses"
}

ours_import() { rm -f "$project"*; wall "$bin/weir-cli" import --no-hash -p "$project" --local "$local_net" "$flow_file"; }
peer_rewrite() { rm -f "$work/rewritten"; wall nfdump -r "$flow_file" -y -w "$work/rewritten"; }
ours_derive() { "$bin/measure" derive "$project" | field seconds; }
peer_pairing() { wall nfdump -r "$flow_file" -B -w "$work/paired"; }
ours_classify() { "$bin/measure" classify "$project" | field seconds; }
ours_open() { "$bin/measure" open "$project" | field seconds; }
ours_top_ports() { "$bin/measure" top-ports "$project" | field seconds; }
ours_top_ports_all() { "$bin/measure" top-ports-all "$project" | field seconds; }
peer_top_ports() { wall nfdump -q -r "$flow_file" -s dstport/flows -n 10; }
ours_top_sources() { "$bin/measure" top-sources "$project" | field seconds; }
ours_top_sources_all() { "$bin/measure" top-sources-all "$project" | field seconds; }
peer_top_sources() { wall nfdump -q -r "$flow_file" -s srcip/flows -n 10; }
a_filter='proto tcp and flags S and not flags ARPFU and dst port 23'
ours_filter() { "$bin/measure" filter "$project" "$a_filter" | field seconds; }
peer_filter() { wall nfdump -q -r "$flow_file" -A proto -o 'fmt:%fl' "$a_filter"; }
ours_addresses() { "$bin/measure" filter-file "$project" "$addresses" | field seconds; }
peer_addresses() { wall nfdump -q -r "$flow_file" -A proto -o 'fmt:%fl' -f "$addresses"; }
ours_meter() { "$bin/meter_file" "$trace" | field seconds; }
peer_nfpcapd() { rm -rf "$work/nfpcapd"; mkdir "$work/nfpcapd"; wall nfpcapd -r "$trace" -w "$work/nfpcapd"; }
peer_argus() { wall argus -X -r "$trace" -w /dev/null; }
rate_classify() { awk -v s="$(ours_classify)" -v n="$flows" 'BEGIN {printf "%.2f\n", n / s / 1e6}'; }
memory_classify() { "$bin/measure" classify "$project" | field rss_anon | awk '{printf "%.2f\n", $1 / 1e9}'; }
window_open() { QT_QPA_PLATFORM=offscreen "$bin/open_ui" "$project" 2>/dev/null | field seconds; }
triage_open() { QT_QPA_PLATFORM=offscreen "$bin/triage_ui" "$project" 2>/dev/null | head -1 | field seconds; }
triage_edit() { QT_QPA_PLATFORM=offscreen "$bin/triage_ui" "$project" 2>/dev/null | tail -1 | field ms; }
keep_scores() { "$bin/weir-cli" flows -p "$project" -n 1 "badness >= 0" >/dev/null 2>&1; }
keep_words() { "$bin/weir-cli" classify -p "$project" >/dev/null; }
project_size() { awk -v b="$(stat -c %s "$project")" -v n="$flows" 'BEGIN {printf "%.2f\n", b / n}'; }
import_memory() {
    rm -f "$project"*
    "$bin/weir-cli" import --no-hash -p "$project" --local "$local_net" "$flow_file" >/dev/null 2>&1 &
    local pid=$! peak=0 v
    while v=$(awk '/^RssAnon/ {print $2}' "/proc/$pid/status" 2>/dev/null) && [ -n "$v" ]; do
        [ "$v" -gt "$peak" ] && peak=$v
        sleep 0.002
    done
    wait "$pid"
    awk -v k="$peak" 'BEGIN {printf "%.2f\n", k * 1024 / 1e9}'
}
# A list of a million addresses: read, checked and kept by us, compiled as a filter by the peer on a file of a thousand flows.
list_ours() {
    rm -f "$project.list"*
    "$bin/weir-cli" import --no-hash -p "$project.list" "$work/small.nfcapd" >/dev/null 2>&1
    wall "$bin/weir-cli" lists -p "$project.list" add big "$big_list"
}
list_peer() { wall nfdump -q -r "$work/small.nfcapd" -f "$work/list.filter"; }
seed_size() {
    rm -f "$project.seed"*
    # shellcheck disable=SC2016  # the inner shell's
    wall sh -c '"$1" import --no-hash -p "$2" --local "$3" "$4" >/dev/null && "$1" score -p "$2"' - "$bin/weir-cli" "$project.seed" "$local_net" "$work/seed.nfcapd"
}
ours_csv() { rm -f "$project.csv"*; wall "$bin/weir-cli" import --no-hash -p "$project.csv" --local "$local_net" "$csv"; }
peer_duckdb() { rm -f "$work/flows.duckdb"*; (cd "${WEIR_DUCKDB:-.}" && node "$bench/duckdb_csv.mjs" "$csv" "$work/flows.duckdb"); }

# Export datagrams: nfcapd gets them over loopback at the highest rate at which it loses none, from the first datagram to the rotated file.
export_flows=${WEIR_EXPORT_FLOWS:-$flows}
port=${WEIR_EXPORT_PORT:-29995}
# replay RATE: prints the seconds, or nothing when nfcapd missed datagrams
replay() {
    local from to pid
    rm -rf "$work/nfcapd"; mkdir "$work/nfcapd"
    nfcapd -b 127.0.0.1 -p "$port" -w "$work/nfcapd" -t 3600 -B 16000000 >"$work/nfcapd.log" 2>&1 &
    pid=$!
    sleep 0.5
    from=$(now)
    "$bin/replay_exports" "$exports" "$port" "$1" >/dev/null
    kill -TERM "$pid"
    wait "$pid" || true
    to=$(now)
    nfdump -q -r "$work"/nfcapd/nfcapd.[0-9]* -I 2>/dev/null | awk -v n="$export_flows" -v a="$from" -v b="$to" \
        '/^Flows:/ {f = $2} /^Sequence failures:/ {s = $3} END {if (f == n && s == 0) printf "%.3f\n", b - a}'
}
# The peer's luck is no measure: a rate holds when one of three tries loses nothing.
replay_well() {
    local i r
    for i in 1 2 3; do
        r=$(replay "$1")
        [ -z "$r" ] || { echo "$r"; return; }
    done
}
fastest_rate() {
    local rate best=5000 r
    for rate in 10000 20000 30000 40000 50000 65000 80000 100000 130000 160000 200000; do
        r=$(replay_well "$rate")
        [ -n "$r" ] || break
        best=$rate
    done
    echo "$best"
}
ours_exports() { rm -f "$project"*; wall "$bin/weir-cli" import --no-hash -p "$project" --local "$local_net" "$exports"; }
peer_exports() { local r; r=$(replay_well "$export_rate"); echo "${r:-1e9}"; }

rows() {
    make_data
    [ -z "${WEIR_ONLY:-}" ] || before ours_import
    duel "nfcapd (LZ4) -> project, durable" "1.5x, aim 2x" "$flows" ours_import "nfdump -r F -y -w G" peer_rewrite
    duel "records -> derived flows" "15x, aim 24x" "$flows" ours_derive "nfdump -r F -B -w" peer_pairing
    duel "top dstport by flows" "60x, aim 130x" "$flows" ours_top_ports "nfdump -s dstport/flows" peer_top_ports
    duel "  with packets, bytes, times" "none" "$flows" ours_top_ports_all "nfdump -s dstport/flows" peer_top_ports
    duel "top source by flows and bytes" "25x, aim 55x" "$flows" ours_top_sources "nfdump -s srcip/flows" peer_top_sources
    duel "  with packets, times" "none" "$flows" ours_top_sources_all "nfdump -s srcip/flows" peer_top_sources
    duel "filter count" "20x, aim 27x" "$flows" ours_filter "nfdump, same filter" peer_filter
    duel "filter of 100,000 addresses" "5x, aim 20x" "$flows" ours_addresses "nfdump, same list" peer_addresses
    duel "pcap -> biflow records" "8x, aim 14x" "$packets" ours_meter "nfpcapd" peer_nfpcapd
    if compares_peers; then duel "pcap -> biflow records" "8x, aim 14x" "$packets" ours_meter "argus" peer_argus; fi
    single "records -> classes, M flows/s" "5, aim 10 (published: 0.34 on a cluster node of its day)" rate_classify more
    single "open the project file, s" "part of the next line" ours_open
    if [ -x "$bin/open_ui" ]; then single "open until the window is usable, s" "0.5, aim 0.2" window_open; fi
    if [ -x "$bin/triage_ui" ]; then
        before keep_scores   # the tally of codes, as any use of scores keeps it
        single "open until scores stand on the screen, s" "0.6, aim 0.3" triage_open
        single "points changed -> table ranked, ms" "1, aim 0.2" triage_edit
    fi
    if wanted "list of 1 M entries"; then
        [ -s "$work/small.nfcapd" ] || "$bin/make_flows" "$work/small.nfcapd" 1000 >/dev/null
        [ -s "$big_list" ] || awk 'BEGIN {srand(7)
            for (i = 0; i < 1000000; i++) printf "%d.%d.%d.%d\n", 1 + rand() * 222, rand() * 256, rand() * 256, rand() * 256}' >"$big_list"
        [ -s "$work/list.filter" ] || { printf 'ip in ['; tr '\n' ' ' <"$big_list"; printf ']\n'; } >"$work/list.filter"
        duel "list of 1 M entries" "1 s, aim 0.3 s" 1000000 list_ours "nfdump, ip in [...]" list_peer
    fi
    if wanted "37 M flows, nfcapd -> Tables IV and V, s"; then
        [ -s "$work/seed.nfcapd" ] || "$bin/make_flows" "$work/seed.nfcapd" 37046211 86400
        single "37 M flows, nfcapd -> Tables IV and V, s" "12, aim 6" seed_size
    fi
    single "peak memory, classify, GB" "1.6, aim 1.2" memory_classify
    single "peak memory, import, GB" "1.2, aim 0.8" import_memory
    if ! wanted "CSV, 10 columns -> project"; then :
    elif ! compares_peers || (cd "${WEIR_DUCKDB:-.}" && node -e "require.resolve('@duckdb/node-api')") 2>/dev/null; then
        [ -s "$csv" ] || "$bin/make_csv" "$csv" "$flows"
        duel "CSV, 10 columns -> project" "1.5x, aim 3x" "$flows" ours_csv "DuckDB read_csv" peer_duckdb
    else
        echo "CSV -> project: skipped, DuckDB is not there (npm i @duckdb/node-api in a folder, WEIR_DUCKDB=that folder)"
    fi
    before keep_words
    single "project size, B a flow, sign words included" "20, aim 17" project_size
    for version in 5 9 10; do
        wanted "export datagrams $version -> project" || continue
        exports=$work/exports-$version.pcap
        [ -s "$exports" ] || "$bin/make_exports" "$exports" "$version" "$export_flows"
        export_rate=0
        if compares_peers; then export_rate=$(fastest_rate); fi
        duel "export datagrams $version -> project" "3x, aim 6x" "$export_flows" ours_exports "nfcapd, $export_rate a second" peer_exports
    done
}
