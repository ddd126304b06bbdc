# shellcheck shell=bash
# The network: a namespace per host, a border router (rtr) and a provider (isp).
#
#   local hosts --- bridge lan [rtr] ext === wan [isp] bridge hub --- remote hosts
#
# The capture is taken at rtr's ext. Nothing is connected to the machine's own network.

hosts_of() { awk -v s="$1" '!/^#/ && NF == 5 && (s == "all" || $2 == s) { print $1 }' "$LAB/hosts.txt"; }
guard_of() { awk -v h="$1" '$1 == h { print $5 }' "$LAB/hosts.txt"; }
all_spaces() { printf 'rtr\nisp\n'; hosts_of all; }

set_sysctl() {
    inside "$1" sysctl -qw "${@:2}"
}

make_space() {
    ip netns add "$(ns "$1")"
    ip -n "$(ns "$1")" link set lo up
    ip netns exec "$(ns "$1")" sysctl -qw net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.default.rp_filter=0 \
        net.ipv6.conf.all.accept_dad=0 net.ipv6.conf.default.accept_dad=0 net.ipv6.conf.default.accept_ra=0 \
        net.ipv4.tcp_max_syn_backlog=4096 net.ipv4.tcp_synack_retries=3
}

make_routers() {
    make_space rtr
    make_space isp
    local rtr isp
    rtr=$(ns rtr) isp=$(ns isp)
    ip netns exec "$rtr" sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
    ip netns exec "$isp" sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
    ip -n "$rtr" link add lan type bridge
    ip -n "$isp" link add hub type bridge
    ip -n "$rtr" link add ext type veth peer name wan netns "$isp"
    ip -n "$rtr" link set ext address 02:00:00:00:00:01
    ip -n "$isp" link set wan address 02:00:00:00:00:02
    no_offload rtr ext
    no_offload isp wan
    ip -n "$rtr" addr add 172.20.0.1/20 dev lan
    ip -n "$rtr" addr add fd20::1/16 dev lan
    ip -n "$rtr" addr add fe80::2/64 dev ext
    ip -n "$isp" addr add 172.24.0.1/15 dev hub
    ip -n "$isp" addr add 172.24.64.1/32 dev wan
    ip -n "$isp" addr add fd24::1/16 dev hub
    ip -n "$isp" addr add fe80::1/64 dev wan
    ip -n "$rtr" link set lan up
    ip -n "$rtr" link set ext up
    ip -n "$isp" link set hub up
    ip -n "$isp" link set wan up
    ip -n "$rtr" route add default via 172.24.64.1 dev ext onlink
    ip -n "$rtr" -6 route add default via fe80::1 dev ext
    ip -n "$isp" route add 172.20.0.0/20 via 172.20.0.1 dev wan onlink
    ip -n "$isp" -6 route add fd20::/16 via fe80::2 dev wan
}

no_offload() { ip netns exec "$(ns "$1")" ethtool -K "$2" tso off gso off gro off tx off rx off >/dev/null 2>&1; }

# A host's cable runs to the router's bridge (local side) or to the provider's (remote side).
plug_in() {
    local host=$1 side=$2 v4=$3 v6=$4 space hub bridge len gate4 gate6
    space=$(ns "$host")
    if [[ $side == in ]]; then
        hub=rtr bridge=lan len=20 gate4=172.20.0.1 gate6=fd20::1
    else
        hub=isp bridge=hub len=15 gate4=172.24.0.1 gate6=fd24::1
    fi
    make_space "$host"
    ip -n "$space" link add eth0 type veth peer name "$host" netns "$(ns "$hub")"
    no_offload "$host" eth0
    no_offload "$hub" "$host"
    ip -n "$(ns "$hub")" link set "$host" master "$bridge" up
    ip -n "$space" link set eth0 up
    ip -n "$space" addr add "$v4/$len" dev eth0
    ip -n "$space" route add default via "$gate4"
    if [[ $v6 != - ]]; then
        ip -n "$space" addr add "$v6/16" dev eth0
        ip -n "$space" -6 route add default via "$gate6"
    fi
}

