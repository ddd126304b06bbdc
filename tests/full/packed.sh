#!/usr/bin/env bash
# packed captures of several GB: a line of 4 GB, JSON, CSV, pcap, nfcapd, IPFIX and export datagrams are read with less than 1 GB of memory
set -euo pipefail

seed=${WEIR_SEED:-$((RANDOM * 32768 + RANDOM))}
echo "seed $seed"
. installer/setup.sh
build_preset ci weir-cli
bin=$PWD/build/ci/bin
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
bound_kb=1000000

# measured NAME EXPECTED_EXIT ARGUMENTS...: imports into a fresh project; prints time and peak memory, fails beyond the bound
measured() {
    local name=$1 expected=$2 code=0 seconds kb
    shift 2
    rm -f "$work/p.weir"*
    python3 - "$work/usage" "$bin/weir-cli" import --no-hash --json -p "$work/p.weir" "$@" >"$work/out" 2>"$work/err" <<'PY' || code=$?
import resource, subprocess, sys, time
begun = time.time()
code = subprocess.call(sys.argv[2:])
with open(sys.argv[1], "w") as f:
    print(round(time.time() - begun, 2), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=f)
sys.exit(code)
PY
    read -r seconds kb <"$work/usage"
    printf '%-28s %8s s %6d MB\n' "$name" "$seconds" $((kb / 1000))
    [ "$code" = "$expected" ] || { echo "$name: exit code $code, expected $expected"; cat "$work/err"; exit 1; }
    [ "$kb" -lt "$bound_kb" ] || { echo "$name: $kb KB of memory"; exit 1; }
}
# counts NAME FLOWS: what the last import kept
counts() {
    local found
    found=$(python3 -c 'import json, sys; print(sum(s["flows"] for s in json.load(sys.stdin)["sources"]))' <"$work/out")
    [ "$found" = "$2" ] || { echo "$1: $found flows, expected $2"; exit 1; }
}

cat >"$work/make.py" <<'PY'
import random, struct, sys

kind, seed = sys.argv[1], int(sys.argv[2])
random.seed(seed)
out = sys.stdout.buffer
HEAD = b"sourceIPv4Address,destinationIPv4Address,flowStartMilliseconds,octetDeltaCount\n"
def row(i): return b"10.%d.%d.%d,192.0.2.%d,%d,%d\n" % (i % 4, i // 250 % 250, i % 250, i % 200, 1700000000000 + i, random.randrange(100000))
def member(i): return b'{"sourceIPv4Address":"10.%d.%d.%d","destinationIPv4Address":"192.0.2.7","flowStartMilliseconds":%d,"octetDeltaCount":%d}' % (i % 4, i // 250 % 250, i % 250, 1700000000000 + i, i % 1000)
def times(block, n):
    for _ in range(n): out.write(block)
if kind == "line":
    out.write(HEAD + row(1))
    times(b"x" * (1 << 20), 4096)
    out.write(b"\n" + row(2))
elif kind == "csv":
    out.write(HEAD)
    times(b"".join(row(i) for i in range(100000)), 400)
elif kind == "json":
    out.write(b"[" + member(0))
    times(b"".join(b"," + member(i) for i in range(100000)), 180)
    out.write(b"]")
elif kind in ("pcap", "exports"):
    out.write(struct.pack("<IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 65535, 1))
    def packet(payload, source, port, second):
        udp = struct.pack(">HHHH", 40000, port, 8 + len(payload), 0) + payload
        ip = struct.pack(">BBHHHBBH4s4s", 0x45, 0, 20 + len(udp), 0, 0, 64, 17, 0, bytes([10, 0, 0, source]), bytes([10, 0, 1, 1]))
        frame = bytes(12) + b"\x08\x00" + ip + udp
        return struct.pack("<IIII", second, 0, len(frame), len(frame)) + frame
    if kind == "pcap":
        times(b"".join(packet(bytes(1000), 1 + i % 200, 53, 1700000000 + i // 1000) for i in range(1000)), 2100)
    else:
        record = struct.pack(">4s4s4sHHIIIIHHBBBBHHBBH", bytes([10, 0, 0, 9]), bytes([192, 0, 2, 7]), bytes(4), 0, 0, 3, 300, 90000, 95000, 1000, 443, 0, 16, 6, 0, 0, 0, 0, 0, 0)
        v5 = struct.pack(">HHIIIIBBH", 5, 30, 100000, 1700000000, 0, 0, 0, 0, 0) + record * 30
        times(b"".join(packet(v5, 1 + i % 4, 2055, 1700000000) for i in range(1000)), 1400)
elif kind == "ipfix":
    fields = [(8, 4), (12, 4), (152, 8), (153, 8), (1, 8), (2, 8)]
    template = struct.pack(">HHHH", 2, 8 + 4 * len(fields), 256, len(fields)) + b"".join(struct.pack(">HH", *f) for f in fields)
    def message(content): return struct.pack(">HHIII", 10, 16 + len(content), 1700000000, 0, 1) + content
    record = struct.pack(">4s4sQQQQ", bytes([10, 0, 0, 9]), bytes([192, 0, 2, 7]), 1700000000000, 1700000000100, 300, 3)
    out.write(message(template))
    data = message(struct.pack(">HH", 256, 4 + 1000 * len(record)) + record * 1000)
    times(data * 100, 500)
PY
make() { python3 "$work/make.py" "$1" "$seed"; }

make line | gzip -1 >"$work/line.csv.gz"
measured "CSV, one line of 4 GB" 3 "$work/line.csv.gz"
counts "one line" 2
grep -q "1 x line over 1 MB (first at byte " "$work/err"
make csv | gzip -1 >"$work/flows.csv.gz"
measured "CSV, gzip" 0 "$work/flows.csv.gz"
counts "CSV" 40000000
make json | zstd -q >"$work/flows.json.zst"
measured "JSON array on one line, zstd" 0 "$work/flows.json.zst"
counts "JSON" 18000001
make pcap | gzip -1 >"$work/trace.pcap.gz"
measured "pcap of 2 GB, gzip" 0 "$work/trace.pcap.gz"
make exports | lz4 -q >"$work/exports.pcap.lz4"
measured "NetFlow 5 in pcap, lz4" 0 "$work/exports.pcap.lz4"
counts "NetFlow 5" 42000000
make ipfix | xz -0 >"$work/flows.ipfix.xz"
measured "IPFIX, xz" 0 "$work/flows.ipfix.xz"
counts "IPFIX" 50000000
if [ -x build/bench/bin/make_flows ]; then
    build/bench/bin/make_flows "$work/flows.nfcapd" 20000000 >/dev/null
    bzip2 -1 "$work/flows.nfcapd"
    measured "nfcapd, bzip2" 0 "$work/flows.nfcapd.bz2"
    counts "nfcapd" 20000000
else
    echo "nfcapd: skipped, tests/bench is not built"
fi
echo "all below $((bound_kb / 1000)) MB"
