# shellcheck shell=bash
# What falls silent while others keep calling: a stopped service, vanished peers; and callers from bogon space.

start_stopped_services() {
    local host
    for host in rc1 rc2 rc3; do at 0.80 every 19 get "$host" "http://$(ip4 app1):9000/index.html" 6; done
    for host in rc3 rc4; do at 0.85 every 23 name "$host" "$(ip4 dns2)" www.lab.example; done
    at 1.40 stop_service app1 tcp 9000
    at 1.55 stop_service dns2 udp 53
}

# One piece of work for all: a torrent of 6 MB, made here; the tracker serves no other.
make_torrent() {
    mkdir -p "$OUT/run/bt" "$OUT/run/trk"
    head -c 6000000 /dev/urandom >"$OUT/run/bt/lab.dat"
    python3 "$LAB/torrent.py" "$OUT/run/bt/lab.dat" "http://$(ip4 trk1):6969/announce" "$OUT/run/bt/lab.torrent" \
        >"$OUT/run/trk/allowed"
}

# peer HOST PORT: a BitTorrent client; bt1 has the file, the others want it.
peer() {
    local home=$OUT/run/bt/$1
    mkdir -p "$home"
    if [[ $1 == bt1 ]]; then cp "$OUT/run/bt/lab.dat" "$home/"; fi
    quiet inside "$1" aria2c --dir="$home" --listen-port="$2" --enable-dht=false --enable-dht6=false \
        --bt-enable-lpd=false --enable-peer-exchange=false --check-integrity=true --seed-ratio=0.0 \
        --file-allocation=none --max-overall-upload-limit="$3" --bt-tracker-interval=25 --bt-tracker-timeout=8 \
        --bt-tracker-connect-timeout=8 --summary-interval=0 --quiet=true \
        --no-conf=true --peer-agent=lab --user-agent=lab "$OUT/run/bt/lab.torrent"
}

start_peers() {
    at 0.74 peer bt1 51413 3K
    local n
    for n in 1 2 3 4 5 6 7 8; do at 0.76 peer "p$n" $((42000 + n)) 1K; done
    at 0.80 peer bt2 51500 1K
    at 1.10 vanish isp provider p7
    at 1.20 vanish isp provider p8
    at 1.50 vanish rtr border bt1
}

# Sources in bogon space. The border router sends nothing to bogon space, so none of them is ever answered.
start_bogons() {
    at 1.15 every 130 get bog1 "http://$(ip4 pc3):8000/" 4
    at 1.25 every 170 syslog bog1 pc5 5514 2
    at 1.35 every 90 get bog2 "http://$(ip4 web1)/index.html" 4
    at 1.45 every 140 name bog3 "$(ip4 dns1)" www.lab.example 1
    at 1.55 every 240 quiet inside bog3 ping -n -c 2 -W 1 "$(ip4 pc4)"
    at 1.65 every 260 get bog1 "http://172.20.3.9:8000/" 4
}

start_silence() {
    start_stopped_services
    start_peers
    start_bogons
}

claim_silence() {
    claim curl 'Service Unreachable' tcp rc1,rc2,rc3 '*' app1 9000 'service stopped, clients keep calling'
    claim dig 'Service Unreachable' udp rc3,rc4 '*' dns2 53 'name server stopped, clients keep asking'
    claim aria2 'Benign P2P' tcp p1,p2,p3,p4,p5,p6,p7,p8 '*' bt1 '*' 'peers call a local peer that vanished'
    claim aria2 'Benign P2P' tcp p1,p2,p3,p4,p5,p6,p7,p8 '*' bt2 '*' 'peer to peer'
    claim aria2 'Benign P2P' tcp bt1,bt2 '*' p1,p2,p3,p4,p5,p6,p7,p8 '*' 'local peer calls remote peers, two of them gone'
    claim aria2 'Service Unreachable' tcp bt1,bt2 '*' trk1 6969 'tracker'
    claim opentracker 'Suspected Benign' tcp trk1 6969 bt1,bt2 '*' 'tracker retransmits to a peer that vanished'
    claim curl Bogon tcp bog1,bog2 '*' 172.20.0.0/20 '*' 'source in bogon space, never answered'
    claim logger Bogon udp bog1 '*' pc5 5514 'source in bogon space, never answered'
    claim dig Bogon udp bog3 '*' dns1 53 'source in bogon space, never answered'
    claim ping Bogon icmp bog3 '*' pc4 '*' 'source in bogon space, never answered'
}