make_network() {
    make_routers
    local host side v4 v6 guard
    while read -r host side v4 v6 guard; do
        [[ -z $host || $host == \#* ]] && continue
        plug_in "$host" "$side" "$v4" "$v6"
        guard_host "$host" "$guard"
    done <"$LAB/hosts.txt"
    guard_border
    guard_provider
}

# stateful: only answers come in; a list: these ports and echo come in, everything else is dropped without a word.
guard_host() {
    local host=$1 guard=$2 rules="" item
    [[ $guard == open ]] && return
    if [[ $guard != stateful ]]; then
        for item in ${guard//,/ }; do
            rules+="${item%/*} dport ${item#*/} accept"$'\n'
        done
        rules+=$'ip protocol icmp accept\n'
    fi
    ip netns exec "$(ns "$host")" nft -f - <<END
table inet guard {
    chain input {
        type filter hook input priority 0; policy drop;
        iif "lo" accept
        ct state established,related accept
        icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } accept
        $rules
    }
}
END
}

addresses() { awk -v s="$1" -v c="$2" '!/^#/ && NF == 5 && $2 == s && $c != "-" { printf "%s%s", sep, $c; sep = ", " }' "$LAB/hosts.txt"; }

# The border: dark addresses, hosts that are gone and stopped services drop; nothing is sent to bogon space.
guard_border() {
    ip netns exec "$(ns rtr)" nft -f - <<END
table inet border {
    set live4 { type ipv4_addr; elements = { 172.20.0.1, $(addresses in 3) }; }
    set live6 { type ipv6_addr; elements = { $(addresses in 4) }; }
    set gone4 { type ipv4_addr; }
    set stopped4 { type ipv4_addr . inet_proto . inet_service; }
    chain forward {
        type filter hook forward priority 0; policy accept;
        iifname "ext" ip daddr 172.20.0.0/20 ip daddr != @live4 drop
        iifname "ext" ip6 daddr fd20::/16 ip6 daddr != @live6 drop
        iifname "lan" ip daddr 172.25.0.0/16 drop
        ip daddr @gone4 drop
        ip saddr @gone4 drop
        ip daddr . meta l4proto . th dport @stopped4 drop
    }
}
END
}

# The provider: unused remote addresses and peers that are gone drop.
guard_provider() {
    ip netns exec "$(ns isp)" nft -f - <<END
table inet provider {
    set live4 { type ipv4_addr; elements = { $(addresses out 3) }; }
    set gone4 { type ipv4_addr; }
    chain forward {
        type filter hook forward priority 0; policy accept;
        ip daddr 172.24.0.0/15 ip daddr != @live4 drop
        ip daddr @gone4 drop
        ip saddr @gone4 drop
    }
}
END
}

# From now on a host neither hears nor is heard.
vanish() {
    local hub=$1 table=$2 host=$3
    say "gone: $host"
    ip netns exec "$(ns "$hub")" nft add element inet "$table" gone4 "{ $(ip4 "$host") }"
}

# From now on a local service does not answer; the host stays.
stop_service() {
    local host=$1 proto=$2 port=$3
    say "stopped: $host $proto/$port"
    ip netns exec "$(ns rtr)" nft add element inet border stopped4 "{ $(ip4 "$host") . $proto . $port }"
}

# Ends, by id, every process that lives in our namespaces, then removes them.
remove_network() {
    local host pid
    for host in $(all_spaces); do
        for pid in $(ip netns pids "$(ns "$host")" 2>/dev/null); do
            kill -KILL "$pid" 2>/dev/null || true
        done
    done
    for host in $(all_spaces); do
        ip netns del "$(ns "$host")" 2>/dev/null || true
    done
}
