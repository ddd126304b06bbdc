# shellcheck shell=bash
# Everyday traffic, nearly all answered: browsing, names, mail, shells, ping, traceroute; and its small failures.

get() { quiet inside "$1" curl -s -o "/dev/null" --connect-timeout "${3:-5}" -m 12 "$2"; }
name() { quiet inside "$1" dig +tries="${4:-2}" +timeout=2 @"$2" "$3"; }
shell() { quiet inside "$1" ssh -F none -i "$OUT/run/client" -o BatchMode=yes -o StrictHostKeyChecking=no -o ConnectTimeout=6 \
    -o UserKnownHostsFile=/dev/null "root@$(ip4 "$2")" "head -c 3000 /dev/zero"; }
mail() { quiet inside "$1" swaks --server "$(ip4 "$2")" --helo "$1.lab.example" --from "a@$1.lab.example" \
    --to "b@$2.lab.example" --header "Subject: note" --body "A short note." --timeout 6; }
page() {
    case $((RANDOM % 3)) in
    0) printf 'index.html' ;;
    1) printf 'news.html' ;;
    *) printf 'image.png' ;;
    esac
}

# Round of a local client. rweb1 is the favourite of pc1 to pc6; rweb2 is known to pc1 and pc2 only.
pc_round() {
    name "$1" "$(ip4 rdns1)" news.far.example
    get "$1" "http://$(ip4 rweb1)/$(page)"
    nap 4
    get "$1" "http://$(ip4 rweb3)/$(page)"
    case $1 in pc1 | pc2)
        get "$1" "http://$(ip4 rweb2)/$(page)"
        get "$1" "http://[$(ip6 rweb1)]/$(page)"
        ;;
    esac
}

# pc7 and pc8 do not know rweb1.
pc_quiet_round() {
    name "$1" "$(ip4 rdns1)" video.far.example
    get "$1" "http://$(ip4 rweb3)/$(page)"
}

rc1_round() { get rc1 "http://$(ip4 web1)/$(page)"; get rc1 "http://$(ip4 web2)/$(page)"; }
rc2_round() {
    name rc2 "$(ip4 dns1)" www.lab.example
    get rc2 "http://$(ip4 web1)/$(page)"
    get rc2 "http://$(ip4 web2):8080/$(page)"
    mail rc2 mail1
    shell rc2 ssh1
}
rc4_round() { name rc4 "$(ip4 dns1)" lab.example; mail rc4 mail1; }
rc5_round() { shell rc5 ssh1; get rc5 "http://[$(ip6 web1)]/$(page)"; }
rc6_round() { name rc6 "$(ip4 dns1)" shop.lab.example; get rc6 "http://[$(ip6 web1)]/$(page)"; }
rc7_round() { quiet inside rc7 ping -n -c 2 -W 1 "$(ip4 web1)"; quiet inside rc7 ping -n -c 2 -W 1 "$(ip4 dns1)"; }

syslog() { # from, to, port, lines
    yes "<13>lab: counter line" | head -n "$4" |
        quiet_in inside "$1" logger --udp --server "$(ip4 "$2")" --port "$3" --tag lab
}
quiet_in() { "$@" >>"$OUT/run/programs.log" 2>&1 || true; }

start_everyday() {
    local host
    for host in pc1 pc2 pc3 pc4 pc5 pc6; do at 0.72 every 28 pc_round "$host"; done
    for host in pc7 pc8; do at 0.75 every 33 pc_quiet_round "$host"; done
    at 0.73 every 22 rc1_round
    at 0.74 every 40 rc2_round
    at 0.75 every 31 rc4_round
    at 0.75 every 41 rc5_round
    at 0.76 every 27 rc6_round
    at 0.77 every 37 rc7_round
    at 0.9 every 95 shell pc3 rssh1
    at 0.9 every 80 mail pc5 rmail1
    at 1.2 quiet inside pc1 ping -n -c 4 "$(ip4 rweb3)"
    at 1.3 quiet inside pc2 ping -6 -n -c 3 "$(ip6 rweb3)"
    at 1.4 quiet inside rc6 ping -6 -n -c 3 "$(ip6 web1)"
    start_paths
    start_small_failures
}

start_paths() {
    at 1.15 quiet inside pc6 traceroute -n -q 2 -w 1 -m 6 "$(ip4 rssh1)"
    at 1.55 quiet inside pc2 traceroute -n -q 1 -w 1 -m 6 "$(ip4 rweb3)"
    at 2.25 quiet inside pc4 traceroute -n -q 1 -w 1 -m 6 "$(ip4 rmail1)"
    at 1.85 quiet inside rc7 traceroute -n -q 1 -w 1 -m 6 "$(ip4 dns1)"
    at 2.45 quiet inside rc6 traceroute -6 -n -q 1 -w 1 -m 6 "$(ip6 web1)"
    at 2.75 quiet inside pc1 traceroute -I -n -q 1 -w 1 -m 6 "$(ip4 rweb1)"
}

