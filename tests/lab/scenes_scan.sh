# shellcheck shell=bash
# Scanning and password guessing: nmap in its kinds, and hosts whose history is mixed on purpose.

scan() {
    local host=$1
    shift
    say "scan: $host"
    quiet inside "$host" nmap -n -T4 --privileged "$@"
}
many() { scan "$1" -Pn --max-rate "$2" "${@:3}"; }

# Every address that answers counts for a scanner, every silent one against it.
start_wide_scans() {
    local six_targets=(fd20:1::{8..9} fd20:1::{a..f} fd20:1::1{0..3} fd20:4::101)
    at 0.80 many syn1 50 -sS --max-retries 1 -p 21-25,80,110,143,443,445,3306,3389 172.20.1.0/26 172.20.6.0/27
    at 1.05 many swp1 25 -sS --max-retries 0 -p 23 172.20.8.0/22
    at 1.40 many swp2 25 -sS --max-retries 0 -p 22 172.20.0.0/22
    at 2.30 many swp3 20 -sS --max-retries 0 -p 445 172.20.12.0/22
    at 1.25 many con1 30 -sT --max-retries 0 -p 22,25,80,443,3389,8080 172.20.1.0/27 172.20.7.0/28
    at 1.60 many udp1 30 -sU --max-retries 1 -p 53,123,161,1900,5060 172.20.1.0/27 172.20.6.0/27
    at 1.75 many fin1 30 -sF --max-retries 0 -p 22,80,139,443,8080 172.20.1.0/28 172.20.10.0/27
    at 1.90 many xmas1 30 -sX --max-retries 0 -p 22,80,139,443,8080 172.20.1.0/28 172.20.10.32/27
    at 2.05 many null1 30 -sN --max-retries 0 -p 22,80,139,443,8080 172.20.1.0/28 172.20.10.64/27
    at 2.15 scan ping1 -sn -PE --max-retries 0 --max-rate 30 172.20.1.0/24 172.20.3.0/24
    at 2.60 scan six1 -6 -Pn -sS --max-retries 1 --max-rate 20 -p 22,80,443 "${six_targets[@]}"
    at 2.20 many bog4 20 -sS --max-retries 0 -p 5060 172.20.5.0/27
}

# One target each: many ports of a live host, many ports of one dark address.
start_deep_scans() {
    at 1.10 many deep1 30 -sS --max-retries 0 -p 1-300 172.20.1.11
    at 2.40 many vert1 30 -sS --max-retries 0 -p 1-250 172.20.5.77
}

# A few probes only: too few for a verdict.
start_small_scans() {
    at 1.30 many few1 5 -sU --max-retries 0 -p 161 172.20.5.10 172.20.5.11
    at 1.50 many few1 5 -sS --max-retries 0 -p 2323 172.20.5.12
    at 2.00 get few1 "http://172.20.5.10:8088/" 8
    at 2.50 many few1 5 -sS --max-retries 0 -p 8081 "$(ip4 pc3)"
    at 3.05 scan few1 -sn -PE --max-retries 0 172.20.5.13
}

# Clients first, scanners later; and a scanner that meets servers only after its verdict.
start_mixed() {
    at 1.20 mixed_first
    at 1.45 many mix1 15 -sS --max-retries 0 -p 6379 172.20.9.0/27
    at 1.55 hc_first
    at 2.00 trw_first
}

mixed_first() {
    get mix1 "http://$(ip4 web1)/index.html"
    get mix1 "http://$(ip4 web2)/index.html"
    name mix1 "$(ip4 dns1)" www.lab.example
    mail mix1 mail1
    shell mix1 ssh1
}

hc_first() {
    get hc1 "http://$(ip4 web1)/index.html"
    many hc1 10 -sS --max-retries 1 -p 8000,8888 172.20.9.200-203
}

trw_first() {
    many trw1 10 -sS --max-retries 1 -p 80,81 172.20.9.210-213
    get trw1 "http://$(ip4 web1)/index.html"
    get trw1 "http://$(ip4 web2)/index.html"
    name trw1 "$(ip4 dns1)" www.lab.example
}

guess() {
    say "guessing"
    inside guess1 seq -f 'word%g' 1 90 >"$OUT/run/words"
    quiet inside guess1 hydra -I -t 3 -l admin -P "$OUT/run/words" "ssh://$(ip4 ssh1)"
}

start_scans() {
    start_wide_scans
    start_deep_scans
    start_small_scans
    start_mixed
    at 1.65 guess
}

claim_scans() {
    local pair
    for pair in syn1:SYN swp1:SYN swp2:SYN swp3:SYN con1:connect fin1:FIN xmas1:Xmas null1:Null six1:SYN; do
        claim nmap 'Malicious Scanning' tcp "${pair%:*}" '*' 172.20.0.0/20,fd20::/16 '*' "${pair#*:} scan of many hosts"
    done
    claim nmap 'Malicious Scanning' udp udp1 '*' 172.20.0.0/20 '*' 'UDP scan of many hosts'
    claim nmap Other icmp 172.20.0.0/20 '*' udp1 '*' 'port unreachable, refuses a probe of the UDP scan'
    claim nmap 'Malicious Scanning' icmp ping1 '*' 172.20.0.0/20 '*' 'ping scan of many hosts'
    claim nmap 'Malicious Scanning' tcp deep1 '*' web2 '*' 'SYN scan of many ports of one live host'
    claim nmap 'Malicious Scanning' tcp vert1 '*' 172.20.5.77 '*' 'SYN scan of many ports of one dark address'
    claim curl 'Malicious Scanning' tcp few1 '*' 172.20.5.10 8088 'probe of a dark address'
    claim nmap 'Malicious Scanning' '*' few1 '*' 172.20.0.0/20 '*' 'a few probes only'
    claim nmap 'Malicious Scanning' tcp mix1 '*' 172.20.9.0/24 '*' 'scan by a host that was a client before'
    claim nmap 'Malicious Scanning' tcp hc1,trw1 '*' 172.20.9.0/24 '*' 'scan of four dark addresses by a host that is also a client'
    claim curl 'Service Unreachable' tcp mix1,hc1,trw1 '*' web1,web2 80 'client that is also a scanner'
    claim dig 'Service Unreachable' udp mix1,trw1 '*' dns1 53 'client that is also a scanner'
    claim swaks 'Service Unreachable' tcp mix1 '*' mail1 25 'client that is also a scanner'
    claim ssh 'Service Unreachable' tcp mix1 '*' ssh1 22 'client that is also a scanner'
    claim nmap 'Malicious Scanning' tcp bog4 '*' 172.20.5.0/27 5060 'SYN scan from a bogon source'
    claim hydra 'Malicious Scanning' tcp guess1 '*' ssh1 22 'password guessing'
}