# A client of one service tries a door of the same or another live host that is shut (dropped, not refused).
start_small_failures() {
    at 0.95 every 110 get rc3 "http://$(ip4 web2)/$(page)"
    at 1.0 every 140 get rc3 "http://$(ip4 web2):8443/" 4
    at 1.1 every 170 get rc2 "http://$(ip4 pc3):5900/" 4
    at 1.2 every 190 get rc8 "http://$(ip4 pc4):5000/" 8
    at 1.3 every 210 get rc8 "http://[$(ip6 pc2)]:5000/" 6
    at 1.25 every 200 syslog rc8 pc4 5140 3
    at 1.35 every 150 syslog log1 pc5 5514 24
    at 2.1 every 120 quiet inside rc8 ping -n -c 3 -W 1 "$(ip4 pc3)"
    at 1.45 every 160 get pc3 "http://172.24.79.99/" 4
    at 1.5 every 220 name pc4 "$(ip4 rssh1)" news.far.example 1
}

claim_everyday() {
    claim curl 'Suspected Benign' tcp rc3 '*' web2 8443 'client of web2 tries a port that is dropped there'
    claim curl 'Suspected Benign' tcp rc2 '*' pc3 5900 'busy client of five local servers tries a dropped port'
    claim curl Other tcp rc8 '*' pc4 5000 'several SYN to a live host, port dropped, no history'
    claim curl Other tcp rc8 '*' pc2 5000 'several SYN over IPv6 to a live host, port dropped, no history'
    claim logger Other udp rc8 '*' pc4 5140 'three datagrams to a live host that drops them'
    claim logger 'Suspected Benign' udp log1 '*' pc5 5514 'long one-sided log stream'
    claim ping 'Suspected Benign' icmp rc8 '*' pc3 '*' 'one host pings one host that does not answer'
    claim curl 'Service Unreachable' tcp pc3 '*' 172.24.79.99 80 'remote address without host'
    claim dig 'Service Unreachable' udp pc4 '*' rssh1 53 'no name server there'
    claim dig 'Suspected Benign' icmp rssh1 '*' pc4 '*' 'port unreachable, answers the dig of that host'
    claim traceroute 'Suspected Benign' icmp 172.24.64.1 '*' pc1,pc2,pc4,pc6 '*' 'time exceeded, asked for by traceroute'
    claim traceroute 'Suspected Benign' icmp rssh1,rweb3,rmail1,rweb1 '*' pc1,pc2,pc4,pc6 '*' 'port unreachable, end of a traceroute'
    claim traceroute 'Suspected Benign' udp pc6,pc2,pc4 '*' rssh1,rweb3,rmail1 33434-33534 'probe of traceroute'
    claim traceroute 'Suspected Benign' udp rc7,rc6 '*' dns1,web1 33434-33534 'probe of traceroute'
    claim traceroute 'Suspected Benign' icmp dns1,web1,172.20.0.1,fd20::1 '*' rc7,rc6 '*' 'answer to a probe of traceroute'
    claim traceroute 'Suspected Benign' icmp pc1 '*' rweb1 '*' 'echo probe of traceroute'
    claim ping 'Suspected Benign' icmp rc7,rc6 '*' web1,dns1 '*' 'ping of a live host'
    claim ping 'Suspected Benign' icmp pc1,pc2 '*' rweb3 '*' 'ping of a live host'
    claim curl 'Service Unreachable' tcp pc1,pc2,pc3,pc4,pc5,pc6,pc7,pc8 '*' rweb1,rweb2,rweb3 80 'browsing'
    claim dig 'Service Unreachable' udp pc1,pc2,pc3,pc4,pc5,pc6,pc7,pc8 '*' rdns1 53 'names'
    claim swaks 'Service Unreachable' tcp pc5 '*' rmail1 25 'mail'
    claim ssh 'Service Unreachable' tcp pc3 '*' rssh1 22 'remote shell'
    claim curl 'Service Unreachable' tcp rc1,rc2,rc3,rc5,rc6 '*' web1,web2 80,8080 'browsing'
    claim dig 'Service Unreachable' udp rc2,rc4,rc6 '*' dns1 53 'names'
    claim swaks 'Service Unreachable' tcp rc2,rc4 '*' mail1 25 'mail'
    claim ssh 'Service Unreachable' tcp rc2,rc5 '*' ssh1 22 'remote shell'
}
